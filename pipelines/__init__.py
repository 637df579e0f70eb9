"""The steps from raw bytes to published datasets, as plain functions and small types. Knows nothing of Dagster."""

"""Records → the parsed tables of a report year: reconciled, gated, written as Parquet."""

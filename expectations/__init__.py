"""The contract: every table, every form, every identity, and the gates generated from them. Imports nothing of ours."""

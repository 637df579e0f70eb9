"""Tells what every address answered in every refresh: the ledger, its index in the archive, counts and coverage."""

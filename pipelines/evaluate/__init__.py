"""Parsed cells and figures against gold: how many are right, wrong, missing or invented."""

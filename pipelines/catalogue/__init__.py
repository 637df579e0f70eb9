"""Tells which documents the dataset is made of now, and one document → its record."""

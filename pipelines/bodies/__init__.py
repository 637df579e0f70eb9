"""Tells who reports: the division tree, zones, functions of organs, and the body that a printed name means."""

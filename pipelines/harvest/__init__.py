"""Tells where documents come from, and the archive that keeps every byte of them.

Belongs here: finding and keeping documents. Does not belong here: what they say (`pipelines.read`, `pipelines.parse`).
"""

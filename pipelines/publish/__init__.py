"""Warehouse → release: a versioned folder that anyone can download, cite and prove, and a pointer to the newest one.

Belongs here: files for others (`content` says which), how they are held against the release before
(`release_before`, `release_gate`, `changes`), and the way they appear whole or not at all (`release`, `versions`,
`sums`). Does not belong here: any figure (the warehouse has them all) or any statement about a column
(`expectations`).
"""

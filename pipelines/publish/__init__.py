"""Warehouse → publication: a folder that anyone can download, and a pointer to the newest one.

Belongs here: files for others (`export`, `database`, `package`) and the way they appear whole or not at all
(`publication`). Does not belong here: any figure (the warehouse has them all) or any statement about a column
(`expectations`).
"""

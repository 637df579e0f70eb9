"""Texts of reports side by side: their sentences, and which of them another text has too.

Belongs here: what a sentence is, and when two say the same. Does not belong here: which reports are compared
(`dbt_like_sql`), numbers in sentences (`parse/narrative`).
"""

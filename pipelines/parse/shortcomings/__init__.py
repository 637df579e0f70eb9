"""Section 5 as data: the problems that a report names, with their themes, and the commitments that answer them.

The way of the text: `sentences` → `enumeration` (marks of any style) → `reading_state` (what is problem, promise or
past) → `statements` and `unmarked` (one row each) → `theming` → `pairing`. Belongs here: what one report's section 5 says. Does
not belong here: the themes themselves (`data/problem_themes.yaml`), problems over the years (`dbt_like_sql`).
"""

from __future__ import annotations

from pipelines.parse.shortcomings.problems import read

__all__ = ["read"]

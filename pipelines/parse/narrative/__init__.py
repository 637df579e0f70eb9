"""The narrative as data: the sentences of the sections → `Figure`s, each with its meaning and its evidence.

The way of a sentence: `prose` (text without white space, every character's place remembered) → `numerals` (what number
stands where, with measure word and qualifier) → `context` (the words around a number, by nearness) → `matching` (the
indicator of `data/indicators.yaml` whose phrasing fits best) → `make_figures` (wholes and parts, shares, changes, whom it
speaks for) → `crosschecks` (sums, parts, shares, prose against table). Belongs here: what one report's sentences say. Does not belong here: which indicators there are
(`data/indicators.yaml`), comparisons over reports (`dbt_like_sql`).
"""

from __future__ import annotations

from pipelines.parse.narrative.crosschecks import check
from pipelines.parse.narrative.make_figures import figures

__all__ = ["check", "figures"]

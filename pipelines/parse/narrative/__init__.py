"""The narrative as data: the sentences of the sections → `Figure`s, each with its parts, its meaning and its evidence.

The way of a sentence: `prose` (text without white space, every character's place remembered) → `numerals` (what number
stands where, with measure word and qualifier) → `context` (the words around a number) → `words` (all words of both
dictionaries in one pass) → `parts` (head noun, action, channel, time) → `trees` (part of what), `owners` and `whose`
(of whom, by a number's own words and by its sentence) → `naming`, `options` and `families` (the indicators that this
structure allows), `confidence` (how sure the best is) → `make_figures` (of `relative` numbers, of parts in
`breakdowns`, of other `amounts`, of `answers`) → `crosschecks` (sums, parts, shares, prose against table), `list_checks`
(lists of parts) and `owner_bodies` (which government an owner is). Belongs here: what one report's sentences say. Does not belong
here: which words and indicators there are (`data/narrative_words.yaml`, `data/indicators.yaml`), comparisons over reports
(`dbt_like_sql`).
"""

from __future__ import annotations

from pipelines.parse.narrative.crosschecks import check
from pipelines.parse.narrative.make_figures import figures
from pipelines.parse.narrative.owner_bodies import resolve

__all__ = ["check", "figures", "resolve"]

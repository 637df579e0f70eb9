"""The pages on method: the rules of comparison in short, and what other countries count beside us.

Belongs here: which rules there are, in their order, and the rows of the table. Does not belong here: the rules' words
(`words/`) or the reasons beside other countries (`data/international_crosswalk.csv`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from expectations.references import cited
from pipelines.site.measures import measures
from pipelines.site.pages import Site, write
from pipelines.site.release_data import ReleaseData, by

#: The sections of the method page with the number of their rules: `method.<section>_<number>`, and its source `…_from`.
SECTIONS: Mapping[str, int] = {
    "compared": 3,
    "series": 3,
    "ranks": 6,
    "small": 3,
    "scope": 3,
    "calendar": 5,
    "gaps": 2,
    "conclude": 5,
}
_CONCEPTS = "select * from international_crosswalk order by ordinal, system desc"
#: Lines of each kind, and those of whose source something is still to be found.
_SOURCES = """
with sources as (
    select 1 as ordinal, 'measures' as lines_of, derivation_source as source from measures where is_derived
    union all select 2, 'crosswalk', source from crosswalk
    union all select distinct 3, 'law', concat(legal_date, legal_kind, source) from legal_breaks
    union all select 4, 'international', source from international_crosswalk
)
select lines_of, count(*) as lines, count(*) filter (where contains(source, 'needs_source')) as waiting
from sources group by ordinal, lines_of order by ordinal
"""
_KNOWN = """
select concept, count(*) filter (where value is not null) as reports from common_measures group by concept
"""


def write_method(site: Site, source: ReleaseData) -> None:
    """Write the page of rules and the page beside other countries."""
    write(site, "method.html", "method", "method", sections=SECTIONS, sources=source.rows(_SOURCES))
    names = {measure.code: measure for measure in measures(source)}
    known = {row["concept"]: row["reports"] for row in source.rows(_KNOWN)}
    concepts = [_concept(rows, known) for rows in by(source.rows(_CONCEPTS), "concept").values()]
    needed = sum(other["needs_source"] for concept in concepts for other in concept["others"])
    texts = cited([other["source"] for concept in concepts for other in concept["others"]])
    told = {"concepts": concepts, "names": names, "needed": needed, "texts": texts}
    write(site, "international.html", "international", "method", **told)


def _concept(rows: list[dict[str, Any]], known: Mapping[str, int]) -> dict[str, Any]:
    first = rows[0]
    return {
        "code": first["concept"],
        "name": {"zh": first["concept_zh"], "en": first["concept_en"]},
        "measure": first["measure"],
        "our_source": first["our_source"],
        "reports": known.get(first["concept"]),
        "others": [row | {"reason": {"zh": row["reason_zh"], "en": row["reason_en"]}} for row in rows],
    }

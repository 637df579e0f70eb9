"""What other countries count beside us: `data/international_crosswalk.csv` read into plain types.

Belongs here: a concept, our measure for it, and what FOIA.gov's annual report data and the UK's FOI statistics have of it.
Does not belong here: any formula (`data/measures.csv`) or number (`dbt_like_sql/marts/common_measures.sql`).

A concept has one measure, whose figure is that of `measures_by_report`; one without is what no Chinese form asks for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expectations.crosswalk import measures
from expectations.data_files import DATA, checked_csv, refuse
from expectations.international_tables import RELATIONS, SYSTEMS
from expectations.references import is_open

INTERNATIONAL_FILE = DATA / "international_crosswalk.csv"
#: The systems by their prefix in the file.
_PREFIXES: Mapping[str, str] = dict(zip(("foia", "uk"), SYSTEMS, strict=True))
_OWN = ("concept", "zh", "en", "measure", "our_source")
_THEIRS = ("field", "relation", "reason_zh", "reason_en", "source", "needs_source")
COLUMNS = (*_OWN, *(f"{prefix}_{name}" for prefix in _PREFIXES for name in _THEIRS))


@dataclass(frozen=True, slots=True)
class Beside:
    """Says what one system has of a concept, how near that is, why, and where its definition stands.

    `needs_source`: a part of the definition could not be had; `source` says which.
    """

    system: str
    field: str
    relation: str
    reason_zh: str
    reason_en: str
    source: str
    needs_source: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept with our measure, None where no Chinese form asks for it, and what the others have of it."""

    code: str
    zh: str
    en: str
    measure: str | None
    our_source: str
    others: tuple[Beside, ...]


@cache
def concepts(path: Path = INTERNATIONAL_FILE) -> tuple[Concept, ...]:
    """The concepts in the file's order. Raises `expectations.data_files.DataFileError`."""
    rows = checked_csv(path, COLUMNS, _faults)
    seen = Counter(row.values["concept"] for row in rows)
    twice = ((r.number, f"{r.values['concept']} stands twice") for r in rows if seen[r.values["concept"]] > 1)
    refuse(path, twice)
    return tuple(_concept(row.values) for row in rows)


def _concept(row: Mapping[str, str]) -> Concept:
    return Concept(
        code=row["concept"],
        zh=row["zh"],
        en=row["en"],
        measure=row["measure"] or None,
        our_source=row["our_source"],
        others=tuple(_beside(row, prefix) for prefix in _PREFIXES),
    )


def _beside(row: Mapping[str, str], prefix: str) -> Beside:
    field, relation, zh, en, source, needs = (row[f"{prefix}_{name}"] for name in _THEIRS)
    return Beside(_PREFIXES[prefix], field, relation, zh, en, source, needs == "yes")


def _faults(row: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} is empty; it must be given" for name in ("concept", "zh", "en", "our_source") if not row[name])
    if row["measure"] and row["measure"] not in measures():
        yield f"measure is {row['measure']!r}, which is no measure"
    for prefix in _PREFIXES:
        yield from _their_faults(prefix, row)


def _their_faults(prefix: str, row: Mapping[str, str]) -> Iterator[str]:
    relation = row[f"{prefix}_relation"]
    if relation not in RELATIONS:
        yield f"{prefix}_relation is {relation!r}; it is one of {', '.join(RELATIONS)}"
    elif relation != "none" and not (row["measure"] and row[f"{prefix}_field"]):
        yield f"{prefix}_relation is {relation}, and one side has nothing to compare"
    for name in ("reason_zh", "reason_en", "source"):
        if not row[f"{prefix}_{name}"]:
            yield f"{prefix}_{name} is empty; it must be given"
    if row[f"{prefix}_needs_source"] not in ("yes", "no"):
        yield f"{prefix}_needs_source is {row[f'{prefix}_needs_source']!r}; it is yes or no"
    elif (row[f"{prefix}_needs_source"] == "yes") != is_open(row[f"{prefix}_source"]):
        yield f"{prefix}_needs_source is {row[f'{prefix}_needs_source']}, and {prefix}_source says otherwise"

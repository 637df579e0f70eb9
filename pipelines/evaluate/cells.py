"""Parsed facts against gold cells: how many are right, wrong, missing, invented, and wrong though graded verified."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

from expectations.identities import Number
from pipelines.parse.report import Fact

#: A cell by (table, row, column).
Key = tuple[str, str, str]


@dataclass(slots=True)
class Score:
    """The score of one table of one report. Non-zero gold cells are counted apart: most cells are zero."""

    key: str
    table: str
    right: int = 0
    wrong: int = 0
    missing: int = 0
    invented: int = 0
    wrong_verified: int = 0
    nonzero: int = 0
    nonzero_right: int = 0

    def add(self, other: Score) -> None:
        """Add another score's counts."""
        for name in ("right", "wrong", "missing", "invented", "wrong_verified", "nonzero", "nonzero_right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def read_gold(path: Path) -> dict[Key, Number | None]:
    """The cells of a gold file (`table,row,column,value,raw`); None for a blank one."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(r["table"], r["row"], r["column"]): Decimal(r["value"]) if r["value"] else None for r in rows}


def read_skip(path: Path) -> set[tuple[str, str, str, str]]:
    """Cells to leave out: a CSV `key,table,row,column`."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(r["key"], r["table"], r["row"], r["column"]) for r in csv.DictReader(file)}


def score(
    key: str, gold: Mapping[Key, Number | None], facts: Iterable[Fact], skip: Collection[tuple[str, str, str, str]] = ()
) -> list[Score]:
    """The scores of one report, one a table. A value filed under another row is wrong there and missing here.

    Facts that were kept as unmapped claim no cell of the form, so they are not invented ones; where they should have
    been mapped, the cell is missing.
    """
    found = {(f.table, f.row, f.column): f for f in facts if not f.is_unmapped}
    scores: dict[str, Score] = {}
    for cell in dict.fromkeys([*gold, *found]):
        if (key, *cell) not in skip:
            _count(scores.setdefault(cell[0], Score(key, cell[0])), gold, found.get(cell), cell)
    return list(scores.values())


def _count(score: Score, gold: Mapping[Key, Number | None], fact: Fact | None, cell: Key) -> None:
    wanted = gold.get(cell)
    if cell in gold and wanted:
        score.nonzero += 1
    if cell not in gold:
        score.invented += 1
    elif fact is None:
        score.missing += 1
    elif fact.value == wanted:
        score.right += 1
        score.nonzero_right += bool(wanted)
    else:
        score.wrong += 1
        score.wrong_verified += fact.grade == "verified"


def total(scores: Iterable[Score]) -> Score:
    """All counts together."""
    whole = Score("total", "")
    for each in scores:
        whole.add(each)
    return whole


def as_json(scores: Iterable[Score]) -> dict[str, object]:
    """`{"reports": [...], "total": {...}}`."""
    listed = list(scores)
    whole = {k: v for k, v in asdict(total(listed)).items() if k not in ("key", "table")}
    return {"reports": [asdict(each) for each in listed], "total": whole}

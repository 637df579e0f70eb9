"""When a report is due, by the kind of its body, and on what ground.

What is law (`statute`): since the 政府信息公开条例 as revised in 2019 (国务院令第711号, in force since 2019-05-15), article 49,
departments of governments from the county up publish by 31 January and these governments by 31 March of the year after
the one that the report is about (what a report contains is article 50). Before, article 31 of the Regulation of 2007
(国务院令第492号) gave every administrative organ until 31 March: so for reports for 2018 and earlier, since those were
due in March 2019.

What is our reading (`our_reading`): article 49 does not name townships and 街道, zones and their organs. They are due
with the government that they belong to, by 31 March. So is the office of a government (办公厅, 办公室), which publishes
the government's report; where the register has the government beside it, its report is its own and due as a
department's. Local organs of vertical systems (税务, 海关) are no departments of the government where they sit; they are
due as its departments are. An organ whose kind is not known has the later date.

Belongs here: the rule, and its lines for the table `due_rules`. Does not belong here: who has published
(`pipelines.harvest.register.calendar`), or how many days after (`dbt_like_sql/marts/publication_days.sql`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from expectations.vocabulary import BODY_KINDS

#: The first report year that the Regulation of 2007 asks for, and the first under the revised one.
FIRST, REVISED = 2008, 2019
_SOURCES = {FIRST: "国务院令第492号 第三十一条", REVISED: "国务院令第711号 第四十九条"}
#: Kinds of body that the Regulation of 2007 need not mean: a zone is no administrative organ by law.
_NO_ORGANS = ("development_zone", "unresolved")


@dataclass(frozen=True, slots=True)
class Due:
    """The last day for a report, and what it rests on, one of `vocabulary.DUE_BASES`."""

    on: date
    basis: str


@dataclass(frozen=True, slots=True)
class DueRule:
    """Says of a kind of body, and what else decides, by which day of the next year the reports of some years are due."""

    body_kind: str
    is_of_zone: bool
    is_vertical: bool
    has_own_report: bool
    first_year: int
    last_year: int | None
    due: Due
    source: str


def due(
    body_kind: str,
    report_year: int,
    *,
    is_of_zone: bool = False,
    is_vertical: bool = False,
    has_own_report: bool = False,
) -> Due:
    """The last day for a report, by a kind of `BODY_KINDS`, and its basis. Raises `ValueError` for another kind.

    `is_of_zone` says that a department is an organ of a zone, `is_vertical` that it is a local organ of a vertical system,
    `has_own_report` that an office's government reports itself.
    """
    if body_kind not in BODY_KINDS:
        raise ValueError(f"{body_kind!r} is no kind of body; there are {', '.join(BODY_KINDS)}")
    january, march = date(report_year + 1, 1, 31), date(report_year + 1, 3, 31)
    if report_year < REVISED:
        return Due(march, "our_reading" if body_kind in _NO_ORGANS or is_of_zone else "statute")
    if body_kind == "government":
        return Due(march, "statute")
    if body_kind == "department" and not is_of_zone:
        return Due(january, "our_reading" if is_vertical else "statute")
    return Due(january if body_kind == "government_office" and has_own_report else march, "our_reading")


def due_rules() -> Iterator[DueRule]:
    """Every rule by years and kinds: zones and vertical systems matter for departments, an own report for offices alone."""
    for first, last in ((FIRST, REVISED - 1), (REVISED, None)):
        for kind in BODY_KINDS:
            for is_of_zone, is_vertical, has_own in product(*_flags(kind)):
                when = due(kind, first, is_of_zone=is_of_zone, is_vertical=is_vertical, has_own_report=has_own)
                yield DueRule(kind, is_of_zone, is_vertical, has_own, first, last, when, _SOURCES[first])


def _flags(kind: str) -> tuple[tuple[bool, ...], ...]:
    """The values that each of the three can have."""
    matters = (kind == "department", kind == "department", kind == "government_office")
    return tuple((False, True) if one else (False,) for one in matters)

"""Tells how much worse than the one before a release may be, in one place and with the reason for each number.

A share must have grown by more than `most_share` and its count by more than `most_count`: in a small dataset a single
report moves a share far, and that is no fault. Belongs here: bounds. Does not belong here: testing them (`gate`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """A share of a table's rows that must not grow: rows that meet `bad`, of those that meet `of` (SQL conditions)."""

    name: str
    table: str
    bad: str
    of: str
    most_share: float
    most_count: int
    reason: str


BOUNDS = (
    Bound(
        "contradicted_facts",
        "facts",
        "grade = 'contradicted'",
        "true",
        0.01,
        300,
        "About one fact in fifty is contradicted by the bodies' own errors, and that share is steady from year to year; a "
        "report has about 300 facts, so that less than one report's worth says nothing.",
    ),
    Bound(
        "conflicting_facts",
        "facts",
        "grade = 'conflicting'",
        "true",
        0.01,
        300,
        "Two documents of one report differ rarely; many at once mean that documents were put to the wrong report.",
    ),
    Bound(
        "facts_not_verified",
        "facts",
        "grade <> 'verified'",
        "true",
        0.05,
        1500,
        "Identities that can no longer be tested are no contradiction, but a parser that loses totals makes many of them.",
    ),
    Bound(
        "failing_checks",
        "checks",
        "outcome = 'fails'",
        "outcome in ('holds', 'fails')",
        0.01,
        100,
        "Checks fail where the bodies err, which a new year's reports do about as often as the last one's.",
    ),
    Bound(
        "contradicted_figures",
        "figures",
        "grade = 'contradicted'",
        "true",
        0.02,
        100,
        "Figures are compared with the tables of their own report; more contradictions mean misread sentences.",
    ),
    Bound(
        "unmapped_figures",
        "figures",
        "indicator = 'unmapped'",
        "true",
        0.05,
        500,
        "A dictionary that loses a phrasing leaves whole indicators unmapped at once.",
    ),
)
#: Documents that are turned away, of all documents: a new source can bring a few hundred files that are no reports.
QUARANTINED = Bound(
    "quarantined_documents",
    "quarantine",
    "turned_away",
    "true",
    0.05,
    20,
    "A site that answers with a page of its own for every report, or a reader that breaks, turns away documents by the "
    "dozen; a new source brings a few files that are no reports.",
)

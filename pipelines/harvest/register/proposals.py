"""Proposals for the register: addresses at which a refresh, a probe or a discovery found a body's list, with the evidence.

Belongs here: rows in and out of the file of proposals. Does not belong here: whether one is accepted (`sources review`),
and how one is found (`pipelines.harvest.walk.lost_lists`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Literal

from pipelines.files import write_atomically

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One address that may stand in the register for another, or as a first one.

    `old_url` is "" where the body has no list yet. `how_found` names the way (`parent`, `breadcrumb`, `variant`, `http`,
    `redirect`, …), `evidence_url` is the page that shows it, `proposed_on` the day (ISO).
    """

    body_name: str
    province: str
    old_url: str
    proposed_url: str
    how_found: str
    evidence_url: str
    confidence: Confidence
    proposed_on: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The same for the same proposal, however often it is found."""
        return self.body_name, self.province, self.old_url, self.proposed_url


COLUMNS = tuple(field.name for field in fields(Proposal))


def load(path: Path) -> list[Proposal]:
    """The proposals of a file, in order; none where there is no file. Columns of another name are passed over."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [Proposal(**{name: row.get(name) or "" for name in COLUMNS}) for row in csv.DictReader(file)]  # type: ignore[arg-type]  # the file is our own


def add(path: Path, found: Iterable[Proposal]) -> int:
    """Write down what is not there yet, and how many that were. One found again keeps its first day."""
    known = {each.key: each for each in load(path)}
    before = len(known)
    for each in found:
        known.setdefault(each.key, each)
    if len(known) > before:
        _write(path, known.values())
    return len(known) - before


def _write(path: Path, proposals: Iterable[Proposal]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(each) for each in proposals)
    write_atomically(path, text.getvalue().encode())

"""Proposed addresses, a file of a workspace: lists and portals that were found and not yet accepted.

A refresh that finds a list again elsewhere, and `gongkai sources discover`, write here; `gongkai sources review` accepts
or refuses. Nothing that is proposed is asked for by a refresh. Belongs here: the rows and their file. Does not belong
here: finding them, or accepting them (`pipelines.harvest.register.accepting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from expectations.register_words import CONFIDENCES, COVERS, PROPOSAL_KINDS, PROPOSAL_STATES
from pipelines.files import write_atomically
from pipelines.harvest.register import kept_rows
from pipelines.harvest.register.sources import LEVELS, fault_of

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row of `expectations.register.Proposals`; days are ISO days in China.

    `old_url` is the address of the register that it would replace, "" where the body has none yet. `how_found` names the
    way (`parent`, `breadcrumb`, `variant`, …, `portal: …`), `evidence_url` the page that shows it, `evidence` what it
    shows, literally. `level` and `covers` may be empty: they are then those of the row that is replaced, or as the name
    tells.
    """

    body_name: str
    province: str
    old_url: str
    proposed_url: str
    how_found: str
    evidence_url: str
    confidence: Confidence
    proposed_on: str
    kind: str = "list"
    level: str = ""
    covers: str = ""
    evidence: str = ""
    state: str = "open"
    decided_on: str = ""
    decided_by: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Tell what two rows cannot have in common."""
        return self.province, self.body_name, self.kind, self.proposed_url


def load(path: Path) -> list[Proposal]:
    """All proposals in the file's order, none where there is no file. Raises `DataFileError`."""
    return kept_rows.load(path, Proposal, _faults)


def add(path: Path, found: Iterable[Proposal]) -> int:
    """Add proposals; how many are new. One that was decided stays so, one that is open takes the surer evidence."""
    known = {each.key: each for each in load(path)}
    before = dict(known)
    for each in found:
        last = known.get(each.key)
        if last is None or (last.state == "open" and _is_surer(each, last)):
            known[each.key] = each
    if known != before:
        save(path, known.values())
    return len(known) - len(before)


def decided(path: Path, decisions: Mapping[tuple[str, str, str, str], str], by: str, day: str) -> list[Proposal]:
    """Write down what was decided, `accepted` or `refused` by key; the rows that this changed."""
    rows, changed = load(path), []
    for number, row in enumerate(rows):
        if row.state == "open" and row.key in decisions:
            rows[number] = replace(row, state=decisions[row.key], decided_on=day, decided_by=by)
            changed.append(rows[number])
    if changed:
        save(path, rows)
    return changed


def save(path: Path, rows: Iterable[Proposal]) -> None:
    """Write the file whole and in order: the same rows give the same bytes."""
    write_atomically(path, kept_rows.as_csv(Proposal, sorted(rows, key=lambda row: row.key)))


def _is_surer(one: Proposal, other: Proposal) -> bool:
    return CONFIDENCES.index(one.confidence) < CONFIDENCES.index(other.confidence)


def _faults(row: Mapping[str, str]) -> Iterator[str]:
    words = {"kind": PROPOSAL_KINDS, "confidence": CONFIDENCES, "state": PROPOSAL_STATES}
    words |= {"level": ("", *LEVELS), "covers": ("", *COVERS) if row["kind"] == "list" else ("",)}
    yield from kept_rows.told_words(row, words)
    for name in ("proposed_url", "evidence_url", "old_url"):
        if (row[name] or name != "old_url") and (fault := fault_of(row[name])):
            yield f"{name} {row[name]!r} {fault}"
    for name in ("body_name", "how_found", "proposed_on"):
        if not row[name]:
            yield f"{name} is empty; it must be given"

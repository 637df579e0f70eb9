"""Tells what a set of parsed tables holds, in a few counts: for closing summaries and run metadata, not for analysis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from expectations.vocabulary import UNMAPPED

if TYPE_CHECKING:
    import polars as pl


@dataclass(slots=True)
class Digest:
    """Counts over parsed tables. `rows` is by table; `quarantined` by `<stage>/<code>`, `examples` a file for each.

    `grades` are those of the facts; `figures` counts the narrative's numbers that are `mapped` and `contradicted`.
    """

    rows: dict[str, int] = field(default_factory=dict)
    formats: dict[str, int] = field(default_factory=dict)
    grades: dict[str, int] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    failed_checks: dict[str, int] = field(default_factory=dict)
    quarantined: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame]) -> Digest:
        """Count what the frames of a year hold."""
        standing = tables["documents"].filter(tables["documents"]["stands"])
        failing = tables["checks"].filter(tables["checks"]["outcome"] == "fails")
        turned_away = tables["quarantine"].select("stage", "code", "file_name").sort("file_name").rows()
        return cls(
            rows={name: frame.height for name, frame in tables.items()},
            formats=_counts(standing["format"]),
            grades=_counts(tables["facts"]["grade"]),
            figures=_figures(tables["figures"]),
            failed_checks=_counts(failing["check_code"]),
            quarantined=_counts(f"{stage}/{code}" for stage, code, _ in turned_away),
            examples={f"{stage}/{code}": name for stage, code, name in reversed(turned_away)},
        )

    @classmethod
    def together(cls, digests: Iterable[Digest]) -> Digest:
        """The sum of several digests; the first example of each kind stays."""
        whole = cls()
        for digest in digests:
            for name in ("rows", "formats", "grades", "figures", "failed_checks", "quarantined"):
                added = Counter(getattr(whole, name)) + Counter(getattr(digest, name))
                setattr(whole, name, dict(sorted(added.items())))
            whole.examples = {**digest.examples, **whole.examples}
        return whole


def _figures(figures: pl.DataFrame) -> dict[str, int]:
    mapped = int((figures["indicator"] != UNMAPPED).sum())
    contradicted = int((figures["grade"] == "contradicted").sum())
    return {"contradicted": contradicted, "mapped": mapped}


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))

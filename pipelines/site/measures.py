"""The measures as pages name and order them. Belongs here: what is read from `measures`; no value of any body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.site.release_data import ReleaseData

#: Read first on a body's page, and drawn: how much is asked, how it is answered, how often the answers are overturned.
HEADLINES = (
    "requests_received",
    "granted_or_partial_share",
    "merits_disclosure_share",
    "denied_share",
    "reconsiderations_correction_share",
    "lawsuits_correction_share",
    "items_disclosed",
)


@dataclass(frozen=True, slots=True)
class PageMeasure:
    """A measure with its names; a quotient says why it compares (`reason`) and by what (`source`)."""

    code: str
    group: str
    zh: str
    en: str
    unit: str
    definition: str
    is_main: bool
    derivation: str | None
    part_of: str | None
    reason: str | None
    source: str | None

    def name(self, language: str) -> str:
        """Its name in a language."""
        return self.zh if language == "zh" else self.en


def measures(source: ReleaseData) -> Sequence[PageMeasure]:
    """All measures in their order."""
    rows = source.rows(
        "select measure, measure_group, measure_zh, measure_en, unit, definition, is_main, derivation, part_of_measure, "
        "derivation_reason, derivation_source "
        "from measures order by ordinal"
    )
    return [PageMeasure(*row.values()) for row in rows]

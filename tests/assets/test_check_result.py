"""A verdict as Dagster shows it."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from assets.check_result import check_result
from expectations.unmet import Unmet
from pipelines.steps.verdicts import Verdict

FOUND = Unmet("facts", "grade", "allowed", 2, "facts: grade is a word of the list; found 'a|b'")


def test_what_is_not_met_is_told_with_its_page() -> None:
    shown = check_result(Verdict("parsed_gate", 40, (FOUND,), "2024", Path("/gates/page.html")))
    assert (shown.passed, shown.check_name, shown.severity) == (False, "parsed_gate", dg.AssetCheckSeverity.ERROR)
    assert shown.description == "parsed_gate of 2024: 1 of 40 expectations are not met"
    assert shown.metadata["report_year"].value == "2024"
    assert str(shown.metadata["page"].value) == "/gates/page.html"
    assert "| facts | grade | allowed | 2 |" in str(shown.metadata["excerpt"].value)


def test_a_gate_that_blocks_nothing_warns() -> None:
    shown = check_result(Verdict("raw_gate", 5, (FOUND,)), is_blocking=False)
    assert (shown.passed, shown.severity) == (False, dg.AssetCheckSeverity.WARN)


def test_a_gate_that_was_opened_with_a_reason_has_passed_and_still_tells() -> None:
    shown = check_result(Verdict("release_gate", 9, (FOUND,), accepted="the body took it back"))
    assert shown.passed
    assert "1 of 9" in (shown.description or "")

"""The calendar of the law: which measures and which years a line touches."""

from __future__ import annotations

import datetime

import pytest

from expectations.legal_breaks import LegalBreak, legal_breaks


def lines(date: str, kind: str) -> list[LegalBreak]:
    since = datetime.date.fromisoformat(date)
    return [line for line in legal_breaks() if (line.since, line.kind) == (since, kind)]


@pytest.mark.parametrize(
    ("date", "years"),
    [("2008-05-01", (2008, 2009)), ("2019-05-15", (2019, 2020)), ("2021-01-01", (2021,)), ("2024-01-01", (2024,))],
)
def test_a_change_in_the_course_of_a_year_makes_it_stand_alone(date: str, years: tuple[int, ...]) -> None:
    assert {line.years for line in lines(date, "break")} == {years}


def test_the_reconsideration_law_cuts_lawsuits_and_the_dispute_rate_and_notes_correction_shares() -> None:
    (cut,), (note,) = lines("2024-01-01", "break"), lines("2024-01-01", "note")
    assert {"lawsuits", "lawsuits_direct", "lawsuits_after_reconsideration", "dispute_rate"} <= set(cut.measures)
    assert {"reconsiderations_correction_share", "lawsuits_correction_share"} <= set(note.measures)
    assert not set(cut.measures) & set(note.measures)


def test_the_eight_months_of_2008_cut_counts_and_no_shares() -> None:
    (cut,) = lines("2008-05-01", "break")
    assert {"requests_received", "reconsiderations", "lawsuits", "requests_received_per_100k"} <= set(cut.measures)
    assert not [measure for measure in cut.measures if measure.endswith("_share")]


def test_what_nobody_read_is_said_to_need_a_source() -> None:
    waiting = {line.since.isoformat() for line in legal_breaks() if line.needs_source}
    # 行政处罚法 and 行政复议法 were read; the days since when the law of 2014 and the fee of 2020 hold were not.
    assert waiting == {"2015-05-01", "2017-04-01", "2021-01-01"}


def test_the_law_on_reconsideration_is_cited_by_the_articles_that_say_so() -> None:
    (cut,) = lines("2024-01-01", "break")
    assert not cut.needs_source
    # Art. 23(1)(4) reconsideration first, 24 governments, 27 organs led from above, 90 in force from 2024-01-01.
    for article in ("第二十三条第一款第四项", "第二十四条", "第二十七条", "第九十条"):
        assert article in cut.source
    assert "除外" in cut.reason_zh and "but for organs led from above" in cut.reason_en

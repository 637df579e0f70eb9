"""What the checks between years say: each holds, fails and is not testable, worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from expectations.columns import columns
from expectations.conformance import failures
from expectations.tables import model_of
from tests.made.parsed import Cell, Parsed
from tests.made.rows import Row

Reports = dict[str, dict[str, Cell]]


def checks(folder: Path, reports: Reports | Parsed) -> dict[str, Row]:
    """The checks of some reports by id; what the SQL makes keeps the contract."""
    parsed = reports if isinstance(reports, Parsed) else Parsed()
    if not isinstance(reports, Parsed):
        for report_id, cells in reports.items():
            parsed.report(report_id, cells)
    place = folder / str(len(list(folder.iterdir())))
    table = parsed.build(place, "+cross_year_checks").table("cross_year_checks")
    assert failures(model_of("cross_year_checks"), table) == []
    return {row["check_id"]: row for row in table.to_dicts()}


def cases(pairs: Iterable[tuple[dict[str, Cell], dict[str, Cell]]]) -> Reports:
    """A body for each pair of reports, on 2023 and 2024: `case0`, `case1`, …"""
    reports: Reports = {}
    for number, (before, now) in enumerate(pairs):
        reports |= {f"case{number}-2023": before, f"case{number}-2024": now}
    return reports


def test_the_checks_speak_the_words_of_the_other_checks() -> None:
    own = {c.name: (c.duckdb, c.zh) for c in columns(model_of("cross_year_checks"))}
    assert {c.name: (c.duckdb, c.zh) for c in columns(model_of("checks"))}.items() <= own.items()


# --- carried over

OUT = "requests/carried_out/total"
IN = "requests/carried_in/total"


def test_what_is_carried_in_is_what_was_carried_out(tmp_path: Path) -> None:
    found = checks(tmp_path, {"a-2023": {OUT: 12}, "a-2024": {IN: 12}, "b-2023": {OUT: 12}, "b-2024": {IN: 15}})
    good, bad = (found[f"{body}-2024/years.carried_over/total"] for body in "ab")
    assert (good["outcome"], good["left_value"], good["right_value"], good["difference"]) == ("holds", 12, 12, 0)
    assert (bad["outcome"], bad["left_value"], bad["right_value"], bad["difference"]) == ("fails", 15, 12, 3)
    assert (bad["left_evidence"], bad["right_evidence"]) == (f"b-2024/{IN}", f"b-2023/{OUT}")
    assert bad["message"] == "15 against 12; 上年结转 equals 结转下年度继续办理 of the year before"
    assert (bad["previous_report_id"], bad["kind"]) == ("b-2023", "years")


#: What the year before prints, what this year does, and why the two say nothing.
SILENT: list[tuple[dict[str, Cell], dict[str, Cell], str]] = [
    ({}, {IN: 5}, "the report of the year before has no cell of 结转下年度继续办理"),
    ({OUT: 5}, {}, "this report has no cell of 上年结转"),
    ({OUT: None}, {IN: 5}, "a cell is blank"),
    ({OUT: 5}, {IN: None}, "a cell is blank"),
    # Two blanks are no two zeros.
    ({OUT: None}, {IN: None}, "a cell is blank"),
    ({OUT: (None, "unverified", "1 2")}, {IN: 5}, "a cell cannot be read"),
]


def test_what_is_not_printed_cannot_be_carried(tmp_path: Path) -> None:
    found = checks(tmp_path, cases((before, now) for before, now, _ in SILENT))
    for number, (_, _, says) in enumerate(SILENT):
        row = found[f"case{number}-2024/years.carried_over/total"]
        assert (row["outcome"], row["difference"], row["message"]) == ("not_testable", None, says), number


def test_applicants_are_compared_one_by_one(tmp_path: Path) -> None:
    """Columns exchanged satisfy every sum of the report; what was carried over tells."""
    person, company = "natural_person", "commercial_enterprise"
    before = {OUT: 10, f"requests/carried_out/{person}": 7, f"requests/carried_out/{company}": 3}
    swapped = {IN: 10, f"requests/carried_in/{person}": 3, f"requests/carried_in/{company}": 7}
    found = checks(tmp_path, {"a-2023": before, "a-2024": swapped})
    outcomes = {c: found[f"a-2024/years.carried_over/{c}"]["outcome"] for c in ("total", person, company)}
    assert outcomes == {"total": "holds", person: "fails", company: "fails"}


def test_only_the_same_body_the_same_scope_and_the_very_year_before_are_compared(tmp_path: Path) -> None:
    parsed = Parsed().report("a-2022", {OUT: 1}).report("a-2024", {IN: 2})
    parsed.report("b-2023", {OUT: 1}, scope="organ").report("b-2024", {IN: 2})
    found = checks(tmp_path, parsed)
    gap, scope = (found[f"{body}-2024/years.carried_over/total"] for body in "ab")
    assert (gap["outcome"], gap["previous_report_id"]) == ("not_testable", None)
    assert gap["message"] == "the body has no report of the year before"
    assert (scope["outcome"], scope["previous_report_id"]) == ("not_testable", "b-2023")
    assert scope["message"] == "this report is of scope territory and that of the year before of organ"
    assert all(row["outcome"] == "not_testable" for row in found.values() if "/years.jump/" not in row["check_id"])


# --- in force


def documents(in_force: Cell, issued: Cell = None, repealed: Cell = None) -> dict[str, Cell]:
    cells = {"in_force": in_force, "issued": issued, "repealed": repealed}
    return {f"proactive/normative_documents/{column}": cell for column, cell in cells.items()}


#: What the year before prints, what this year does, the outcome, and the difference where there is one.
STOCKS: list[tuple[dict[str, Cell], dict[str, Cell], str, float | None]] = [
    (documents(100), documents(108, 10, 2), "holds", 0),
    (documents(100), documents(110, 10, 2), "flagged", 2),
    # A blank adds nothing …
    (documents(100), documents(100), "holds", 0),
    (documents(100), documents(101, None, 2), "flagged", 3),
    # … but a stock that is blank says nothing, nor does what cannot be read.
    (documents(None), documents(8, 10, 2), "not_testable", None),
    (documents(100), documents(None, 10, 2), "not_testable", None),
    (documents(100), documents(108, (None, "unverified", "1O"), 2), "not_testable", None),
    # Form 2019 asks for 对外公开总数量, which is no 现行有效件数.
    ({"proactive/normative_documents/total_disclosed": 100}, documents(108, 10, 2), "not_testable", None),
    ({}, {}, "not_testable", None),
]


def test_what_is_in_force_follows_from_the_year_before(tmp_path: Path) -> None:
    found = checks(tmp_path, cases((before, now) for before, now, _, _ in STOCKS))
    for number, (_, _, outcome, difference) in enumerate(STOCKS):
        row = found[f"case{number}-2024/years.in_force/normative_documents"]
        assert row["outcome"] == outcome, number
        assert outcome == "not_testable" or row["difference"] == difference, number


def test_the_evidence_of_a_stock_is_the_stock_before_and_both_flows(tmp_path: Path) -> None:
    found = checks(tmp_path, {"a-2023": documents(100), "a-2024": documents(120, 10, 2)})
    row = found["a-2024/years.in_force/normative_documents"]
    place = "proactive/normative_documents"
    assert row["left_evidence"] == f"a-2024/{place}/in_force"
    assert row["right_evidence"] == f"a-2023/{place}/in_force a-2024/{place}/issued a-2024/{place}/repealed"
    assert (row["left_value"], row["right_value"]) == (120, 108)
    # Documents lapse, too: that a stock does not add up accuses nobody.
    assert row["outcome"] == "flagged"
    assert row["message"].startswith("120 against 108; 现行有效件数 is that of the year before")
    # The other row of the table is there too, and not passed.
    assert found["a-2024/years.in_force/regulations"]["outcome"] == "not_testable"


# --- repeated

OUTCOMES = (
    "granted", "partially_granted", "denied.state_secret", "denied.internal_affairs", "unavailable.not_held",
    "unavailable.needs_creation", "not_processed.duplicate", "other.other", "received_new", "carried_in",
)  # fmt: skip


def numbers(*changed: int, count: int = 10) -> dict[str, Cell]:
    """Ten cells of natural persons: 11, 12, …; those of `changed` are others."""
    return {
        f"requests/{row}/natural_person": 11 + index + 100 * (index in changed)
        for index, row in enumerate(OUTCOMES[:count])
    }


def test_a_report_that_repeats_four_of_five_numbers_fails(tmp_path: Path) -> None:
    wanted = {(): ("fails", 1.0), (0, 1): ("fails", 0.8), (0, 1, 2): ("holds", 0.7), tuple(range(10)): ("holds", 0.0)}
    found = checks(tmp_path, cases((numbers(), numbers(*changed)) for changed in wanted))
    for number, (outcome, share) in enumerate(wanted.values()):
        for place in ("", "requests"):
            row = found[f"case{number}-2024/years.repeated/{place}"]
            assert (row["outcome"], row["statistic"], row["threshold"]) == (outcome, share, 0.8)
            assert (row["left_value"], row["right_value"]) == (10 * share, 10)
            assert (row["left_evidence"], row["right_evidence"]) == (f"case{number}-2024", f"case{number}-2023")
            assert row["message"] == f"{round(10 * share)} of 10 cells that are not zero are those of the year before"


def test_zeros_and_sums_repeat_nothing(tmp_path: Path) -> None:
    zeros: dict[str, Cell] = {f"requests/{row}/other_org": 0 for row in OUTCOMES}
    sums: dict[str, Cell] = {f"requests/{row}/total": 50 for row in OUTCOMES}
    found = checks(tmp_path, {"a-2023": zeros | sums | numbers(count=9), "a-2024": zeros | sums | numbers(count=9)})
    row = found["a-2024/years.repeated/"]
    assert (row["outcome"], row["message"]) == ("not_testable", "only 9 cells are not zero; it takes 10")


def test_a_blank_beside_a_number_is_no_repetition(tmp_path: Path) -> None:
    blank: dict[str, Cell] = {**numbers(), "requests/granted/natural_person": None}
    row = checks(tmp_path, {"a-2023": numbers(), "a-2024": blank})["a-2024/years.repeated/"]
    assert (row["left_value"], row["right_value"]) == (9, 10)


def test_reports_on_different_forms_are_not_compared_for_repetition(tmp_path: Path) -> None:
    parsed = Parsed().report("a-2020", numbers(), form="2019").report("a-2021", numbers())
    row = checks(tmp_path, parsed)["a-2021/years.repeated/"]
    assert (row["outcome"], row["message"]) == ("not_testable", "the report of the year before follows another form")


# --- jumps

FEES = "proactive/fees/amount_10k_yuan"
PENALTY = "proactive/penalty/decisions"


def history(place: str, *values: Cell, body: str = "a") -> Reports:
    return {f"{body}-{2021 + index}": {place: value} for index, value in enumerate(values)}


def jump(found: dict[str, Row], year: int, place: str = PENALTY) -> Row:
    return found[f"a-{year}/years.jump/{place}"]


def test_a_number_10000_times_the_usual_is_flagged_and_is_no_error(tmp_path: Path) -> None:
    found = checks(tmp_path, history(FEES, 120, 130, 1250000, 118, 125))
    row = jump(found, 2023, FEES)
    assert (row["outcome"], row["left_value"]) == ("flagged", 1250000)
    assert row["right_value"] == pytest.approx(122.5, rel=0.01)
    assert row["statistic"] == pytest.approx(4.0, abs=0.05) and row["threshold"] == 1.3
    assert row["message"].startswith("1250000万元 where 122.") and row["message"].endswith("perhaps another unit")
    assert row["left_evidence"] == f"a-2023/{FEES}"
    assert row["right_evidence"] == " ".join(f"a-{year}/{FEES}" for year in (2021, 2022, 2024, 2025))
    # The years around it are what they always were.
    assert {jump(found, year, FEES)["outcome"] for year in (2021, 2022, 2024, 2025)} == {"holds"}


def test_a_number_10000_times_too_small_is_flagged(tmp_path: Path) -> None:
    found = checks(tmp_path, history(PENALTY, 52000, 61000, 5.7, 60000, 58000))
    assert [jump(found, year)["outcome"] for year in range(2021, 2026)] == ["holds"] * 2 + ["flagged"] + ["holds"] * 2


def test_a_slip_in_the_first_or_last_year_is_flagged(tmp_path: Path) -> None:
    found = checks(tmp_path, history(PENALTY, 520000000, 61000, 57000, 60000))
    assert [jump(found, year)["outcome"] for year in range(2021, 2025)] == ["flagged", "holds", "holds", "holds"]


def test_growth_below_a_factor_of_20_is_plausible(tmp_path: Path) -> None:
    found = checks(tmp_path, history(PENALTY, 100, 150, 1500, 120))
    assert {jump(found, year)["outcome"] for year in range(2021, 2025)} == {"holds"}


def test_what_a_body_has_always_done_is_plausible_up_to_a_factor_of_1000(tmp_path: Path) -> None:
    """Its other years lie apart by factors of ten: five robust standard deviations are more than the most allowed."""
    found = checks(tmp_path, history(PENALTY, 10, 1000, 10, 1000, 50000))
    row = jump(found, 2025)
    assert (row["outcome"], row["threshold"]) == ("holds", 3)
    assert jump(checks(tmp_path, history(PENALTY, 10, 1000, 10, 1000, 5000000)), 2025)["outcome"] == "flagged"


def test_what_all_peers_do_is_plausible(tmp_path: Path) -> None:
    reports: Reports = {}
    for body in ("a", "b", "c", "d", "e", "f"):
        reports |= history(PENALTY, 100, 110, 105, 9000, body=body)
    assert jump(checks(tmp_path, reports), 2024)["outcome"] == "holds"
    assert jump(checks(tmp_path, history(PENALTY, 100, 110, 105, 9000)), 2024)["outcome"] == "flagged"


def test_money_is_compared_by_its_unit_as_printed(tmp_path: Path) -> None:
    parsed = Parsed()
    for report_id, cells in history(FEES, 120, 130, 1250000, 118).items():
        parsed.report(report_id, cells)
    parsed.rows["facts"][2]["unit"] = "元"
    row = jump(checks(tmp_path, parsed), 2023, FEES)
    assert row["outcome"] == "holds"
    # What is expected is in the unit of the number.
    assert row["right_value"] == pytest.approx(1200000, rel=0.02)


def test_two_other_years_alone_tell_nothing(tmp_path: Path) -> None:
    found = checks(tmp_path, history(PENALTY, 100, 110, 1000000))
    assert {jump(found, year)["outcome"] for year in (2021, 2022, 2023)} == {"not_testable"}
    assert jump(found, 2023)["right_value"] is None and jump(found, 2023)["statistic"] is None


def test_of_two_years_the_one_further_from_the_peers_is_flagged(tmp_path: Path) -> None:
    reports = history(PENALTY, 100, 1000000)
    for body in ("b", "c", "d", "e", "f"):
        reports |= history(PENALTY, 90, 120, body=body)
    found = checks(tmp_path, reports)
    assert [jump(found, year)["outcome"] for year in (2021, 2022)] == ["holds", "flagged"]


def test_a_single_year_has_no_history_and_a_blank_no_check(tmp_path: Path) -> None:
    found = checks(tmp_path, {"a-2024": {PENALTY: 5, FEES: None}})
    assert jump(found, 2024)["outcome"] == "not_testable"
    assert f"a-2024/years.jump/{FEES}" not in found


def test_another_scope_is_another_history(tmp_path: Path) -> None:
    parsed = Parsed()
    for report_id, cells in history(PENALTY, 100, 110, 105).items():
        parsed.report(report_id, cells)
    parsed.report("a-2024", {PENALTY: 900000}, scope="organ")
    assert jump(checks(tmp_path, parsed), 2024)["outcome"] == "not_testable"

"""The checks by report and by form, and what all tables have in common, on cases small enough to work out by hand."""

from __future__ import annotations

from pathlib import Path

from expectations.columns import about
from expectations.conformance import failures
from expectations.tables import CORE, MARTS
from tests.dbt_like_sql.test_measures_sql import disputes, requests
from tests.made.parsed import Parsed

# --- checks


def check(parsed: Parsed, report_id: str, code: str, outcome: str, place: str = "", form: str = "2021") -> None:
    difference = {"holds": 0.0, "fails": 4.0, "not_testable": None}[outcome]
    parsed.add(
        "checks",
        check_id=f"{report_id}/{code}/{place}",
        report_id=report_id,
        report_year=int(report_id[-4:]),
        form=form,
        check_code=code,
        place=place,
        outcome=outcome,
        difference=difference,
        message=f"{code} {outcome}",
    )


def test_testability_counts_reports_and_places(tmp_path: Path) -> None:
    parsed = Parsed().report("a-2024").report("b-2024").report("c-2024").report("d-2019", form="2019")
    check(parsed, "a-2024", "requests.balance", "holds", "total")
    check(parsed, "a-2024", "requests.balance", "fails", "natural_person")
    check(parsed, "b-2024", "requests.balance", "not_testable", "total")
    check(parsed, "d-2019", "requests.balance", "holds", "total", form="2019")
    row = parsed.when_asked(tmp_path).row("check_testability", form="2021", check_code="requests.balance")
    # c has no check at all and counts as a report in which it was not tested.
    assert (row["report_count"], row["tested_report_count"], row["tested_share"]) == (3, 1, 1 / 3)
    assert (row["failing_report_count"], row["holds_count"], row["fails_count"], row["not_testable_count"]) == (
        1,
        1,
        1,
        1,
    )


def test_failed_checks_name_body_and_file(tmp_path: Path) -> None:
    parsed = Parsed().report("a-2024", body_name="某县人民政府")
    check(parsed, "a-2024", "requests.balance", "fails", "total")
    check(parsed, "a-2024", "requests.outcome_sum", "holds", "total")
    warehouse = parsed.when_asked(tmp_path)
    [row] = warehouse.table("failed_checks").to_dicts()
    assert (row["body_name"], row["file_name"], row["difference"]) == ("某县人民政府", "a-2024.html", 4)


# --- all of it


def test_what_the_sql_makes_keeps_the_contract(tmp_path: Path) -> None:
    parsed = Parsed().report("a-2023", requests()).report("a-2024", requests(**{"granted/total": (1, "contradicted")}))
    parsed.report("b-2024", disputes("reconsideration", 5, 1, 0, 0, 6)).report("c-2019", form="2019")
    check(parsed, "a-2024", "requests.outcome_sum", "fails", "total")
    warehouse = parsed.build(tmp_path)
    for model in (*CORE, *MARTS):
        assert failures(model, warehouse.table(about(model).name)) == []


def test_tables_stand_in_the_order_of_their_key(tmp_path: Path) -> None:
    parsed = Parsed()
    for body in ("c", "a", "b"):
        parsed.report(f"{body}-2024", requests()).report(f"{body}-2023", requests())
    warehouse = parsed.build(tmp_path)
    for model in (*CORE, *MARTS):
        table = warehouse.table(about(model).name)
        assert table.equals(table.sort(about(model).key))

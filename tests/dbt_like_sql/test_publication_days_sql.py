"""How many days after its due date a report was published: dates of the Regulation, printed dates, and what is not said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from expectations.columns import about
from expectations.conformance import failures
from expectations.due_tables import DueRules, PublicationDays
from tests.made.parsed import Parsed, Warehouse

HEFEI: dict[str, Any] = {"government_code": "340100", "government_name": "合肥市", "level": "prefecture"}
WUHU: dict[str, Any] = {"government_code": "340200", "government_name": "芜湖市", "level": "prefecture"}
#: A zone with a code of its own, and one that only Hefei has; both are said to stand at the level of a county.
CODED: dict[str, Any] = {"government_code": "130171", "government_name": "石家庄高新技术产业开发区", "level": "county"}
UNCODED: dict[str, Any] = {**HEFEI, "level": "county"}

#: Body, year, printed date, what it is; then the due date, its basis, the days and what they say.
CASES = [
    ("office", 2022, date(2023, 3, 1), {**WUHU, "body_kind": "government_office"}, date(2023, 3, 31), "our_reading", -30, "not_said"),
    ("city", 2022, date(2023, 3, 31), {**HEFEI, "body_kind": "government"}, date(2023, 3, 31), "statute", 0, "by_due_date"),
    ("beside", 2022, date(2023, 2, 1), {**HEFEI, "body_kind": "government_office"}, date(2023, 1, 31), "our_reading", 1, "not_said"),
    ("bureau", 2022, date(2023, 2, 1), {**HEFEI, "body_kind": "department"}, date(2023, 1, 31), "statute", 1, "after_due_date"),
    ("early", 2022, date(2023, 1, 12), {**HEFEI, "body_kind": "department"}, date(2023, 1, 31), "statute", -19, "by_due_date"),
    # In the years of the first Regulation everybody had until 31 March; 2024 has a 29 February.
    ("bureau", 2016, date(2017, 2, 1), {**HEFEI, "body_kind": "department"}, date(2017, 3, 31), "statute", -58, "by_due_date"),
    ("leap", 2023, date(2024, 3, 1), {**HEFEI, "body_kind": "department"}, date(2024, 1, 31), "statute", 30, "after_due_date"),
    # Organs of zones, vertical systems, townships and bodies that nobody knows: years late by our reading, and not said.
    ("coded", 2022, date(2025, 1, 1), {**CODED, "body_kind": "department"}, date(2023, 3, 31), "our_reading", 642, "not_said"),
    ("uncoded", 2022, date(2023, 4, 1), {**UNCODED, "body_kind": "department"}, date(2023, 3, 31), "our_reading", 1, "not_said"),
    ("tax", 2022, date(2023, 2, 10), {**HEFEI, "body_kind": "department", "accountability": "vertical"}, date(2023, 1, 31), "our_reading", 10, "not_said"),
    ("town", 2022, date(2023, 4, 1), {"body_kind": "township", "level": "township"}, date(2023, 3, 31), "our_reading", 1, "not_said"),
    ("lost", 2022, date(2023, 4, 1), {"body_kind": "department", "level": "unresolved"}, date(2023, 1, 31), "our_reading", 60, "not_said"),
    # No date, and one that stands before the year was over.
    ("silent", 2022, None, {**HEFEI, "body_kind": "department"}, date(2023, 1, 31), "statute", None, "date_unknown"),
    ("template", 2022, date(2022, 12, 31), {**HEFEI, "body_kind": "department"}, date(2023, 1, 31), "statute", None, "date_unknown"),
    ("ministry", 2022, date(2023, 1, 31), {"body_kind": "department", "level": "state"}, date(2023, 1, 31), "statute", 0, "by_due_date"),
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    parsed = Parsed()
    for body, year, printed, values, *_ in CASES:
        nobody = {"government_code": None, "government_name": None, "accountability": None}
        parsed.report(f"{body}-{year}", {}, published_on=printed, **{**nobody, **values})
    return parsed.when_asked(tmp_path_factory.mktemp("days"))


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case[0]}-{case[1]}") for case in CASES])
def test_days_are_counted_from_the_due_date_and_only_the_statute_says_late(
    made: Warehouse, case: tuple[Any, ...]
) -> None:
    body, year, printed, _, due_on, basis, days, timing = case
    row = made.row("publication_days", report_id=f"{body}-{year}")
    assert (row["published_on"], row["due_on"], row["due_basis"]) == (printed, due_on, basis)
    assert (row["days_after_due"], row["timing"]) == (days, timing)
    assert row["comparability"] == (None if days is None else "approximate")
    assert row["due_source"].startswith("国务院令第711号" if year >= 2019 else "国务院令第492号")


def test_every_report_has_one_row(made: Warehouse) -> None:
    assert made.table("publication_days").height == len(CASES)


@pytest.mark.parametrize("model", [DueRules, PublicationDays])
def test_the_tables_keep_their_contract(made: Warehouse, model: type) -> None:
    assert failures(model, made.table(about(model).name)) == []

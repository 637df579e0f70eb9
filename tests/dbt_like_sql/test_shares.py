"""No share is published without its numerator, its denominator and its interval: over the contract, cases and a country.

Exempt by name, with the reason: rates of change and places in a field are no shares of cases; `quality_scoreboard` counts
our own checks of one body, all of them, and has their numbers beside; the former names are an alias of the wide table.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from expectations.columns import about, columns
from expectations.tables import CORE, MARTS
from tests.dbt_like_sql.test_measures_sql import ANNEX, disputes, requests
from tests.made.parsed import Parsed, Warehouse

SHARE = "share of 1"
#: The column that a long table says its unit in; its share is in `value`.
LONG = {"measures_by_report", "trends", "peer_group_comparison"}
EXEMPT_TABLES = {"quality_scoreboard", "comparison_by_year_former_names"}
#: Whose numerator and denominator have names of their own.
NAMED = {
    "naming_share": ("naming_report_count", "report_count"),
    "stating_share": ("stating_report_count", "report_count"),
    "tested_share": ("tested_report_count", "report_count"),
    "pooled_share": ("pooled_numerator", "pooled_denominator"),
}


def shares() -> Iterator[tuple[str, str, tuple[str, str, str, str]]]:
    """Table, share, and its numerator, denominator, lower and upper end."""
    for model in (*CORE, *MARTS):
        table = about(model).name
        if table in LONG:
            yield table, "value", ("numerator", "denominator", "interval_low", "interval_high")
        for column in columns(model):
            name = column.name
            if table in EXEMPT_TABLES or column.unit != SHARE or name.endswith(("_low", "_high", "_change")):
                continue
            if name.endswith("_change_share"):
                continue
            sides = NAMED.get(name, (f"{name}_numerator", f"{name}_denominator"))
            stem = name.removesuffix("_share") if name == "pooled_share" else name
            yield table, name, (*sides, f"{stem}_low", f"{stem}_high")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    parsed = Parsed()
    cases = disputes("reconsideration", 4, 1, 1, 1, 7) | disputes("litigation_direct", 1, 1, 0, 1, 3)
    cases |= disputes("litigation_after_reconsideration", 2, 0, 0, 0, 2)
    people = {
        f"requests/received_new/{who}": count
        for who, count in {
            "natural_person": 80,
            "commercial_enterprise": 15,
            "research_institution": 0,
            "public_welfare_org": 0,
            "legal_service_org": 5,
            "other_org": 0,
        }.items()
    }
    city = {"level": "prefecture", "body_kind": "government"}
    for body in "abcdef":
        for year in (2022, 2023, 2024):
            parsed.report(f"{body}-{year}", requests() | people | cases, **city)
            parsed.problem(f"{body}-{year}", "interpretation", "政策解读形式较为单一")
            parsed.figure(f"{body}-{year}", "wechat_items", 40)
        parsed.report(f"{body}-2016", ANNEX, form="2014", **city)
    parsed.add("checks", report_id="a-2024", report_year=2024, outcome="holds")
    return parsed.build(tmp_path_factory.mktemp("shares"))


def test_the_contract_has_all_four_beside_every_share() -> None:
    names = {about(model).name: {c.name for c in columns(model)} for model in (*CORE, *MARTS)}
    found = list(shares())
    assert len(found) >= 25
    for table, share, beside in found:
        assert set(beside) <= names[table], (table, share)


@pytest.mark.parametrize(("table", "share", "beside"), [pytest.param(*s, id=f"{s[0]}.{s[1]}") for s in shares()])
def test_no_share_stands_alone(made: Warehouse, table: str, share: str, beside: tuple[str, str, str, str]) -> None:
    over, under, low, high = beside
    which = f" and unit = '{SHARE}'" if table in LONG else ""
    with duckdb.connect(str(made.path), read_only=True) as connection:
        query = (
            f"select count(*), count(*) filter (where {over} is not null and {under} > 0 and abs({share} - {over} / {under})"
            f" < 1e-9 and {share} between {low} - 1e-9 and {high} + 1e-9 and {low} < {high}) from {table}"
            f" where {share} is not null{which}"
        )
        told, whole = connection.execute(query).fetchall()[0]
    assert told == whole
    assert told > 0

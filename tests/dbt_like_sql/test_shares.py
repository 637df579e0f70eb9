"""No share is published without its numerator, its denominator and its interval: over the contract and a few cases.

The sample and the made country are asked too (`tests/test_sample_figures.py`, `tests/test_country.py`).
"""

from __future__ import annotations

import pytest

from expectations.columns import about, columns
from expectations.crosswalk import SHARE
from expectations.tables import CORE, MARTS
from tests.dbt_like_sql.test_measures_sql import ANNEX, disputes, requests
from tests.dbt_like_sql.test_texts_sql import KEPT, told
from tests.made.parsed import Parsed, Warehouse
from tests.made.shares import Share, ends, shares, told_and_whole


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
    for body, name in (("330100", "杭州市"), ("330200", "宁波市")):
        for year in (2023, 2024):
            told(parsed, f"{body}-{year}", name, {1: KEPT}, government_code=body)
    parsed.add("checks", report_id="a-2024", report_year=2024, outcome="holds")
    return parsed.build(tmp_path_factory.mktemp("shares"))


def test_the_contract_has_all_four_beside_every_share() -> None:
    names = {about(model).name: {c.name for c in columns(model)} for model in (*CORE, *MARTS)}
    found = list(shares())
    # 13 of the wide table, 5 of the scoreboard, 4 long tables, 4 of structures and disputes, 6 others.
    assert len(found) >= 32
    for share in found:
        assert set(share[1:-1]) <= names[share.table], share


def test_every_end_of_an_interval_belongs_to_a_share() -> None:
    assert set(ends()) == {(share.table, end) for share in shares() for end in (share.low, share.high)}


def test_no_column_in_shares_is_passed_over() -> None:
    """What is in shares is a share, an end of an interval, or a change, which has no bounds."""
    told = {(share.table, share.column) for share in shares()} | set(ends())
    others = {
        (about(model).name, column.name): (column.minimum, column.maximum)
        for model in (*CORE, *MARTS)
        for column in columns(model)
        if column.unit == SHARE and not about(model).is_view and (about(model).name, column.name) not in told
    }
    assert set(others.values()) == {(None, None)}
    assert {name.partition("_change")[1] for _, name in others} == {"_change"}


@pytest.mark.parametrize("share", [pytest.param(share, id=f"{share.table}.{share.column}") for share in shares()])
def test_no_share_stands_alone(made: Warehouse, share: Share) -> None:
    told, whole = told_and_whole(made.path, share)
    assert told == whole
    assert told > 0

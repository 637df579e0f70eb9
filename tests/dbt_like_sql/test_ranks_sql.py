"""Ranks on made fields: who is ranked among whom, and why somebody is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.columns import about
from expectations.conformance import failures
from expectations.peers import county_kind
from expectations.tables import MARTS
from pipelines.warehouse.models import macros
from tests.dbt_like_sql.test_measures_sql import ANNEX, disputes, requests
from tests.made.parsed import Parsed, Warehouse
from tests.made.ranks import rank_count, wrong_ranks
from tests.made.rows import Row

YEAR = 2022
CITY: dict[str, Any] = {"level": "prefecture", "body_kind": "government"}
BUREAU: dict[str, Any] = {"level": "prefecture", "body_kind": "department", "scope": "organ"}
#: Five counties, five county-level cities, five districts and five districts of municipalities.
COUNTIES = {
    "county": (("320830", "盱眙县"), ("320826", "涟水县"), ("320831", "金湖县"), ("320321", "丰县"), ("150121", "土默特左旗")),
    "county_level_city": (("320281", "江阴市"), ("320282", "宜兴市"), ("320381", "新沂市"), ("320382", "邳州市"), ("320481", "溧阳市")),
    "district": (("320803", "淮安区"), ("320804", "淮阴区"), ("320812", "清江浦区"), ("320813", "洪泽区"), ("320104", "秦淮区")),
    "municipal_district": (("110101", "东城区"), ("110102", "西城区"), ("310101", "黄浦区"), ("120101", "和平区"), ("500103", "渝中区")),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    parsed = Parsed()

    def report(body: str, count: float | None, year: int = YEAR, **values: Any) -> None:
        parsed.report(f"{body}-{year}", {"requests/received_new/total": count}, **values)

    # Five whole territories, two of them equal; one city has the report of its office, too, and one only that.
    for name, count in {"p": 50, "q": 40, "r": 40, "s": 30}.items():
        report(name, count, **CITY, government_code=f"33{ord(name):04}")
    report("t-office", 60, **{**CITY, "body_kind": "government_office"}, government_code="330999")
    report("q-office", 900, **{**CITY, "body_kind": "government_office"}, government_code=f"33{ord('q'):04}")
    # Four own organs, and a fifth of which nobody can tell.
    for number in range(4):
        report(f"own{number}", 70 + number, **{**CITY, "scope": "organ"}, government_code=f"34000{number}")
    report("untold", 75, **{**CITY, "scope": "not_stated"}, government_code="340009")
    # Ten bureaus of two functions; one that has none.
    for number in range(5):
        report(f"police{number}", 100 + number, **BUREAU, body_function="public_security")
        report(f"school{number}", 200 + number, **BUREAU, body_function="education")
    report("office", 500, **BUREAU)
    # Five tax bureaux and a branch: a vertical system of its own, whose numbers would win every field.
    for number in range(5):
        report(f"tax{number}", 9000 + number, **BUREAU, body_function="taxation", accountability="vertical")
    report("branch", 9100, **BUREAU, body_function="education", accountability="vertical")
    report("dual", 150, **BUREAU, body_function="public_security", accountability="dual")
    # A city whose cell is blank.
    report("blank", None, **CITY, government_code="330998")
    # Another level with the same numbers, and bodies of no known level.
    for number in range(5):
        report(f"province{number}", 1000 + number, level="province", body_kind="government")
        report(f"lost{number}", 40, level="unresolved", body_kind="government")
    # Two series in one year: five reports that follow the form of 2014 and four that follow the one of 2019.
    for number in range(5):
        parsed.report(f"old{number}-2019", ANNEX, form="2014", **CITY)
    for number in range(4):
        parsed.report(f"new{number}-2019", requests(), form="2019", **CITY)
    for kind, listed in COUNTIES.items():
        for number, (code, name) in enumerate(listed):
            place = {"government_code": code, "government_name": name}
            report(f"{kind}{number}", 10 + number, level="county", body_kind="government", **place)
    return parsed.build(tmp_path_factory.mktemp("ranks"))


def place(made: Warehouse, body: str, kind: str = "level", code: str = "prefecture") -> Row:
    key = {"report_id": f"{body}-{YEAR}", "group_kind": kind, "group_code": code, "measure": "requests_received"}
    return made.row("peer_group_comparison", **key)


def test_ties_share_the_best_rank_and_the_next_is_passed_over(made: Warehouse) -> None:
    ranks = {body: place(made, body)["value_rank"] for body in ("t-office", "p", "q", "r", "s")}
    assert ranks == {"t-office": 1, "p": 2, "q": 3, "r": 3, "s": 5}
    assert [place(made, body)["percentile"] for body in ("t-office", "q", "s")] == [1, 1.5 / 4, 0]


def test_a_field_of_five_is_ranked_and_one_of_four_is_not(made: Warehouse) -> None:
    assert (place(made, "p")["member_count"], place(made, "p")["unranked_reason"]) == (5, None)
    own = place(made, "own0")
    assert (own["member_count"], own["value_rank"], own["unranked_reason"]) == (4, None, "field_small")
    assert (own["percentile"], own["median_value"], own["value"]) == (None, None, 70)


def test_of_two_reports_of_one_government_one_is_ranked(made: Warehouse) -> None:
    office = place(made, "q-office")
    assert (office["value_rank"], office["unranked_reason"], office["value"]) == (None, "other_report", 900)
    assert place(made, "q")["value_rank"] == 3
    # The office of a government without a report of its own stands for it.
    assert place(made, "t-office")["value_rank"] == 1
    # The city whose cell is blank.
    assert place(made, "p")["missing_count"] == 1


def test_a_report_without_a_value_has_no_row_and_is_counted_as_missing(made: Warehouse) -> None:
    rows = made.table("peer_group_comparison")
    assert rows.filter(report_id=f"blank-{YEAR}", measure="requests_received").height == 0
    assert rows["value"].null_count() == 0
    wide = made.row("comparison_by_year", report_id=f"blank-{YEAR}")
    assert (wide["requests_received_rank"], wide["requests_received_unranked_reason"]) == (None, "no_value")
    # The form of 2021 asks for no items disclosed, so nobody is missing there.
    assert made.table("peer_group_comparison").filter(measure="items_disclosed", report_year=YEAR).height == 0


def test_an_organ_of_a_vertical_system_is_ranked_with_nobody(made: Warehouse) -> None:
    for body in ("tax0", "tax4", "branch"):
        row = place(made, body)
        assert (row["value_rank"], row["unranked_reason"], row["member_count"]) in {
            (None, "vertical_system", 0),
            (None, "vertical_system", 5),
        }
    # The branch takes no place among the city's organs of its function; one that is led by two is its government's.
    assert [place(made, f"school{n}")["member_count"] for n in range(5)] == [5] * 5
    assert (place(made, "dual")["value_rank"], place(made, "dual")["member_count"]) == (1, 6)


def test_a_report_of_unknown_scope_is_not_ranked(made: Warehouse) -> None:
    row = place(made, "untold")
    assert (row["value_rank"], row["unranked_reason"], row["member_count"]) == (None, "scope_not_stated", 0)


def test_departments_are_ranked_among_those_of_their_function(made: Warehouse) -> None:
    # Behind the one that is led by two.
    assert [place(made, f"police{n}")["value_rank"] for n in range(5)] == [6, 5, 4, 3, 2]
    assert [place(made, f"school{n}")["value_rank"] for n in range(5)] == [5, 4, 3, 2, 1]
    assert place(made, "office")["unranked_reason"] == "function_unknown"


def test_a_body_of_unknown_level_has_a_row_and_a_reason(made: Warehouse) -> None:
    row = place(made, "lost0", code="unresolved")
    assert (row["value_rank"], row["unranked_reason"]) == (None, "body_unknown")


def test_a_county_level_city_is_no_county_among_peers(made: Warehouse) -> None:
    for kind in COUNTIES:
        rows = [place(made, f"{kind}{number}", "peer_group", kind) for number in range(5)]
        assert [(row["value_rank"], row["member_count"]) for row in rows] == [(5, 5), (4, 5), (3, 5), (2, 5), (1, 5)]
    assert place(made, "county0", code="county")["member_count"] == 20


@pytest.mark.parametrize(
    ("code", "name", "level", "kind"),
    [
        ("110101", "东城区", "county", "municipal_district"),
        ("500103", "渝中区", "county", "municipal_district"),
        ("500229", "城口县", "county", "county"),
        ("320813", "洪泽区", "county", "district"),
        ("320830", "盱眙县", "county", "county"),
        ("130321", "青龙满族自治县", "county", "county"),
        ("150722", "莫力达瓦达斡尔族自治旗", "county", "county"),
        ("320281", "江阴市", "county", "county_level_city"),
        ("659001", "石河子市", "county", "county_level_city"),
        ("520203", "六枝特区", "county", None),
        ("429021", "神农架林区", "county", None),
        ("130171", "石家庄高新技术产业开发区", "county", None),
        ("330100", "杭州市", "prefecture", None),
    ],
)
def test_the_kind_of_a_county_stands_in_its_name(code: str, name: str, level: str, kind: str | None) -> None:
    assert county_kind(code, name, level) == kind


def test_the_wide_table_has_the_ranks_of_the_level_and_the_reasons(made: Warehouse) -> None:
    row = made.row("comparison_by_year", report_id=f"p-{YEAR}")
    assert (row["requests_received_rank"], row["requests_received_member_count"]) == (2, 5)
    assert row["requests_received_unranked_reason"] is None
    row = made.row("comparison_by_year", report_id=f"own0-{YEAR}")
    assert (row["requests_received_rank"], row["requests_received_unranked_reason"]) == (None, "field_small")
    assert (
        made.row("comparison_by_year", report_id=f"lost0-{YEAR}")["requests_received_unranked_reason"] == "body_unknown"
    )


def test_reports_of_two_forms_are_one_field_only_where_both_count_the_same(made: Warehouse) -> None:
    def row(body: str, measure: str) -> Row:
        key = {"report_id": f"{body}-2019", "group_kind": "level", "group_code": "prefecture", "measure": measure}
        return made.row("peer_group_comparison", **key)

    assert [row(body, "requests_received")["member_count"] for body in ("old0", "new0")] == [9, 9]
    old, new = row("old0", "requests_denied"), row("new0", "requests_denied")
    assert (old["member_count"], old["missing_count"], old["value_rank"]) == (5, 4, 1)
    assert (new["member_count"], new["missing_count"], new["unranked_reason"]) == (4, 5, "field_small")


def test_a_share_is_ranked_from_30_requests_and_from_10_decided_cases(tmp_path: Path) -> None:
    parsed = Parsed()
    for number, (processed, decided) in enumerate([*((30, 10),) * 5, (29, 10), (30, 9)]):
        cells = requests(**{"granted/total": 10 + number, "total_processed/total": processed})
        cells |= disputes("reconsideration", decided - 1, 1, 0, 5, decided + 5)
        parsed.report(f"c{number}-2022", cells, **CITY, government_code=f"35000{number}")
    found = parsed.when_asked(tmp_path)

    def row(body: str, measure: str) -> Row:
        key = {"report_id": f"{body}-2022", "group_kind": "level", "group_code": "prefecture", "measure": measure}
        return found.row("peer_group_comparison", **key)

    granted = [row(f"c{number}", "granted_share") for number in range(7)]
    assert [one["value_rank"] for one in granted] == [6, 5, 4, 3, 2, None, 1]
    assert (granted[5]["unranked_reason"], granted[5]["member_count"], granted[5]["missing_count"]) == ("too_few", 6, 1)
    corrected = [row(f"c{number}", "reconsiderations_correction_share") for number in range(7)]
    assert [one["value_rank"] for one in corrected] == [1, 1, 1, 1, 1, 1, None]
    assert (corrected[6]["unranked_reason"], corrected[6]["numerator"], corrected[6]["denominator"]) == (
        "too_few",
        1,
        9,
    )
    # A count needs no denominator.
    assert {row(f"c{number}", "requests_granted")["unranked_reason"] for number in range(7)} == {None}


def test_the_own_level_is_a_field_beside_the_territory(tmp_path: Path) -> None:
    parsed = Parsed()
    for number in range(5):
        for scope, count in (("territory", 1000 + number), ("own_level", 10 + number)):
            code = f"36000{number}" if scope == "territory" else f"37000{number}"
            cells: dict[str, float | None] = {"requests/received_new/total": count}
            parsed.report(f"{scope}{number}-2022", cells, **CITY, scope=scope, government_code=code)
    rows = parsed.when_asked(tmp_path).table("peer_group_comparison").filter(measure="requests_received").to_dicts()
    assert {(one["report_id"], one["value_rank"], one["member_count"]) for one in rows} == {
        (f"{scope}{number}-2022", 5 - number, 5) for scope in ("territory", "own_level") for number in range(5)
    }


def test_two_series_are_two_fields() -> None:
    rows = [("a", n, "one") for n in range(5)] + [("b", n, "two") for n in range(4)]
    with duckdb.connect() as connection:
        for macro in macros():
            connection.execute(macro)
        connection.execute("create table v (name varchar, value double, series varchar)")
        connection.executemany("insert into v values (?, ?, ?)", rows)
        found = connection.execute(
            "with f as (select *, rank_field(2022, 'level', 'county', 'county', 'government', null, 'territory', 'm', series)"
            " as field from v), s as (select *, standing(value, true, field) as place from f)"
            " select series, place.value_rank, place.member_count from s order by series, value"
        ).fetchall()
    assert found == [("one", rank, 5) for rank in (5, 4, 3, 2, 1)] + [("two", None, 4)] * 4


def test_what_takes_no_part_changes_no_rank() -> None:
    with duckdb.connect() as connection:
        for macro in macros():
            connection.execute(macro)
        found = connection.execute(
            "with s as (select v, standing(v, v < 100, 'f') as place from (values (1), (2), (3), (4), (5), (999), (null)) as t (v))"
            " select v, place.value_rank, place.member_count, place.median_value from s order by v nulls last"
        ).fetchall()
    ranked = [(v, 6 - v, 5, 3) for v in range(1, 6)]
    assert found == [*ranked, (999, None, 5, None), (None, None, 5, None)]


def test_no_rank_crosses_a_field_or_stands_in_a_small_one(made: Warehouse) -> None:
    assert rank_count(made.path) > 100
    assert wrong_ranks(made.path) == []


def test_no_rank_of_the_sample_crosses_a_field_and_each_report_without_one_says_why(built: Path) -> None:
    warehouse = Warehouse(built / "warehouse" / "gongkai.duckdb")
    assert wrong_ranks(warehouse.path) == []
    rows = warehouse.table("peer_group_comparison")
    # Eleven reports make no field of five.
    assert rows["value_rank"].null_count() == rows["unranked_reason"].count() == rows.height > 0


def test_the_marts_keep_the_contract(made: Warehouse) -> None:
    for model in MARTS:
        assert failures(model, made.table(about(model).name)) == [], about(model).name

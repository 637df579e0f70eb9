"""What the SQL makes of bodies, and the dictionaries of governments and functions."""

from __future__ import annotations

from pathlib import Path

from expectations.conformance import failures
from expectations.tables import model_of
from tests.made.parsed import Parsed


def test_a_body_has_its_latest_name_its_years_and_the_government_above(tmp_path: Path) -> None:
    place = {"government_code": "360704", "government_name": "赣县区", "body_kind": "government"}
    parsed = Parsed().report("360704-2015", body_name="赣县人民政府", **place)
    parsed.report("360704-2018", body_name="赣县区人民政府", **place)
    parsed.report("360704-2017", body_name="赣县区人民政府", **place)
    parsed.report("x-1-2020", body_name="某镇")
    warehouse = parsed.when_asked(tmp_path)
    row = warehouse.row("bodies", body_id="360704")
    assert (row["body_name"], row["first_year"], row["last_year"], row["report_count"]) == (
        "赣县区人民政府",
        2015,
        2018,
        3,
    )
    assert row["names_printed"] == "赣县人民政府、赣县区人民政府"
    assert (row["parent_government_code"], row["parent_government_name"]) == ("360700", "赣州市")
    unknown = warehouse.row("bodies", body_id="x-1")
    assert (unknown["report_count"], unknown["parent_government_code"]) == (1, None)


def test_a_former_government_has_the_parent_of_its_time(tmp_path: Path) -> None:
    parsed = Parsed().report("500110-to2011-2009", government_code="500110", government_name="万盛区")
    parsed.report("500110-2015", government_code="500110", government_name="綦江区")
    warehouse = parsed.when_asked(tmp_path)
    assert warehouse.table("bodies").height == 2
    assert warehouse.row("bodies", body_id="500110-to2011")["parent_government_name"] == "重庆市"
    former = warehouse.row("governments", government_code="500110", government_name="万盛区")
    assert (former["valid_to"], former["change"], former["government_successor_code"]) == (2011, "merged", "500110")


def test_the_dictionaries_keep_the_contract(tmp_path: Path) -> None:
    warehouse = Parsed().report("a-2024").when_asked(tmp_path)
    for name, fewest in (("bodies", 1), ("governments", 3600), ("functions", 500)):
        table = warehouse.table(name)
        assert table.height >= fewest
        assert failures(model_of(name), table) == []
    zone = warehouse.row("governments", government_code="130171", government_name="石家庄高新技术产业开发区")
    assert zone["is_zone"]
    assert warehouse.row("functions", organ_name="国土资源")["fit"] == "approximate"
    assert warehouse.row("functions", organ_name="海关")["accountability"] == "vertical"
    assert warehouse.row("functions", organ_name="环境保护")["accountability"] == "local"
    assert warehouse.row("functions", organ_name="生态环境")["accountability"] == "dual"


def test_a_body_says_whom_it_answers_to(tmp_path: Path) -> None:
    parsed = Parsed().report("tax-2024", body_kind="department", body_function="taxation", accountability="vertical")
    warehouse = parsed.report("a-2024").when_asked(tmp_path)
    assert warehouse.row("bodies", body_id="tax")["accountability"] == "vertical"
    assert warehouse.row("bodies", body_id="a")["accountability"] is None

"""On a made country the planted errors are found, and no clean report is called wrong. The whole: `benchmarks/marts.py`."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from expectations.columns import about
from expectations.conformance import failures
from expectations.tables import CORE, MARTS, PARSED, model_of
from pipelines.parse import Hints, parse
from pipelines.read import read
from pipelines.warehouse.runner import build
from tests.made.country import Country, Found, Planted, country, found, frames, plant, write
from tests.made.country.errors import PLANTERS
from tests.made.country.pages import html
from tests.made.country.series import YEARS
from tests.made.parsed import Warehouse
from tests.made.ranks import rank_count, wrong_ranks
from tests.made.shares import alone
from tests.made.wide import compared_codes, differing_figures, reports_by_form

pytestmark = pytest.mark.long(seconds=10)

SEED = 7
EACH = 4


@pytest.fixture(scope="module")
def planted() -> tuple[Country, list[Planted]]:
    made = country(SEED, province_count=6, city_count=30)
    return made, plant(made, SEED, EACH)


@pytest.fixture(scope="module")
def tables(planted: tuple[Country, list[Planted]]) -> dict[str, pl.DataFrame]:
    return frames(planted[0])


@pytest.fixture(scope="module")
def warehouse(tables: dict[str, pl.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    build(write(tables, folder / "tables"), folder / "warehouse.duckdb")
    return folder / "warehouse.duckdb"


@pytest.fixture(scope="module")
def result(planted: tuple[Country, list[Planted]], warehouse: Path) -> Found:
    return found(warehouse, *planted)


def test_the_same_seed_makes_the_same_country_and_another_seed_another() -> None:
    one, same, other = (country(seed, 2, 4) for seed in (1, 1, 2))
    plant(one, 1, 0), plant(same, 1, 0)
    assert one == same != other
    assert {report.year for report in one.reports.values()} == set(YEARS)
    assert {report.form for report in one.reports.values()} == {"none", "2014", "2019", "2021"}


def test_its_tables_keep_the_contract(tables: dict[str, pl.DataFrame]) -> None:
    assert set(tables) == {about(model).name for model in PARSED}
    for name, frame in tables.items():
        assert failures(model_of(name), frame) == [], name


def test_errors_of_every_kind_are_planted_and_each_can_be_seen(result: Found) -> None:
    assert result.planted == {planter.__name__: EACH for planter in PLANTERS}
    # Two columns exchanged, or a small number that became next to nothing, may be out of sight; the others never are.
    assert all(
        result.visible[kind] == EACH for kind in result.planted if kind not in ("swapped_applicants", "unit_slip")
    )
    assert result.visible["swapped_applicants"] > 0 and result.visible["unit_slip"] > 0


def test_every_error_that_a_rule_can_see_is_found(result: Found) -> None:
    assert result.missed == ()


def test_no_rank_crosses_a_field_or_stands_in_a_small_one(warehouse: Path) -> None:
    assert rank_count(warehouse) > 1000
    assert wrong_ranks(warehouse) == []


def test_no_share_stands_alone(warehouse: Path) -> None:
    assert alone(warehouse) == {}


def test_no_clean_report_is_called_wrong(result: Found) -> None:
    assert result.false_alarms == ()


def test_without_errors_nothing_fails(tmp_path: Path) -> None:
    made = country(SEED, province_count=2, city_count=5)
    build(write(frames(made), tmp_path / "tables"), tmp_path / "warehouse.duckdb")
    clean = found(tmp_path / "warehouse.duckdb", made, [])
    assert clean.false_alarms == ()
    assert {outcome for _, _, outcome in clean.outcomes} == {"holds", "not_testable"}


def test_what_the_sql_makes_of_a_country_keeps_the_contract(warehouse: Path) -> None:
    for model in (*CORE, *MARTS):
        assert failures(model, Warehouse(warehouse).table(about(model).name)) == [], about(model).name


def test_every_figure_of_the_wide_table_is_its_measure(warehouse: Path, planted: tuple[Country, list[Planted]]) -> None:
    count, differing = differing_figures(warehouse)
    assert differing == []
    # 36 bodies of 18 years; the newest year, 2025, included.
    assert count == 36 * 18 * len(compared_codes())
    assert len(planted[0].reports) == 36 * 18


def test_no_report_of_any_form_is_left_out_of_the_wide_table(warehouse: Path) -> None:
    # 6 years without a form, 5 of form 2014, 2 of form 2019, 5 of form 2021.
    expected = {"none": 36 * 6, "2014": 36 * 5, "2019": 36 * 2, "2021": 36 * 5}
    assert reports_by_form(warehouse, "comparison_by_year") == expected
    stated = Warehouse(warehouse).table("comparison_by_year").filter(pl.col("requests_received").is_not_null())
    assert set(stated["report_year"]) == set(YEARS)


@pytest.mark.parametrize("year", [2020, 2023])
def test_its_pages_are_read_back_cell_by_cell(year: int) -> None:
    made = country(SEED, province_count=1, city_count=2)
    report = made.of(made.bodies[-1], year)
    parsed = parse(read(html(report).encode()), Hints("a.html"))
    assert (parsed.report_id, parsed.form, parsed.scope) == (report.report_id, report.form, "territory")
    assert {(f.table, f.row, f.column): f.value for f in parsed.facts} == report.cells


def test_pages_of_years_without_the_statutory_tables_say_what_they_are() -> None:
    made = country(SEED, province_count=1, city_count=2)
    for year in (2010, 2016):
        text = html(made.of(made.bodies[0], year))
        assert f"{made.bodies[0].name}{year}年政府信息公开工作年度报告" in text
    assert "政府信息公开情况统计表" in html(made.of(made.bodies[0], 2016))

"""The wide table of the embedded sample: no report is left out, and every figure is that of its measure."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.made.shares import alone
from tests.made.wide import compared_codes, differing_figures, reports_by_form

pytestmark = pytest.mark.xdist_group("built")


@pytest.fixture
def database(built: Path) -> Path:
    return built / "releases" / "latest" / "gongkai.duckdb"


def test_every_figure_is_its_measure(database: Path) -> None:
    count, differing = differing_figures(database)
    assert differing == []
    assert count == 11 * len(compared_codes())


def test_no_report_of_any_form_is_left_out(database: Path) -> None:
    assert reports_by_form(database, "comparison_by_year") == {"2014": 1, "2019": 3, "2021": 7}


def test_a_report_of_2016_says_what_its_annex_says(database: Path) -> None:
    asked = (
        "select denied_share, reconsiderations, requests_denied, requests_processed from comparison_by_year "
        "where body_name = '示例市人民政府' and report_year = 2016"
    )
    with duckdb.connect(str(database), read_only=True) as connection:
        # 不同意公开答复数 29, of which 10 are 不是《条例》所指政府信息; 答复总数 479; 行政复议数量 12.
        assert connection.execute(asked).fetchall() == [(19 / 479, 12, 19, 479)]


def test_no_share_stands_alone(database: Path) -> None:
    assert alone(database) == {}

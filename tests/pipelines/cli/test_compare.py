"""`gongkai compare`: sparklines, marks, and whom a name means."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipelines.ask.side_by_side import Point, sparkline
from pipelines.cli.app import app
from pipelines.cli.compare import cell
from tests.dbt_like_sql.test_measures_sql import ANNEX, requests
from tests.made.parsed import Parsed

RECEIVED = "requests/received_new/total"


def point(year: int, value: float | None, segment: int | None = 1, grade: str = "verified") -> Point:
    state = "absent" if value is None else "stated"
    return Point(year, value, state, None if value is None else grade, "exact", "territory", "exact", None, segment)


@pytest.mark.parametrize(
    ("points", "drawn"),
    [
        ([point(2020, 0.0), point(2021, 7.0), point(2022, 4.0)], "▁█▅"),
        # A missing year and a missing report are gaps, never as low as 0.
        ([point(2020, 7.0), point(2021, None, None), point(2022, 0.0, 2)], "█ ▁"),
        ([point(2020, 7.0), None, point(2022, 7.0, 2)], "█ █"),
        # A break between two years that both have a value.
        ([point(2020, 7.0), point(2021, 7.0, 2)], "█ █"),
        ([point(2020, 7.0), point(2021, 3.0, 2, "contradicted")], "█ ×"),
        ([None, None], "  "),
    ],
)
def test_a_sparkline_has_a_gap_where_nothing_or_nothing_comparable_is(points: list[Point | None], drawn: str) -> None:
    assert sparkline(points, 7.0) == drawn


def test_of_nothing_but_zeros_it_is_flat() -> None:
    assert sparkline([point(2020, 0.0), point(2021, 0.0)], 0.0) == "▁▁"


@pytest.mark.parametrize(
    ("value", "grade", "comparability", "reason", "unit", "shown"),
    [
        (0.0, "verified", "exact", None, "件", "0"),
        (None, None, "exact", None, "件", "—"),
        (1234.0, "unverified", "approximate", "form_differs", "件", "¦1,234?≈"),
        (0.125, "contradicted", "exact", "first_report", "share of 1", "12.5%✕"),
        (3.0, "conflicting", "exact", None, "件", "3≠"),
    ],
)
def test_a_cell_has_its_marks(
    value: float | None, grade: str | None, comparability: str, reason: str | None, unit: str, shown: str
) -> None:
    made = Point(2022, value, "stated", grade, comparability, "territory", "exact", reason, 1)
    assert cell(made, unit).plain == shown


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compare")
    parsed = Parsed()
    for body, name, numbers in (
        ("330100", "杭州市人民政府", {2021: 10.0, 2022: 20.0}),
        ("320100", "南京市人民政府", {2022: 5.0}),
    ):
        for year, number in numbers.items():
            scope = "organ" if (body, year) == ("320100", 2022) else "territory"
            parsed.report(f"{body}-{year}", {RECEIVED: number}, body_name=name, body_kind="government", scope=scope)
    (folder / "warehouse").mkdir()
    parsed.build(folder).path.rename(folder / "warehouse" / "gongkai.duckdb")
    return folder


def ask(workspace: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["compare", *arguments, "-w", str(workspace)])


def test_two_bodies_stand_side_by_side(workspace: Path) -> None:
    answer = ask(workspace, "杭州", "320100", "--measures", "requests_received")
    assert answer.exit_code == 0, answer.output
    lines = [line for line in answer.stdout.splitlines() if line.startswith("│")]
    cells = [[cell.strip() for cell in line.split("│")[2:-1]] for line in lines]
    assert cells[0] == ["杭州市人民政府", "▅█", "10", "20"]
    assert cells[-1] == ["南京市人民政府", "▃", "—", "5"]
    assert "2022 does not compare: territory against organ (scope)" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("苏州", "320100"), "no body has the id, name or code '苏州'"),
        (("人民政府", "320100"), "there are"),
        (("330100", "320100", "--years", "soon"), "--years takes years"),
        (("330100", "320100", "--years", "1999"), "there are: 2021, 2022"),
        (("330100", "320100", "--measures", "luck"), "no measure luck"),
    ],
)
def test_what_is_not_there_is_said(workspace: Path, arguments: tuple[str, ...], says: str) -> None:
    answer = ask(workspace, *arguments)
    assert answer.exit_code == 2
    assert says in answer.stderr


def test_years_are_chosen(workspace: Path) -> None:
    answer = ask(workspace, "330100", "320100", "--years", "2022", "--measures", "requests_received")
    assert "2022" in answer.stdout and "2021" not in answer.stdout


def test_two_of_different_kinds_and_series_are_told_apart(tmp_path: Path) -> None:
    parsed = Parsed()
    police = {"body_kind": "department", "body_function": "public_security", "scope": "organ"}
    parsed.report("x-2019", ANNEX, form="2014", body_name="甲市公安局", **police)
    parsed.report("y-2019", requests(), form="2019", body_name="乙市教育局", **{**police, "body_function": "education"})
    parsed.report(
        "z-2019", requests(), form="2019", body_name="丙市人民政府", body_kind="government", level="prefecture"
    )
    (tmp_path / "warehouse").mkdir()
    parsed.build(tmp_path).path.rename(tmp_path / "warehouse" / "gongkai.duckdb")
    unlike = ask(tmp_path, "x", "y", "--measures", "requests_denied").stdout
    assert "the two do not compare: public_security against education (function)" in unlike
    assert "requests_denied does not compare in 2019: the two are of other series" in unlike
    kinds = ask(tmp_path, "y", "z", "--measures", "requests_denied").stdout
    assert "the two do not compare: county against prefecture (level)" in kinds
    assert "the two do not compare: department against government (kind)" in kinds
    assert "series" not in kinds

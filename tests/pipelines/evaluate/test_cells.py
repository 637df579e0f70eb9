from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.evaluate import cells as scoring
from pipelines.parse.report import Fact
from pipelines.workspace import PROJECT, SAMPLE
from tests.made import layouts as lay
from tests.made.figures import made

pytestmark = pytest.mark.usefixtures("no_workers")

SHARED = PROJECT.parent / "shared"


def fact(row: str, column: str, value: int | None, grade: str = "verified") -> Fact:
    return Fact("requests", row, column, value, "", "件", "", "", "", grade=grade)


def test_right_wrong_missing_invented_and_wrong_though_verified() -> None:
    gold = {("requests", "granted", c): v for c, v in {"a": 1, "b": 2, "c": None, "d": 4, "e": 0}.items()}
    facts = [
        fact("granted", "a", 1),
        fact("granted", "b", 3),
        fact("granted", "c", None),
        fact("granted", "e", 7, "contradicted"),
        fact("granted", "f", 0),
    ]
    (score,) = scoring.score("k", gold, facts)
    assert (score.right, score.wrong, score.missing, score.invented, score.wrong_verified) == (2, 2, 1, 1, 1)
    assert (score.nonzero, score.nonzero_right) == (3, 1)


def test_zero_is_not_blank() -> None:
    gold = {("requests", "granted", "a"): None, ("requests", "granted", "b"): Decimal(0)}
    (score,) = scoring.score("k", gold, [fact("granted", "a", 0), fact("granted", "b", None)])
    assert (score.right, score.wrong) == (0, 2)


def test_skipped_cells_do_not_count() -> None:
    gold = {("requests", "granted", "a"): Decimal(1)}
    assert scoring.score("k", gold, [], {("k", "requests", "granted", "a")}) == []


def gold_file(folder: Path, stem: str, cells: dict[tuple[str, str, str], int | None]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["table,row,column,value,raw", *(f"{t},{r},{c},{v},{v}" for (t, r, c), v in cells.items())]
    (folder / f"{stem}.csv").write_text("\n".join(lines), encoding="utf-8")


def test_the_command_prints_json_of_the_agreed_shape(tmp_path: Path) -> None:
    from pipelines.cli.app import app

    cells = made("2021", 1)
    page = lay.page(
        "示例市人民政府",
        2023,
        lay.proactive_html("2021", cells),
        lay.requests_html("2021", cells),
        lay.disputes_html(cells),
    )
    (tmp_path / "one.html").write_text(page, encoding="utf-8")
    gold_file(tmp_path / "gold" / "cells", "one", {**cells, ("requests", "granted", "total"): 123456})
    result = CliRunner().invoke(
        app, ["evaluate", "--gold", str(tmp_path / "gold"), "--json", str(tmp_path / "one.html")]
    )
    assert result.exit_code == 0, result.output
    scores = json.loads(result.stdout)
    keys = {"key", "table", "right", "wrong", "missing", "invented", "wrong_verified"}
    assert all(keys <= set(report) for report in scores["reports"])
    total = scores["total"]
    assert (total["right"], total["wrong"], total["missing"], total["invented"], total["wrong_verified"]) == (
        199,
        1,
        0,
        0,
        1,
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports are not beside this checkout")
@pytest.mark.parametrize("stem", ["shgo2019", "hangzhou2025", "shuyang2025"])
def test_real_reports_cell_by_cell(stem: str) -> None:
    from pipelines.parse import Hints, parse
    from pipelines.read import read

    (file,) = (SHARED / "reports").glob(f"{stem}.*")
    facts = parse(read(file.read_bytes(), file.name), Hints(file.name)).facts
    total = scoring.total(scoring.score(stem, scoring.read_gold(SHARED / "gold" / "cells" / f"{stem}.csv"), facts))
    assert (total.wrong, total.missing, total.invented) == (0, 0, 0)
    assert total.right == len(facts) > 190


def test_unmapped_facts_claim_no_cell() -> None:
    assert scoring.score("k", {}, [fact("unmapped.1", "unmapped.2", 5)]) == []


def test_the_sample_against_its_own_cells() -> None:
    """Files beside the reports (the expected cells, the README) are no reports."""
    from pipelines.cli.app import app

    sample = SAMPLE
    result = CliRunner().invoke(app, ["evaluate", "--gold", str(sample / "expected"), "--json", str(sample)])
    total = json.loads(result.stdout)["total"]
    cells = sum(len(scoring.read_gold(file)) for file in (sample / "expected").glob("*.csv"))
    assert (total["right"], total["wrong"], total["missing"], total["invented"]) == (cells, 0, 0, 0)

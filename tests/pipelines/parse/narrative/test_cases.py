"""The made statements of ../shared/cases/narrative.csv: value, unit, aspect, indicator and owner of each."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.parse.narrative import figures
from pipelines.parse.report import Figure, Section
from pipelines.workspace import PROJECT

PATH = Path(PROJECT).parent / "shared" / "cases" / "narrative.csv"


def statements() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Each text with its lines."""
    texts: dict[str, list[dict[str, str]]] = defaultdict(list)
    if PATH.exists():
        with PATH.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                texts[row["text"]].append(row)
    yield from texts.items()


CASES = list(statements())


@pytest.mark.skipif(not CASES, reason="../shared with made statements is not there")
@pytest.mark.parametrize(("text", "lines"), CASES, ids=[lines[0]["id"] for _, lines in CASES])
def test_made_statements(text: str, lines: list[dict[str, str]]) -> None:
    found = figures([Section(1, None, text)])
    stated = [line for line in lines if line["indicator"] != "nothing"]
    assert len(found) >= len(stated)
    assert stated or not found
    for line in stated:
        assert any(is_told(line, figure) for figure in found), line


def is_told(line: dict[str, str], figure: Figure) -> bool:
    """Tell whether a figure is what a line says."""
    told = (figure.aspect, figure.unit, figure.owner)
    same = told == (line["what"], line["unit"], line["of"]) and figure.value == Decimal(line["value"])
    return same and (figure.indicator or "none") in line["indicator"].split("|")

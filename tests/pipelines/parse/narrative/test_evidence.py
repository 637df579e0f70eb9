"""No figure without a sentence whose span in the stored section text holds the literal number: over all documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.indicators import indicators
from pipelines.parse import Hints, Report, parse
from pipelines.read import read
from pipelines.workspace import PROJECT

ROOT = PROJECT
SAMPLE = sorted(p for p in (ROOT / "data" / "sample").iterdir() if p.is_file() and p.name != "README.md")
REAL = sorted(p for p in (ROOT.parent / "shared" / "reports").glob("*.*"))


def parsed(path: Path) -> Report:
    return parse(read(path.read_bytes(), path.name), Hints(path.name))


def assert_evidence(report: Report) -> None:
    texts = {section.number: section.text for section in report.sections}
    for index, figure in enumerate(report.figures):
        text = texts[figure.number.section]
        assert figure.sentence.section == figure.number.section
        assert text[figure.sentence.start : figure.sentence.end] == figure.sentence_text
        assert text[figure.number.start : figure.number.end] == figure.raw
        assert figure.sentence.start <= figure.number.start < figure.number.end <= figure.sentence.end
        assert figure.indicator is None or figure.indicator in indicators()
        assert figure.part_of is None or 0 <= figure.part_of < index
        assert 0 <= figure.confidence <= 1
    places = [(figure.number.section, figure.number.start) for figure in report.figures]
    assert places == sorted(set(places)), "one statement gives one figure, in the order of the text"


@pytest.mark.parametrize("path", SAMPLE, ids=lambda p: p.name)
def test_sample(path: Path) -> None:
    report = parsed(path)
    assert report.figures or "demo" in path.name
    assert_evidence(report)


@pytest.mark.skipif(not REAL, reason="../shared with real reports is not there")
@pytest.mark.parametrize("path", REAL, ids=lambda p: p.name)
def test_real(path: Path) -> None:
    assert_evidence(parsed(path))

"""Figures, problems and commitments made by hand, for the tests of what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipelines.parse.report import Change, Commitment, Figure, Problem, Report, Span

#: What section 1 says, and section 5.
SAID = "全市政府网站公开信息67.45万条，收到申请120件，比上年增长两成。其他平台办了8场茶话会。"
ADMITTED = "一是解读形式单一；二是人员变动频繁。今后将多用图文解读。"
WITHIN = Span(1, 0, SAID.index("。") + 1)


def figure(raw: str, indicator: str | None, value: Any, unit: str, **more: Any) -> Figure:
    """One figure of `SAID`, given by its literal number."""
    start = SAID.index(raw)
    sentence = WITHIN if start < WITHIN.end else Span(1, WITHIN.end, len(SAID))
    values: dict[str, Any] = {
        "aspect": "amount",
        "value_to": None,
        "normalised_value": value if indicator else None,
        "qualifier": "",
        "change": None,
        "part_of": None,
        "scope": "not_stated",
        "subject": "",
        "sentence_text": SAID[sentence.start : sentence.end],
        "sentence": sentence,
        "number": Span(1, start, start + len(raw)),
        "confidence": 1.0,
    }
    return Figure(indicator=indicator, value=value, unit=unit, raw=raw, **{**values, **more})


def figures() -> tuple[Figure, ...]:
    """All that `SAID` states."""
    return (
        figure("67.45万条", "portal_items", 674500, "条", scope="territory"),
        figure("120件", "requests_received", 120, "件", grade="verified"),
        figure("两成", "requests_received", 20, "%", aspect="change", change=Change("increase", "previous_year"), part_of=1),
        figure("8场", None, 8, "场", subject="茶话会", confidence=0.4),
    )  # fmt: skip


def problems() -> tuple[tuple[Problem, ...], tuple[Commitment, ...]]:
    """All that `ADMITTED` names and promises: the first problem is answered, the second is not."""
    shortcomings = (
        Problem("interpretation", "解读形式单一", _span("解读形式单一"), commitment=0),
        Problem("staff_and_training", "人员变动频繁", _span("人员变动频繁")),
    )
    promised = (Commitment("interpretation", "今后将多用图文解读", _span("今后将多用图文解读")),)
    return shortcomings, promised


def _span(text: str) -> Span:
    start = ADMITTED.index(text)
    return Span(5, start, start + len(text))


def narrated(report: Report) -> Report:
    """A report that says `SAID` and `ADMITTED` in place of its own narrative."""
    named, promised = problems()
    texts = {1: SAID, 5: ADMITTED}
    sections = tuple(replace(s, text=texts.get(s.number, s.text)) for s in report.sections)
    return replace(report, sections=sections, figures=figures(), problems=named, commitments=promised)

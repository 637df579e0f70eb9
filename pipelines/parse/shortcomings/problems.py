"""Problems and commitments of section 5 (存在的主要问题及改进情况), each a stretch of the stored text.

Every enumerated statement is one row; unmarked ones are told by their words. What last year's report promised and was done
is neither, nor is what says nothing of its own (preambles, 无, closing words).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from unicodedata import normalize

from pipelines.parse.report import Commitment, Problem, Section, Span
from pipelines.parse.shortcomings.cues import COMMITMENT, PROBLEM
from pipelines.parse.shortcomings.pairing import Said, pairs, said
from pipelines.parse.shortcomings.reading_state import Statement
from pipelines.parse.shortcomings.statements import statements

#: The section that the form gives to problems and improvements.
NUMBER = 5
#: PDFs print radicals (⼯ ⼀ ⻓) for the characters that they look like; one for one, so that spans stay.
_RADICALS = {code: normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | str.maketrans(
    "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰", "民西见角贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙"
)
_YEAR = re.compile(r"20\d\d(?=\s*年)")


def read(sections: Sequence[Section]) -> tuple[tuple[Problem, ...], tuple[Commitment, ...]]:
    """The problems and commitments of section 5 in order, with themes and with the answers that the text pairs."""
    found = [s for s in sections if s.number == NUMBER]
    if not found:
        return (), ()
    text, year = found[0].text, _report_year(sections)
    told = statements(text.translate(_RADICALS), year)
    problems = [s for s in told if s.mode == PROBLEM]
    commitments = [s for s in told if s.mode == COMMITMENT]
    asked, promised = [_said(text, s) for s in problems], [_said(text, s) for s in commitments]
    answers = pairs(asked, promised)
    return (
        tuple(
            Problem(q.matter.theme, text[s.start : s.end], Span(NUMBER, s.start, s.end), answer, q.matter.second)
            for s, q, answer in zip(problems, asked, answers, strict=True)
        ),
        tuple(
            Commitment(p.matter.theme, text[s.start : s.end], Span(NUMBER, s.start, s.end))
            for s, p in zip(commitments, promised, strict=True)
        ),
    )


def _said(text: str, statement: Statement) -> Said:
    return said(
        text[statement.start : statement.end].translate(_RADICALS), statement.number, statement.style, statement.path
    )


def _report_year(sections: Sequence[Section]) -> int | None:
    """The year that the report speaks of most; the earlier of two that it speaks of equally often."""
    years = Counter(int(year) for section in sections for year in _YEAR.findall(section.text))
    return min(years, key=lambda year: (-years[year], year), default=None)

"""Tables that a converter ran together into text: labels of a form with digits between them are no sentence.

`规章000行政规范性文件2170行政许可1940` says nothing of 000 items: the digits are cells whose borders are lost. A sentence that
names the same words (商业企业3件、科研机构2件) has measure words and marks between them, and is read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

import ahocorasick

from expectations.forms import forms

#: A text without any of these holds no table of a form.
_SIGNS = re.compile(r"信息内容|商业企业|结果维持|勾稽关系|结转|予以公开|处理决定|统计指标|申请数|答复数")
#: What stands between two labels of a table: cells, and the number of the next label.
_BETWEEN = re.compile(
    r"[\d.，,/—\-|｜\s]*(?:[（(]?[一二三四五六七八九十]{1,2}[）)]?[、.]?|[（(]?\d{1,2}[）).、])?[：:（(]*"
)
_ENUMERATOR = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.]?|\d{1,2}[.、])+(?=[^条项])")
#: So many labels in a row are a table.
FEWEST = 3
#: The digits behind the last label are its cells.
_CELLS = re.compile(r"[\d.，,/—\-|｜\s]*")


def stretches(plain: str) -> list[tuple[int, int]]:
    """The stretches of a section's plain text that are tables run together, in order."""
    if not _SIGNS.search(plain):
        return []
    found: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for start, end in _named(plain):
        if run and not _BETWEEN.fullmatch(plain, run[-1][1], start):
            _take(run, plain, found)
            run = []
        run.append((start, end))
    _take(run, plain, found)
    return found


def _named(plain: str) -> Iterator[tuple[int, int]]:
    """The labels in a text from left to right, the longest where several begin (the library's own way misses some)."""
    behind = 0
    for start, end in sorted(
        ((last + 1 - length, last + 1) for last, length in _labels().iter(plain)), key=lambda at: (at[0], -at[1])
    ):
        if start >= behind:
            behind = end
            yield start, end


def _take(run: list[tuple[int, int]], plain: str, found: list[tuple[int, int]]) -> None:
    """Keep a run of labels (start and end) that is long enough and has digits right behind some of them."""
    if len(run) < FEWEST or not any(plain[end : end + 1].isdigit() for _, end in run):
        return
    cells = _CELLS.match(plain, run[-1][1])
    found.append((run[0][0], cells.end() if cells else run[-1][1]))


def is_within(place: int, stretches_: list[tuple[int, int]]) -> bool:
    """Tell whether a place of the text lies in one of the stretches."""
    k = bisect_right(stretches_, place, key=lambda stretch: stretch[0]) - 1
    return k >= 0 and place < stretches_[k][1]


@cache
def _labels() -> ahocorasick.Automaton:
    """Finds every spelling of every label of every form, the longest where several begin, with or without its number."""
    names: set[str] = set()
    for form in forms().values():
        for table in form.tables.values():
            labels = [*table.rows, *table.columns, *table.groups]
            names.update("".join(s.split()) for label in labels for s in label.spellings)
            names.update("".join(block.label.split()) for block in table.blocks)
            names.update(table.headings)
    names |= {_ENUMERATOR.sub("", name) for name in names} | {"信息内容", "行政复议", "行政诉讼"}
    wide = {name.replace("(", "（").replace(")", "）") for name in names if len(name) > 1}
    automaton = ahocorasick.Automaton()
    for name in wide:
        automaton.add_word(name, len(name))
    automaton.make_automaton()
    return automaton

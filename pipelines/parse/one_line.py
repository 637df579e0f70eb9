"""A whole report on one line → a line for the title and for each heading of a section; an annex on one → its rows.

Pages lose their line ends when they are copied. A line is cut only where at least three headings stand in it in the
form's order and words stand behind each: an enumeration of the sections, as in a table of contents, has none. An annex is
cut only where as many known labels, each with its unit, have numbers behind them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipelines.parse.annex.annex_labels import form_table, is_known_label
from pipelines.parse.labels import annual_forms, key
from pipelines.parse.numbers import UNITS, read_cell
from pipelines.read.document import Block, Table

#: A shorter line holds no report.
_SHORTEST = 150
_LEAST_HEADINGS = 3
#: Behind a heading that has no words it only names a section, as in a table of contents: 一、总体情况……1.
_WORDS = re.compile(r"[一-鿿].*?[一-鿿]")
_SIGN = "信息公开"
#: An annex has at least so many rows with a label that is known.
_LEAST_ROWS = 6
_TITLE = re.compile(
    r"^(.{4,80}?(?:年度报告|年度工作报告|工作报告|年报))(?=\s|[:：。]|本|根据|按照|依据|依照|为|[一-鿿])"
)


def unfolded(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with a line that holds three sections or more cut at their headings."""
    if not any(_may_hold(block) for block in blocks):
        return blocks
    found: list[Block] = []
    for block in blocks:
        lines = [] if isinstance(block, Table) else [row for text in _cut(block.text) for row in _rows(text)]
        found += [block] if isinstance(block, Table) else [replace(block, text=text) for text in lines]
    return found


def _may_hold(block: Block) -> bool:
    return not isinstance(block, Table) and len(block.text) >= _SHORTEST and _SIGN in block.text


def _cut(text: str) -> list[str]:
    if len(text) < _SHORTEST or _SIGN not in text:
        return [text]
    found = list(_headings().finditer(text))
    if len(found) < _LEAST_HEADINGS:
        return [text]
    ends = [match.start() for match in found[1:]] + [len(text)]
    full = sum(bool(_WORDS.search(text, m.end(), end)) for m, end in zip(found, ends, strict=True))
    numbers = ["一二三四五六".index(match["number"]) for match in found]
    if full < _LEAST_HEADINGS or numbers != sorted(set(numbers)):
        return [text]
    pieces = _opening(text[: found[0].start()])
    for match, end in zip(found, ends, strict=True):
        pieces += [match["heading"], text[match.end() : end]]
    return [piece.strip() for piece in pieces if piece.strip()]


def _opening(text: str) -> list[str]:
    """What stands before the first heading: the title, and the rest."""
    title = _TITLE.match(text)
    return [title[1], text[title.end() :]] if title else [text]


@cache
def _headings() -> re.Pattern[str]:
    """The headings of sections in running text: behind the end of a sentence or white space, numbered, in the form's words."""
    spellings = {s for form in annual_forms() for label in form.sections.values() for s in label.spellings}
    words = "|".join(re.escape(s) for s in sorted(spellings, key=lambda s: (-len(s), s)))
    return re.compile(
        rf"(?:^|(?<=[。；;：:！\s）)]))(?P<heading>(?P<number>[一二三四五六])\s*[、.．,，]\s*(?:{words}))[：:。]?"
    )


def _rows(text: str) -> list[str]:
    """The rows of an annex whose cells blanks part: 主动公开文件数 条 543 2967. Any other text is one line."""
    if len(text) < _SHORTEST:
        return [text]
    rows: list[list[str]] = [[]]
    for token in text.split():
        if rows[-1] and _is_cell(rows[-1][-1]) and not _is_cell(token):
            rows.append([])
        rows[-1].append(token)
    known = sum(_is_row(row) for row in rows)
    if known < _LEAST_ROWS or 2 * known < len(rows):
        return [text]
    return [*_before_first(rows[0]), *(" ".join(row) for row in rows[1:])]


def _is_cell(token: str) -> bool:
    return read_cell(token).kind in ("number", "mark")


def _is_row(row: list[str]) -> bool:
    """Tell whether tokens end in a known label, its unit, and numbers."""
    words = [token for token in row if not _is_cell(token)]
    return len(words) > 1 and len(words) < len(row) and words[-1] in UNITS and is_known_label(words[-2])


def _before_first(row: list[str]) -> list[str]:
    """The tokens before the first row's label: what stands before the table, and the heads of its columns."""
    numbers = next((k for k, token in enumerate(row) if _is_cell(token)), len(row))
    label = max(numbers - 2, 0)
    names = {key(h) for h in form_table().headings}
    head = next((k for k in range(label) if key(row[k]) in names), label)
    pieces = (row[:head], row[head:label], row[label:])
    return [" ".join(piece) for piece in pieces if piece]

"""A whole report on one line → a line for the title and for each heading of a section.

Pages lose their line ends when they are copied. A line is cut only where at least three headings stand in it in the
form's order and words stand behind each: an enumeration of the sections, as in a table of contents, has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipelines.parse.labels import annual_forms
from pipelines.read.document import Block, Table

#: A shorter line holds no report.
_SHORTEST = 150
_LEAST_HEADINGS = 3
#: Behind a heading that has no words it only names a section, as in a table of contents: 一、总体情况……1.
_WORDS = re.compile(r"[一-鿿].*?[一-鿿]")
_SIGN = "信息公开"
_TITLE = re.compile(
    r"^(.{4,80}?(?:年度报告|年度工作报告|工作报告|年报))(?=\s|[:：。]|本|根据|按照|依据|依照|为|[一-鿿])"
)


def unfolded(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, with a line that holds three sections or more cut at their headings."""
    if not any(_may_hold(block) for block in blocks):
        return blocks
    found: list[Block] = []
    for block in blocks:
        found += [block] if isinstance(block, Table) else [replace(block, text=text) for text in _cut(block.text)]
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

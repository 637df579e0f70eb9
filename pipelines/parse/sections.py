"""The six statutory sections: where each begins, and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.parse.annex.annex_labels import is_first
from pipelines.parse.labels import Lexicon, annual_forms, key, lexicon
from pipelines.parse.report import Section
from pipelines.read.document import Block, Table

#: Section headings are short; a longer block can still begin with one when a full stop or space ends it.
LONGEST_HEADING = 45
_NUMERALS = "一二三四五六七八九"
_NUMBERED = re.compile(
    r"^(?:[（(]?([一二三四五六七八九])[)）、.．,，:：\s]+|第([一二三四五六七八九])部分[、.．:：\s]*)"
)
#: 一、2023年总体情况, 一、年度总体情况.
_YEAR = re.compile(r"^(?:20\d\d\s*年)?(?:本?年度)?")
_RUN_IN = re.compile(r"^(.{4,40}?)[。：:\s]+(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Start:
    """Says where a section begins: its number, the block's index, the heading, and text of that block behind it."""

    number: int
    block: int
    title: str
    rest: str = ""


@cache
def _titles() -> Lexicon:
    return lexicon(label for form in annual_forms() for label in form.sections.values())


def in_order(found: Sequence[Start]) -> list[Start]:
    """One beginning for each section of a round, the last that keeps the order."""
    chosen: dict[int, Start] = {}
    limit = found[-1].block + 1 if found else 0
    for number in range(6, 0, -1):
        last = max((s.block for s in found if s.number == number and s.block < limit), default=None)
        if last is None:
            continue
        chosen[number] = next(s for s in found if s.block == last)
        limit = last
    return [chosen[n] for n in sorted(chosen)]


def rounds(blocks: Sequence[Block]) -> list[list[Start]]:
    """The rounds of headings that have a report under them: at least half as much as the fullest has.

    Headings repeat where a table of contents precedes the report, or another report follows it on the page.
    A round ends where section 1 or 2 comes again after section 4 or a later one. Never empty.
    """
    found: list[list[Start]] = [[]]
    for i, block in enumerate(blocks):
        if found[-1] and found[-1][-1].number >= 4 and not isinstance(block, Table) and is_first(block.text):
            break  # the annex of 2014 as lines of text has headings that look like sections
        for start in () if isinstance(block, Table) else _start(i, block.text):
            if start.number <= 2 and found[-1] and found[-1][-1].number >= 4:
                found.append([])
            found[-1].append(start)
    whole = [r for r in found if len({s.number for s in r}) >= 3]
    if len(whole) < 2:
        return [[start for r in found for start in r]]
    ends = [r[0].block for r in whole[1:]] + [len(blocks)]
    weights = [_weight(blocks, r, end) for r, end in zip(whole, ends, strict=True)]
    return [r for r, weight in zip(whole, weights, strict=True) if 2 * weight >= max(weights)]


def _weight(blocks: Sequence[Block], headings: Sequence[Start], end: int) -> int:
    """Tell how much stands under a round of headings: characters of text and cells of tables."""
    own = {start.block for start in headings if not start.rest}
    inside = (b for i, b in enumerate(blocks[headings[0].block : end], headings[0].block) if i not in own)
    return sum(b.height * b.width if isinstance(b, Table) else len(b.text) for b in inside)


def _start(i: int, text: str) -> list[Start]:
    match = _NUMBERED.match(text)
    if len(text) <= LONGEST_HEADING:
        number = _number_of(text, match)
        if number:
            return [Start(number, i, text)]
    if match:
        run_in = _RUN_IN.match(text)
        number = _number_of(run_in[1], match, exact=True) if run_in else None
        if run_in and number:
            return [Start(number, i, run_in[1].strip(), run_in[2].strip())]
    return []


def _number_of(text: str, match: re.Match[str] | None, exact: bool = False) -> int | None:
    """The section that a heading names. Without its numeral the official words must stand there exactly."""
    if match is None:
        code = _titles().exact.get(key(text)) if len(text) >= 4 else None
        return int(code) if code else None
    words = _YEAR.sub("", text[match.end() :])
    code = _titles().known(words) if exact else _titles().code(words)
    if code is None:
        return None
    printed = _NUMERALS.index(match[1] or match[2]) + 1
    # A heading of another section's number is a sub-heading or a report with sections of its own.
    return int(code) if abs(printed - int(code)) <= 1 else None


def sections(blocks: Sequence[Block], found: Sequence[Start]) -> list[Section]:
    """The text of each section and of what stands before the first, one block a line, tables left out."""
    made: list[Section] = []
    first = found[0].block if found else len(blocks)
    preamble = _text(blocks[:first])
    if preamble:
        made.append(Section(0, None, preamble))
    ends = [s.block for s in found[1:]] + [len(blocks)]
    for start, end in zip(found, ends, strict=False):
        text = _text(blocks[start.block + 1 : end])
        made.append(Section(start.number, start.title, "\n".join(t for t in (start.rest, text) if t)))
    return made


def _text(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks if not isinstance(block, Table))


def span(found: Sequence[Start], number: int, total: int) -> tuple[int, int] | None:
    """First and last block (exclusive) of a section; None where the document lacks it."""
    for k, start in enumerate(found):
        if start.number == number:
            return start.block + 1, found[k + 1].block if k + 1 < len(found) else total
    return None

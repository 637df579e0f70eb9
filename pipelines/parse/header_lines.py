"""The order of a table's columns where its headers are a line of text and no cells: 自然人 法律服务机构 科研机构 …

A line that names at least half of the columns is a header; so are short lines that follow each other and name one each. Where
they stand in the form's order, nothing changes; where all stand in another, that order is read; where some do, nothing tells
which number is whose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from expectations.forms import Label
from pipelines.parse.labels import Lexicon, annual_forms, full_key
from pipelines.parse.placing import placed
from pipelines.read.document import Block, Table

#: A line of headers is no longer than this.
LONGEST_LINE = 120
#: A line that names one column is no longer than this.
LONGEST_LABEL = 14
#: The code of each place, None for one that nothing decides.
Order = list[str | None]
_DIGIT = re.compile(r"[0-9０-９]")


def printed_order(lines: Iterable[str], columns: Sequence[Label], fixed: Sequence[str] = ()) -> list[str | None] | None:
    """The code of each place by the first line of headers; None for the form's order, or where no line is one.

    `fixed` are columns whose header stands in another row of the form's head (总计 above the kinds of organisations): they
    keep their place, wherever a line of two such rows names them. A place that nothing decides is None.
    """
    order = [column.code for column in columns]
    for line in lines:
        found = _named(line, columns)
        if len(found) >= max(2, (len(order) + 1) // 2):
            return _decided(found, order, fixed)
    return None


def by_words(lines: Iterable[str], columns: Sequence[Label], groups: Sequence[str], lexicon: Lexicon) -> Order | None:
    """The code of each place where a line of headers has a word for each column; None where no line has.

    The words of the line below stand in the place of a group (法人或其他组织) that a line names. A word that is no header
    keeps its place, so that the known ones do not move over it.
    """
    order = [column.code for column in columns]
    names = {full_key(group) for group in groups}
    waiting: list[str] | None = None
    for line in lines:
        words = line.split() if len(line) <= LONGEST_LINE and not _DIGIT.search(line) else []
        at = next((k for k, word in enumerate(words) if full_key(word) in names), None)
        if waiting is not None and words and at is None:
            place = next(k for k, word in enumerate(waiting) if full_key(word) in names)
            words = [*waiting[:place], *words, *waiting[place + 1 :]]
        waiting = words if at is not None and len(words) > 1 else None
        known = sum(lexicon.known(word) is not None for word in words)
        if waiting is None and len(words) == len(order) and 2 * known >= len(order):
            return placed(words, order, lexicon)
    return None


def _decided(found: list[str], order: list[str], fixed: Sequence[str]) -> list[str | None] | None:
    movable = [code for code in found if code not in fixed]
    if movable == [code for code in order if code in movable]:
        return None
    if set(movable) == set(order) - set(fixed):
        rest = iter(movable)
        return [code if code in fixed else next(rest) for code in order]
    return [code if code in fixed else None for code in order]


def _named(line: str, columns: Sequence[Label]) -> list[str]:
    """The columns that a line names, in its order, each once. A longer label hides the shorter ones in it.

    The same order may stand several times, as over the three procedures of section 4.
    """
    text = full_key(line) if len(line) <= LONGEST_LINE else ""
    for heading in _headings():
        text = text.replace(heading, "|" * len(heading))
    places: dict[int, str] = {}
    spellings = sorted(((full_key(s), c.code) for c in columns for s in c.spellings), key=lambda each: -len(each[0]))
    for spelling, code in spellings:
        while spelling and (at := text.find(spelling)) >= 0:
            places[at] = code
            text = text[:at] + "|" * len(spelling) + text[at + len(spelling) :]
    found = [places[at] for at in sorted(places)]
    once = found[: len(set(found))]
    return once if found == once * (len(found) // max(len(once), 1)) else []


@cache
def _headings() -> tuple[str, ...]:
    tables = [table for form in annual_forms() for table in form.tables.values()]
    return tuple({full_key(h) for table in tables for h in (*table.headings, table.note or "") if h})


def lines_of(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of text of blocks, and the rows of their tables as lines. Short lines without digits are one together."""
    together: list[str] = []
    for line in _lines(blocks):
        if len(line) <= LONGEST_LABEL and not _DIGIT.search(line):
            together.append(line)
            continue
        yield from _joined(together)
        together = []
        yield line
    yield from _joined(together)


def _joined(together: list[str]) -> Iterator[str]:
    if together:
        yield from together if len(together) == 1 else (*together, " ".join(together))


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            for i, row in enumerate(block.grid):
                yield " ".join(c.text for j, c in enumerate(row) if c is not None and c.row == i and c.column == j)
        else:
            yield block.text

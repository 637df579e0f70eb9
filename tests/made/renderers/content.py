"""A sample report as content: its blocks as read, and its three statutory tables as real grids.

Where a sample holds its tables as loose lines or in the pieces of a converter, they are laid out anew as the official
form has them, with the cells that `data/sample/expected` says, so that every report has tables to draw.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from pipelines.parse import Hints, parse
from pipelines.read import html, read
from pipelines.read.document import Block, Heading, Paragraph, Table
from pipelines.workspace import SAMPLE
from tests.made.layouts import disputes_html, proactive_html, requests_html

REPORTS = tuple(sorted(p for p in SAMPLE.iterdir() if p.is_file() and p.name != "README.md"))
#: The requests table has at least so many rows and columns where it is one grid.
_WHOLE = (20, 8)
#: Sections that the statutory tables stand in, by their number.
_NUMERALS = {"proactive": "二", "requests": "三", "disputes": "四"}
_AFTER = "五"


@dataclass(frozen=True, slots=True)
class Content:
    """A report to render. `name` is the sample's stem."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> list[Table]:
        """The tables in order."""
        return [block for block in self.blocks if isinstance(block, Table)]


def contents() -> Iterator[Content]:
    """All sample reports."""
    for path in REPORTS:
        yield content(path)


@cache
def content(path: Path) -> Content:
    """One sample report."""
    blocks = read(path.read_bytes(), path.name).blocks
    expected = SAMPLE / "expected" / f"{path.stem}.csv"
    if not expected.exists() or any(_is_whole(b) for b in blocks if isinstance(b, Table)):
        return Content(path.stem, blocks)
    form = parse(read(path.read_bytes(), path.name), Hints(path.name)).form
    if form == "2014":  # an annex is narrow: one of its own layout serves
        return Content(path.stem, blocks)
    return Content(path.stem, _with_tables(blocks, statutory_tables(str(form), expected)))


def statutory_tables(form: str, expected: Path) -> dict[str, Table]:
    """The three tables in the form's own layout, holding the cells of a CSV as printed."""
    with expected.open(encoding="utf-8", newline="") as file:
        raw = {(r["table"], r["row"], r["column"]): r["raw"] for r in csv.DictReader(file)}
    made = {
        "proactive": proactive_html(form, raw),
        "requests": requests_html(form, raw),
        "disputes": disputes_html(raw),
    }
    return {name: _table(markup, name) for name, markup in made.items()}


def _table(markup: str, name: str) -> Table:
    node = LexborHTMLParser(markup).css_first("table")
    assert node is not None
    return html.table_of(node, name)


def _is_whole(table: Table) -> bool:
    return table.height >= _WHOLE[0] and table.width >= _WHOLE[1]


def _with_tables(blocks: tuple[Block, ...], tables: dict[str, Table]) -> tuple[Block, ...]:
    """The blocks, but with one table in place of everything that stands in each of the sections 2 to 4."""
    made: list[Block] = []
    waiting = dict(_NUMERALS)
    inside = False
    for block in blocks:
        text = "" if isinstance(block, Table) else block.text
        name = next((n for n, numeral in waiting.items() if _begins(text, numeral, n)), None)
        if name is not None:
            del waiting[name]
            inside = True
            made += [block, tables[name]]
        elif inside and _begins(text, _AFTER, "problems"):
            inside = False
            made.append(block)
        elif not inside:
            made.append(block)
    assert not waiting, f"no heading for {', '.join(waiting)}"
    return tuple(made)


#: A word of each section's title: its numeral alone also begins rows of the tables.
_TITLE_WORDS = {"proactive": "主动公开", "requests": "收到和处理", "disputes": "行政复议", "problems": "主要问题"}


def _begins(text: str, numeral: str, name: str) -> bool:
    return text.startswith(f"{numeral}、") and _TITLE_WORDS[name] in text


def lines_of(block: Heading | Paragraph) -> list[str]:
    """The lines of a block's text."""
    return block.text.split("\n")

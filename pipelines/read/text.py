"""Plain text and Markdown, as converters and OCR leave them → `Document`."""

from __future__ import annotations

import hashlib
import html as entities
import re

from selectolax.lexbor import LexborHTMLParser

from pipelines.read import grid, metadata
from pipelines.read.document import Block, Document, Heading, Paragraph, Table, Unreadable
from pipelines.read.encoding import decode
from pipelines.read.furniture import is_page_number
from pipelines.read.html import squeeze, table_of
from pipelines.read.text_cells import cells_a_line
from pipelines.read.text_pages import lines_of_report

MAX_BYTES = 20_000_000
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_SECTION = re.compile(r"^(?:#{1,6}\s|[一二三四五六][、.．])")
_SEPARATOR = re.compile(r"^\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$")
_TAGS = re.compile(r"</?(?:html|body|p|div|span|b|strong|center|font|u|i|em|h[1-6]|br)\b[^>]*>", re.IGNORECASE)
_MARKS = re.compile(r"\*\*|__|`")
_UNESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")
_CELL_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
#: The bars of a line that holds one cell or none.
_ONE_CELL = re.compile(r"^[|\s]+$|(?<!\\)\s*\|+\s*$")
_BAR = re.compile(r"(?<!\\)\|")


def read(data: bytes) -> Document:
    """Read text: `#` lines are headings, runs of `|` lines and HTML tables are tables, other lines paragraphs."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", f"the text has {len(data):,} bytes, over the limit of {MAX_BYTES:,}")
    text, encoding, bad = decode(data)
    blocks = _blocks(lines_of_report(text))
    if not blocks:
        raise Unreadable("no_text", "the file holds no text")
    fields: dict[str, str] = {}
    for block in blocks[:30]:
        if not isinstance(block, Table):
            fields.update((k, v) for k, v in metadata.from_line(block.text).items() if k not in fields)
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        format="text",
        encoding=encoding,
        size_bytes=len(data),
        title=next((b.text for b in blocks if isinstance(b, Heading) and b.level == 1), None),
        metadata=fields,
        blocks=tuple(blocks),
        replacement_characters=bad,
    )


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    i = 0
    while i < len(lines):
        line = lines[i].strip().lstrip("\ufeff\f")
        if (end := _run_of_bars(lines, i)) > i + (0 if line.startswith("|") and line.count("|") > 1 else 1):
            _add_table(blocks, _pipe_table(lines[i:end], f"lines {i + 1}-{end}"))
        elif "<table" in line.lower():
            end = _end_of_html_table(lines, i)
            _add_html_tables(blocks, "\n".join(lines[i:end]), f"lines {i + 1}-{end}")
        elif line.endswith("|") and (found := cells_a_line(lines, i)):
            end, rows = found
            cells = [[(plain(cell), 1, 1) for cell in row] for row in rows]
            _add_table(blocks, grid.table(cells, f"lines {i + 1}-{end}"))
        else:
            end = i + 1
            _add_line(blocks, line, f"line {i + 1}")
        i = end
    return blocks


def _add_line(blocks: list[Block], line: str, locator: str) -> None:
    line = _ONE_CELL.sub("", line)
    if not line or is_page_number(line) or _SEPARATOR.match(line):
        return
    heading = _HEADING.match(line)
    text = plain(heading[2] if heading else line)
    if text:
        blocks.append(Heading(text, len(heading[1]), locator) if heading else Paragraph(text, locator))


def plain(text: str) -> str:
    """A line without Markdown's marks, entities resolved, white space folded."""
    if "<" in text:
        text = _TAGS.sub("", text)
    if "&" in text:
        text = entities.unescape(text)
    if "\\" in text:
        text = _UNESCAPE.sub(r"\1", text)
    return squeeze(_MARKS.sub("", text))


def _run_of_bars(lines: list[str], start: int) -> int:
    """Behind the last of the rows that begin at a line: bars part their cells, with or without one before the first."""
    end = start
    while end < len(lines) and _is_row(lines[end].strip().lstrip("\ufeff\f")):
        end += 1
    return end


def _is_row(line: str) -> bool:
    """Tell whether bars part at least two cells of a line. One cell a line, each with a bar behind it, makes no row."""
    bars = len(_BAR.findall(line))
    if bars == 0 or not line.strip("|").strip():
        return bars > 0 and line.startswith("|") and bars > 1
    return len(_BAR.findall(line.rstrip("| \t"))) > 0 or (bars > 1 and line.startswith("|"))


def _pipe_table(lines: list[str], locator: str) -> Table:
    rows = [_pipe_cells(line.strip()) for line in lines if not _SEPARATOR.match(line.strip())]
    return grid.table([[(cell, 1, 1) for cell in row] for row in rows], locator)


def _pipe_cells(line: str) -> list[str]:
    inner = line.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [plain(_CELL_BREAK.sub("", cell)) for cell in _BAR.split(inner)]


def _add_table(blocks: list[Block], table: Table) -> None:
    if table.width:
        blocks.append(table)


def _end_of_html_table(lines: list[str], start: int) -> int:
    """The line behind the table's end; a table that is never closed ends at the next heading."""
    depth = 0
    for i in range(start, len(lines)):
        low = lines[i].lower()
        depth += low.count("<table") - low.count("</table")
        if depth <= 0:
            return i + 1
    headings = (i for i in range(start + 1, len(lines)) if _SECTION.match(lines[i].strip()) and "<" not in lines[i])
    return next(headings, len(lines))


def _add_html_tables(blocks: list[Block], source: str, locator: str) -> None:
    """The tables of a piece of text, and what stands on the same lines before and after them."""
    low = source.lower()
    _add_line(blocks, source[: low.index("<table")].strip(), locator)
    for node in LexborHTMLParser(source).css("table"):
        _add_table(blocks, table_of(node, locator))
    if "</table>" in low:
        _add_line(blocks, source[low.rindex("</table>") + len("</table>") :].strip(), locator)

"""XLSX workbooks → sheets of shown cells.

The parts are read here and not by a library: calamine lays a sheet out densely, so that one cell in the last corner
ends the process, and tells neither what is hidden nor how a number is shown; openpyxl refuses what others write. Belongs
here: the XML of workbooks. Does not belong here: tables and paragraphs (`sheet`), how numbers are shown.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

from pipelines.read.cell_pieces import RAISED
from pipelines.read.document import UNREAD, Unreadable
from pipelines.read.numberformat import BUILT_IN, shown
from pipelines.read.package import Package, parse
from pipelines.read.worksheet import MAX_COLUMN, MAX_ROW, MAX_SHEETS, Merge, Sheet

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SIDES = tuple(f"{_S}{side}" for side in ("left", "right", "top", "bottom", "start", "end"))
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = frozenset(("1", "true", "on"))


def sheets(data: bytes) -> list[Sheet]:
    """The visible sheets of a workbook. Raises `Unreadable`: a `Package`'s codes, `too_large`."""
    package = Package(data)
    main = package.main("xl/workbook.xml")
    book = package.xml(main)
    relations = package.relations(main)
    named = book.findall(f"{_S}sheets/{_S}sheet")
    if len(named) > MAX_SHEETS:
        raise Unreadable("too_large", f"the workbook has {len(named):,} sheets, over the limit of {MAX_SHEETS}")
    properties = book.find(f"{_S}workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in _TRUE
    texts = _Texts(package, dict(relations.values()), is_1904)
    found: list[Sheet] = []
    for node in named:
        kind, place = relations.get(node.get(f"{_R}id", ""), ("", ""))
        if node.get("state", "visible") == "visible" and kind == "worksheet" and place in package:
            found.append(_sheet(package.xml(place), node.get("name", ""), texts))
    return found


class _Texts:
    """What the cells of all sheets refer to: shared strings, number formats and rules by style."""

    def __init__(self, package: Package, places: dict[str, str], is_1904: bool) -> None:
        self._is_1904 = is_1904
        strings = places.get("sharedStrings", "")
        self._strings = [_string(node) for node in package.xml(strings)] if strings in package else []
        self._formats: list[str] = []
        self._ruled: list[bool] = []
        styles = places.get("styles", "")
        if styles in package:
            self._read_styles(parse(package.part(styles), styles))

    def _read_styles(self, root: Element) -> None:
        codes = dict(BUILT_IN)
        for node in root.findall(f"{_S}numFmts/{_S}numFmt"):
            codes[_number(node.get("numFmtId"))] = node.get("formatCode", "")
        ruled = [_is_ruled(node) for node in root.findall(f"{_S}borders/{_S}border")]
        for node in root.findall(f"{_S}cellXfs/{_S}xf"):
            border = _number(node.get("borderId"))
            self._formats.append(codes.get(_number(node.get("numFmtId")), "General"))
            self._ruled.append(border < len(ruled) and ruled[border])

    def is_ruled(self, cell: Element) -> bool:
        """Whether a cell has a rule on any side."""
        style = _number(cell.get("s"))
        return style < len(self._ruled) and self._ruled[style]

    def text(self, cell: Element) -> str:
        """What a cell shows; lines of its own are kept."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            node = cell.find(f"{_S}is")
            return _string(node) if node is not None else ""
        node = cell.find(f"{_S}v")
        if node is None:
            # A formula that was never calculated: what Excel would show is not known.
            return UNREAD if cell.find(f"{_S}f") is not None else ""
        value = node.text or ""
        if kind == "s":
            index = _number(value.strip(), len(self._strings))
            if index >= len(self._strings):
                raise Unreadable("damaged", f"a cell refers to the text {value!r}, which the workbook lacks")
            return self._strings[index]
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if kind == "n" and value:
            style = _number(cell.get("s"))
            return shown(
                value.strip(), self._formats[style] if style < len(self._formats) else "General", self._is_1904
            )
        return _unescaped(value)


def _sheet(root: Element, name: str, texts: _Texts) -> Sheet:
    sheet = Sheet(name)
    hidden = bytearray(MAX_COLUMN)
    for node in root.findall(f"{_S}cols/{_S}col"):
        if node.get("hidden") in _TRUE or node.get("width") in ("0", "0.0"):
            first, last = _number(node.get("min"), 1), _number(node.get("max"), 1)
            first, last = max(1, min(first, MAX_COLUMN + 1)), min(last, MAX_COLUMN)
            hidden[first - 1 : last] = b"\1" * (last - first + 1)
    sheet.hidden_columns.update(column for column, flag in enumerate(hidden) if flag)
    row = column = -1
    for line in root.iterfind(f"{_S}sheetData/{_S}row"):
        row = _number(line.get("r"), row + 2) - 1
        if not 0 <= row < MAX_ROW:
            raise Unreadable("damaged", f"the sheet {name} has a row {row + 1}")
        if line.get("hidden") in _TRUE or (line.get("ht") in ("0", "0.0") and line.get("customHeight") in _TRUE):
            sheet.hidden_rows.add(row)
        column = -1
        for cell in line:
            column = _column(cell.get("r", ""), column + 1)
            sheet.put(row, column, texts.text(cell) if len(cell) else "", texts.is_ruled(cell))
    for node in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
        corner, _, opposite = node.get("ref", "").partition(":")
        if (start := _REFERENCE.match(corner)) and (end := _REFERENCE.match(opposite)):
            sheet.merges.append(Merge(int(start[2]) - 1, column_index(start[1]), int(end[2]) - 1, column_index(end[1])))
    return sheet


def _column(reference: str, default: int) -> int:
    """The column of a cell from 0: its reference's, else the next one."""
    match = _REFERENCE.match(reference)
    column = column_index(match[1]) if match else default
    if column >= MAX_COLUMN:
        raise Unreadable("damaged", f"a cell stands in the column {column + 1}")
    return column


@lru_cache(maxsize=4096)
def column_index(name: str) -> int:
    """A column's letters → its number from 0: A 0, Z 25, AA 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _number(printed: str | None, default: int = 0) -> int:
    return int(printed) if printed and printed.isascii() and printed.isdecimal() and len(printed) < 10 else default


def _is_ruled(border: Element) -> bool:
    return any(side.tag in _SIDES and side.get("style", "none") != "none" for side in border)


def _string(node: Element) -> str:
    """A string of plain text or of runs; what tells the pronunciation is no part of it."""
    pieces: list[str] = []
    for child in node:
        if child.tag == f"{_S}t":
            pieces.append(child.text or "")
        elif child.tag == f"{_S}r":
            text = child.findtext(f"{_S}t") or ""
            font = child.find(f"{_S}rPr")
            pieces.append(f"{RAISED}{text}{RAISED}" if font is not None and _stands_apart(font) else text)
    return _unescaped("".join(pieces))


def _stands_apart(font: Element) -> bool:
    """Whether a run is raised, lowered or struck out."""
    align, struck = font.find(f"{_S}vertAlign"), font.find(f"{_S}strike")
    is_raised = align is not None and align.get("val") in ("superscript", "subscript")
    return is_raised or (struck is not None and struck.get("val", "1") in _TRUE)


def _unescaped(text: str) -> str:
    """Text with `_x000A_` and the like resolved; line ends as one sign."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: _character(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(code: int) -> str:
    """The character of an escape; nothing for control signs, and `UNREAD` for half of a surrogate pair."""
    if 0xD800 <= code < 0xE000:
        return UNREAD
    return chr(code) if code >= 0x20 or code in (9, 10, 13) else ""

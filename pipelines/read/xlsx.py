"""XLSX workbooks → sheets of shown cells.

The parts are read here and not by a library: calamine lays a sheet out densely, so that one cell in the last corner
ends the process, and tells neither what is hidden nor how a number is shown; openpyxl refuses what others write. Belongs
here: the XML of workbooks. Does not belong here: tables and paragraphs (`sheet`), how numbers are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

from pipelines.read import apart
from pipelines.read.document import UNREAD, Unreadable
from pipelines.read.numberformat import shown, text_shown
from pipelines.read.package import Package, parse
from pipelines.read.worksheet import MAX_COLUMN, MAX_ROW, MAX_SHEETS, Merge, Sheet, StoredCell
from pipelines.read.xlsx_drawings import filled
from pipelines.read.xlsx_styles import (
    TRUE,
    CellStyle,
    S,
    are_alike,
    cell_styles,
    colour_of,
    is_drawn,
    is_raised,
    is_struck,
    is_tiny,
    number,
)

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
_LETTER = re.compile(r"[!-~]")
#: Columns of fewer characters and rows of fewer points than this show nothing.
_NARROW = 0.2
_LOW = 1.0
#: With more ranges of rules than this, the whole sheet may be coloured.
_MOST_RANGES = 200
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def sheets(data: bytes) -> list[Sheet]:
    """The visible sheets of a workbook. Raises `Unreadable`: a `Package`'s codes, `too_large`."""
    package = Package(data)
    main = package.main("xl/workbook.xml")
    book = package.xml(main)
    relations = package.relations(main)
    named = book.findall(f"{S}sheets/{S}sheet")
    if len(named) > MAX_SHEETS:
        raise Unreadable("too_large", f"the workbook has {len(named):,} sheets, over the limit of {MAX_SHEETS}")
    properties = book.find(f"{S}workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in TRUE
    texts = _Texts(package, dict(relations.values()), is_1904)
    found: list[Sheet] = []
    for node in named:
        kind, place = relations.get(node.get(f"{_R}id", ""), ("", ""))
        if node.get("state", "visible") == "visible" and kind == "worksheet" and place in package:
            root = package.xml(place)
            texts.coloured = _coloured(package, place, root)
            sheet = _sheet(root, node.get("name", ""), texts)
            _fill(sheet, filled(package, place, root))
            found.append(sheet)
    return found


class _Texts:
    """Holds what the cells of all sheets refer to: shared strings and styles."""

    def __init__(self, package: Package, places: dict[str, str], is_1904: bool) -> None:
        self._is_1904 = is_1904
        strings = places.get("sharedStrings", "")
        self._strings = list(package.xml(strings)) if strings in package else []
        self._read: dict[tuple[int, CellStyle], str] = {}
        styles = places.get("styles", "")
        self._styles = cell_styles(parse(package.part(styles), styles)) if styles in package else []
        #: The ranges of the sheet that is read whose ground is said elsewhere.
        self.coloured: list[Merge] = []
        self.shows_zeros = True

    def style(self, cell: Element, row: int, column: int) -> CellStyle:
        """Tell how a cell looks."""
        index = number(cell.get("s"))
        style = self._styles[index] if index < len(self._styles) else _USUAL
        if not self.coloured:
            return style
        is_coloured = any(r.top <= row <= r.bottom and r.left <= column <= r.right for r in self.coloured)
        return style._replace(is_ground_known=False) if is_coloured else style

    def text(self, cell: Element, style: CellStyle) -> str:
        """Tell what a cell shows; lines of its own are kept."""
        text = self._stored(cell, style)
        if not text or style.is_hidden:
            return ""
        if style.is_struck or (style.is_doubtful and any(map(str.isdecimal, text))):
            return UNREAD
        return _LETTER.sub(UNREAD, text) if style.is_drawn else text

    def _stored(self, cell: Element, style: CellStyle) -> str:
        """The text of a cell as its format shows it."""
        kind = cell.get("t", "n")
        node = cell.find(f"{S}v")
        value = (node.text or "") if node is not None else ""
        if _is_unknown(cell, kind, value):
            return UNREAD
        if kind == "n":
            return self._numeric(value.strip(), style)
        if kind == "b" and node is not None:
            return "TRUE" if value.strip() == "1" else "FALSE"
        text = _unescaped(value)
        if kind == "inlineStr":
            inline = cell.find(f"{S}is")
            text = _string(inline, style) if inline is not None else ""
        elif kind == "s" and node is not None:
            text = self._shared(value, style)
        return text_shown(text, style.format)

    def _numeric(self, value: str, style: CellStyle) -> str:
        if not value or (not self.shows_zeros and not value.strip("-0.")):
            return ""
        return shown(value, style.format, self._is_1904)

    def _shared(self, value: str, style: CellStyle) -> str:
        index = number(value.strip(), len(self._strings))
        if index >= len(self._strings):
            raise Unreadable("damaged", f"a cell refers to the text {value!r}, which the workbook lacks")
        key = (index, style)
        if key not in self._read:
            self._read[key] = _string(self._strings[index], style)
        return self._read[key]


_USUAL = CellStyle()
_BLANK = StoredCell("", False)


def _is_unknown(cell: Element, kind: str, value: str) -> bool:
    """Tell whether a cell shows what is not stored: a formula that was never calculated, or a picture.

    WPS writes pictures in cells as DISPIMG, Excel as IMAGE or as an error with a rich value (`vm`).
    """
    formula = cell.find(f"{S}f")
    if formula is None:
        return kind == "e" and cell.get("vm") is not None
    code = f"{formula.text or ''} {value}".upper()
    return (kind != "str" and not value.strip()) or "DISPIMG(" in code or "_XLFN.IMAGE(" in code


def _fill(sheet: Sheet, places: set[tuple[int, int]]) -> None:
    """Blank cells of a table in which a picture or a control stands are unread. A seal beside tables fills none."""
    for row, column in places:
        line = sheet.rows.get(row, {})
        place = line.get(column, _BLANK)
        has_others = any(other.text.strip() for other in line.values())
        if (place.is_ruled or has_others) and not place.text.strip():
            sheet.put(row, column, UNREAD, place.is_ruled)


def _hidden_columns(root: Element) -> Iterator[int]:
    hidden = bytearray(MAX_COLUMN)
    for node in root.findall(f"{S}cols/{S}col"):
        if node.get("hidden") in TRUE or _is_nothing(node.get("width"), _NARROW):
            first, last = number(node.get("min"), 1), number(node.get("max"), 1)
            first, last = max(1, min(first, MAX_COLUMN + 1)), min(last, MAX_COLUMN)
            hidden[first - 1 : last] = b"\1" * (last - first + 1)
    return (column for column, flag in enumerate(hidden) if flag)


def _is_nothing(size: str | None, least: float) -> bool:
    """Tell whether a row or column is too small to show a sign."""
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


def _coloured(package: Package, place: str, root: Element) -> list[Merge]:
    """The ranges of a sheet that rules, table styles or a picture behind it may colour."""
    if root.find(f"{S}picture") is not None:
        return [Merge(0, 0, MAX_ROW, MAX_COLUMN)]
    printed = [node.get("sqref", "") for node in root.findall(f"{S}conditionalFormatting")]
    tables = (target for kind, target in package.relations(place).values() if kind == "table" and target in package)
    printed += [package.xml(target).get("ref", "") for target in tables]
    references = [reference for text in printed for reference in text.split()]
    if len(references) > _MOST_RANGES:
        return [Merge(0, 0, MAX_ROW, MAX_COLUMN)]
    return [merge for reference in references if (merge := _range(reference)) is not None]


def _range(reference: str) -> Merge | None:
    """A range of cells by its corners, A1:B3 or A1."""
    corner, _, opposite = reference.partition(":")
    start, end = _REFERENCE.match(corner), _REFERENCE.match(opposite or corner)
    if start is None or end is None:
        return None
    return Merge(int(start[2]) - 1, column_index(start[1]), int(end[2]) - 1, column_index(end[1]))


def _sheet(root: Element, name: str, texts: _Texts) -> Sheet:
    sheet = Sheet(name)
    view = root.find(f"{S}sheetViews/{S}sheetView")
    texts.shows_zeros = view is None or view.get("showZeros", "1") in TRUE
    sheet.hidden_columns.update(_hidden_columns(root))
    row = column = -1
    for line in root.iterfind(f"{S}sheetData/{S}row"):
        row = number(line.get("r"), row + 2) - 1
        if not 0 <= row < MAX_ROW:
            raise Unreadable("damaged", f"the sheet {name} has a row {row + 1}")
        if line.get("hidden") in TRUE or (_is_nothing(line.get("ht"), _LOW) and line.get("customHeight") in TRUE):
            sheet.hidden_rows.add(row)
        column = -1
        for cell in line:
            column = _column(cell.get("r", ""), column + 1)
            style = texts.style(cell, row, column)
            sheet.put(row, column, texts.text(cell, style) if len(cell) else "", style.is_ruled)
    for node in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
        if (merge := _range(node.get("ref", ""))) is not None:
            sheet.merges.append(merge)
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


def _string(node: Element, style: CellStyle) -> str:
    """A string of plain text or of runs, in a cell of a style; what tells the pronunciation is no part of it."""
    pieces: list[str] = []
    for child in node:
        if child.tag == f"{S}t":
            pieces.append(child.text or "")
        elif child.tag == f"{S}r":
            font = child.find(f"{S}rPr")
            text = child.findtext(f"{S}t") or ""
            pieces.append(text if font is None else _run(text, font, style))
    return _unescaped(apart.in_cell("".join(pieces)))


def _run(text: str, font: Element, style: CellStyle) -> str:
    """The text of a run with the signs of `apart`."""
    is_alike = are_alike(colour_of(font), style.ground)
    if is_tiny(font) or (is_alike and style.is_ground_known):
        return ""
    if is_alike:
        return apart.aside(text)
    if is_struck(font):
        return apart.INK if text.strip() else text
    text = _LETTER.sub(UNREAD, text) if is_drawn(font) else text
    return apart.raised(text) if is_raised(font) else text


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

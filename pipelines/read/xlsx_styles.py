"""Tells how cells of an XLSX workbook look: number formats, rules, and text that is struck or has the colour of its ground.

Belongs here: styles.xml. Does not belong here: cells and strings (`xlsx`), how a format shows a number (`numberformat`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from pipelines.read.docx_styles import is_drawn_font
from pipelines.read.numberformat import BUILT_IN

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TRUE = frozenset(("1", "true", "on"))
WHITE = "FFFFFF"
_SIDES = tuple(f"{S}{side}" for side in ("left", "right", "top", "bottom", "start", "end"))
#: Colours by their old numbers, and by their numbers in a theme; others are told apart by name.
_INDEXED = {
    "0": "000000",
    "8": "000000",
    "64": "000000",
    "1": WHITE,
    "9": WHITE,
    "65": WHITE,
    "2": "FF0000",
    "10": "FF0000",
}
_THEMED = {"0": WHITE, "1": "000000"}
#: Points: smaller text is no text to a person.
_TINY = 1.5
#: Colours whose parts differ by no more than this look the same.
_ALIKE = 8


class CellStyle(NamedTuple):
    """A style of cells. `ground` is the colour of the fill, None for a pattern; `colour` is the text's.

    `is_ground_known`: no rule and no table style of the sheet may lay another ground under the cell.
    """

    format: str = "General"
    is_ruled: bool = False
    is_struck: bool = False
    is_unseen: bool = False
    is_drawn: bool = False
    ground: str | None = WHITE
    colour: str | None = None
    is_ground_known: bool = True

    @property
    def is_hidden(self) -> bool:
        """Tell whether a cell of this style shows no text."""
        return self.is_unseen or (self.is_ground_known and are_alike(self.colour, self.ground))

    @property
    def is_doubtful(self) -> bool:
        """Tell whether text may have the colour of the ground."""
        return not self.is_ground_known and are_alike(self.colour, self.ground)


def cell_styles(root: Element) -> list[CellStyle]:
    """The styles that cells refer to by number."""
    codes = dict(BUILT_IN)
    for node in root.findall(f"{S}numFmts/{S}numFmt"):
        codes[number(node.get("numFmtId"))] = node.get("formatCode", "")
    ruled = [_is_ruled(node) for node in root.findall(f"{S}borders/{S}border")]
    grounds = [_ground(node) for node in root.findall(f"{S}fills/{S}fill")]
    fonts = root.findall(f"{S}fonts/{S}font")
    found: list[CellStyle] = []
    for node in root.findall(f"{S}cellXfs/{S}xf"):
        border, fill, font = (number(node.get(name)) for name in ("borderId", "fillId", "fontId"))
        style = CellStyle(
            codes.get(number(node.get("numFmtId")), "General"),
            border < len(ruled) and ruled[border],
            ground=grounds[fill] if fill < len(grounds) else WHITE,
        )
        found.append(_with_font(style, fonts[font]) if font < len(fonts) else style)
    return found


def _with_font(style: CellStyle, font: Element) -> CellStyle:
    return style._replace(
        is_struck=is_struck(font), is_unseen=is_tiny(font), is_drawn=is_drawn(font), colour=colour_of(font)
    )


def is_struck(font: Element) -> bool:
    """Tell whether a font is struck out."""
    struck = font.find(f"{S}strike")
    return struck is not None and struck.get("val", "1") in TRUE


def is_raised(font: Element) -> bool:
    """Tell whether a font stands above or below its line."""
    align = font.find(f"{S}vertAlign")
    return align is not None and align.get("val") in ("superscript", "subscript")


def is_tiny(font: Element) -> bool:
    """Tell whether nobody can read a font for its size."""
    size = font.find(f"{S}sz")
    try:
        return size is not None and 0 < float(size.get("val", "11")) <= _TINY
    except ValueError:
        return False


def is_drawn(font: Element) -> bool:
    """Tell whether a font has drawings in place of letters and digits."""
    name = font.find(f"{S}name")
    name = font.find(f"{S}rFont") if name is None else name
    return name is not None and is_drawn_font(name.get("val", ""))


def colour_of(font: Element) -> str | None:
    """A font's colour; None where it is automatic."""
    node = font.find(f"{S}color")
    return None if node is None else _colour(node)


@lru_cache(maxsize=1024)
def are_alike(one: str | None, other: str | None) -> bool:
    """Tell whether two colours look the same. Those that are not known do not."""
    if one is None or other is None:
        return False
    if one == other:
        return True
    try:
        parts = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
        return all(abs(a - b) <= _ALIKE for a, b in parts)
    except ValueError:
        return False


def _ground(fill: Element) -> str | None:
    pattern = fill.find(f"{S}patternFill")
    if pattern is None:
        return None if len(fill) else WHITE
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return WHITE
    colour = pattern.find(f"{S}fgColor")
    return _colour(colour) if kind == "solid" and colour is not None else None


def _colour(node: Element) -> str | None:
    """A colour in hexadecimal, or a name of its own for one of the theme; None for the automatic one."""
    printed = node.get("rgb", "").upper()
    if len(printed) in (6, 8):
        return printed[-6:]
    tint = node.get("tint", "0")
    if (theme := node.get("theme")) is not None:
        is_pure = tint.strip("-0.") == ""
        return _THEMED[theme] if is_pure and theme in _THEMED else f"theme {theme} {tint}"
    indexed = node.get("indexed")
    return None if indexed is None else _INDEXED.get(indexed, f"indexed {indexed}")


def _is_ruled(border: Element) -> bool:
    return any(side.tag in _SIDES and side.get("style", "none") != "none" for side in border)


def number(printed: str | None, default: int = 0) -> int:
    """A whole number of an attribute; `default` where it is none."""
    return int(printed) if printed and printed.isascii() and printed.isdecimal() and len(printed) < 10 else default

"""Tells what a run of a Word document stands on: white paper, or the shading of its paragraph, cell, table or box.

Belongs here: whether text has the colour of its ground. Does not belong here: what properties say (`docx_styles`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from pipelines.read.docx_styles import PLAIN, Look, Styles, fill, fill_of, of
from pipelines.read.numbering import W

_PAPER = "FFFFFF"
#: Colours whose parts differ by no more than this look the same.
_ALIKE = 8
_COLOUR = re.compile(r"[0-9A-F]{6}")
_TABLE_STYLE = re.compile(rb'<w:style [^>]*w:type="table"[^>]*>.*?</w:style>', re.DOTALL)
_STYLE_ID = re.compile(rb'w:styleId="([^"]*)"')
_BASE = re.compile(rb'<w:basedOn w:val="([^"]*)"')


class Ground:
    """The grounds of a document. `styles_part` gives the bytes of styles.xml, which tell the shaded table styles."""

    def __init__(self, root: Element, styles: Styles, styles_part: Callable[[], bytes]) -> None:
        self._root = root
        self._styles = styles
        self._styles_part = styles_part
        self._parents: dict[Element, Element] | None = None
        self._shaded: set[str] | None = None
        self._fills: set[str] | None = None
        self._plain: dict[str, bool] = {}

    def shows(self, look: Look, run: Element) -> bool | None:
        """Tell whether a run has another colour than what it stands on. Black and automatic text always shows.

        None for white text on a ground that is not known.
        """
        colour = look.colour
        if colour is None or not _COLOUR.fullmatch(colour) or (colour == "000000" and look.ground is None):
            return True
        if look.ground is None and self._is_plain(colour):
            return True
        own = look.ground if look.ground not in (None, "AUTO") else self._under(run)
        if own is None or own == "?":
            return None if _is_alike(colour, _PAPER) else True
        return not _is_alike(colour, own)

    def _is_plain(self, colour: str) -> bool:
        """Tell whether a colour is neither the paper's nor that of anything which is filled in the document."""
        known = self._plain.get(colour)
        if known is None:
            if self._fills is None:
                filled = (fill(node) for node in self._root.iter(f"{W}shd"))
                self._fills = {_PAPER, *self._styles.grounds(), *filter(None, filled)}
            known = self._plain[colour] = not any(_is_alike(colour, other) for other in self._fills)
        return known

    def table_look(self, node: Element) -> Look:
        """Tell what the style of the table around a paragraph says about its text."""
        for table in self._around(node):
            if table.tag == f"{W}tbl":
                properties = table.find(f"{W}tblPr")
                name = of(properties, "tblStyle") if properties is not None else None
                return self._styles.get(name).look if name else PLAIN
        return PLAIN

    def _around(self, node: Element) -> list[Element]:
        """The elements around one, from the inside out."""
        if self._parents is None:
            self._parents = {child: parent for parent in self._root.iter() for child in parent}
        found: list[Element] = []
        while (parent := self._parents.get(node)) is not None:
            found.append(parent)
            node = parent
        return found

    def _under(self, run: Element) -> str | None:
        """The colour behind a run; None where it is not known."""
        for node in self._around(run):
            found = self._fill(node)
            if found == "?":
                return None
            if found is not None and found != "AUTO":
                return found
        return _PAPER

    def _fill(self, node: Element) -> str | None:
        if node.tag == f"{W}txbxContent":
            return "?"
        if node.tag == f"{W}document":
            paper = node.find(f"{W}background")
            return None if paper is None else paper.get(f"{W}color", "auto").upper()
        kind = _PROPERTIES.get(node.tag)
        properties = node.find(kind) if kind is not None else None
        if properties is None:
            return None
        own = fill_of(properties)
        if own not in (None, "AUTO"):
            return own
        if node.tag == f"{W}p":
            return self._styles.get(of(properties, "pStyle") or self._styles.default).ground
        table_style = of(properties, "tblStyle") if node.tag == f"{W}tbl" else None
        return "?" if table_style is not None and table_style in self._shaded_styles() else None

    def _shaded_styles(self) -> set[str]:
        """The table styles that shade cells, by themselves or by what they are based on."""
        if self._shaded is None:
            styles = {_name(_STYLE_ID, style): style for style in _TABLE_STYLE.findall(self._styles_part())}
            shaded = {name for name, style in styles.items() if b"<w:shd " in style}
            for _ in range(len(styles)):
                more = {name for name, style in styles.items() if _name(_BASE, style) in shaded} - shaded
                if not more:
                    break
                shaded |= more
            self._shaded = shaded
        return self._shaded


_PROPERTIES = {f"{W}p": f"{W}pPr", f"{W}tc": f"{W}tcPr", f"{W}tr": f"{W}tblPrEx", f"{W}tbl": f"{W}tblPr"}


def _name(pattern: re.Pattern[bytes], style: bytes) -> str:
    match = pattern.search(style)
    return match[1].decode("utf-8", "replace") if match else ""


def _is_alike(one: str, other: str) -> bool:
    if not _COLOUR.fullmatch(other):
        return False
    return all(abs(int(one[i : i + 2], 16) - int(other[i : i + 2], 16)) <= _ALIKE for i in (0, 2, 4))

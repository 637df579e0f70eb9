"""Tells what a Word document's styles and run properties say about text: how it looks, and the lists and outline of paragraphs.

Belongs here: styles with what they inherit, and run properties over them. Does not belong here: what becomes of a text
that is hidden or raised (`docx`, `apart`), and the ground it stands on (`docx_ground`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from pipelines.read.numbering import VAL, W

OFF = frozenset(("0", "false", "off", "none"))
#: More styles in a chain than any program writes.
_MAX_CHAIN = 60
#: Text of these sizes in half points is no text to a person.
_TINY = frozenset(("1", "2", "3"))
#: Half points that a run must stand above or below its line to be a mark; less than that is a correction of the type.
_LIFTED = 4
#: Fonts whose letters and digits are drawings.
_DRAWN_FONTS = ("wingdings", "webdings", "marlett", "zapf dingbats", "zapfdingbats", "bookshelf symbol", "mt extra")
#: Table styles that say one of these may hide or raise the text of their tables.
_LOOKS = (b"<w:vanish", b"<w:strike", b"<w:dstrike", b"<w:vertAlign", b"<w:position")
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


class Look(NamedTuple):
    """Says how text looks; None where nothing is said.

    `lift`: it is raised or lowered in half points. `colour` and `ground` are hexadecimal (`FFFFFF`), "auto", or "?" for
    a pattern. `is_drawn`: its font has drawings in place of letters.
    """

    hidden: bool | None = None
    web_hidden: bool | None = None
    struck: bool | None = None
    struck_twice: bool | None = None
    align: str | None = None
    lift: int | None = None
    colour: str | None = None
    ground: str | None = None
    is_tiny: bool | None = None
    is_drawn: bool | None = None
    is_clear: bool | None = None

    def over(self, base: Look) -> Look:
        """This look, with what `base` says where it says nothing."""
        return Look._make([b if own is None else own for own, b in zip(self, base, strict=True)])

    @property
    def is_struck(self) -> bool:
        """Tell whether it is struck out, by one line or two."""
        return bool(self.struck or self.struck_twice)

    @property
    def is_raised(self) -> bool:
        """Tell whether it stands above or below its line."""
        return self.align in ("superscript", "subscript") or abs(self.lift or 0) >= _LIFTED

    @property
    def is_unseen(self) -> bool:
        """Tell whether nothing of it is printed, whatever it stands on."""
        return bool(self.hidden or self.is_tiny or self.is_clear)


PLAIN = Look()


@dataclass(slots=True)
class Style:
    """Holds what a style says about its paragraphs or runs; None where it says nothing.

    `base_look` is what a paragraph's style leaves for its runs: what it says no to is as if it said nothing.
    """

    name: str = ""
    base: str | None = None
    outline: int | None = None
    list_id: str | None = None
    level: int | None = None
    ground: str | None = None
    look: Look = PLAIN
    base_look: Look = PLAIN


class Styles:
    """The document's styles with what they inherit."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        #: Whether a table's style may say how its text looks.
        self.has_tables = False
        for node in root.findall(f"{W}style") if root is not None else ():
            name = node.get(f"{W}styleId", "")
            self._styles[name] = _style(node)
            self.has_tables |= node.get(f"{W}type") == "table"
            if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in ("1", "true", "on"):
                self.default = name
        self._whole: dict[str, Style] = {}

    def get(self, name: str) -> Style:
        """A style with what it inherits; an empty one for an unknown name."""
        whole = self._whole.get(name)
        if whole is None:
            whole = self._whole[name] = self._inherited(name)
        return whole

    def _inherited(self, name: str) -> Style:
        found = Style()
        seen: set[str] = set()
        step: str | None = name
        while step is not None and step in self._styles and step not in seen and len(seen) < _MAX_CHAIN:
            seen.add(step)
            style = self._styles[step]
            found.name = found.name or style.name
            found.outline = style.outline if found.outline is None else found.outline
            found.ground = style.ground if found.ground is None else found.ground
            found.look = found.look.over(style.look)
            if found.list_id is None and style.list_id is not None:
                found.list_id, found.level, found.base = style.list_id, style.level, step
            step = style.base
        base = Look._make([said or None for said in found.look])
        found.base_look = PLAIN if base == PLAIN else base
        return found

    def grounds(self) -> set[str]:
        """The colours that paragraph styles lay under their text."""
        return {style.ground for style in self._styles.values() if style.ground is not None}

    def look(self, properties: Element, base: Look) -> Look:
        """Tell how a run of these properties looks, over `base`, which its paragraph's style says."""
        own = look_of(properties)
        name = of(properties, "rStyle")
        if name is not None:
            own = own.over(self.get(name).look)
        if own == PLAIN:
            return base
        return own if base is PLAIN else own.over(base)


def of_text(data: bytes) -> bytes:
    """styles.xml without what it is long for and what says nothing about text: table styles and names for menus."""
    begin, _, rest = data.partition(b"<w:latentStyles ")
    data = begin + rest.partition(b"</w:latentStyles>")[2] if b"</w:latentStyles>" in rest else data
    end = b"</w:style>"
    looks = [sign for sign in _LOOKS if sign in data]
    *styles, tail = data.split(end)
    kept: list[bytes] = []
    for style in styles:
        at = style.rfind(b"<w:style ")
        head = style[at : style.find(b">", at)] if at >= 0 else b""
        is_table = b'w:type="table"' in head and not any(sign in style for sign in looks)
        kept += [style[:at]] if is_table or b'w:type="numbering"' in head else [style, end]
    return b"".join([*kept, tail])


def _style(node: Element) -> Style:
    paragraph, run = node.find(f"{W}pPr"), node.find(f"{W}rPr")
    style = Style(name=(of(node, "name") or "").lower(), base=of(node, "basedOn"))
    if paragraph is not None:
        style.outline = outline(paragraph)
        style.list_id, style.level = list_of(paragraph)
        style.ground = fill_of(paragraph)
    if run is not None:
        style.look = look_of(run)
    return style


# ---------------------------------------------------------------- properties


def of(node: Element, name: str) -> str | None:
    """The value of a property."""
    child = node.find(f"{W}{name}")
    return child.get(VAL) if child is not None else None


def outline(properties: Element) -> int | None:
    """A paragraph's level in the outline, from 0."""
    printed = of(properties, "outlineLvl")
    return int(printed) if printed is not None and len(printed) == 1 and printed in "0123456789" else None


def list_of(properties: Element) -> tuple[str | None, int | None]:
    """A paragraph's list and level, as its properties say."""
    node = properties.find(f"{W}numPr")
    if node is None:
        return None, None
    level = of(node, "ilvl")
    return of(node, "numId"), int(level) if level and len(level) == 1 and level in "012345678" else None


def fill_of(properties: Element) -> str | None:
    """The shading of a paragraph, cell or table, as `Look.ground`."""
    shading = properties.find(f"{W}shd")
    return None if shading is None else fill(shading)


def look_of(properties: Element) -> Look:
    """Tell what run properties themselves say."""
    said: list[object] | None = None
    for child in properties:
        reader = _READERS.get(child.tag)
        if reader is not None:
            said = said or [None] * len(PLAIN)
            said[reader[0]] = reader[1](child)
    return PLAIN if said is None else Look._make(said)


def _is_on(node: Element) -> bool:
    return node.get(VAL) not in OFF


def _whole(node: Element) -> int:
    printed = node.get(VAL, "").removesuffix("pt")
    digits = printed.removeprefix("-").partition(".")[0]
    return (-1 if printed.startswith("-") else 1) * int(digits) if digits.isdecimal() and len(digits) < 6 else 0


def _is_tiny(node: Element) -> bool | None:
    return node.get(VAL) in _TINY


def _is_drawn(node: Element) -> bool | None:
    name = node.get(f"{W}ascii") or node.get(f"{W}hAnsi")
    if name is None:
        return False if node.get(f"{W}asciiTheme") else None
    return is_drawn_font(name)


def is_drawn_font(name: str) -> bool:
    """Tell whether a font has drawings in place of letters and digits."""
    return name.lower().startswith(_DRAWN_FONTS)


def _colour(node: Element) -> str:
    return node.get(VAL, "auto").upper()


def fill(node: Element) -> str | None:
    """A shading's colour, as `Look.ground`."""
    pattern, colour = node.get(VAL, "clear"), node.get(f"{W}fill", "auto").upper()
    if pattern in ("clear", "nil"):
        return "?" if colour == "AUTO" and node.get(f"{W}themeFill") else colour
    return node.get(f"{W}color", "auto").upper() if pattern == "solid" else "?"


def _highlight(node: Element) -> str | None:
    name = node.get(VAL, "none")
    return None if name == "none" else _HIGHLIGHTS.get(name, "?")


def _is_clear(node: Element) -> bool | None:
    return node.find(f"{_W14}noFill") is not None


_HIGHLIGHTS = {"white": "FFFFFF", "yellow": "FFFF00", "black": "000000", "red": "FF0000", "green": "00FF00"}
_AT = {name: i for i, name in enumerate(Look._fields)}
_READERS: dict[str, tuple[int, Callable[[Element], object]]] = {
    f"{W}vanish": (_AT["hidden"], _is_on),
    f"{W}webHidden": (_AT["web_hidden"], _is_on),
    f"{W}strike": (_AT["struck"], _is_on),
    f"{W}dstrike": (_AT["struck_twice"], _is_on),
    f"{W}vertAlign": (_AT["align"], lambda node: node.get(VAL)),
    f"{W}position": (_AT["lift"], _whole),
    f"{W}color": (_AT["colour"], _colour),
    f"{W}shd": (_AT["ground"], fill),
    f"{W}highlight": (_AT["ground"], _highlight),
    f"{W}sz": (_AT["is_tiny"], _is_tiny),
    f"{W}rFonts": (_AT["is_drawn"], _is_drawn),
    f"{_W14}textFill": (_AT["is_clear"], _is_clear),
}

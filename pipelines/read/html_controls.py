"""Fields of a form in a page's cells → the text that they show, which is in their attributes."""

from __future__ import annotations

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.read.document import UNREAD

#: What a cell of numbers can hold. A site's own fields (请输入关键字) hold words.
_NUMBER = re.compile(r"^\s*(?:[\d.,，\s]+|[-/—无○〇])\s*(?:件|条|个|次|元|万元)?\s*$")
_WRITTEN = frozenset(("", "text", "number", "tel"))
#: A picture of this width or height in pixels fills a gap; it shows nothing.
_GAP = 4
_GAP_NAME = re.compile(r"(?:blank|space|spacer|transparent|clear|pixel|1x1)\.\w{3,4}(?:$|\?)", re.IGNORECASE)


def show(tree: LexborHTMLParser) -> None:
    """Put the text of the fields in cells into the cells."""
    if tree.css_first("input, select, textarea") is None:
        return
    for selector, shown in _SHOWN.items():
        for node in tree.css(selector):
            if _NUMBER.match(text := shown(node)):
                node.insert_before(text)
                node.decompose()


def _of_input(node: LexborNode) -> str:
    attributes = node.attributes
    return (attributes.get("value") or "") if (attributes.get("type") or "").lower() in _WRITTEN else ""


def _of_select(node: LexborNode) -> str:
    """The chosen option, else the first one, as browsers show it."""
    chosen = node.css_first("option[selected]") or node.css_first("option")
    return chosen.text() if chosen is not None else ""


_SHOWN: dict[str, Callable[[LexborNode], str]] = {
    "td input, th input": _of_input,
    "td select, th select": _of_select,
    "td textarea, th textarea": lambda node: node.text(),
}


def in_place_of(cell: LexborNode) -> str:
    """`UNREAD` for a cell without text that shows a picture, which may be of a number; "" for one that shows nothing."""
    return UNREAD if any(_shows(picture) for picture in cell.css("img")) else ""


def _shows(picture: LexborNode) -> bool:
    attributes = picture.attributes
    sizes = [attributes.get(name) or "" for name in ("width", "height")]
    is_gap = any(size.strip().isdecimal() and int(size) <= _GAP for size in sizes)
    return not is_gap and not _GAP_NAME.search(attributes.get("src") or "")

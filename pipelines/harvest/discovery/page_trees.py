"""Pages as trees that no page can make slow: what is larger or nested deeper than any list is cut or flattened.

Belongs here: bytes → text → tree. Does not belong here: what stands in it.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.read.encoding import decode

#: The largest lists are some hundred kilobytes; what is beyond this is not looked at.
MOST_BYTES = 4 << 20
#: Deeper than any page that people make. The parser's time grows with the square of the depth.
MAX_DEPTH = 300
#: Text of one element is looked at up to here.
MOST_TEXT = 2000

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,20})")
#: Elements that end by themselves, or that have no content.
_FLAT = frozenset(
    [
        "li",
        "p",
        "td",
        "tr",
        "th",
        "dt",
        "dd",
        "br",
        "img",
        "input",
        "meta",
        "link",
        "hr",
        "base",
        "area",
        "col",
        "tbody",
        "thead",
        "tfoot",
        "html",
        "body",
        "head",
        "wbr",
        "param",
        "embed",
        "source",
        "frame",
        "colgroup",
    ]
)
#: What stays of a page that is nested too deeply.
_KEPT = re.compile(r"</?(?!/?(?:a|li|tr|td|title|iframe|frame|script|base|meta)\b)[a-zA-Z][^<>]{0,500}>")
_SPACE = re.compile(r"\s+")


def text_of(data: bytes) -> str:
    """The bytes as text, as far as they are looked at."""
    return decode(data[:MOST_BYTES])[0].replace("\x00", "")


def tree_of(source: str) -> LexborHTMLParser:
    """The tree of a page."""
    return LexborHTMLParser(_KEPT.sub(" ", source) if _depth(source) > MAX_DEPTH else source)


def words_of(node: LexborNode) -> str:
    """An element's text on one line, no longer than any title or date needs."""
    return _SPACE.sub(" ", node.text()[: MOST_TEXT * 4]).strip()[:MOST_TEXT]


def attribute(node: LexborNode, name: str) -> str:
    """An attribute's value, "" where there is none."""
    return node.attributes.get(name) or ""


def _depth(source: str) -> int:
    """Tell how deep elements are nested, as far as the tags say."""
    depth = deepest = 0
    for match in _TAG.finditer(source):
        if match[2].lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest

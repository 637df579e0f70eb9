"""HTML pages as governments publish them → `Document`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.read import grid, html_controls, html_unseen, links, metadata
from pipelines.read.document import Block, Document, Heading, Paragraph, Table, Unreadable
from pipelines.read.encoding import decode
from pipelines.read.furniture import is_page_number
from pipelines.read.layout_tables import PROSE_LENGTH, without_prose

MAX_BYTES = 50_000_000
#: Deeper than any page made by a person or Word; beyond it an element is read as flat text.
MAX_DEPTH = 150
#: The report's container stands no deeper. Each level costs a look at the whole text: without a bound, a page of
#: nothing but nested elements would take minutes.
MAX_CONTENT_DEPTH = 40
#: The report's container is the smallest element that holds this share of the page's text outside links.
CONTENT_SHARE = 0.8
#: A paragraph with a larger share of its text in links is the site's.
LINK_SHARE = 0.6
#: The publication's fields stand among the first blocks.
FIELD_BLOCKS = 40
#: A line of the page's foot is no longer than this.
LONGEST_FOOT = 100

_STRIP = ["script", "style", "noscript", "template", "iframe", "object", "select", "button", "svg", "head"]
_SKIP = frozenset((*_STRIP, "nav", "footer", "input", "textarea", "-comment"))
# fmt: off
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "o:p", "q", "s", "samp", "small", "span", "st1", "strike", "strong", "sub", "sup", "tt",
    "u", "v:shape", "var", "wbr", "ruby", "rt", "time", "data",
))
_CONTAINERS = frozenset((
    "div", "section", "article", "main", "body", "form", "center", "td", "tr", "tbody", "table", "ucapcontent", "dd",
    "dl", "ul", "li", "span", "font",
))
# fmt: on
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_META = re.compile(r"^(ArticleTitle|PubDate|ContentSource|SiteName|Author|publishdate|title)$", re.IGNORECASE)
_BREAKS = re.compile(r"<br|</p>|</div>|</li>", re.IGNORECASE)
#: Lines of a page's foot and tools, which no report holds.
_FOOT = re.compile(
    r"ICP备|公网安备|网站标识码|版权所有|主办单位|承办单位|技术支持|打印本页|关闭窗口|上一篇|下一篇|分享到|扫一扫|字体[:：]"
)
_LABEL_WORD = re.compile(r"[一-鿿]")


def read(data: bytes) -> Document:
    """Read a page. Raises `Unreadable` (`too_large`, `too_many_cells`, `no_text`)."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", f"the page has {len(data):,} bytes, over the limit of {MAX_BYTES:,}")
    text, encoding, bad = decode(data)
    tree = LexborHTMLParser(text)
    fields = _meta_fields(tree)
    title = tree.css_first("title")
    title_text = squeeze(title.text()) if title else ""
    linked = links.documents(tree, text)
    html_unseen.take_out(tree)
    html_controls.show(tree)
    tree.strip_tags(_STRIP)
    blocks, more = _page_blocks(tree.body)
    if not any(isinstance(block, Table) for block in blocks):
        linked += links.pictures(tree)
    if not (blocks or linked):
        raise Unreadable("no_text", "the page shows no text", "it may be built by JavaScript or be an error page")
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        format="html",
        encoding=encoding,
        size_bytes=len(data),
        title=title_text or None,
        metadata={**fields, **more},
        blocks=tuple(blocks),
        replacement_characters=bad,
        links=linked,
    )


def squeeze(text: str) -> str:
    """White space folded to single spaces (no-break and ideographic spaces too), invisible characters dropped."""
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


#: Cells hold the same labels in every report.
_squeeze_label = lru_cache(maxsize=65536)(squeeze)


def table_of(node: LexborNode, locator: str) -> Table:
    """A `<table>` element as a grid; its own rows only, not those of tables inside."""
    return grid.table([[_source_cell(cell) for cell in _cells(row)] for row in _rows(node)], locator)


def _meta_fields(tree: LexborHTMLParser) -> dict[str, str]:
    """`<meta name="PubDate" content=…>` and the like, as the national site standard asks for."""
    found = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name, content = attributes.get("name"), attributes.get("content")
        if name and content and _META.match(name):
            found[f"meta:{name.lower()}"] = squeeze(content)
    return found


def _page_blocks(body: LexborNode | None) -> tuple[list[Block], dict[str, str]]:
    """The page's blocks and the fields found on the way.

    What stands beside the content is kept too (title, fields, a signature), but for lines of links and the page's
    foot, so nothing of a report that is split over containers gets lost.
    """
    if body is None:
        return [], {}
    walker = _Walker()
    content = _content(body)
    for node in (*reversed(_beside(content, body, "prev")), content, *_beside(content, body, "next")):
        if node.tag not in _SKIP:
            walker.block(node)
    return [b for b in walker.blocks if not (isinstance(b, Paragraph) and _is_foot(b.text))], walker.fields


def _is_foot(text: str) -> bool:
    """A short line of the page's foot or tools; a sentence that happens to use such a word is the report's."""
    return len(text) <= LONGEST_FOOT and "。" not in text and _FOOT.search(text) is not None


def _content(body: LexborNode) -> LexborNode:
    """The smallest container with most of the page's text: what is beside it is navigation, footer, related links."""
    node, least = body, CONTENT_SHARE * _own_text(body)
    for _ in range(MAX_CONTENT_DEPTH if least else 0):
        best = next((child for child in node.iter() if _holds(child, least)), None)
        if best is None or (best.tag == "table" and not _is_layout(best)):
            break
        node = best
    return node


def _holds(node: LexborNode, least: float) -> bool:
    """Tell whether an element is a container with so much text outside links (all text is counted first: that is quick)."""
    return node.tag in _CONTAINERS and len(node.text()) >= least and _own_text(node) >= least


def _own_text(node: LexborNode) -> int:
    """Characters outside links."""
    linked = sum(len(a.text(strip=True)) for a in node.css("a"))
    return len(node.text(strip=True)) - linked


def _beside(content: LexborNode, body: LexborNode, side: str) -> list[LexborNode]:
    """Elements on one side of the content (`prev` or `next`), nearest first: what the page shows around the report."""
    found: list[LexborNode] = []
    node = content
    while node.mem_id != body.mem_id and node.parent is not None:
        sibling = getattr(node, side)
        while sibling is not None:
            found.append(sibling)
            sibling = getattr(sibling, side)
        node = node.parent
    return found


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from (row for row in child.iter() if row.tag == "tr")


def _cells(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th")]


def _source_cell(cell: LexborNode) -> grid.SourceCell:
    attributes = cell.attributes
    rowspan, colspan = attributes.get("rowspan"), attributes.get("colspan")
    return (
        cell_text(cell),
        _span(rowspan, 0) if rowspan else 1,
        _span(colspan, 1) if colspan else 1,
    )


def _span(printed: str, least: int) -> int:
    digits = printed.strip()
    return max(least, int(digits)) if digits.isdecimal() and len(digits) < 6 else 1


def cell_text(cell: LexborNode) -> str:
    """The text of a cell. Spans inside a word or number join; numbers on lines of their own stay apart."""
    text = cell.text()
    if len(text) < 2:
        return _squeeze_label(text) or _blank(cell)
    if text.isdecimal() and _is_plain(cell):
        return text
    text = _squeeze_label(text) if len(text) < PROSE_LENGTH else squeeze(text)
    if not text:
        return _blank(cell)
    if len(text) < 2 or (_LABEL_WORD.search(text) and not (text[0].isdigit() and len(text) < SHORT_LABEL)):
        return text
    return _apart(cell, text)


def _blank(cell: LexborNode) -> str:
    return html_controls.in_place_of(cell) if cell.child is not None else ""


def _apart(cell: LexborNode, text: str) -> str:
    """A cell without words whose text is in pieces: numbers on lines of their own, or with a footnote, stay apart."""
    markup = cell.html or ""
    if _LABEL_WORD.search(text):  # 12 and 7件
        return "\n".join(_Walker.lines(cell)) if _FUSED.search(markup) else text
    if "<sup" in markup:
        return "\n".join(cell.text(separator="\n", strip=True).split())
    if len(_BREAKS.findall(markup)) > 1 or _FUSED.search(markup):
        return "\n".join(_Walker.lines(cell))
    return text


def _is_plain(cell: LexborNode) -> bool:
    """Tell whether a cell holds one text node and nothing else, but for one element around it."""
    child = cell.child
    if child is not None and child.tag in ("p", "span") and child.next is None:
        child = child.child
    return child is not None and child.tag == "-text" and child.next is None


#: Digits on both sides of a line's end.
_FUSED = re.compile(r"\d\s*(?:</\w+>\s*)*<(?:br|p|div)\b[^>]*>\s*(?:<\w+[^>]*>\s*)*\d", re.IGNORECASE)
#: What begins with a digit and is no longer than this can be a number with its unit.
SHORT_LABEL = 16


class _Walker:
    """Collects blocks from a tree. One walker a page: tables are numbered over the page."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.fields: dict[str, str] = {}
        self._buffer: list[str] = []
        self._linked = 0
        self._links_open = 0
        self._tables = 0

    @classmethod
    def lines(cls, node: LexborNode) -> list[str]:
        """The lines of an element's text."""
        walker = cls()
        walker.block(node)
        return [block.text for block in walker.blocks if not isinstance(block, Table)]

    def block(self, node: LexborNode, depth: int = 0) -> None:
        """Walk a block-level element."""
        self._flush()
        if node.tag == "table":
            self._table(node, depth)
        elif node.is_text_node:
            self._buffer.append(node.text())
        else:
            self._children(node, depth)
        self._flush()

    def _children(self, node: LexborNode, depth: int) -> None:
        if depth > MAX_DEPTH:
            self._buffer.append(node.text())
            return
        for child in node.iter(include_text=True):
            tag = child.tag
            if tag == "-text":
                text = child.text()
                self._buffer.append(text)
                if self._links_open:
                    self._linked += len(text.strip())
            elif tag == "a":
                self._links_open += 1
                self._children(child, depth + 1)
                self._links_open -= 1
            elif tag in _INLINE:
                self._children(child, depth + 1)
            elif tag == "br":
                self._flush()
            elif tag in _HEADINGS:
                self._heading(child)
            elif tag == "table":
                self._flush()
                self._table(child, depth + 1)
            elif tag not in _SKIP:
                if self._buffer:
                    self._flush()
                self._children(child, depth + 1)
                if self._buffer:
                    self._flush()

    def _heading(self, node: LexborNode) -> None:
        self._flush()
        text = squeeze(node.text())
        if text:
            self.blocks.append(Heading(text, _HEADINGS[str(node.tag)], f"block {len(self.blocks) + 1}"))

    def _flush(self) -> None:
        """End a paragraph. One that is mostly links belongs to the site: a menu, the way to the page, a related page."""
        if not self._buffer:
            return
        text = "".join(self._buffer)
        self._buffer.clear()
        if text.isspace():
            return
        text = squeeze(text)
        linked, self._linked = self._linked, 0
        if not text or linked > LINK_SHARE * len(text) or is_page_number(text):
            return
        if len(self.blocks) < FIELD_BLOCKS:
            self.fields.update((k, v) for k, v in metadata.from_line(text).items() if k not in self.fields)
        self.blocks.append(Paragraph(text, f"block {len(self.blocks) + 1}"))

    def _table(self, node: LexborNode, depth: int) -> None:
        """A data table becomes a block, a header table fields, a layout table whatever its cells hold."""
        if _is_layout(node):
            for row in _rows(node):
                for cell in _cells(row):
                    self._flush()
                    self._children(cell, depth + 1)
                    self._flush()
            return
        self._tables += 1
        table = table_of(node, f"table {self._tables}")
        fields = metadata.from_table(table)
        if fields:
            self.fields.update((k, v) for k, v in fields.items() if k not in self.fields)
        elif table.width:
            self.blocks.extend(without_prose(table))


def _is_layout(table: LexborNode) -> bool:
    """A table whose cells hold tables and most of its text, or a cell of prose."""
    rows = list(_rows(table))
    if len(table.css("table")) > 1:
        around = [c for row in rows for c in _cells(row) if c.css_first("table") is not None]
        if 2 * sum(len(c.text(strip=True)) for c in around) > len(table.text(strip=True)):
            return True
    if len(rows) > 2:
        return False
    return any(len(cell.text(strip=True)) > PROSE_LENGTH for row in rows for cell in _cells(row))

"""Tells what stands beside a link in its row of a list: its whole title, and the date.

Belongs here: one link and the elements around it. Does not belong here: which links there are (`listing`).
"""

from __future__ import annotations

import re
from datetime import date

from selectolax.lexbor import LexborNode

from pipelines.harvest.discovery.dates import date_around, date_in
from pipelines.harvest.discovery.page_trees import attribute, words_of
from pipelines.harvest.discovery.title_words import ORGAN_END

_LEVELS = 4
_NEIGHBOURS = 6
#: Rows of a table in which the heads of its columns can stand.
_HEAD_ROWS = 3
_ROW = ("li", "tr", "dd", "dt", "p")
_NO_ROW = ("body", "html", "ul", "ol", "table", "tbody")
#: A link whose text says nothing of what it leads to: the row says it.
_SAYS_NOTHING = re.compile(
    r"^\W*(?:点击|在线|全文|立即)?(?:查看|下载|浏览|阅读|打开|详情|详细|详细信息|查看详情|附件|网页|全文|pdf|word|html?|docx?|文字版|网页版|more|更多|链接)+(?:版|>+|下载|查看)*\W*$",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(r"^\W*(?:20\d\d)(?:年度?)?\W*(?:年报|报告|年度报告)?\W*$", re.ASCII)
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
#: A label stands in a row of one report or two. Offices publish for others, and are no label.
_MOST_IN_ROW, _LONGEST_LABEL = 2, 20
_PUBLISHER = re.compile(r"办公室|办公厅|政府办|信息中心|\d")
_CUT = re.compile(r"(?:\.{2,}|…+|⋯)\s*$")


def says_more(title: str, other: str) -> bool:
    """Tell whether a title of the same address is the better one: that which says something, then the longer."""
    if _SAYS_NOTHING.match(title) or re.fullmatch(r"\W*", title):
        return False
    return bool(_SAYS_NOTHING.match(other) or _CUT.search(other)) or len(title) > len(other)


class Rows:
    """The rows of one tree. What was looked at once is kept, so that a long row costs no more than a short one."""

    def __init__(self) -> None:
        self._links: dict[int, int] = {}
        self._texts: dict[int, str] = {}

    def title_and_date(self, node: LexborNode, text: str) -> tuple[str, date | None]:
        """A link's title and date. A year or 查看 alone takes the words of its row of a table."""
        whole = attribute(node, "title").strip()
        title = whole if len(whole) > len(text) or (_CUT.search(text) and len(whole) > 4) else text
        inside, title = date_around(title)
        published_on = inside or date_around(text)[0] or self._date(node)
        if not title:
            title = next((attribute(image, "alt") for image in node.css("img[alt]")[:1]), "")
        if _SAYS_NOTHING.match(title) or _YEAR_ALONE.match(title) or not title:
            title = self._of_row(node, title)
        return title, published_on

    def label(self, node: LexborNode) -> str:
        """The body that a link's row names in words of their own beside it: `[教育局] 2025年…年度报告`; "" where it names none."""
        row = node.parent
        while row is not None and row.tag not in _ROW and row.tag not in _NO_ROW:
            row = row.parent
        if row is None or row.tag not in _ROW or self._count(row) > _MOST_IN_ROW:
            return ""
        cells = (self._text(cell) for cell in row.iter(include_text=True) if not self._count(cell) and cell.tag != "a")
        names = (_AROUND.sub("", text) for text in cells)
        return next((name for name in names if len(name) <= _LONGEST_LABEL and _is_label(name)), "")

    def _of_row(self, node: LexborNode, title: str) -> str:
        """The words of a table's row, or of a list's entry with few links, and behind them the link's own."""
        row = node.parent
        while row is not None and row.tag not in _ROW and row.tag not in _NO_ROW:
            row = row.parent
        if row is None or row.tag not in _ROW or (row.tag != "tr" and self._count(row) > 20):
            return title
        words = [w for w in (self._plain(cell) for cell in row.iter()) if w and not date_in(w)]
        cells = [w for w in words if not w.isdigit()] or [w for w in words if _YEAR_ALONE.match(w)]
        rest = max(cells[:4], key=len, default="")[:200] or self._linked_name(row)
        head = self._head(node, row) if row.tag == "tr" else ""
        if _YEAR_ALONE.match(title):
            rest = rest if ORGAN_END.search(rest) else head
            return f"{rest} {title}" if ORGAN_END.search(rest) else title
        # A table of bodies and years: 查看 stands where a row and a column meet.
        if _YEAR_ALONE.match(head) and rest and not _YEAR.search(rest):
            return f"{rest} {head}"
        if _YEAR_ALONE.match(rest) and ORGAN_END.search(head):
            return f"{head} {rest}"
        if not rest and row.tag != "tr":
            rest = date_around(self._text(row).replace(title, ""))[1]
        return rest or title

    def _head(self, node: LexborNode, row: LexborNode) -> str:
        """The head of a link's column: that many cells from the right, since cells on the left may span rows."""
        cell: LexborNode | None = node
        while cell is not None and cell.tag not in ("td", "th"):
            cell = cell.parent
        table: LexborNode | None = row.parent
        while table is not None and table.tag != "table":
            table = table.parent
        if cell is None or table is None:
            return ""
        behind = 0
        while (cell := cell.next) is not None:
            behind += cell.tag in ("td", "th")
        for above in table.css("tr")[:_HEAD_ROWS]:
            if above.mem_id == row.mem_id:
                break
            names = [self._text(each) for each in above.iter() if each.tag in ("td", "th")]
            name = names[-1 - behind][:40] if behind < len(names) else ""
            if _YEAR_ALONE.match(name) or ORGAN_END.search(name):
                return name
        return ""

    def _linked_name(self, row: LexborNode) -> str:
        """The body that a row's cell names and links, as to its own site."""
        names = (self._text(cell) for cell in row.iter() if cell.tag in ("td", "th"))
        return next((name[:40] for name in names if ORGAN_END.search(name) and not _SAYS_NOTHING.match(name)), "")

    def _plain(self, cell: LexborNode) -> str:
        """A cell's text, "" where it holds links."""
        return "" if cell.tag == "a" or self._count(cell) else self._text(cell)

    def _date(self, node: LexborNode) -> date | None:
        """The nearest date in the row, or in the few elements around."""
        here: LexborNode | None = node
        for _ in range(_LEVELS):
            if here is None or here.tag in _NO_ROW:
                return None
            if (found := self._beside(here)) is not None:
                return found
            if here.tag in ("li", "tr"):
                return None
            here = here.parent
            if here is not None and here.tag not in (*_ROW, "td") and self._count(here) > 3:
                return None
        return None

    def _beside(self, node: LexborNode) -> date | None:
        """The date in the elements and texts beside, as far as the next link; what follows comes first."""
        for step in ("next", "prev"):
            other = getattr(node, step)
            for _ in range(_NEIGHBOURS):
                if other is None or other.tag == "a" or self._count(other):
                    break
                if (found := date_in(self._text(other))) is not None:
                    return found
                other = getattr(other, step)
        return None

    def _count(self, node: LexborNode) -> int:
        """Tell how many links an element holds."""
        if node.mem_id not in self._links:
            self._links[node.mem_id] = len(node.css("a[href]")) if node.is_element_node else 0
        return self._links[node.mem_id]

    def _text(self, node: LexborNode) -> str:
        if node.mem_id not in self._texts:
            self._texts[node.mem_id] = words_of(node)
        return self._texts[node.mem_id]


def _is_label(name: str) -> bool:
    return bool(ORGAN_END.search(name)) and not _PUBLISHER.search(name) and len(name) > 1

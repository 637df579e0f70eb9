"""Tells of which years a list speaks without a link: a report's title as mere text, a tab of a year that a script turns.

Belongs here: what stands on a page and leads nowhere that we can follow. Does not belong here: the links (`listing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from pipelines.harvest.discovery.page_trees import attribute, text_of, tree_of, words_of
from pipelines.harvest.discovery.titles import judge

_ELEMENTS = "li,a,button,span,option,p,td,th,div,h1,h2,h3,h4,h5,h6,dt,dd,label,em,b,strong,i"
#: Elements that hold much else: only their own words count.
_WIDE = ("div", "td", "th", "dd")
_MOST, _LONGEST = 5000, 80
_YEAR_ALONE = re.compile(
    r"^\W{0,3}(20[0-4]\d)\s?(?:年度?)?\s?(?:政府信息公开)?(?:工作)?(?:年报|年度报告|报告)?\W{0,3}$", re.ASCII
)
_NO_ADDRESS = re.compile(r"\s*(?:javascript:|#|$)", re.IGNORECASE)
_SPEAKS = re.compile(r"信息公开|政务公开|年报|年度报告")
_YEAR = re.compile(r"20[0-4]\d")


def years_unlinked(data: bytes) -> frozenset[int]:
    """The years of reports and of tabs on a page that no address leads to; none for a server's answer that is no page."""
    source = text_of(data)
    if not source.lstrip().startswith("<"):
        return frozenset()
    tree = tree_of(source)
    tree.strip_tags(["script", "style", "title", "iframe"])
    nodes = (node for number, node in enumerate(tree.css(_ELEMENTS)) if number < _MOST)
    said = ((node, year) for node in nodes for year in _years(node))
    return frozenset(year for node, year in said if _leads_nowhere(node))


def _leads_nowhere(node: LexborNode) -> bool:
    """Tell whether an element neither is a link with an address nor stands in one, nor holds one."""
    if node.tag == "option":
        return _is_turned(node)
    around: LexborNode | None = node
    for _ in range(3):
        if around is not None and around.tag == "a" and not _NO_ADDRESS.match(attribute(around, "href")):
            return False
        around = around.parent if around is not None else None
    return all(_NO_ADDRESS.match(attribute(link, "href")) for link in node.css("a[href]"))


def _is_turned(option: LexborNode) -> bool:
    """Tell whether a choice turns the list as soon as it is made; in a form with a button it only searches it."""
    around = option.parent
    while around is not None and around.tag not in ("form", "body"):
        if around.tag == "select" and "onchange" in around.attributes:
            return "/" not in attribute(option, "value") and "." not in attribute(option, "value")
        around = around.parent
    return False


def _years(node: LexborNode) -> Iterator[int]:
    """The year that an element says and nothing else, or that of the report whose title it is."""
    text = " ".join(node.text(deep=False).split()) if node.tag in _WIDE else words_of(node)
    if len(text) > _LONGEST or not _YEAR.search(text):
        return
    if alone := _YEAR_ALONE.match(text):
        yield int(alone[1])
    elif _SPEAKS.search(text) and (title := judge(text)).kind == "report" and title.report_year:
        yield title.report_year

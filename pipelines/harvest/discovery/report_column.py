"""Tells where the column of a report is: the list in which the same body's reports of other years stand.

Belongs here: candidates, from what a report's page names. Does not belong here: whether there is such a list, which
only fetching tells.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from pipelines.harvest.discovery import addresses
from pipelines.harvest.discovery.page_trees import attribute, text_of, tree_of, words_of
from pipelines.harvest.discovery.titles import judge

MOST_CANDIDATES = 3

_CRUMB = re.compile(r"crumb|position|location|dqwz|weizhi|current|local|path|wz|mbx|bread", re.IGNORECASE)


def named_columns(data: bytes, url: str, content_type: str | None = None) -> tuple[str, ...]:
    """The columns of reports that a report's page links, those of its breadcrumb first. `content_type` is not believed."""
    tree = tree_of(text_of(data))
    base_node = tree.css_first("base[href]")
    base = (addresses.absolute(url, attribute(base_node, "href")) if base_node else None) or url
    found: dict[str, tuple[bool, str]] = {}
    for node in tree.css("a[href]")[:2000]:
        link = addresses.absolute(base, attribute(node, "href"))
        if link is None or addresses.page_key(link) == addresses.page_key(url) or addresses.is_root(link):
            continue
        title = max(words_of(node), attribute(node, "title"), key=len)
        if judge(title).kind == "column" and not addresses.is_document(link) and _is_near(link, url):
            in_crumb = _in_breadcrumb(node)
            known = found.get(addresses.page_key(link))
            found[addresses.page_key(link)] = (in_crumb or (known is not None and known[0]), link)
    ordered = sorted(found.values(), key=lambda pair: not pair[0])
    return tuple(link for _, link in ordered)[:MOST_CANDIDATES]


def _is_near(link: str, url: str) -> bool:
    one, two = addresses.site_of(link), addresses.site_of(url)
    return one == two or one.endswith(".gov.cn")


def _in_breadcrumb(node: LexborNode) -> bool:
    """Tell whether a link stands in the line that says where in the site the page is."""
    here: LexborNode | None = node.parent
    for _ in range(4):
        if here is None or here.tag == "body":
            return False
        if _CRUMB.search(f"{attribute(here, 'class')} {attribute(here, 'id')}") or "位置" in words_of(here)[:40]:
            return True
        here = here.parent
    return False

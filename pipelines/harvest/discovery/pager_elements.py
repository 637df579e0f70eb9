"""Pagers that stand in an element's attributes: `<div id="pageDec" pagesize="24" pagecount="51">`, drawn by a script elsewhere.

The pages are called index_1, index_2, …; index_1 is the second one.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from pipelines.harvest.discovery.addresses import absolute
from pipelines.harvest.discovery.page_trees import attribute
from pipelines.harvest.discovery.paging import MOST_PAGES

_FILE = re.compile(r"^([A-Za-z][\w-]*?)(?:_(\d{1,4}))?\.(\w{3,6})$")


def pages_of_element(tree: LexborHTMLParser, url: str, entries: int) -> tuple[str, ...]:
    """The addresses of the pages behind `url`; none where the page, which has so many `entries`, is not full."""
    node = tree.css_first("[pagecount][pagesize]")
    parts = urlsplit(url)
    file = _FILE.match(parts.path.rpartition("/")[2] or "index.html")
    if node is None or file is None or parts.query:
        return ()
    count, size = attribute(node, "pagecount"), attribute(node, "pagesize")
    if not (count.isdecimal() and size.isdecimal()) or (entries and entries < int(size)):
        return ()
    here = int(file[2] or 0)
    last = min(int(count) - 1, here + MOST_PAGES)
    links = (absolute(url, f"{file[1]}_{number}.{file[3]}") for number in range(here + 1, last + 1))
    return tuple(link for link in links if link)

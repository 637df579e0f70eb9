"""UCAP: a script joins the address of a search, `"/common/search/" + channelId + "?_isAgg=true&_isJson=true&page=" + p`.

The answer's `data.results` are the entries, `data.total` says how many there are.
"""

from __future__ import annotations

import re

from pipelines.harvest.discovery.addresses import absolute
from pipelines.harvest.discovery.families.page import Family, Page
from pipelines.harvest.discovery.page_trees import attribute
from pipelines.harvest.discovery.scripts import joined_in

_SEARCH = re.compile(r"/(?:common/search|search|searchList)/[0-9a-f]{16,}\?\S*_is(?:Json|Agg)=true", re.IGNORECASE)
_WHOLE = re.compile(
    r"[\"']([^\"'\s]{0,300}/search\w{0,10}/[0-9a-f]{16,}\?[^\"'\s]{5,300})[\"'](?!\s{0,3}\+)", re.IGNORECASE
)
_VALUE_OF = re.compile(
    r"(\w{1,40})\s{0,3}=\s{0,3}\$\(\s{0,3}[\"']#([\w-]{1,60})[\"']\s{0,3}\)\s{0,3}\.\s{0,3}(?:val\(\)|attr\()"
)


def _asks(page: Page) -> tuple[str, ...]:
    if "earch" not in page.scripts:
        return ()
    values = page.values | _fields(page)
    stated = (*joined_in(page.scripts, values), *_WHOLE.findall(page.scripts))
    found = (absolute(page.base, address) for address in stated if _SEARCH.search(address))
    return tuple(dict.fromkeys(url for url in found if url))


def _fields(page: Page) -> dict[str, str]:
    """The values that scripts take from fields of the page."""
    found = {}
    for name, field in _VALUE_OF.findall(page.scripts):
        node = page.tree.css_first(f"[id='{field}']")
        value = attribute(node, "value") if node is not None else ""
        if value:
            found[name] = value
    return found


FAMILY = Family("ucap", lambda page: bool(_asks(page)), _asks)

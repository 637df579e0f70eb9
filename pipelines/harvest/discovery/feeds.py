"""Tells where a page that draws its list by a script gets the list's data from.

Belongs here: addresses of data that a page names. Does not belong here: what the data hold (`embedded`, `next_parts`).
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from pipelines.harvest.discovery import addresses
from pipelines.harvest.discovery.page_trees import attribute
from pipelines.harvest.discovery.scripts import joined_in, scripts_in, values_in

#: A page names few; more are links or pictures.
MOST_FEEDS = 3
_ATTRIBUTES = (
    "data-url",
    "data-api",
    "data-source",
    "data-action",
    "data-list",
    "data-href",
    "data-src",
    "data-include",
)
#: Elements whose addresses are something else: links, pictures that load late, frames.
_OTHER = frozenset({"a", "img", "iframe", "frame", "video", "audio", "source", "script", "link", "form", "embed"})
#: A whole text: a piece that a script joins with others is no address.
_QUOTED = re.compile(r"(?<!\+)(?<!\+ )[\"']((?:https?:/)?/[^\"'\s<>\\]{3,400})[\"'](?!\s{0,3}\+)")
_ASKS = re.compile(
    r"\.json\b|\.(?:jsp|do|action|ashx|aspx|php)\?|/(?:api|search|query|rest|interface|openapi)s?/", re.IGNORECASE
)
#: Pieces of a page that its script puts into it; its head and foot are no lists.
_LOADS = re.compile(r"\.load\(\s{0,3}[\"']([^\"'\s<>]{3,300})[\"']\s{0,3}[,)]")
_FURNITURE = re.compile(r"head|foot|top\b|nav|menu|left|bottom|banner|float|share", re.IGNORECASE)
_NO_DATA = re.compile(
    r"\.(?:js|css|png|jpe?g|gif|svg|ico|woff2?|swf|mp4)(?:\?|$)|login|captcha|visit|count|tongji|stat", re.IGNORECASE
)


def feeds(tree: LexborHTMLParser, source: str, base: str) -> tuple[str, ...]:
    """Addresses on the page's own host that its elements or scripts name as where data come from, likeliest first."""
    named = [
        attribute(node, name) for name in _ATTRIBUTES for node in tree.css(f"[{name}]")[:50] if node.tag not in _OTHER
    ]
    scripts = scripts_in(source)
    stated = (*_QUOTED.findall(scripts)[:500], *joined_in(scripts, values_in(scripts)))
    named += [address for address in stated if _ASKS.search(address)]
    named += [address for address in _LOADS.findall(scripts)[:20] if not _FURNITURE.search(address)]
    found: dict[str, str] = {}
    for address in named:
        url = None if _NO_DATA.search(address) else addresses.absolute(base, address)
        if (
            url
            and addresses.site_of(url) == addresses.site_of(base)
            and addresses.page_key(url) != addresses.page_key(base)
        ):
            found.setdefault(addresses.page_key(url), url)
    return tuple(found.values())[:MOST_FEEDS]

"""Tells why a page that was asked for as a list shows no reports: who draws it, or what it lists instead.

Belongs here: the look at a page on which nothing was recognised. Does not belong here: reading lists (`listing`).
"""

from __future__ import annotations

import re

from pipelines.harvest.discovery import addresses
from pipelines.harvest.discovery.listing import Listing
from pipelines.harvest.discovery.page_trees import text_of

#: Items with a date beside them, or addresses of articles: so many are a list of something.
_DATED, _ARTICLES = 4, 8
#: A page's scripts are looked at so far.
_LONGEST = 300_000
_ADDRESS = r"[\"'`]([^\"'`<>\s]{2,200})[\"'`]"
#: What stands between two settings of one call: not those of the next.
_SAME_CALL = r"(?:(?!\burl\s{0,3}:|\.ajax\b)[\s\S]){0,400}?"
#: The ways in which a script posts: the address stands in one group or none.
_POSTS = (
    re.compile(rf"(?:\$|jQuery|axios|http)\s?\.\s?post\(\s{{0,5}}(?:{_ADDRESS})?"),
    re.compile(
        rf"\burl\s{{0,3}}:\s{{0,3}}{_ADDRESS}{_SAME_CALL}\b(?:type|method)\s{{0,3}}:\s{{0,3}}[\"']post[\"']",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:type|method)\s{{0,3}}:\s{{0,3}}[\"']post[\"']{_SAME_CALL}\burl\s{{0,3}}:\s{{0,3}}(?:{_ADDRESS})?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bfetch\(\s{{0,5}}{_ADDRESS}\s{{0,5}},[^;]{{0,100}}method[\"']?\s{{0,3}}:\s{{0,3}}[\"']post", re.IGNORECASE
    ),
    re.compile(rf"\.open\(\s{{0,5}}[\"']post[\"']\s{{0,5}},\s{{0,5}}{_ADDRESS}", re.IGNORECASE),
)
_POSTS_ITSELF = re.compile(r"__doPostBack\(\s{0,3}[\"']", re.IGNORECASE)
_DRAWS = re.compile(
    r"\$\.(?:ajax|get|getJSON)\b|jQuery\.(?:ajax|get)|\baxios\b|XMLHttpRequest|\bfetch\(|new Vue\b|createApp\(|queryData\s{0,3}="
    r"|window\._CONFIG|id=[\"'](?:app|root)[\"']|\$http\b|\.load\(|layui\.|vue(?:\.min)?\.js|react",
    re.IGNORECASE,
)


def why_nothing(data: bytes, listing: Listing, *, in_column: bool) -> tuple[str, str]:
    """The state of a list on which nothing was recognised (`script`, `general`, `empty`), and a sentence about it.

    `in_column` says that it is a column of annual reports by its title, or stands in one.
    """
    if items := _items(listing):
        if in_column:
            return "empty", f"a column of annual reports, of whose {items} items none was recognised as one"
        return "general", f"no column of annual reports: {items} items on its first page, none a report"
    source = text_of(data)[:_LONGEST]
    for pattern in _POSTS:
        if match := pattern.search(source):
            to = f"posts to {match[1]}" if match[1] else "posts"
            return "script", f"drawn by a script that {to}; add its reports by hand"
    if _POSTS_ITSELF.search(source):
        return "script", "drawn by a form that posts to itself; add its reports by hand"
    if _DRAWS.search(source):
        return "script", "drawn by a script whose data could not be found; add the address of the data, or its reports"
    return "empty", "nothing on it was recognised as a report, a year or a column"


def _items(listing: Listing) -> int:
    """Tell how many things a page lists; 0 where it is no list of anything."""
    dated = sum(item.published_on is not None for item in listing.items)
    articles = sum(addresses.is_article(item.url) for item in listing.items)
    return max(dated, articles) if dated >= _DATED or articles >= _ARTICLES else 0

"""The systems that government sites are made with, as far as an address or a page shows.

Belongs here: a name for a family, told by its marks. Does not belong here: reading its lists (`pipelines.harvest.discovery`).
"""

from __future__ import annotations

import re

#: Name, marks in the address, marks in the page's source: the first that fits.
_FAMILIES: tuple[tuple[str, str, str], ...] = (
    ("gkmlpt", r"/gkmlpt/", r"/gkmlpt/|window\._CONFIG\b"),
    ("jpaas", r"/api-gateway/jpaas", r"jpaas-publish-server"),
    ("jcms", r"/col/col\d+/|/module/xxgk/|/art/\d{4}/", r"dataproxy\.jsp|<record><!\[CDATA\["),
    ("longxun", r"/public/column/\d+|/OpennessAnnualReport|/XxgkAnnualReport|/content/column/\d+", r"/public/column/\d+\?type="),
    ("ucap", r"/c\d{6}/", r"/c\d{6}/c\d\d_\d+|common/search/"),
    ("trs", r"/t20\d{6}_\d+\.html?", r"createPageHTML\s*\(|/t20\d{6}_\d+\.html?"),
    ("vsb", r"/info/\d+/\d+\.htm", r"_vsb_|vsb_content|/info/\d+/\d+\.htm"),
    ("channels", r"/channels/\d+\.html|/columns/[0-9a-f-]{36}/", r""),
    ("asp", r"\.aspx?(?:\?|$)", r"__VIEWSTATE|\.aspx\?"),
)  # fmt: skip
_COMPILED = tuple(
    (name, re.compile(address, re.IGNORECASE), re.compile(page, re.IGNORECASE) if page else None)
    for name, address, page in _FAMILIES
)
_MOST = 400_000


def family_of(url: str, source: str = "") -> str | None:
    """The name of the system, by the address, else by the page; None where neither shows it."""
    by_address = next((name for name, address, _ in _COMPILED if address.search(url)), None)
    text = source[:_MOST]
    return by_address or next((name for name, _, page in _COMPILED if text and page and page.search(text)), None)

"""Lists whose data a script asks for with fields that stand whole in the page: `axios.get("/list", {params: {cid: 7, page: 1}})`.

Of no one system. The same as `posted`, for requests whose fields stand in the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from pipelines.harvest.discovery.addresses import absolute, site_of
from pipelines.harvest.discovery.families.page import Family, Page
from pipelines.harvest.discovery.families.posted import AJAX, DATA, IS_POST, NO_LIST, URL, fields_in, is_list

_LONGEST_CALL, _MOST = 3000, 20
_GET = re.compile(
    r"\.get(?:JSON)?\(\s{0,5}[\"']([^\"'\s?]{2,300})[\"']\s{0,3},\s{0,5}\{\s{0,20}(?:params\s{0,3}:\s{0,5}\{)?([^{}]{3,1500})\}"
)


def _asks(page: Page) -> tuple[str, ...]:
    found = []
    for href, text in _calls(page.scripts):
        url, fields = absolute(page.base, href), fields_in(text, page.values)
        if url and fields and not NO_LIST.search(href) and site_of(url) == site_of(page.base) and is_list(fields):
            found.append(f"{url}{'&' if '?' in url else '?'}{urlencode(fields)}")
    return tuple(dict.fromkeys(found))


def _calls(script: str) -> Iterator[tuple[str, str]]:
    """The addresses that a script asks, and with what."""
    yield from _GET.findall(script)[:_MOST]
    for match in list(AJAX.finditer(script))[:_MOST]:
        call = script[match.end() : match.end() + _LONGEST_CALL].partition("ajax(")[0]
        url, data = URL.search(call), DATA.search(call)
        if url and data and not IS_POST.search(call):
            yield url[1], data[1]


FAMILY = Family("queried", lambda page: bool(_asks(page)), _asks)

"""Lists whose data are asked for by sending a form that stands whole in the page: `$.post("/queryList", {current: 1, …})`.

Of no one system. Only what the page itself holds as texts and numbers is sent, to the page's own host, and only where it
looks like a list's question: one of its fields says which part, or how many entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipelines.archive.posts import address_of_post
from pipelines.harvest.discovery.addresses import absolute, site_of
from pipelines.harvest.discovery.families.page import Family, Page
from pipelines.harvest.discovery.scripts import PAGE_NAME

_POST = re.compile(r"\.post\(\s{0,5}[\"']([^\"'\s]{2,300})[\"']\s{0,3},\s{0,5}\{([^{}]{3,1500})\}")
AJAX = re.compile(r"\bajax\(\s{0,5}\{")
URL = re.compile(r"\burl\s{0,3}:\s{0,3}[\"']([^\"'\s]{2,300})[\"']\s{0,3},")
IS_POST = re.compile(r"\b(?:type|method)\s{0,3}:\s{0,3}[\"']post[\"']", re.IGNORECASE)
DATA = re.compile(r"\bdata\s{0,3}:\s{0,5}\{([^{}]{3,1500})\}")
_PAIR = re.compile(
    r"\s{0,20}(?:\"([^\"]{1,60})\"|'([^']{1,60})'|([A-Za-z_$][\w$]{0,40}))\s{0,5}:\s{0,5}(?:\"([^\"]{0,300})\"|'([^']{0,300})'|(-?\d{1,12})|([A-Za-z_$][\w$.]{0,40}))\s{0,20}(?:,|$)"
)
_COUNTS = re.compile(r"page|current|size|rows|limit|curr", re.IGNORECASE)
#: Questions that are no list's, or that change something.
NO_LIST = re.compile(
    r"login|captcha|verify|count|visit|tongji|stat|save|add|update|delete|submit|upload|comment|vote|suggest|advice|hit|click|log\b",
    re.IGNORECASE,
)
_LONGEST_CALL = 3000


def _asks(page: Page) -> tuple[str, ...]:
    found = []
    for href, text in _calls(page.scripts):
        url = absolute(page.base, href)
        fields = fields_in(text, page.values)
        if url and fields and not NO_LIST.search(href) and site_of(url) == site_of(page.base) and is_list(fields):
            found.append(address_of_post(url, fields))
    return tuple(dict.fromkeys(found))


def _calls(script: str) -> Iterator[tuple[str, str]]:
    """The addresses that a script sends something to, and what."""
    yield from _POST.findall(script)[:20]
    for match in list(AJAX.finditer(script))[:20]:
        call = script[match.end() : match.end() + _LONGEST_CALL].partition("ajax(")[0]
        url, data = URL.search(call), DATA.search(call)
        if url and data and IS_POST.search(call):
            yield url[1], data[1]


def fields_in(text: str, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """The fields of a form; none where a value of one is not known, or where something else stands between them."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text.rstrip()):
        match = _PAIR.match(text, at)
        if match is None:
            return []
        name = match[1] or match[2] or match[3]
        value = next((group for group in match.groups()[3:6] if group is not None), None)
        if value is None:
            value = "1" if PAGE_NAME.match(match[7].lower()) else values.get(match[7])
        if value is None:
            return []
        found.append((name, value))
        at = match.end()
    return found


def is_list(fields: list[tuple[str, str]]) -> bool:
    """Tell whether a question is a list's: one of its fields says which part, or how many entries."""
    return any(_COUNTS.search(name) and value.isdigit() for name, value in fields)


FAMILY = Family("posted", lambda page: bool(_asks(page)), _asks)

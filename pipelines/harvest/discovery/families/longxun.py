"""Longxun (the sites of Anhui): a list is a label, `/site/label/8888?labelName=publicInfoList&siteId=…&pageIndex=1`.

The label's parameters stand as an object in a script of the page. The first part is often drawn into the page itself,
with `pageCount:5` beside it; the answers are pieces of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from pipelines.harvest.discovery.addresses import absolute
from pipelines.harvest.discovery.families.page import Family, Page
from pipelines.harvest.discovery.page_trees import attribute

_LABEL = "/site/label/8888"
_OBJECT = re.compile(r"\{([^{}]{0,1500}\blabelName\b[^{}]{0,1500})\}")
_FIELD = re.compile(
    r"[\"']?\b([A-Za-z_]\w{0,30})[\"']?\s{0,3}:\s{0,3}(?:\"([^\"]{0,200})\"|'([^']{0,200})'|(\d{1,12}|true|false))"
)
_LISTS = re.compile(r"publicInfoList|columnPageList|InfoList", re.IGNORECASE)
_PAGES = re.compile(r"\bpageCount[\"']?\s{0,3}[:=]\s{0,3}[\"']?(\d{1,4})")
_MOST = 50


def _asks(page: Page) -> tuple[str, ...]:
    return tuple(url for label in _labels(page) if (url := _address(page, label, 1)))


def _continues(page: Page) -> tuple[str, ...]:
    """The parts behind the first one, which stands in the page."""
    count, label = _PAGES.search(page.scripts), next(_labels(page), None)
    if count is None or label is None:
        return ()
    numbers = range(2, min(int(count[1]), _MOST) + 1)
    return tuple(url for number in numbers if (url := _address(page, label, number)))


def _labels(page: Page) -> Iterator[dict[str, str]]:
    """The parameters of the lists that the page's scripts ask for."""
    for text in _OBJECT.findall(page.scripts)[:10] if "labelName" in page.scripts else ():
        label = {name: next((v for v in values if v), "") for name, *values in _FIELD.findall(text)}
        if _LISTS.search(label.get("labelName", "")) and (label.get("siteId") or _site(page)):
            yield label if label.get("siteId") else label | {"siteId": _site(page)}


def _site(page: Page) -> str:
    node = page.tree.css_first("meta[name=SiteId],meta[name=siteId],meta[name=siteid]")
    return attribute(node, "content") if node is not None else ""


def _address(page: Page, label: dict[str, str], number: int) -> str | None:
    query = {"IsAjax": "1", "dataType": "html"} | label | {"pageIndex": str(number)}
    return absolute(page.base, f"{_LABEL}?{urlencode(query)}")


def _recognises(page: Page) -> bool:
    return next(_labels(page), None) is not None


FAMILY = Family("longxun", _recognises, _asks, continues=_continues)

"""jpaas (Hanweb's platform): a script element with `url` and `queryData`; the answer's `data.html` is the list.

The gateway answers 403 to whoever does not say from which page the request comes (`Referer`). A further part is asked
for by `paramJson={"pageNo":2,"pageSize":15}`.
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipelines.harvest.discovery.addresses import absolute
from pipelines.harvest.discovery.families.page import Answer, Family, Page
from pipelines.harvest.discovery.page_trees import attribute

_GATEWAY = re.compile(r"/page/build/unit(?:\?|$)")
#: Names of the units that hold lists, and of those that hold menus.
_LIST = re.compile(r"列表|分页|信息|内容|右侧|list", re.IGNORECASE)
_NO_LIST = re.compile(r"导航|菜单|页[头脚眉尾]|轮播|位置|头部|底部|nav|menu|banner|foot|head", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:total_?page|page_?count|pages)[\"']?\s{0,3}[=:]\s{0,3}[\"']?(\d{1,4})|共\s{0,3}(\d{1,4})\s{0,3}页",
    re.IGNORECASE,
)
_RECORDS = re.compile(
    r"(?:total_?(?:record|count)?s?|count)[\"']?\s{0,3}[=:]\s{0,3}[\"']?(\d{1,5})|共\s{0,3}(\d{1,5})\s{0,3}条",
    re.IGNORECASE,
)
#: A part with fewer links is the last one.
_FEWEST = 10


def _recognises(page: Page) -> bool:
    return page.tree.css_first("script[url][querydata]") is not None


def _asks(page: Page) -> tuple[str, ...]:
    units: list[tuple[int, str]] = []
    for node in page.tree.css("script[url][querydata]")[:50]:
        query = _query(attribute(node, "querydata"))
        url = absolute(page.base, attribute(node, "url"))
        name = query.get("tagId", "")
        if query and url and not _NO_LIST.search(name):
            rank = 0 if _LIST.search(name) else 1
            units.append((rank, f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"))
    return tuple(url for _, url in sorted(units, key=lambda unit: unit[0]))


def _query(text: str) -> dict[str, str]:
    """The parameters that stand in the attribute, as JSON or in single quotes."""
    for written in (text, text.replace("'", '"')):
        try:
            found = json.loads(written)
        except ValueError:
            continue
        if isinstance(found, dict):
            return {str(key): _said(value) for key, value in found.items()}
    return {}


def _said(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _goes_on(answer: Answer) -> tuple[str, ...]:
    """The next part: one that is stated, or one behind a part that is full. The walk ends where nothing is new."""
    parts = urlsplit(answer.url)
    if not _GATEWAY.search(parts.path):
        return ()
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    asked = _query(query.get("paramJson", "{}"))
    here, size = int(asked.get("pageNo", 1)), int(asked.get("pageSize", 0)) or len(answer.links)
    last = _last(answer.content, size)
    if (last is None and len(answer.links) < max(_FEWEST, size)) or (last is not None and here >= last):
        return ()
    query["paramJson"] = json.dumps({"pageNo": here + 1, "pageSize": size}, separators=(",", ":"))
    return (urlunsplit(parts._replace(query=urlencode(query))),)


def _last(content: object, size: int) -> int | None:
    """The number of parts that the answer's HTML states; None where it states none."""
    data = content.get("data") if isinstance(content, dict) else None
    html = data.get("html") if isinstance(data, dict) else None
    if not isinstance(html, str):
        return None
    if found := _TOTAL.search(html):
        return int(found[1] or found[2])
    records = _RECORDS.search(html)
    return -(-int(records[1] or records[2]) // size) if records and size else None


FAMILY = Family("jpaas", _recognises, _asks, _goes_on)

"""Lists that are not in a page's elements: XML records, scripts, JSON answers of servers.

Belongs here: taking links out of them, as entries or as pieces of HTML. Does not belong here: reading HTML (`listing`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from pipelines.harvest.discovery.dates import date_of

#: Deeper than any answer of a server.
_DEEPEST = 12
_MOST_ENTRIES = 2000
_MOST_SCRIPT = 1 << 20

_CDATA = "<![CDATA["
_JSON = re.compile(r"^\s*(?:[\w.$]{1,60}\s*\(\s*)?(?=[\[{])")
_OBJECT = re.compile(r"\{[^{}]{8,3000}\}")
_FIELD = re.compile(
    r"[\"']?\b([A-Za-z_]\w{0,40})[\"']?\s{0,5}:\s{0,5}(?:\"((?:\\.|[^\"\\]){0,1000})\"|'((?:\\.|[^'\\]){0,1000})'|(-?\d{1,15}))"
)
_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_TITLE_KEYS = re.compile(
    r"^(?:title|(?:article|doc|info|show|link|news|full|f|main|content|sub)_?title|subject|headline|bt|name|mc|linktext|text)$"
)
_URL_KEYS = re.compile(r"^(?:urls?|link|href|src|path)$|url$|href$|link$|path$")
_DATE_KEYS = re.compile(r"date|time|created|pub|fbsj|fbrq|rq$|sj$")
_ADDRESS = re.compile(r"^(?:https?:/)?/|^\.{0,2}/|\.[sj]?html?\b|\.(?:pdf|docx?|jsp|aspx?|php)\b|^\?", re.IGNORECASE)
_A_REPORT = re.compile(r"20[0-4]\d.{0,12}信息公开.{0,8}(?:年报|报告)")
_TAGS = re.compile(r"<[^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class StatedLink:
    """One link as an answer or a script states it; the address as it stands there."""

    href: str
    title: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class XmlList:
    """Holds what a list in XML holds: pieces of HTML, and the addresses of more of it."""

    records: tuple[str, ...]
    next_groups: tuple[str, ...]


def store_in(source: str) -> XmlList | None:
    """The XML data store in a page or an answer; None where there is none."""
    if "<record" not in source and "<nextgroup" not in source:
        return None
    records, groups = [], []
    pieces = source.split(_CDATA)
    for before, piece in pairwise(pieces):
        tag = before[-40:].rstrip().rpartition("<")[2].lower()
        content, end, _ = piece.partition("]]>")
        if end and tag.startswith("record"):
            records.append(content)
        elif end and tag.startswith("nextgroup"):
            groups.append(content)
    return XmlList(tuple(records[:_MOST_ENTRIES]), tuple(groups[:5])) if records or groups else None


def json_in(source: str) -> Any | None:
    """Tell what a JSON answer holds, also as the argument of a function; None where the text is none."""
    match = _JSON.match(source)
    if match is None:
        return None
    try:
        return json.JSONDecoder().raw_decode(source, match.end())[0]
    except (ValueError, RecursionError):
        return None


def entries_in(answer: Any) -> list[StatedLink]:
    """The links in a JSON answer, by what its keys mean, in order."""
    found: list[StatedLink] = []
    for level in _levels(answer):
        if (entry := _entry(level)) is not None and len(found) < _MOST_ENTRIES:
            found.append(entry)
    return found


def html_in(answer: Any) -> Iterator[str]:
    """Pieces of HTML that a JSON answer holds as text."""
    for level in _levels(answer):
        yield from (value for value in level.values() if isinstance(value, str) and "<a " in value)


def scripted(script: str) -> tuple[str, list[StatedLink]]:
    """Tell what a script writes: HTML with links, "" where it writes none, and links listed as objects."""
    script = script[:_MOST_SCRIPT]
    html = ""
    if re.search(r"<a\s", script, re.IGNORECASE):
        html = _unescaped(script)
    found: list[StatedLink] = []
    for match in _OBJECT.finditer(script):
        fields = {f[1]: _unescaped(f[2] or f[3] or f[4] or "") for f in _FIELD.finditer(match[0])}
        if (entry := _entry(fields)) is not None and len(found) < _MOST_ENTRIES:
            found.append(entry)
    return html, found


def _levels(answer: Any) -> Iterator[Mapping[str, Any]]:
    """All objects of an answer in the order in which they stand there."""
    stack: list[tuple[Any, int]] = [(answer, 0)]
    while stack:
        value, depth = stack.pop()
        if isinstance(value, dict):
            yield value
        inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        if depth < _DEEPEST:
            stack.extend((item, depth + 1) for item in reversed(inner))


def _entry(fields: Mapping[str, Any]) -> StatedLink | None:
    title = _field(fields, _TITLE_KEYS) or _report_among(fields)
    stated = (_unwrapped(value) for value in _fields(fields, _URL_KEYS) or (_texts(fields) if title else ()))
    href = next((v for v in stated if len(v) < 2000 and _ADDRESS.search(v)), None)
    if not title or not href:
        return None
    dates = (date_of(v) for k, v in sorted(fields.items(), key=_date_rank) if _DATE_KEYS.search(k.lower()))
    return StatedLink(href.strip(), _TAGS.sub("", title), next((day for day in dates if day), None))


def _report_among(fields: Mapping[str, Any]) -> str | None:
    """A report's title under a key that says nothing: `{t: "…2025年政府信息公开工作年度报告", u: "/nb/1.html"}`."""
    return next((value for value in _texts(fields) if _A_REPORT.search(value) and len(value) < 100), None)


def _texts(fields: Mapping[str, Any]) -> list[str]:
    return [value for value in fields.values() if isinstance(value, str) and value.strip()]


def _field(fields: Mapping[str, Any], keys: re.Pattern[str]) -> str | None:
    values = [
        v
        for k in sorted(fields, key=lambda k: "title" not in k.lower())
        if keys.search(k.lower()) and isinstance(v := fields[k], str)
    ]
    return next((v for v in values if v.strip()), None)


def _fields(fields: Mapping[str, Any], keys: re.Pattern[str]) -> list[str]:
    """Values of fitting keys; `url` and `link` themselves come before longer ones."""
    named = sorted((k for k in fields if keys.search(k.lower())), key=len)
    return [v for k in named if isinstance(v := fields[k], str) and v.strip()]


def _unwrapped(value: str) -> str:
    """An address that stands in an object written as text: {"common": "/nb/1.html"}."""
    if not value.lstrip().startswith("{"):
        return value
    try:
        inner = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return next((each for each in inner.values() if isinstance(each, str) and each), value)


def _date_rank(field: tuple[str, Any]) -> tuple[int, str]:
    key = field[0].lower()
    return (0 if "pub" in key or "fb" in key else 1 if "date" in key else 2, key)


def _unescaped(text: str) -> str:
    text = _UNICODE.sub(lambda m: "" if m[1][0] in "dD" and m[1][1] in "89abcdefABCDEF" else chr(int(m[1], 16)), text)
    return text.replace('\\"', '"').replace("\\'", "'").replace("\\/", "/").replace("\\n", " ")

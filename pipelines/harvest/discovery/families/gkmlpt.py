"""gkmlpt (the platform 政府信息公开平台 of Guangdong): an app whose page holds the site's number and the tree of columns.

`/gkmlpt/annualreport#2629` → `/gkmlpt/api/all/2629?page=1&sid=175`: a hundred entries a part, `total` in the answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from pipelines.harvest.discovery.families.page import Family, Page
from pipelines.harvest.discovery.titles import judge

_PLATFORM = re.compile(r"^(.*?/gkmlpt)(?:/|$)")
_SITE = re.compile(r"[\"']?\bSID[\"']?\s{0,3}:\s{0,3}[\"']?(\d{1,12})")
_TREE = re.compile(r"[\"']?\bTREE[\"']?\s{0,3}:\s{0,3}(?=[\[{])")
_FRAGMENT = re.compile(r"^(\d{1,9})$")
#: A node of a tree that is written as a script, not as JSON.
_NODE = re.compile(
    r"\{\s{0,5}[\"']?id[\"']?\s{0,3}:\s{0,3}[\"']?(\d{1,9})[\"']?\s{0,3},\s{0,5}[\"']?name[\"']?\s{0,3}:\s{0,3}[\"']([^\"']{1,60})"
)
_DEEPEST = 8


def _recognises(page: Page) -> bool:
    parts = urlsplit(page.url)
    platform = _PLATFORM.match(parts.path)
    if platform is None or parts.path.startswith(f"{platform[1]}/content"):
        return False
    return bool(_SITE.search(page.scripts) or _TREE.search(page.scripts))


def _asks(page: Page) -> tuple[str, ...]:
    parts = urlsplit(page.url)
    platform, site = _PLATFORM.match(parts.path), _SITE.search(page.scripts)
    query = f"?page=1&sid={site[1]}" if site else "?page=1"
    fragment = _FRAGMENT.match(parts.fragment)
    columns = [fragment[1]] if fragment else [*_columns(page.scripts)]
    root = f"{parts.scheme}://{parts.netloc}{platform[1] if platform else ''}"
    return tuple(dict.fromkeys(f"{root}/api/all/{column}{query}" for column in columns))


def _columns(script: str) -> Iterator[str]:
    """The numbers of the columns that are named as reports' in the tree."""
    begin = _TREE.search(script)
    if begin is None:
        return
    try:
        tree = json.JSONDecoder().raw_decode(script, begin.end())[0]
        named = [(str(node.get("id", "")), str(node.get("name", ""))) for node in _nodes(tree, 0)]
    except (ValueError, RecursionError):
        named = _NODE.findall(script, begin.end())
    for number, name in named:
        if number.isdecimal() and judge(name).kind == "column":
            yield number


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(inner, depth + 1)


FAMILY = Family("gkmlpt", _recognises, _asks)

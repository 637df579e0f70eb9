"""Pagers whose links call a function of the page: `function go(n){location.href="list_"+n+".html"}`, `onchange` likewise.

Belongs here: functions that put a page's number into an address. Does not belong here: calls that draw a pager
(`pager_calls`, `pager_options`), and functions that send a form (`postbacks`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from pipelines.harvest.discovery.addresses import absolute, page_key
from pipelines.harvest.discovery.page_slots import slot_in
from pipelines.harvest.discovery.page_trees import attribute, words_of
from pipelines.harvest.discovery.paging import MOST_PAGES, total_in, turn_of
from pipelines.harvest.discovery.scripts import scripts_in, values_in

_FUNCTION = re.compile(
    r"(?:function\s{1,3}([\w$]{1,40})\s{0,3}\(|\b([\w$]{1,40})\s{0,3}=\s{0,3}function\s{0,3}\()\s{0,3}([\w$]{1,30})\s{0,3}\)\s{0,3}\{"
)
_LONGEST, _MOST = 600, 50
_GOES = re.compile(r"(?:location(?:\.href)?\s{0,3}=|location\.(?:replace|assign)\()\s{0,3}([^;}\n]{3,300})")
_PIECE = re.compile(
    r"\s{0,3}(?:\"([^\"\n]{0,300})\"|'([^'\n]{0,300})'|\(?\s{0,3}([\w$.]{1,40})\s{0,3}(-\s{0,3}1)?\s{0,3}\)?)\s{0,3}(?:\+|\)?$)"
)
_CALL = re.compile(r"^\s{0,3}(?:javascript:)?\s{0,3}(?:return\s)?([\w$]{1,40})\(\s{0,3}['\"]?(\d{1,4})['\"]?\s{0,3}\)")


@dataclass(frozen=True, slots=True)
class _Form:
    """An address with a hole for a page's number, from which `less` is taken: 1 where the second page is index_1."""

    before: str
    behind: str
    less: int

    def at(self, number: int) -> str:
        return f"{self.before}{number - self.less}{self.behind}"


def pages_of_functions(tree: LexborHTMLParser, source: str, url: str) -> tuple[str, ...]:
    """The addresses of the pages behind `url`; none where no link turns pages by such a function."""
    for form, last in (*_called(tree, source), *_chosen(tree)):
        pages = [page for n in range(2, min(last, MOST_PAGES) + 1) if (page := absolute(url, form.at(n)))]
        if pages and slot_in(pages[0], url) is not None:
            keys = [page_key(page) for page in pages]
            return tuple(pages[keys.index(page_key(url)) + 1 if page_key(url) in keys else 0 :])
    return ()


def _called(tree: LexborHTMLParser, source: str) -> Iterator[tuple[_Form, int]]:
    """The forms of functions that links with 下一页 or a number call, and the last number that they are given."""
    numbers: dict[str, int] = {}
    for node in tree.css("a,[onclick]")[:2000]:
        calls = (_CALL.match(attribute(node, name)) for name in ("onclick", "href"))
        call = next((each for each in calls if each), None)
        if call and turn_of(words_of(node), ""):
            numbers[call[1]] = max(numbers.get(call[1], 1), int(call[2]))
    if not numbers:
        return
    scripts = scripts_in(source)
    values, total = values_in(scripts), total_in(tree.body.text()[:200_000] if tree.body else "") or 1
    for match in list(_FUNCTION.finditer(scripts))[:_MOST]:
        name, body = match[1] or match[2], scripts[match.end() : match.end() + _LONGEST]
        goes = _GOES.search(body) if name in numbers else None
        if goes and (form := _form(goes[1], match[3], values)):
            yield form, max(numbers[name], total)


def _chosen(tree: LexborHTMLParser) -> Iterator[tuple[_Form, int]]:
    """The form of a choice of pages by number, and the last one."""
    for node in tree.css("select[onchange]")[:10]:
        goes = _GOES.search(attribute(node, "onchange"))
        numbers = [int(v) for each in node.css("option")[:200] if (v := attribute(each, "value")).isdecimal()]
        if goes and numbers and (form := _form(goes[1], "this.value", {})):
            yield form, max(numbers)


def _form(joined: str, parameter: str, values: Mapping[str, str]) -> _Form | None:
    """The address that a script joins around its parameter; None where it has none, or a piece of it is not known."""
    texts, at, less = ["", ""], 0, 0
    for match in _PIECE.finditer(joined):
        text = next((each for each in (match[1], match[2]) if each is not None), None)
        if text is None and match[3] == parameter:
            at, less = 1, 1 if match[4] else 0
            continue
        text = values.get(match[3]) if text is None else text
        if text is None:
            return None
        texts[at] += text
    return _Form(texts[0], texts[1], less) if at else None

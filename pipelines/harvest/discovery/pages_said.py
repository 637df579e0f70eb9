"""Tells of how many pages a list speaks, whether or not the addresses of the others could be made out.

Nothing else belongs here: which the next pages are stands in `paging`, `pager_calls` and `next_parts`.
"""

from __future__ import annotations

import re

from pipelines.harvest.discovery.page_trees import text_of
from pipelines.harvest.discovery.paging import total_in

_SCRIPTS = re.compile(r"<(script|style)\b[^>]{0,2000}>[\s\S]{0,200000}?</\1", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_LONGEST = 300_000
#: 1 and 2 one after the other in an element of a pager's name.
_NUMBERED = re.compile(
    r"(?:class|id)\s?=\s?[\"'][^\"'<>]{0,40}(?:pag(?:e|er|es|ing|inat\w{2,5})(?:[-_]?(?:bar|box|nav|num|number|list|link|wrap)\w{0,4})?|fenye)[\"' ]"
    r"[^<>]{0,200}>(?:(?!</(?:ul|div)>)[\s\S]){0,600}?>\s{0,9}1\s{0,9}</\w{1,6}>\s{0,9}(?:</?(?:li|td|span)\b[^<>]{0,80}>\s{0,9}){0,3}<\w{1,6}[^<>]{0,150}>\s{0,9}2\s{0,9}<",
    re.IGNORECASE,
)
_NEXT = re.compile(r"下\s?一?\s?页|下一頁|后一页|尾页|末页|尾頁|末頁|最后一页|加载更多|查看更多年报")
_ONLY_ONE = re.compile(r"共\s{0,3}1\s{0,3}页|1\s{0,3}/\s{0,3}1(?!\d)")


def pages_said(data: bytes) -> int:
    """The number of a list's pages by the words on it: 2 where it speaks of a next one and of no number, 1 of none."""
    source = _SCRIPTS.sub(" ", text_of(data)[:_LONGEST])
    text = _TAGS.sub("", source)
    if _NUMBERED.search(source) and not _ONLY_ONE.search(text):
        return max(total_in(text) or 2, 2)
    if (total := total_in(text)) is not None:
        return max(total, 1)
    return 2 if _NEXT.search(text) and not _ONLY_ONE.search(text) else 1

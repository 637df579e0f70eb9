"""The next pages of an ASP.NET list, which a page asks for by sending its own form back (`__doPostBack`).

The page holds all that such a request needs: the form's hidden fields, the pager's name and a page's number.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.archive.posts import address_of_post, is_post
from pipelines.harvest.discovery.addresses import absolute
from pipelines.harvest.discovery.page_trees import attribute
from pipelines.harvest.discovery.paging import MOST_PAGES

_POSTS = re.compile(r"__doPostBack\(\s{0,3}['\"]([^'\"]{1,200})['\"]\s{0,3},\s{0,3}['\"](\d{1,4})['\"]")
#: A longer state is no list's.
_MOST_STATE = 200_000


def pages_posted(tree: LexborHTMLParser, url: str) -> tuple[str, ...]:
    """The addresses of the pages behind the first one; none seen from a page that was itself asked for by its form."""
    form = tree.css_first("form")
    if form is None or is_post(url):
        return ()
    calls = [match for node in form.css("a[href]")[:2000] if (match := _POSTS.search(attribute(node, "href")))]
    target = absolute(url, attribute(form, "action") or url)
    if not calls or target is None:
        return ()
    pager = calls[0][1]
    last = max(int(match[2]) for match in calls if match[1] == pager)
    hidden = _hidden(form)
    return tuple(
        address_of_post(target, [("__EVENTTARGET", pager), ("__EVENTARGUMENT", str(number)), *hidden])
        for number in range(2, min(last, MOST_PAGES) + 1)
    )


def _hidden(form: LexborNode) -> list[tuple[str, str]]:
    """The form's hidden fields but those that name what is asked for; none where they are too large for a list's."""
    fields = [(attribute(node, "name"), attribute(node, "value")) for node in form.css("input[type=hidden]")[:50]]
    kept = [(name, value) for name, value in fields if name and name not in ("__EVENTTARGET", "__EVENTARGUMENT")]
    return kept if sum(len(value) for _, value in kept) <= _MOST_STATE else []

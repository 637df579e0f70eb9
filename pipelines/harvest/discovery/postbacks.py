"""The next pages of a list that are asked for by sending a form of the page: ASP.NET's `__doPostBack`, and `goPage(2)`.

The page holds all that such a request needs: the form's hidden fields, the pager's name or field, and a page's number.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.archive.posts import address_of_post, is_post
from pipelines.harvest.discovery.addresses import absolute
from pipelines.harvest.discovery.page_slots import PAGE_PARAMETER
from pipelines.harvest.discovery.page_trees import attribute, words_of
from pipelines.harvest.discovery.paging import MOST_PAGES, turn_of

_POSTS = re.compile(r"__doPostBack\(\s{0,3}['\"]([^'\"]{1,200})['\"]\s{0,3},\s{0,3}['\"]((?:Page\$)?)(\d{1,4})['\"]")
_TURNS = re.compile(
    r"^\s{0,3}(?:javascript:)?\s{0,3}(?:return\s)?(?:\w{0,20}(page)\w{0,20}|\w{1,40})\(\s{0,3}['\"]?(\d{1,4})['\"]?\s{0,3}\)",
    re.IGNORECASE,
)
#: A longer state is no list's.
_MOST_STATE = 200_000


def pages_posted(tree: LexborHTMLParser, url: str) -> tuple[str, ...]:
    """The addresses of the pages behind the first one; none seen from a page that was itself asked for by its form."""
    if is_post(url):
        return ()
    return next(
        (pages for form in tree.css("form")[:10] if (pages := _posted_back(form, url) or _turned(tree, form, url))), ()
    )


def _posted_back(form: LexborNode, url: str) -> tuple[str, ...]:
    """The pages that an ASP.NET pager inside its form leads to."""
    calls = [match for node in form.css("a[href]")[:2000] if (match := _POSTS.search(attribute(node, "href")))]
    target = absolute(url, attribute(form, "action") or url)
    if not calls or target is None:
        return ()
    pager, prefix = calls[0][1], calls[0][2]
    last = max(int(match[3]) for match in calls if match[1] == pager)
    hidden = _hidden(form)
    return tuple(
        address_of_post(target, [("__EVENTTARGET", pager), ("__EVENTARGUMENT", f"{prefix}{number}"), *hidden])
        for number in range(2, min(last, MOST_PAGES) + 1)
    )


def _turned(tree: LexborHTMLParser, form: LexborNode, url: str) -> tuple[str, ...]:
    """The pages to which links like `goPage(2)` turn, where the form has a field for a page's number."""
    fields = _hidden(form)
    field = next((name for name, value in fields if PAGE_PARAMETER.match(name) and "size" not in name.lower()), None)
    target = absolute(url, attribute(form, "action") or url)
    if field is None or target is None:
        return ()
    scripts = ((attribute(node, name), node) for node in tree.css("a,[onclick]")[:2000] for name in ("href", "onclick"))
    numbers = [
        int(match[2])
        for script, node in scripts
        if (match := _TURNS.match(script)) and (match[1] or turn_of(words_of(node), url))
    ]
    pages = range(2, min(max(numbers, default=1), MOST_PAGES) + 1)
    made = ([(name, str(number) if name == field else value) for name, value in fields] for number in pages)
    if attribute(form, "method").lower() == "post":
        return tuple(address_of_post(target, each) for each in made)
    return tuple(f"{target.partition('?')[0]}?{urlencode(each)}" for each in made)


def _hidden(form: LexborNode) -> list[tuple[str, str]]:
    """The form's hidden fields but those that name what is asked for; none where they are too large for a list's."""
    fields = [(attribute(node, "name"), attribute(node, "value")) for node in form.css("input[type=hidden]")[:50]]
    kept = [(name, value) for name, value in fields if name and name not in ("__EVENTTARGET", "__EVENTARGUMENT")]
    return kept if sum(len(value) for _, value in kept) <= _MOST_STATE else []

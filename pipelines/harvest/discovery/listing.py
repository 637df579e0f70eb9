"""A list as a government's site shows it: what it links, and how it goes on.

Belongs here: bytes → `Listing`, in all forms in which sites hold lists. Does not belong here: which of the links are
reports of whom (`reports`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.harvest.discovery import addresses, embedded, families, list_rows, next_parts
from pipelines.harvest.discovery.families.page import Answer, Page
from pipelines.harvest.discovery.feeds import feeds
from pipelines.harvest.discovery.packed import html_packed
from pipelines.harvest.discovery.page_trees import attribute, text_of, tree_of, words_of
from pipelines.harvest.discovery.pager_calls import pages_called
from pipelines.harvest.discovery.pager_elements import pages_of_element
from pipelines.harvest.discovery.pager_functions import pages_of_functions
from pipelines.harvest.discovery.paging import MOST_PAGES, Turn, following, total_in, turn_of
from pipelines.harvest.discovery.postbacks import pages_posted
from pipelines.harvest.discovery.title_words import SUBJECT
from pipelines.harvest.discovery.titles import judge

MOST_ITEMS = 2000
MOST_FRAMES = 10
_LINKS = "a[href],link[rel=next],area[href],option[value],[onclick],[tagname]"
_HEADINGS = "h1,h2,h3,h4,h5,h6,dt,caption,legend,strong,[class*=tit]"
_LONGEST_HEADING = 60
#: A link's class or relation that says that it turns pages, where its words are few: 加载更多, an arrow, none.
_TURNS = re.compile(r"(?:^|\s)(?:page[-_]?)?next(?:[-_]?page)?(?:\s|$)", re.IGNORECASE)
_LONGEST_WORD = 6

_IN_SCRIPT = re.compile(r"[\"']([^\"'<>\s]{2,500})[\"']")
_GOES = re.compile(r"location|open\(|href|page|query|goto|jump|list|^\s*[\"']?[./\w]", re.IGNORECASE)
#: `$("#f").attr("src", "inner.html")`, `getElementById("f").src = "inner.html"`: the frame's id, and its address.
_SETS = re.compile(
    r"[\"'#]([\w-]{1,60})[\"']\)\s{0,3}\.(?:src\s{0,3}=\s{0,3}|attr\([\"']src[\"']\s{0,3},\s{0,3})[\"']([^\"'<>]{2,300})[\"'](?!\s{0,3}\+)"
)
_NO_LIST = re.compile(
    r"share|map|weather|tianqi|video|player|counter|tongji|login|search|kefu|robot|captcha|header|footer|/top\.|/foot\.",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ListLink:
    """One link of a list: absolute address, title as whole as the page has it, the date beside it, its place.

    `heading` is the nearest heading above it, `label` the body that its row names beside it; each "" where there is none.
    """

    url: str
    title: str
    published_on: date | None
    order: int
    heading: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list. `title` is that of the page and of the column, `next_pages` those that follow it, in order.

    `years` and `columns` are the items that lead to a year's reports and to columns of reports; `frames` are addresses
    of pages inside the page, or of data that its scripts ask for, which can hold the list itself. `family` names the
    system whose script draws the list (`families`), "" where none is known.
    """

    url: str
    title: str
    items: tuple[ListLink, ...]
    next_pages: tuple[str, ...]
    frames: tuple[str, ...]
    years: tuple[ListLink, ...]
    columns: tuple[ListLink, ...]
    family: str = ""


def read_listing(data: bytes, url: str, content_type: str | None = None) -> Listing:
    """Read a page, an XML or a JSON answer as a list. Never raises; what is no list has few items and no next pages.

    `content_type` is what the server says; it is not believed, since the bytes tell. A fragment of `url` can name the
    column that an app shows.
    """
    source = text_of(data)
    answer = embedded.json_in(source)
    if answer is not None:
        return _from_answer(answer, url)
    tree = tree_of(source)
    base = _base(tree, url)
    found = _Collected(base, url)
    store = embedded.store_in(source)
    for record in store.records if store else ():
        found.read(tree_of(record), follow=False)
    found.read(tree)
    for html in html_packed(source):
        found.read(tree_of(html))
    for node in tree.css("textarea,noscript,template,xmp")[:50]:
        if "<a" in (inner := node.text() or ""):
            found.read(tree_of(inner), follow=False)
    _read_scripts(tree, found)
    turns = [turn for turn in found.turns if turn is not None]
    page = Page(url, base, source, tree)
    pages = (
        *_next_groups(store, url),
        *next_parts.next_records(source, url),
        *pages_called(source, url),
        *pages_of_element(tree, url, sum(item.published_on is not None for item in found.found.values())),
        *pages_of_functions(tree, source, url),
        *pages_posted(tree, base),
        *following(turns, url, total_in(_text(tree))),
    )
    items = found.items()
    family, asked = ("", ()) if _is_list(items) else _asked(page)
    pages = pages or families.continued(page)
    return _listing(url, _title(tree), items, pages, (*_frames(tree, base), *asked), family)


class _Collected:
    """Links of one list, each address once, under the longest title that it has."""

    def __init__(self, base: str, url: str) -> None:
        self.base = base
        self.page = addresses.page_key(url)
        self.found: dict[str, ListLink] = {}
        self.turns: list[Turn | None] = []
        self.heading = ""

    def add(self, href: str | None, title: str, published_on: date | None, label: str = "") -> None:
        """One link; that to the page itself and those to pictures and scripts are none."""
        url = addresses.absolute(self.base, href)
        title = title.strip()
        if url is None or addresses.is_media(url) or not title:
            return
        key = addresses.page_key(url)
        known = self.found.get(key)
        if known is None and len(self.found) < MOST_ITEMS:
            self.found[key] = ListLink(url, title, published_on, len(self.found), self.heading, label)
        elif known is not None:
            better = title if list_rows.says_more(title, known.title) else known.title
            self.found[key] = replace(known, title=better, published_on=known.published_on or published_on)

    def read(self, tree: LexborHTMLParser, follow: bool = True) -> None:
        """All links of a tree."""
        seen = list_rows.Rows()
        for number, node in enumerate(tree.css(f"{_LINKS},{_HEADINGS}")):
            if number > 10 * MOST_ITEMS:
                break
            text = words_of(node)
            if _is_heading(node):
                self.heading = text if 0 < len(text) <= _LONGEST_HEADING else self.heading
                continue
            for href in _addresses(node):
                if follow and (url := addresses.absolute(self.base, href)) and len(self.turns) < MOST_ITEMS:
                    self.turns.append(_turn(node, text, url))
                if len(self.found) < MOST_ITEMS:
                    title, day = seen.title_and_date(node, text)
                    self.add(href, title, day, seen.label(node) if SUBJECT.search(title) else "")

    def items(self) -> tuple[ListLink, ...]:
        """The links in their order, without those that turn pages."""
        return tuple(item for item in self.found.values() if turn_of(item.title, item.url) is None)


def _turn(node: LexborNode, text: str, url: str) -> Turn | None:
    """A link as one that turns pages, by its text, title or picture; one that says nothing by its class or relation."""
    said = [text, attribute(node, "title"), *(attribute(image, "alt") for image in node.css("img[alt]")[:1])]
    turn = next((found for each in said if (found := turn_of(each, url))), None)
    if (
        turn is None
        and len(text) <= _LONGEST_WORD
        and _TURNS.search(f"{attribute(node, 'class')} {attribute(node, 'rel')}")
    ):
        return Turn("next", url)
    return turn


def _is_heading(node: LexborNode) -> bool:
    """Tell whether an element is the heading of what follows: of a heading's kind, without a link in it."""
    if node.tag in ("a", "area", "link", "option", "li", "ul", "table", "tr"):
        return False
    return "onclick" not in node.attributes and "tagname" not in node.attributes and node.css_first("a,option") is None


def _addresses(node: LexborNode) -> Iterator[str]:
    """The address that an element leads to: its own, or those quoted in what it does when it is clicked."""
    href = attribute(node, "value" if node.tag == "option" else "href")
    if (
        href
        and not re.match(r"\s*(?:javascript:|#|$)", href, re.IGNORECASE)
        and (node.tag != "option" or _is_path(href))
    ):
        yield href
        return
    for script in (href, attribute(node, "onclick"), attribute(node, "tagname"), attribute(node, "data-href")):
        if script and len(script) < addresses.LONGEST and _GOES.search(script):
            quoted = _IN_SCRIPT.findall(script) or [script.strip()]
            yield from [text for text in quoted if _is_path(text)][:2]


def _is_path(text: str) -> bool:
    return bool(
        re.match(
            r"(?:https?:/)?/|\.{1,2}/|\?|[\w%-]+(?:/[\w%.-]+)*\.(?:[sj]?html?|jsp|aspx?|php|pdf|docx?)\b",
            text,
            re.IGNORECASE,
        )
    )


def _read_scripts(tree: LexborHTMLParser, found: _Collected) -> None:
    for script in tree.css("script")[:200]:
        source = script.text()
        if len(source) < 20 or "<record" in source:
            continue
        html, entries = embedded.scripted(source)
        if html:
            found.read(tree_of(html), follow=False)
        _add(found, entries)


def _add(found: _Collected, entries: Iterable[embedded.StatedLink]) -> None:
    for entry in entries:
        found.add(entry.href, entry.title, entry.published_on)


def _from_answer(answer: Any, url: str) -> Listing:
    found = _Collected(url, url)
    _add(found, embedded.entries_in(answer))
    for html in embedded.html_in(answer):
        found.read(tree_of(html), follow=False)
    items = found.items()
    behind = families.behind(Answer(url, answer, [item.url for item in items]))
    return _listing(url, "", items, (*next_parts.next_answers(answer, url, len(found.found)), *behind), ())


def _listing(
    url: str,
    title: str,
    items: tuple[ListLink, ...],
    pages: Iterable[str],
    frames: tuple[str, ...],
    family: str = "",
) -> Listing:
    kinds = [(item, judge(item.title, item.published_on).kind) for item in items]
    host, own = addresses.site_of(url), addresses.page_key(url)
    ahead: dict[str, str] = {}
    for page in pages:
        if addresses.site_of(page) == host and addresses.page_key(page) != own:
            ahead.setdefault(addresses.page_key(page), page)
    return Listing(
        url=url,
        title=title,
        items=items,
        next_pages=tuple(ahead.values())[:MOST_PAGES],
        frames=frames,
        years=tuple(item for item, kind in kinds if kind == "year_folder"),
        columns=tuple(item for item, kind in kinds if kind == "column" and addresses.page_key(item.url) != own),
        family=family,
    )


def _next_groups(store: embedded.XmlList | None, url: str) -> Iterator[str]:
    for group in store.next_groups if store else ():
        for node in tree_of(group).css("a[href]")[:3]:
            if page := addresses.absolute(url, attribute(node, "href")):
                yield page


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (addresses.absolute(url, attribute(node, "href")) if node else None) or url


def _title(tree: LexborHTMLParser) -> str:
    """The column's name as the page's fields have it, and the page's title."""
    names = [attribute(node, "content") for node in tree.css("meta[name=ColumnName],meta[name=columnname]")[:1]]
    names += [words_of(node) for node in tree.css("title")[:1]]
    return " - ".join(name.strip()[:200] for name in names if name.strip())


def _text(tree: LexborHTMLParser) -> str:
    """The page's text, in which pagers say how many pages there are."""
    return tree.body.text()[:200_000] if tree.body else ""


def _frames(tree: LexborHTMLParser, base: str) -> tuple[str, ...]:
    """Frames that can hold the list: pages of government sites, not pixels and players."""
    found: dict[str, str] = {}
    nodes = tree.css("iframe,frame")[:200]
    given = _set_by_script(tree) if nodes else {}
    for node in nodes:
        src = attribute(node, "src") or attribute(node, "data-src") or given.get(attribute(node, "id"), "")
        url = addresses.absolute(base, src)
        is_pixel = attribute(node, "width") in ("0", "1") or attribute(node, "height") in ("0", "1")
        if url and not is_pixel and not addresses.is_document(url) and not _NO_LIST.search(src) and _is_near(url, base):
            found.setdefault(addresses.page_key(url), url)
    return tuple(found.values())[:MOST_FRAMES]


def _set_by_script(tree: LexborHTMLParser) -> dict[str, str]:
    """The addresses that scripts of the page give to frames, by the frames' ids."""
    scripts = (script.text()[:50_000] for script in tree.css("script")[:50])
    return {name: address for script in scripts for name, address in _SETS.findall(script)}


def _is_list(items: Iterable[ListLink]) -> bool:
    """Tell whether a page links reports or years itself."""
    return any(judge(item.title, item.published_on).kind in ("report", "year_folder") for item in items)


def _asked(page: Page) -> tuple[str, tuple[str, ...]]:
    """Tell where the data of a list come from that its page does not hold: by its system, or as the page names them."""
    name, asked = families.of_page(page)
    return name, asked or feeds(page.tree, page.source, page.base)


def _is_near(url: str, base: str) -> bool:
    one, two = addresses.site_of(url), addresses.site_of(base)
    return one == two or one.endswith(".gov.cn") or one.split(".")[-2:] == two.split(".")[-2:]

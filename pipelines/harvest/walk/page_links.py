"""Tells what a fetched page means for the refresh: whether it holds a report, and which documents it links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from selectolax.lexbor import LexborNode

from pipelines.harvest.discovery.dates import date_in, date_of
from pipelines.harvest.discovery.page_trees import text_of, tree_of
from pipelines.harvest.discovery.titles import Title, judge
from pipelines.harvest.fetch.address import joined
from pipelines.read import links

#: Kinds of titles that no attachment of a report has.
_OTHER = frozenset({"interpretation", "template", "notice", "other_report"})


def attachments(data: bytes, url: str, most: int) -> Iterator[tuple[str, str]]:
    """The addresses and titles of the documents that a page links, unless their titles say that they are something else."""
    text = text_of(data)
    tree = tree_of(text)
    base = tree.css_first("base[href]")
    root = joined(url, base.attributes.get("href") or "") if base else None
    seen: set[str] = set()
    for link in links.documents(tree, text):
        address = joined(root or url, link.href)
        if address is None or address == url or address in seen or judge(link.text).kind in _OTHER:
            continue
        seen.add(address)
        yield address, link.text
        if len(seen) >= most:
            return


#: Fields of a page's head that say when it was published, as the national site standard and common systems name them.
_PUBLISHED = re.compile(
    r"^(?:pubdate|publishdate|publish_?time|pub_?time|article:published_time|firstpublishedtime)$", re.IGNORECASE
)
_SAID = re.compile(
    r"(?:发布|公开|公布|发文|信息)(?:时间|日期)\s{0,3}[:：]?\s{0,3}(20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2})"
)
#: What stands around an article stands before it and at its end; its text may name days of its own.
_HEAD, _MOST = 8000, 200_000


def published_on(data: bytes) -> date | None:
    """The day on which a page says that it was published, in its fields or in words above its text, the earlier one: fields
    are often written anew where a page is mended. None where it says none."""
    if not is_html(data):
        return None
    source = text_of(data)[:_MOST]
    tree = tree_of(source)
    field = next((day for node in tree.css("meta[content]")[:100] if (day := _in_field(node))), None)
    tree.strip_tags(["script", "style"])
    said = _SAID.search(" ".join(tree.body.text().split())[:_HEAD]) if tree.body else None
    days = [day for day in (field, date_in(said[1]) if said else None) if day]
    return min(days, default=None)


def _in_field(node: LexborNode) -> date | None:
    """The day that a field of a page's head gives for its publication."""
    name = node.attributes.get("name") or node.attributes.get("property") or ""
    return date_of(node.attributes.get("content") or "") if _PUBLISHED.match(name) else None


def is_html(data: bytes) -> bool:
    """Tell whether bytes begin as a page does."""
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


#: A page that only leads on says less than this outside its links, and a report more.
_SAYS_SOMETHING = 500


#: The text of a report is longer than this outside its links; what stands around a list is shorter.
_A_TEXT = 1000
_CHINESE = re.compile(r"[一-鿿]")


def holds_text(data: bytes) -> bool:
    """Tell whether a page has a report's text, and is not a list of links."""
    tree = tree_of(text_of(data))
    tree.strip_tags(["script", "style", "a", "option"])
    return len(_CHINESE.findall(tree.body.text())) > _A_TEXT if tree.body else False


def report_title(data: bytes) -> Title | None:
    """The title of a page that was asked for as a list and is a report itself, by its title and what stands on it."""
    if data.lstrip()[:1] != b"<" and not data.startswith(b"\xef\xbb\xbf"):
        return None
    text = text_of(data)
    tree = tree_of(text)
    titles = [node.text(strip=True) for node in tree.css("h1,h2,title")[:20]]
    titles += [node.attributes.get("content") or "" for node in tree.css("meta[name='ArticleTitle']")[:1]]
    judged = (judge(title) for title in titles)
    report = next((title for title in judged if title.kind == "report"), None)
    documents = bool(links.documents(tree, text))
    tree.strip_tags(["script", "style", "a"])
    says_something = len("".join(tree.body.text().split()) if tree.body else "") > _SAYS_SOMETHING
    return report if documents or says_something else None

"""Tells what a server's answer is: a document, a page, or something that only stands in a page's place.

Belongs here: telling them apart. Does not belong here: the words that they use (`page_marks`), lists (`listing`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser

from pipelines.harvest.discovery import addresses, embedded, families
from pipelines.harvest.discovery import page_marks as marks
from pipelines.harvest.discovery.families.page import Page
from pipelines.harvest.discovery.page_trees import attribute, text_of, tree_of
from pipelines.read.sniff import Kind, identify_format

PageKind = Literal["document", "page", "soft_404", "error_page", "challenge", "script_shell", "login", "empty"]
#: A page that says nothing but that it is none says it in fewer characters, outside links.
SHORT = 400
#: The same for one that does so in the midst of a site's furniture, where its title says it too.
FURNISHED = 1500
#: Less text than this is no page.
_HARDLY_ANY = 60
_FEW_LINKS = 12
#: A page that leads elsewhere says no more than that.
_LEADS = 150

_STANDS_FOR_TEXT = "img[src],embed,object,iframe,frame,video"
_ROOT = "#app,#root,#__next,#__nuxt,#main-app,app-root"


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """Holds what an answer is and by what it was told; `moved_to` is where a page that only leads elsewhere leads."""

    kind: PageKind
    reason: str
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page as it is looked at: source, title, text outside links, number of links, and its tree without scripts."""

    source: str
    title: str
    prose: str
    text: str
    link_count: int
    tree: LexborHTMLParser


def kind_of(status: int, content_type: str | None, data: bytes, requested_url: str, final_url: str) -> AnswerKind:
    """Tell what an answer is, by its bytes; `content_type` is not believed. Never raises.

    An answer with a status of failure is never `page` or `document`.
    """
    found = identify_format(data)
    if found.format == "unknown" and b"\x00" not in data[:4096]:
        found = Kind("text", "characters of no known format")
    if found.format not in ("html", "text"):
        kind: PageKind = "empty" if found.format == "empty" else "document"
        return AnswerKind(kind, found.name) if status < 400 else _failed(status, None)
    source = text_of(data)
    if status < 400 and (answer := _listed(source)) is not None:
        return answer
    seen = _see(source)
    if status >= 400:
        return _failed(status, seen)
    is_plain = found.format == "text" and not re.search(r"<[a-zA-Z!]", source)
    said = _by_address(requested_url, final_url, seen) or _marked(seen)
    return said or (AnswerKind("document", "plain text") if is_plain else _by_content(seen, final_url))


def _listed(source: str) -> AnswerKind | None:
    """A list that is no page of text."""
    if embedded.json_in(source) is not None:
        return AnswerKind("page", "a server's answer in JSON")
    return AnswerKind("page", "a list in an XML store") if embedded.store_in(source) is not None else None


def _see(source: str) -> _Seen:
    tree = tree_of(source)
    title = "".join(node.text() for node in tree.css("title")[:1]).strip()[:300]
    tree.strip_tags(["script", "style", "title", "template", "svg"])
    text = tree.body.text() if tree.body else ""
    links = tree.css("a[href]")
    tree_links = sum(len("".join(node.text().split())) for node in links[:5000])
    plain = "".join(text.split())
    if tree_links:
        prose_tree = tree_of(source)
        prose_tree.strip_tags(["script", "style", "title", "template", "svg", "a", "select"])
        text = prose_tree.body.text() if prose_tree.body else ""
    return _Seen(source, title, " ".join(text.split()), plain, len(links), tree)


def _failed(status: int, seen: _Seen | None) -> AnswerKind:
    """An answer whose status says already that it is not what was asked for."""
    if seen is not None and (found := _challenge(seen)):
        return found
    if status == 401:
        return AnswerKind("login", "status 401")
    if status in (404, 410):
        return AnswerKind("soft_404", f"status {status}")
    return AnswerKind("error_page", f"status {status}")


def _by_address(requested_url: str, final_url: str, seen: _Seen) -> AnswerKind | None:
    """A redirect that leads away from what was asked for."""
    if addresses.page_key(requested_url) == addresses.page_key(final_url):
        return None
    if addresses.is_root(final_url) and not addresses.is_root(requested_url):
        return AnswerKind("soft_404", "redirected to the home page")
    if marks.MISSING_PATH.search(final_url) and not marks.MISSING_PATH.search(requested_url):
        return AnswerKind("soft_404", "redirected to a page for errors")
    if marks.LOGIN_PATH.search(final_url) and not marks.LOGIN_PATH.search(requested_url) and _is_bare(seen):
        return AnswerKind("login", "redirected to a login")
    return None


def _is_bare(seen: _Seen) -> bool:
    return len(seen.prose) < SHORT or seen.link_count <= _FEW_LINKS


def _marked(seen: _Seen) -> AnswerKind | None:
    """A page that says in few words that it is none. A report says too much for that."""
    if len(marks.REPORT.findall(seen.prose)) >= 2 and len(seen.prose) > SHORT:
        return None
    if found := _challenge(seen):
        return found
    return _missing(seen) or _broken(seen)


def _missing(seen: _Seen) -> AnswerKind | None:
    """A page that says that there is none. A paragraph longer than an apology is an article's."""
    size = len(seen.prose)
    if size < FURNISHED and marks.MISSING_TITLE.search(seen.title):
        return AnswerKind("soft_404", f"titled {seen.title[:60]}")
    if size < SHORT or (size < FURNISHED and not _has_article(seen)):
        gone = marks.MISSING.search(seen.prose)
        return AnswerKind("soft_404", f"says {gone[0][:60]}") if gone else None
    return None


def _broken(seen: _Seen) -> AnswerKind | None:
    """A server's or a program's failure."""
    size = len(seen.prose)
    if size < FURNISHED * 4 and (trace := marks.TRACE.search(seen.prose)):
        return AnswerKind("error_page", f"says {trace[0][:60]}")
    words = f"{seen.title} {seen.prose}" if size < SHORT else seen.title if size < FURNISHED else ""
    error = marks.ERROR.search(words)
    return AnswerKind("error_page", f"says {error[0][:60]}") if error else None


def _has_article(seen: _Seen) -> bool:
    """Tell whether some paragraph is longer than any apology."""
    return any(len(node.text()) > 120 for node in seen.tree.css("p,td")[:300])


def _challenge(seen: _Seen) -> AnswerKind | None:
    """A firewall's page, by its words where there are few others, or by its script where there are hardly any."""
    size = len(seen.prose)
    words = f"{seen.title} {seen.prose}"
    if size < SHORT * 2 and seen.link_count <= _FEW_LINKS and (found := marks.CHALLENGE.search(words)):
        return AnswerKind("challenge", f"says {found[0][:60]}")
    script = marks.CHALLENGE_SCRIPT.search(seen.source[:200_000]) if size < _HARDLY_ANY * 3 else None
    if script and seen.link_count <= 3:
        return AnswerKind("challenge", f"a script with {script[0][:30]}")
    return None


def _by_content(seen: _Seen, url: str) -> AnswerKind:
    """Tell what is left: a page, unless there is hardly anything on it."""
    if family := _family(seen, url):
        return AnswerKind("page", f"a list that the script of {family} draws")
    size = len(seen.text)
    target = _moved_to(seen, url)
    if target and size < _LEADS and seen.link_count <= _FEW_LINKS:
        return AnswerKind("script_shell", "only leads elsewhere", target)
    if size < SHORT and seen.link_count <= _FEW_LINKS and _asks_for_password(seen):
        return AnswerKind("login", "asks for a password")
    if size >= _HARDLY_ANY and not (size < SHORT and seen.link_count <= 3 and _is_shell(seen)):
        return AnswerKind("page", "a page with text")
    if seen.tree.css_first(_STANDS_FOR_TEXT) is not None:
        return AnswerKind("page", "a page of pictures or frames")
    return _without_text(seen)


def _family(seen: _Seen, url: str) -> str:
    """The system that draws a page with hardly any text; "" where none is known, or the page needs none."""
    if len(seen.text) >= SHORT or "<script" not in seen.source.lower():
        return ""
    return families.of_page(Page(url, url, seen.source, tree_of(seen.source)))[0]


def _without_text(seen: _Seen) -> AnswerKind:
    scripts = tree_of(seen.source).css("script") if "<script" in seen.source.lower() else []
    if any(_lists(script.text()) for script in scripts[:50]):
        return AnswerKind("page", "a list written by a script")
    if _is_shell(seen) or (scripts and len(seen.text) < _HARDLY_ANY and seen.link_count <= 3):
        return AnswerKind("script_shell", "hardly any text without JavaScript")
    if not seen.text:
        return AnswerKind("empty", "no text")
    return AnswerKind("page", "a page with little text")


def _lists(script: str) -> bool:
    html, entries = embedded.scripted(script)
    return bool(entries) or len(re.findall(r"<a\s[^<>]{0,500}href", html)) > 0


def _is_shell(seen: _Seen) -> bool:
    return seen.tree.css_first(_ROOT) is not None or bool(marks.NEEDS_SCRIPT.search(seen.prose))


def _asks_for_password(seen: _Seen) -> bool:
    has_field = seen.tree.css_first("input[type=password]") is not None
    return has_field and bool(marks.LOGIN.search(f"{seen.title}{seen.text}"))


def _moved_to(seen: _Seen, url: str) -> str | None:
    """Tell where a refresh or a script leads at once; None where that is the page itself."""
    for node in seen.tree.css("meta[http-equiv]")[:20]:
        match = marks.REFRESH.match(attribute(node, "content"))
        if attribute(node, "http-equiv").lower() == "refresh" and match and "url" in attribute(node, "content").lower():
            return _elsewhere(url, match[2])
    found = marks.REDIRECT.findall(seen.source[:20_000])
    return _elsewhere(url, found[0]) if len(found) == 1 else None


def _elsewhere(url: str, href: str) -> str | None:
    target = addresses.absolute(url, href)
    return target if target and addresses.page_key(target) != addresses.page_key(url) else None

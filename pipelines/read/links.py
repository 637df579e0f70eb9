"""The documents that a page links, shows in a frame or hands to a viewer: the report is often one of them.

Belongs here: finding links. Does not belong here: which file of a source a link means (`pipelines.catalogue.attachments`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.read.document import Link

#: A page with more links to documents is a list of documents; the first ones say enough.
MAX_LINKS = 50
#: Longer addresses are data, not addresses.
LONGEST = 2000

_SUFFIX = r"\.(?:pdf|docx?|wps|rtf|odt|ofd|xlsx?|et|ods|zip|rar|7z)"
_MENTIONED = re.compile(_SUFFIX + r"\b", re.IGNORECASE)
_DOCUMENT = re.compile(_SUFFIX + r"$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|tiff?|bmp|webp)$", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
#: An address in a script: `viewer.open("/files/report.pdf")`.
_QUOTED = re.compile(rf"[\"']([^\"'<>\s]{{1,500}}{_SUFFIX})(?:[?#][^\"'<>\s]{{0,500}})?[\"']", re.IGNORECASE)
#: The attribute that holds the address, by element.
_ADDRESS = {"a": "href", "iframe": "src", "frame": "src", "embed": "src", "object": "data"}


def documents(tree: LexborHTMLParser, source: str) -> tuple[Link, ...]:
    """The links to documents in a page, each address once, in order; `source` is the page as text.

    Where no element links one, addresses in scripts count.
    """
    if not _MENTIONED.search(source):
        return ()
    found: dict[str, Link] = {}
    for node in tree.css("a,iframe,frame,embed,object"):
        if link := _link(node):
            found.setdefault(link.href, link)
    if not found:
        found = {href: Link(href, "") for href in _QUOTED.findall(source) if urlsplit_path(href)}
    return tuple(found.values())[:MAX_LINKS]


def pictures(tree: LexborHTMLParser) -> tuple[Link, ...]:
    """The pictures that a page shows, in order: a report can be a row of scans. Pictures inside the page are none."""
    found: dict[str, Link] = {}
    for node in tree.css("img[src]"):
        address = _cleaned(node.attributes.get("src"))
        if address and _PICTURE.search(urlsplit_path(address)):
            found.setdefault(address, Link(address, _text(node.attributes.get("alt") or "")))
    return tuple(found.values())[:MAX_LINKS]


def urlsplit_path(address: str) -> str:
    """The path of an address, without query and fragment; "" where it is no address."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def named_in(address: str) -> Iterator[str]:
    """The documents that an address names: itself, or what it hands to a viewer or a download as a parameter."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    for query in (parts.query, parts.fragment):
        for _, value in parse_qsl(query, max_num_fields=None):
            if _DOCUMENT.search(urlsplit_path(value)):
                yield value
    if _DOCUMENT.search(parts.path) or _PICTURE.search(parts.path):
        yield address


def _link(node: LexborNode) -> Link | None:
    address = _cleaned(node.attributes.get(_ADDRESS[str(node.tag)]))
    if not address:
        return None
    named = next(named_in(address), None)
    if named is not None:
        return None if _PICTURE.search(urlsplit_path(named)) else Link(named, _text(node.text()))
    text = _text(node.text()) if node.tag == "a" else ""
    return Link(address, text) if _DOCUMENT.search(text) else None


def _cleaned(address: str | None) -> str | None:
    """An address without the white space that some pages put into it; None where it is none of a document."""
    if not address or len(address) > LONGEST or address.lstrip()[:11].lower().startswith(("data:", "javascript:")):
        return None
    return address.strip().replace("\n", "").replace("\t", "").replace("\\", "/")


def _text(text: str) -> str:
    return _SPACE.sub(" ", text).strip()[:200]

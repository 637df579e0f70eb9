"""What of a fetched page is to be fetched next: the documents that a report page links. Nothing else belongs here."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from pipelines.harvest.discovery.titles import judge
from pipelines.harvest.fetch.address import joined
from pipelines.read import links
from pipelines.read.encoding import decode

#: Kinds of titles that no attachment of a report has.
_OTHER = frozenset({"interpretation", "template", "notice", "other_report"})


def attachments(data: bytes, url: str, most: int) -> Iterator[tuple[str, str]]:
    """The addresses and titles of the documents that a page links, unless their titles say that they are something else."""
    text, _, _ = decode(data)
    tree = LexborHTMLParser(text)
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

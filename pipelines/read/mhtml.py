"""Web pages saved in one file (MHTML, and Word's "single file web page") → `Document`, by way of the HTML reader."""

from __future__ import annotations

import email
from email import policy
from email.message import Message

from pipelines.read import html
from pipelines.read.document import Document, Unreadable

#: The message may hold the page's pictures too, which are not looked at.
MAX_BYTES = 100_000_000
_WIDE = ("utf-16", "utf-32", "unicode")


def read(data: bytes) -> Document:
    """Read the first page in the message. Raises `Unreadable` (`too_large`, `damaged`, `no_text`, HTML's own)."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", f"the saved page has {len(data):,} bytes, over the limit of {MAX_BYTES:,}")
    try:
        page = _page(data)
    except Exception as error:  # of a mail parser on broken or deeply nested bytes, anything may come
        raise Unreadable("damaged", f"the saved page's parts cannot be told apart ({type(error).__name__})") from error
    if page is None:
        raise Unreadable("no_text", "the saved page holds no HTML", "save the page again, as HTML or PDF")
    return html.read(page)


def _page(data: bytes) -> bytes | None:
    message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return _content(part)
    return None


def _content(part: Message) -> bytes:
    """A part's bytes as the HTML reader takes them: it finds the encoding itself, but for the wide ones."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset("").lower()
    if charset.startswith(_WIDE):
        name = "utf-16" if charset == "unicode" else charset
        return b"\xef\xbb\xbf" + content.decode(name, "replace").encode()
    return content

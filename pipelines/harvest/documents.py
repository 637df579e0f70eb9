"""The documents that refreshes have archived, as a source of reports. Nothing else belongs here."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from urllib.parse import unquote_to_bytes, urlsplit

from pipelines.harvest.folder import Found
from pipelines.harvest.ledger import Fetch
from pipelines.parse.report import Hints


def found(fetches: Iterable[Fetch]) -> Iterator[Found]:
    """Every revision of every document: what each address ever held, the oldest first.

    `fetches` are the good ones, by address and then time. What vanished from its site stays.
    """
    for _, of_one in groupby(fetches, key=lambda fetch: fetch.url):
        history = list(of_one)
        for revision in _revisions(history):
            yield _found(revision, "" if revision is history[0] else revision.requested_at)


def _revisions(fetches: Iterable[Fetch]) -> list[Fetch]:
    """The first fetch of each content that an address held; where it came back to one, the first since then."""
    revisions: dict[str, Fetch] = {}
    held = None
    for fetch in fetches:
        if fetch.sha256 != held and fetch.sha256 is not None:
            revisions.pop(fetch.sha256, None)
            revisions[fetch.sha256] = fetch
        held = fetch.sha256
    return list(revisions.values())


def _found(fetch: Fetch, at: str) -> Found:
    hints = Hints(
        file_name=name_of(fetch.url, at),
        source_url=fetch.url,
        report_year=fetch.report_year,
        body_name=fetch.body_name,
        fetched_at=fetch.requested_at,
    )
    return Found(None, fetch.size_bytes or 0, hints, fetch.sha256, holds_files=fetch.holds_files)


def name_of(url: str, at: str = "") -> str:
    """A readable name for what an address holds: host and path; for all but the first revision with the time of it.

    A name never changes later on, since a document under another name is parsed again.
    """
    parts = urlsplit(url)
    path = _unquoted(parts.path).strip("/") or "index"
    query = f"?{_unquoted(parts.query)}" if parts.query else ""
    stem, suffix = posixpath.splitext(path)
    return f"{parts.netloc}/{stem}{f'@{at}' if at else ''}{suffix}{query}"


def _unquoted(text: str) -> str:
    """Text of an address as a reader knows it: UTF-8 or GBK. What is neither, or cannot be shown, stays quoted, so that
    what differs stays different."""
    raw = unquote_to_bytes(text)
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            plain = raw.decode(encoding)
            return plain if plain.isprintable() else text
    return text

"""The documents that refreshes have archived, as a source of reports."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from urllib.parse import unquote_to_bytes, urlsplit

from pipelines.catalogue.folder import FoundDocument
from pipelines.harvest.ledger.database import Fetch
from pipelines.parse.report import Hints


def found(fetches: Iterable[Fetch], moved: Mapping[str, str] | None = None) -> Iterator[FoundDocument]:
    """Every revision of every document: what each address ever held, the oldest first, whatever the address: the same
    bytes elsewhere come later and do not take the name of the first.

    `fetches` are the good ones, by address and then time. What vanished from its site stays. `moved` says where addresses
    lead that lead elsewhere now: what stood there and was revised where it stands now, is a revision of that.
    """
    held: dict[str, list[Fetch]] = {}
    named: list[tuple[Fetch, str]] = []
    for url, of_one in groupby(fetches, key=lambda fetch: fetch.url):
        history = list(of_one)
        held[url] = _revisions(history)
        named += [(revision, "" if revision is history[0] else revision.requested_at) for revision in held[url]]
    for revision, at in sorted(named, key=lambda each: (each[0].run_id, each[0].url)):
        yield _found(revision, at, _address(revision, held, moved or {}))


def _address(revision: Fetch, held: Mapping[str, list[Fetch]], moved: Mapping[str, str]) -> str:
    """The address of a revision: where it stood, or where what it said was revised since."""
    here, passed = revision.url, {revision.url}
    while (here := moved.get(here, "")) and here not in passed:
        passed.add(here)
        last = held[here][-1] if here in held else None
        if last and last.sha256 != revision.sha256 and revision.requested_at < last.requested_at:
            return here
    return revision.url


def _revisions(fetches: Iterable[Fetch]) -> list[Fetch]:
    """The first fetch of each content that an address held; where it came back to one, the first since then.

    Other bytes that are called `unchanged` say the same, but for a counter.
    """
    revisions: dict[str, Fetch] = {}
    held = None
    for fetch in fetches:
        says_the_same = held is not None and fetch.outcome == "unchanged"
        if fetch.sha256 != held and fetch.sha256 is not None and not says_the_same:
            revisions.pop(fetch.sha256, None)
            revisions[fetch.sha256] = fetch
        held = fetch.sha256
    return list(revisions.values())


def _found(fetch: Fetch, at: str, address: str) -> FoundDocument:
    hints = Hints(
        file_name=name_of(fetch.url, at),
        source_url=address,
        report_year=fetch.report_year,
        body_name=fetch.body_name,
        fetched_at=fetch.requested_at,
    )
    return FoundDocument(None, fetch.size_bytes or 0, hints, fetch.sha256, holds_files=fetch.holds_files)


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

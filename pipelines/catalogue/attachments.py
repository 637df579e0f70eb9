"""Pages and the documents that they link: which files of a source belong to which page, and what each tells the other.

Many pages hold a title and the report as a file. Where page and file are both in the source, the file gets from the page
what it does not say itself (body, year), and a page that holds no report is not reported as a failure. Belongs here:
matching links with files, and what follows from it. Does not belong here: finding links (`pipelines.read.links`),
agreement of several documents (`pipelines.tabulate.reconcile`), parsing again (`pipelines.catalogue.catalogue`).
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from pipelines.catalogue.record import Summary
from pipelines.parse.report import Hints
from pipelines.progress import named
from pipelines.read.links import named_in

#: Codes of documents that do not say what a page could tell.
SILENT = frozenset({"year_unknown", "body_unknown"})
#: Stages at which a page is turned away for what it holds, not for a fault of the program.
_NO_REPORT = frozenset({"not_a_report", "year_unknown", "body_unknown"})
#: Where browsers put what they save with `page.html`.
_SAVED = ("_files", ".files", "_文件")
_NAMED = 3


class SourceDocuments:
    """The documents of a source by key: under which names they were found, what is known of them, what was read.

    `names` gives the key of every name; `hints` and `summaries` are by key. `pages` are the keys of those that link
    others, where these are known: only their summaries and those of what they link are asked for.
    """

    def __init__(
        self,
        names: Mapping[str, str],
        hints: Mapping[str, Hints],
        summaries: Mapping[str, Summary],
        pages: Iterable[str] | None = None,
    ) -> None:
        self._names = names
        self._hints = hints
        self._summaries = summaries
        self._by_url = {_plain_url(h.source_url): key for key, h in hints.items() if h.source_url}
        self._by_place: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name, key in names.items():
            folder, leaf = posixpath.split(name)
            self._by_place[folder, leaf.casefold()].add(key)
        #: The keys of the documents that each page links, in the order of its links.
        of = summaries if pages is None else pages
        self.linked = {key: linked for key in of if (linked := self._linked(key, summaries[key]))}

    def _linked(self, page: str, summary: Summary) -> list[str]:
        if not summary.links or page not in self._hints:
            return []
        found = (self._target(self._hints[page], href, text) for href, text in summary.links)
        return list(dict.fromkeys(key for key in found if key and key != page and key in self._summaries))

    def _target(self, page: Hints, href: str, text: str) -> str | None:
        """The document that a link means: by its address, by its path from the page, by its name beside the page."""
        for address in dict.fromkeys((*named_in(href), href)):
            url = _joined(page.source_url, address)
            key = self._by_url.get(_plain_url(url)) or self._by_path(page, address)
            if key := key or self._beside(page, unquote(_path(address)), url):
                return key
        return self._beside(page, text, "") if "/" not in text else None

    def _by_path(self, page: Hints, address: str) -> str | None:
        path = unquote(_path(address))
        if not path or path.startswith("/") or "://" in address:
            return None
        return self._names.get(posixpath.normpath(posixpath.join(posixpath.dirname(page.file_name), path)))

    def _beside(self, page: Hints, path: str, url: str) -> str | None:
        """The only file of that name beside the page or in the folder saved with it, unless it is known to be another."""
        leaf = posixpath.basename(path).casefold()
        folder = posixpath.dirname(page.file_name)
        stem = posixpath.join(folder, PurePosixPath(page.file_name).stem)
        places = (folder, *(stem + suffix for suffix in _SAVED))
        found = set[str]().union(*(self._by_place.get((place, leaf), ()) for place in places)) if leaf else set()
        if len(found) != 1:
            return None
        key = found.pop()
        known = self._hints[key].source_url if key in self._hints else None
        return None if known and "://" in url and _plain_url(known) != _plain_url(url) else key

    def told(self) -> Iterator[tuple[str, Hints]]:
        """The hints of documents that a page links as its report, by key: the page's name, and body and year where
        the document could not be filed without.

        A page that links several different documents tells nothing of any: they need not be its report.
        """
        pages: dict[str, list[str]] = defaultdict(list)
        for page, linked in self.linked.items():
            for key in linked:
                if self._is_its_report(page, key):
                    pages[key].append(page)
        for key, holders in sorted(pages.items()):
            silent = self._summaries[key].code in SILENT
            # A list that links the document too knows nothing of it.
            knowing = [page for page in holders if any(self._identity(page))] if silent else holders
            identities = {self._identity(page) for page in knowing}
            if silent and len(identities) != 1:
                continue
            own = replace(self._hints[key], attached_to=min(self._hints[page].file_name for page in knowing))
            if silent:
                body, year = identities.pop()
                own = replace(own, body_name=own.body_name or body, report_year=own.report_year or year)
            yield key, own

    def _is_its_report(self, page: str, key: str) -> bool:
        """Tell whether what a page links is the page's report: it says so itself, or it is silent and the only one."""
        summary, own = self._summaries[key], self._summaries[page]
        if summary.links and not summary.fact_count:
            return False  # a page that links on
        alone = len(self._different(page)) == 1
        if summary.code is None:
            return summary.report_id == own.report_id if own.code is None else alone
        return alone and summary.code in SILENT

    def _different(self, page: str) -> set[str]:
        """The documents of a page, where the same name with another suffix is the same document in another format."""
        return {str(PurePosixPath(self._hints[key].file_name).with_suffix("")) for key in self.linked[page]}

    def _identity(self, page: str) -> tuple[str | None, int | None]:
        summary, hints = self._summaries[page], self._hints[page]
        parsed = summary.code is None
        year = summary.report_year if parsed else hints.report_year
        return (summary.body_name if parsed else None) or hints.body_name, year

    def elsewhere(self) -> Iterator[tuple[str, str]]:
        """The pages that hold no report but link documents that were read, with a sentence that names these."""
        for page, linked in sorted(self.linked.items()):
            read = [self._hints[key].file_name for key in linked if self._summaries[key].code is None]
            if read and self._summaries[page].code in _NO_REPORT:
                yield page, f"what it links was read: {named(read, _NAMED)}"


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _joined(base: str | None, address: str) -> str:
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address


def _plain_url(url: str) -> str:
    """An address without what does not tell documents apart: scheme, fragment, escapes, the case of the host."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    return f"{parts.netloc.lower()}{unquote(parts.path)}?{parts.query}"

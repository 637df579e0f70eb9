"""One site: what stands at its addresses, what stands before them, and the ledger of what a harvester should make of it."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.made.country import Report
from tests.web.replica.behaviours import Behaviour
from tests.web.replica.columns import Column, Entry
from tests.web.replica.families import Family
from tests.web.replica.furniture import Look
from tests.web.replica.reply import Answer, Reply, Request
from tests.web.replica.resources import Resource, fixed
from tests.web.replica.rules import ROBOTS, Rule

EXPECTED, UNWANTED, FORBIDDEN, UNREACHABLE = "expected", "unwanted", "forbidden", "unreachable"
_MISSING = b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"


@dataclass(slots=True)
class Document:
    """What a list leads to. `url` is the address that is linked, `final` that of the bytes, after redirects.

    `kind`: `page` or `attachment`. `holds_report`: whether the report's tables are in it, not only a link to them.
    `fate` is what becomes of it in a complete refresh, `why` says so where it is not `expected`.
    """

    url: str
    body_name: str
    report_year: int
    kind: str = "page"
    holds_report: bool = True
    fate: str = EXPECTED
    why: str = ""
    final: str = ""

    def becomes(self, fate: str, why: str) -> None:
        """Give it another fate."""
        self.fate, self.why = fate, why


@dataclass
class Site:
    """A simulated government site at a loopback address of its own.

    `encoding` is the codec of its pages, whatever they say. `quirk` is what is wrong with it, "" where nothing is;
    `answers_304` whether it can. `covers` is what its list covers, or "report" where it is known by single reports only.
    """

    name: str
    host: str
    bodies: list[str]
    family: str
    encoding: str
    quirk: str
    look: Look
    maker: Family
    column: Column
    dice: random.Random
    covers: str = "body"
    form: str = "page"
    answers_304: bool = True
    rule: Rule = field(default_factory=Rule)
    validators: str = "both"
    is_zipped: bool = False
    says_charset: bool = False
    routes: dict[str, Answer] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    reports: dict[tuple[str, int], Report] = field(default_factory=dict)
    #: What carries the report of a body and year.
    carriers: dict[tuple[str, int], Document] = field(default_factory=dict)
    behaviours: list[tuple[Callable[[str], bool], Behaviour]] = field(default_factory=list)
    missing: Answer = field(default_factory=lambda: fixed(404, _MISSING))

    @property
    def address(self) -> str:
        """Scheme and host."""
        return f"http://{self.host}"

    @property
    def start(self) -> str:
        """The address of its column."""
        return self.address + self.maker.start

    def answer(self, request: Request) -> Reply:
        """Answer a request for one of its addresses."""
        inner = self.routes.get(request.path, self.missing)
        for applies, behaviour in self.behaviours:
            if applies(request.path):
                return behaviour(request, inner)
        return inner(request)

    def behave(self, behaviour: Behaviour, *paths: str) -> None:
        """Let a behaviour stand before some paths; without any, before all but robots.txt."""
        self.behaviours.append(((lambda path: path in paths) if paths else (lambda path: path != ROBOTS), behaviour))

    def publish(self, path: str, make: Callable[[], str], day: datetime.date, media_type: str = "text/html") -> None:
        """Put a page at a path. `make` gives its text."""
        told = f"; charset={self.look.charset}" if self.says_charset and self.look.charset else ""
        self.routes[path] = Resource(
            lambda: make().encode(self.encoding, "xmlcharrefreplace"),
            media_type + told,
            day,
            validators=self.validators,
            is_zipped=self.is_zipped,
        )

    def attach(self, path: str, make: Callable[[], bytes], day: datetime.date, name: str, media_type: str) -> None:
        """Put a file at a path."""
        disposition = name if "?" in path else None
        self.routes[path] = Resource(make, media_type, day, validators=self.validators, disposition=disposition)

    def relist(self) -> None:
        """Make the list's pages after its entries; those that say the same as before, or are no pages, stay as they were."""
        newest = max((entry.published for entry in self.column.entries), default=datetime.date(2025, 1, 1))
        for path, (text, media_type) in self.maker.lists(self.column, self.look).items():
            before = self.routes.get(path)
            if before is None:
                self.publish(path, lambda text=text: text, newest, media_type)  # type: ignore[misc]
            elif isinstance(before, Resource) and before.body != text.encode(self.encoding, "xmlcharrefreplace"):
                before.renew(lambda text=text: text.encode(self.encoding, "xmlcharrefreplace"))  # type: ignore[misc]

    def document_at(self, path: str) -> Document:
        """The document that is linked at a path. Raises `StopIteration` where there is none."""
        return next(each for each in self.documents if each.url == self.address + path)

    def of_reports(self) -> Iterator[tuple[Entry, Document]]:
        """The site's reports in its list, newest year first, with their pages."""
        for entry in sorted(self.column.entries, key=lambda entry: -entry.year):
            if entry.kind == "report" and not entry.is_elsewhere:
                yield entry, self.document_at(entry.path)


def path_of(url: str) -> str:
    """Path and query of an address."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")

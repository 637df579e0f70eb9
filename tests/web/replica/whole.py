"""The whole web: sites built by the plan, served by one server, with its ledger, its log and what can happen to it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from pipelines.bodies.naming import body_of
from tests.web.replica import build
from tests.web.replica.hits import Hit, Log
from tests.web.replica.plan import SPECS
from tests.web.replica.quirks import QUIRKS
from tests.web.replica.reply import Reply, Request
from tests.web.replica.reports import Changed, governments, revise
from tests.web.replica.resources import Resource, fixed
from tests.web.replica.rules import RETRIES, TOLERANCE, Rule, broken_rules
from tests.web.replica.server import Server
from tests.web.replica.site import EXPECTED, FORBIDDEN, UNREACHABLE, UNWANTED, Document, Site, path_of

COLUMNS = ("body_name", "province", "level", "kind", "covers", "report_year", "url", "origin", "note")


@dataclass(frozen=True, slots=True)
class Expected:
    """A document that a complete refresh ends with. `sha256` is that of its bytes without any encoding of the transfer.

    `url` is the address that is linked, `final_url` the one that gave the bytes. `kind`: `page` or `attachment`;
    `holds_report` is false for a page that only hands on the report as an attachment, which is expected besides.
    """

    body_name: str
    report_year: int
    url: str
    sha256: str
    kind: str
    holds_report: bool
    final_url: str


class ReplicaWeb:
    """A web of government sites on loopback addresses. The same seed makes the same web, but for the port."""

    def __init__(self, seed: int = 1) -> None:
        self._seed = seed
        self._log = Log()
        addresses = [f"127.0.1.{number}" for number in range(1, len(SPECS) + 1)]
        self._server = Server(addresses, self._answer, self._log)
        self.port = self._server.port
        names = governments(seed, len(SPECS))
        self.sites = [
            build.build(spec, build.Place(number, f"{address}:{self.port}", name, seed))
            for number, (spec, address, name) in enumerate(zip(SPECS, addresses, names, strict=True), 1)
        ]
        self._by_address = dict(zip(addresses, self.sites, strict=True))
        by_name = {site.name: site for site in self.sites}
        for site in self.sites:
            QUIRKS[site.quirk](site, by_name)
        for site in self.sites:
            site.relist()

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()

    def _answer(self, address: str, request: Request) -> Reply:
        return self._by_address[address].answer(request)

    # ------------------------------------------------------------ what there is

    def site(self, name: str) -> Site:
        """The site of that name. Raises `StopIteration`."""
        return next(site for site in self.sites if site.name == name)

    def site_of(self, body_name: str) -> Site:
        """The site where a body reports. Raises `StopIteration`."""
        return next(site for site in self.sites if body_name in site.bodies)

    def warm(self) -> None:
        """Make every page and file now, so that no later request waits for it, and no clock is late for it."""
        for site in self.sites:
            for answer in list(site.routes.values()):
                if isinstance(answer, Resource):
                    _ = answer.body

    def write_sources(self, path: Path, *, years: Iterable[int] | None = None) -> Path:
        """Write the registry: the lists, and the single reports (of some years only, where given) known besides."""
        wanted = None if years is None else set(years)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for site in self.sites:
                if site.covers != "report":
                    writer.writerow(_row(site.bodies[0], "list", site.covers, "", site.start, site.name))
                for document in self._known_singly(site):
                    if wanted is None or document.report_year in wanted:
                        year = str(document.report_year)
                        writer.writerow(_row(document.body_name, "report", "", year, document.url, site.name))
        return path

    def _known_singly(self, site: Site) -> list[Document]:
        """The reports that the registry has an address of: one that its list leads to as well, or all of a site."""
        found = [document for _, document in site.of_reports()]
        return found if site.covers == "report" else found[1:2] if site.name == "trs" else []

    # ------------------------------------------------------------ the ledger

    def expected(self, years: Iterable[int] | None = None) -> list[Expected]:
        """What a complete refresh must end with, of all years or some, as the web is now."""
        wanted = None if years is None else set(years)
        return [
            self._expected(document)
            for document in self._with_fate(EXPECTED)
            if wanted is None or document.report_year in wanted
        ]

    def _expected(self, document: Document) -> Expected:
        final = document.final or document.url
        return Expected(
            document.body_name,
            document.report_year,
            document.url,
            self.resource(final).sha256,
            document.kind,
            document.holds_report,
            final,
        )

    def forbidden(self) -> list[tuple[str, str]]:
        """Addresses that must never be requested, and why."""
        return [(document.url, document.why) for document in self._with_fate(FORBIDDEN)]

    def unwanted(self) -> list[tuple[str, str]]:
        """Addresses that may be requested but hold no report of the bodies that are asked for, and why."""
        return [(document.url, document.why) for document in self._with_fate(UNWANTED)]

    def unreachable(self) -> list[tuple[str, str]]:
        """Addresses of reports that cannot be had, and why."""
        return [(document.url, document.why) for document in self._with_fate(UNREACHABLE)]

    def _with_fate(self, fate: str) -> list[Document]:
        return [document for site in self.sites for document in site.documents if document.fate == fate]

    def resource(self, url: str) -> Resource:
        """What is served at an address. Raises `TypeError` where no page or file is."""
        found = self._by_address[str(urlsplit(url).hostname)].routes.get(path_of(url))
        if not isinstance(found, Resource):
            raise TypeError(f"nothing that stays stands at {url}")
        return found

    # ------------------------------------------------------------ the log

    @property
    def log(self) -> list[Hit]:
        """The hits so far."""
        return self.hits()

    def hits(self) -> list[Hit]:
        """The hits so far: a copy. Every answer that a client has had is in it."""
        self._server.settle()
        return self._log.hits()

    def clear_log(self) -> None:
        """Forget the hits so far."""
        self._log.clear()

    @property
    def rules(self) -> dict[str, Rule]:
        """What each host demands."""
        return {site.host: site.rule for site in self.sites}

    def broken_rules(self, min_gap: float, *, tolerance: float = TOLERANCE, retries: int = RETRIES) -> list[str]:
        """A sentence for each rule that the log shows broken (see `tests.web.replica.rules`)."""
        return broken_rules(self.hits(), self.rules, min_gap, tolerance=tolerance, retries=retries)

    # ------------------------------------------------------------ what can happen

    def change_page(self, body_name: str, year: int) -> list[Changed]:
        """A body revises its report of a year: the cells that differ, with every sum still right."""
        site = self.site_of(body_name)
        changed = revise(site.reports[body_name, year])
        carrier = site.carriers[body_name, year]
        self.resource(carrier.final or carrier.url).renew()
        return changed

    def add_report(self, body_name: str, year: int) -> list[Expected]:
        """A body publishes one more report, in its list and form: what is expected besides. 2025 is the last year."""
        site = self.site_of(body_name)
        known = len(site.documents)
        build.add_report(site, body_name, year)
        site.relist()
        return [self._expected(document) for document in site.documents[known:]]

    def remove_report(self, body_name: str, year: int) -> list[str]:
        """What a body published for a year answers 404 from now on; the list still links it. The addresses."""
        site = self.site_of(body_name)
        gone = [
            each
            for each in site.documents
            if (each.body_name, each.report_year, each.fate) == (body_name, year, EXPECTED)
        ]
        for document in gone:
            url = document.final or document.url
            self._by_address[str(urlsplit(url).hostname)].routes[path_of(url)] = fixed(404, b"<html>404</html>")
            document.becomes(UNREACHABLE, "removed")
        return [document.url for document in gone]

    def touch_furniture(self, site: Site) -> None:
        """The counter at the foot of a site's pages moves on: other bytes, the same reports."""
        site.look.visits += 1
        for answer in list(site.routes.values()):
            if isinstance(answer, Resource) and answer.media_type.startswith("text/html"):
                answer.renew()
        site.relist()


def _row(body_name: str, kind: str, covers: str, year: str, url: str, note: str) -> tuple[str, ...]:
    body = body_of(body_name)
    return (body_name, str(body.province_name), body.level, kind, covers, year, url, "collected", note)

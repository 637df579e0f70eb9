"""Situations served, each at a loopback address of its own, and one night of a refresh over one of them.

The refresh runs in this process, with hardly a pause: the rules of politeness are judged by the replica's tests.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from pipelines.harvest import run
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger.coverage import coverage, today
from pipelines.harvest.ledger.database import Fetch, Ledger
from pipelines.harvest.ledger.totals import Closing
from pipelines.harvest.register.calendar import Standing
from pipelines.harvest.register.sources import COLUMNS, Source
from pipelines.harvest.walk.plan import Asked
from pipelines.workspace import Workspace
from tests.web.replica.hits import Hit, Log
from tests.web.replica.reply import Reply, Request
from tests.web.replica.server import Server
from tests.web.situations.situation import Answer, Situation

POLICY = Policy(
    contact="tests@example.org",
    delay_seconds=0.001,
    requests_per_second=5000,
    backoff_seconds=0.001,
    attempts=2,
    allow_loopback=True,
)
_NOT_FOUND = Answer(b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>", 404)
_FORBIDDEN = Answer(b"<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>", 403)
_NO_METHOD = Answer(b"Method Not Allowed", 405, "text/plain")
_NET = "127.0.4"


@dataclass(frozen=True, slots=True)
class Night:
    """What came of one refresh of a situation. Paths are those of its site, as `Situation.expected` has them."""

    closing: Closing
    hits: Sequence[Hit]
    fetches: Mapping[str, Fetch]
    standings: Sequence[Standing]

    @property
    def found(self) -> set[str]:
        """The paths of reports that the server was asked for and that the ledger has as reports."""
        asked = {hit.path for hit in self.hits}
        return {path for path, fetch in self.fetches.items() if fetch.kind == "report" and fetch.is_good} & asked

    @property
    def named(self) -> dict[str, tuple[str | None, int | None]]:
        """The body and year of each report that was found."""
        return {path: (self.fetches[path].body_name, self.fetches[path].report_year) for path in self.found}

    @property
    def states(self) -> dict[str, str]:
        """How `sources due` says that each body of the register stands."""
        return {each.expected.body_name: each.state for each in self.standings}

    @property
    def late(self) -> list[str]:
        """The bodies that it calls late."""
        return [each.expected.body_name for each in self.standings if each.is_late]


class Served:
    """A server of situations, while it is entered."""

    def __init__(self, situations: Sequence[Situation]) -> None:
        self._log = Log()
        addresses = [f"{_NET}.{number}" for number in range(1, len(situations) + 1)]
        self._by_address = dict(zip(addresses, situations, strict=True))
        self._address = {situation.name: address for address, situation in self._by_address.items()}
        self._server = Server(addresses, self._answer, self._log)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()

    def base(self, situation: Situation) -> str:
        """Where a situation is served: scheme, host and port."""
        return f"http://{self._address[situation.name]}:{self._server.port}"

    def sources(self, situation: Situation) -> list[Source]:
        """The register's rows of a situation."""
        base = self.base(situation)
        return [
            Source(
                row.body_name,
                row.province,
                row.level,
                row.kind,
                row.covers if row.kind == "list" else None,
                row.report_year,
                row.path.replace(situation.origin, base) if "://" in row.path else base + row.path,
                "added",
            )
            for row in situation.rows
        ]

    def refresh(
        self,
        situation: Situation,
        folder: Path,
        *,
        year: int | None = 2025,
        only_year: bool = False,
        on: date | None = None,
    ) -> Night:
        """One night: a refresh into a workspace in `folder`, and how the reports of `year` stand on the day `on`."""
        registers, workspace = run.Registers(self.sources(situation)), Workspace(folder)
        self._server.settle()
        before = len(self._hits(situation))
        asked = Asked(frozenset((year,)) if only_year and year else None)
        closed = run.run(workspace, registers, asked, POLICY)
        self._server.settle()
        base = self.base(situation)
        with closing(Ledger(workspace.ledger)) as ledger:
            run_id = ledger.runs()[-1]["run_id"]
            fetches = {fetch.url.removeprefix(base): fetch for fetch in ledger.in_run(run_id)}
            standings = coverage(registers.sources, ledger, year, on or today()) if year else []
        return Night(closed, self._hits(situation)[before:], fetches, standings)

    def all_hits(self) -> list[Hit]:
        """All that was asked of any situation so far."""
        self._server.settle()
        return self._log.hits()

    def hits(self, situation: Situation) -> list[Hit]:
        """All that was asked of one situation so far."""
        self._server.settle()
        return self._hits(situation)

    def _hits(self, situation: Situation) -> list[Hit]:
        base = self.base(situation)
        return [hit for hit in self._log.hits() if hit.url.startswith(base + "/")]

    def _answer(self, address: str, request: Request) -> Reply:
        situation = self._by_address[address]
        said = _said(situation, request)
        body = said.body.replace(situation.origin.encode(), self.base(situation).encode())
        return Reply(said.status, (("Content-Type", said.content_type), *said.headers.items()), body)


def write_sources(path: Path, sources: Sequence[Source]) -> Path:
    """Write rows as a register; where they are."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([[getattr(each, name) or "" for name in COLUMNS] for each in sources])
    return path


def _decoded(path: str) -> str:
    """A path and query as a person writes it."""
    return unquote(path.replace("+", " "))


def _posted(answers: Mapping[str, Answer], request: Request) -> Answer | None:
    """The answer to a form: `POST /list?id=7 page=2 …`, where all pieces stand in what was sent."""
    sent = request.body.decode("latin-1")
    for key, said in answers.items():
        method, _, rest = key.partition(" ")
        path, *pieces = rest.split(" ")
        if method == "POST" and path == request.path and all(piece in sent for piece in pieces):
            return said
    return None


def _said(situation: Situation, request: Request) -> Answer:
    """The answer to a request: by path with query, by path, or that to all others."""
    answers, plain = situation.answers, request.path.partition("?")[0]
    if request.method == "POST" and (form := _posted(answers, request)) is not None:
        return form
    found = answers.get(request.path) or answers.get(_decoded(request.path)) or answers.get(unquote(plain))
    said = found or answers.get("*") or _NOT_FOUND
    if not all(part in request.headers.get(name.lower(), "") for name, part in said.needs.items()):
        return _FORBIDDEN
    return _NO_METHOD if said.method and said.method != request.method else said

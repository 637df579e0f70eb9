"""`gongkai sources probe`: each list of the register is looked at once, and what came is kept.

Belongs here: which lists are due for a look, and looking. Does not belong here: what follows (`pipelines.harvest.grow.rules`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pipelines.harvest.alone import alone
from pipelines.harvest.discovery.page_trees import text_of
from pipelines.harvest.fetch.address import canonical, host_of
from pipelines.harvest.fetch.client import Client
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.grow.families import family_of
from pipelines.harvest.grow.listed import listed
from pipelines.harvest.grow.look import Look, client_of, look
from pipelines.harvest.register import probes
from pipelines.harvest.register.probes import Probe
from pipelines.harvest.register.sources import Source
from pipelines.harvest.run import Registers
from pipelines.workspace import Workspace

#: A list that yields nothing in its season is looked at anew after so many days, and no sooner.
_ANEW = timedelta(days=30)
#: Bodies of one list that are kept by name, looks that are written down together.
_NAMES = 500
_TOGETHER = 50

OnProbe = Callable[[Probe], None]


@dataclass(frozen=True, slots=True)
class DueLook:
    """One address to be looked at, and why."""

    url: str
    host: str
    why: str


def due_looks(
    sources: Sequence[Source],
    known: Mapping[str, Probe],
    barren: Container[tuple[str, str]],
    today: date,
    *,
    again: bool = False,
) -> list[DueLook]:
    """The addresses of lists that are due for a look, each once.

    `barren` are the bodies (province, name) of which no report came in their due season; with `again` all are due.
    """
    found: dict[str, DueLook] = {}
    for source in sources:
        url = canonical(source.url) if source.kind == "list" else None
        if url is None or url in found:
            continue
        why = "asked for" if again else _why(known.get(url), source.body in barren, today)
        if why:
            found[url] = DueLook(url, host_of(url) or "", why)
    return list(found.values())


def _why(last: Probe | None, is_barren: bool, today: date) -> str | None:
    if last is None:
        return "never looked at"
    if last.state == "unreached":
        return "asked in vain last time"
    is_old = today - date.fromisoformat(last.probed_on) >= _ANEW
    return "yielded nothing in its due season" if is_barren and is_old else None


def probe(
    workspace: Workspace, registers: Registers, due: Sequence[DueLook], policy: Policy, today: date, on_probe: OnProbe
) -> list[Probe]:
    """Look at addresses once and keep what came, also of a run that is stopped. Raises `BusyError`, `PolicyError`."""
    _ = policy.user_agent  # without a contact nothing begins
    with alone(workspace):
        return asyncio.run(_all(workspace, registers, due, policy, today, on_probe))


async def _all(
    workspace: Workspace, registers: Registers, due: Sequence[DueLook], policy: Policy, today: date, on_probe: OnProbe
) -> list[Probe]:
    done: list[Probe] = []
    kept = _Kept(probes.file_of(workspace))
    async with client_of(workspace, registers, policy) as client:

        async def one(each: DueLook) -> None:
            found = await _one(client, each.url, today)
            done.append(found)
            kept.add(found)
            on_probe(found)

        try:
            await asyncio.gather(*(one(each) for each in due))
        finally:
            kept.write()
    return done


class _Kept:
    """Writes looks down, some at a time, so that a run that is stopped loses none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[Probe] = []

    def add(self, found: Probe) -> None:
        self._waiting.append(found)
        if len(self._waiting) >= _TOGETHER:
            self.write()

    def write(self) -> None:
        if self._waiting:
            probes.add(self._path, self._waiting)
            self._waiting = []


async def _one(client: Client, url: str, today: date) -> Probe:
    try:
        return made_probe(await look(client, url), today)
    except Exception as error:  # whatever a hostile page brings about: one address can never stop the run
        return Probe(url, today.isoformat(), "unreached", "crashed", f"{type(error).__name__}: {error}"[:200], None, 0, None, 0, None, None)  # fmt: skip


def made_probe(seen: Look, today: date) -> Probe:
    """The row of one look."""
    landed = seen.landed if seen.landed != seen.url else None
    day, url = today.isoformat(), canonical(seen.url) or seen.url
    if seen.state is not None:
        family = family_of(seen.landed)
        return Probe(url, day, seen.state, seen.code, _line(seen.reason), None, 0, None, 0, family, landed)
    found = listed(seen.body, seen.landed, seen.content_type)
    names = "；".join(found.bodies[:_NAMES]) or None
    family = family_of(seen.landed, text_of(seen.body))
    return Probe(
        url, day, found.state, None, found.reason, found.newest_year, found.reports, names, len(found.bodies), family, landed
    )  # fmt: skip


def _line(text: str) -> str:
    return " ".join(text.split())[:200] or "no reason was given"

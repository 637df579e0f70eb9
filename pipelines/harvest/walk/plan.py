"""Tells what a refresh asks for to begin with: lists, reports of the register, and reports known from before that are due.

Belongs here: which addresses are due, and why. Does not belong here: asking (`pipelines.harvest.walk.refresh`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from pipelines.harvest.fetch.address import canonical, host_of
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger.database import Fetch, Ledger
from pipelines.harvest.register.calendar import TIME_ZONE, report_year_due
from pipelines.harvest.register.sources import Source, matching
from pipelines.harvest.walk.order import by_need

#: Codes that say that an address holds nothing, as opposed to faults that may pass.
HOLDS_NOTHING = frozenset({"http_404", "http_410", "soft_404", "empty"})
#: Codes of what is as it is for long, though not for ever.
_LASTS = HOLDS_NOTHING | {"too_large"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Holds what a refresh is asked for: report years (None: all), and a pattern over body, province, host and address."""

    years: frozenset[int] | None = None
    only: str | None = None

    @property
    def arguments(self) -> tuple[str, ...]:
        """The same for the same request."""
        return (",".join(map(str, sorted(self.years))) if self.years else "", self.only or "")

    def takes(self, year: int | None) -> bool:
        """Tell whether a report of this year is asked for; one of an unknown year is, since it may be."""
        return self.years is None or year is None or year in self.years


@dataclass(frozen=True, slots=True)
class Planned:
    """One address to ask for, on whose behalf, and why."""

    url: str
    host: str
    kind: str
    why: str
    source: Source
    known: Fetch | None = None


class Due:
    """Says which known addresses are to be looked at again now."""

    def __init__(self, ledger: Ledger, policy: Policy, now: datetime) -> None:
        self._policy, self._now = policy, now
        self._first = ledger.first_seen()
        self._stopped = {run["run_id"] for run in ledger.runs() if not run["finished_at"]}
        self.last: Mapping[str, Fetch] = {fetch.url: fetch for fetch in ledger.last_of_each()}

    @property
    def today(self) -> date:
        """The day of the refresh in China."""
        return self._now.astimezone(ZoneInfo(TIME_ZONE)).date()

    @property
    def seen(self) -> frozenset[str]:
        """The names of bodies of which a report of the newest year was had."""
        year = report_year_due(self.today)
        had = (fetch for fetch in self.last.values() if fetch.report_year == year and fetch.is_good)
        return frozenset(fetch.body_name for fetch in had if fetch.body_name)

    def landed(self, url: str) -> str:
        """The address that one led to when it was last asked for; itself where it led nowhere else."""
        for _ in range(self._policy.redirects):
            last = self.last.get(url)
            if last is None or last.outcome != "redirected" or last.location is None:
                break
            url = last.location
        return url

    def why(self, url: str) -> str | None:
        """Tell why an address is to be asked for; None where it is not due. One that leads elsewhere is due when that one is."""
        url = self.landed(url)
        last = self.last.get(url)
        if last is None:
            return "never asked for"
        if last.run_id in self._stopped:  # what it links was not asked for, perhaps
            return "the refresh that looked at it was stopped"
        first, ago = self._first.get(url), self._now - _time(last.requested_at)
        if last.code in _LASTS and not self._is_fresh(last, first):
            return "held nothing; it may again" if ago > timedelta(days=self._policy.recheck_days) else None
        if not last.is_good and last.outcome != "redirected":
            return f"failed last time: {last.code}"
        if first is None or self._is_young(first):
            return "published lately: it may be revised"
        return "looked at long ago" if ago > timedelta(days=self._policy.recheck_days) else None

    def _is_fresh(self, last: Fetch, first: str | None) -> bool:
        """Tell whether what an address does not hold may well be there tomorrow: sites link reports before these are there,
        and are tended to while reports are due."""
        if last.code not in HOLDS_NOTHING:
            return False
        if first is None and last.published_on is None:
            return last.report_year is not None and last.report_year >= self._now.year - 1
        return any(self._is_young(day) for day in (first, last.published_on) if day)

    def _is_young(self, day: str) -> bool:
        return self._now - _time(day) < timedelta(days=self._policy.young_days)


def planned(sources: Sequence[Source], due: Due, asked: Asked) -> Iterator[Planned]:
    """The addresses to begin with, each once: lists first, since what they link is new, and of these first those of bodies
    whose report is due and was not seen. A list that several bodies share
    is one for each of them, and asked for once."""
    seen: set[object] = set()
    chosen = by_need(matching(sources, asked.only), due.seen, due.today)
    for each in (*_lists(chosen), *_reports(chosen, due, asked), *_known(chosen, due, asked)):
        whose = (each.url, each.source.body, each.source.covers)
        if (whose if each.kind == "list" else each.url) not in seen:
            seen.update((each.url, whose))
            yield each


def _lists(sources: Iterable[Source]) -> Iterator[Planned]:
    for source in sources:
        if source.is_walked:
            yield from _plan(source.url, "list", "a list of reports", source)


def _reports(sources: Iterable[Source], due: Due, asked: Asked) -> Iterator[Planned]:
    for source in sources:
        if source.kind == "report" and asked.takes(source.report_year):
            url = canonical(source.url)
            if why := due.why(url) if url else "no address of the web":
                yield from _plan(source.url, "report", why, source)


def _known(sources: Iterable[Source], due: Due, asked: Asked) -> Iterator[Planned]:
    """Reports and their attachments that earlier refreshes found, of the bodies that are asked for."""
    bodies: dict[str, Source] = {}
    hosts: dict[str, Source] = {}
    for each in sources:
        bodies.setdefault(each.body_name, each)
        hosts.setdefault(host_of(each.url) or "", each)
    for url, last in due.last.items():
        source: Source | None = bodies.get(last.body_name or "") or hosts.get(host_of(url) or "")
        why = due.why(url)
        if source and why and asked.takes(last.report_year) and last.outcome != "redirected":
            yield from _plan(url, last.kind, why, source, last)


def _plan(url: str, kind: str, why: str, source: Source, known: Fetch | None = None) -> Iterator[Planned]:
    plain = canonical(url)
    yield Planned(plain or url, host_of(plain or "") or "", kind, why, source, known)


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)

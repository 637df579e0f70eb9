"""A season of a country: the real refresh, ledger and archive on made sites, day after day, with a clock that is set forward.

    .venv/bin/python -m benchmarks.season                        # 400 lists, 3,000 reports, 120 days: some minutes
    .venv/bin/python -m benchmarks.season --young-days 14
    .venv/bin/python -m benchmarks.season --plan                 # 40,000 lists and 300,000 reports, one plan of all

No socket is opened: a client that answers at once counts each request and its host. The time that a refresh takes follows
from the counts: the busiest host at one request in two seconds, and all hosts at twenty requests a second. Robots.txt is
asked for once a host and refresh, as the real client does.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipelines.archive.response import Response
from pipelines.harvest.fetch.address import host_of
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger.database import Fetch, Ledger
from pipelines.harvest.register.sources import Source
from pipelines.harvest.walk import refresh
from pipelines.harvest.walk.plan import Asked, Due, planned
from pipelines.harvest.walk.refresh import Setting

YEAR = 2025
BEGIN = date(2026, 1, 1)
#: Of a hundred lists so many stand on portals, with those of other organs; the others on sites of their own.
ON_PORTALS = 85
#: Lists on one portal, on the average; three large platforms hold a tenth of all.
ON_A_PORTAL, PLATFORMS, ON_PLATFORMS = 10, 3, 10
TEXT = "<p>" + "本机关主动公开政府信息，依法办理政府信息公开申请。" * 40 + "</p>"


@dataclass(slots=True)
class Web:
    """Lists and the days on which their reports appear; counts of requests by host of the day."""

    rows: list[Source]
    appears: dict[str, list[tuple[date, str, str]]]
    today: date = BEGIN
    asked: Counter[str] = field(default_factory=Counter)
    sent: int = 0

    def answer(self, url: str, headers: Mapping[str, str]) -> Response:
        """The page of a list as it stands today, or a report."""
        self.asked[host_of(url) or ""] += 1
        if url in self.appears:
            there = [each for each in self.appears[url] if each[0] <= self.today]
            links = "".join(f"<li><a href='{link}'>{title}</a><span>{day}</span></li>" for day, link, title in there)
            body = f"<title>政府信息公开年报</title><ul>{links}</ul>{TEXT[:400]}"
        else:
            body = f"<title>{YEAR}年政府信息公开工作年度报告</title>{url}{TEXT}"
        tag = f'"{len(body)}"'
        at = datetime.combine(self.today, datetime.min.time(), UTC).isoformat(timespec="milliseconds")
        at = at.replace("+00:00", "Z")
        if headers.get("If-None-Match") == tag:
            return Response(url, 304, "Not Modified", (("ETag", tag),), b"", at)
        self.sent += len(body.encode())
        kind = (("Content-Type", "text/html; charset=utf-8"), ("ETag", tag))
        return Response(url, 200, "OK", kind, f"<html><meta charset='utf-8'>{body}</html>".encode(), at)


def web(lists: int, reports: int, seed: int) -> Web:
    """Lists on portals, platforms and sites of their own; reports appear around the last days of January and March."""
    chance = random.Random(seed)
    rows, appears = [], {}
    for number in range(lists):
        url = f"http://{_host(number, lists)}/nb{number}/"
        rows.append(Source(f"杭州市第{number}号局", "浙江", "department", "list", "body", None, url, "added"))
        appears[url] = []
    for number in range(reports):
        url = rows[number % lists].url
        last = date(2026, 1, 31) if chance.random() < 0.8 else date(2026, 3, 31)
        day = last + timedelta(days=round(chance.gauss(-6, 8)))
        title = (
            f"{YEAR}年政府信息公开工作年度报告"
            if number < lists
            else f"{YEAR - number // lists}年政府信息公开工作年度报告"
        )
        # Reports of earlier years have been there all along.
        appears[url].append((day if number < lists else BEGIN, f"{url}t{number:06d}.html", title))
    return Web(rows, appears)


def _host(number: int, lists: int) -> str:
    share = number * 100 // lists
    if share < ON_PLATFORMS:
        return f"platform{number % PLATFORMS}.gov.cn"
    if share < ON_PORTALS:
        return f"portal{number % max(1, lists * (ON_PORTALS - ON_PLATFORMS) // 100 // ON_A_PORTAL)}.gov.cn"
    return f"site{number}.gov.cn"


def client_of(made: Web) -> type[Any]:
    """A client for the real refresh that asks the made web."""

    class Counting:
        def __init__(self, policy: Policy, **_: object) -> None:
            self.left_alone: dict[str, datetime] = {}
            self._met: set[str] = set()

        async def __aenter__(self) -> Self:
            return self

        async def __aexit__(
            self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
        ) -> None:
            return None

        async def ask(self, url: str, headers: Mapping[str, str] | None = None, **_: object) -> Response:
            host = host_of(url) or ""
            if host not in self._met:
                self._met.add(host)
                made.asked[host] += 1  # robots.txt
            return made.answer(url, headers or {})

    return Counting


def season(made: Web, policy: Policy, days: int, every: int) -> list[tuple[date, int, int, float, float]]:
    """One line a refresh: day, requests, those of the busiest host, hours that it takes, seconds of our own work."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "ledger.sqlite")
        setting = Setting(made.rows, ledger, Path(folder) / "archive", policy, {}, lambda host: True)
        refresh.Client = client_of(made)  # type: ignore[misc]
        for step in range(0, days, every):
            made.today, made.asked = BEGIN + timedelta(days=step), Counter()
            began = time.monotonic()
            now = datetime.combine(made.today, datetime.min.time(), UTC) + timedelta(hours=1)
            refresh.refresh(setting, Asked(None, None), now=now)
            worked = time.monotonic() - began
            lines.append((made.today, made.asked.total(), max(made.asked.values()), hours(made.asked, policy), worked))
        ledger.close()
    return lines


def hours(asked: Counter[str], policy: Policy) -> float:
    """How long so many requests take at the pace of the policy."""
    busiest = max(asked.values(), default=0) * policy.delay_seconds
    return max(busiest, asked.total() / policy.requests_per_second) / 3600


def plan(lists: int, reports: int, policy: Policy, seed: int) -> None:
    """Plan one refresh of a whole country: seconds, memory, and how long the requests would take."""
    made = web(lists, reports, seed)
    ledger = Ledger(None)
    now = datetime(2026, 3, 1, 1, tzinfo=UTC)
    run = ledger.begin(("",), now - timedelta(days=1))
    template = Fetch(run.run_id, "", "report", "2026-02-10T01:00:00.000Z", "new", report_year=YEAR, sha256="0" * 64)
    for source in made.rows:
        for _, link, title in made.appears[source.url]:
            ledger.add(replace(template, url=link, body_name=source.body_name, title=title))
    ledger.finish(run.run_id, now - timedelta(days=1))
    before, began = _memory(), time.monotonic()
    found = list(planned(made.rows, Due(ledger, policy, now), Asked(None, None)))
    seconds = time.monotonic() - began
    asked = Counter(each.host for each in found)
    print(
        f"{len(found):,} addresses on {len(asked):,} hosts planned in {seconds:.1f} s; memory {before:,.0f} to {_memory():,.0f} MB"
    )
    print(f"busiest host {max(asked.values()):,}; the refresh takes {hours(asked, policy):.1f} h at the policy's pace")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lists", type=int, default=400)
    parser.add_argument("--reports", type=int, default=3000)
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--every", type=int, default=1, help="days between two refreshes")
    parser.add_argument("--young-days", type=int, default=Policy().young_days)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plan", action="store_true", help="plan one refresh of 40,000 lists and 300,000 reports")
    given = parser.parse_args()
    policy = Policy(contact="t@example.org", young_days=given.young_days)
    if given.plan:
        plan(40_000, 300_000, policy, given.seed)
        return
    made = web(given.lists, given.reports, given.seed)
    lines = season(made, policy, given.days, given.every)
    requests = [line[1] for line in lines]
    print(
        "| lists | reports | refreshes | young days | requests | a refresh, median (most) | hours, median (most) | MB sent | own work s | peak MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    takes, work = [line[3] for line in lines], sum(line[4] for line in lines)
    print(
        f"| {given.lists:,} | {given.reports:,} | {len(lines)} | {given.young_days} | {sum(requests):,} "
        f"| {statistics.median(requests):,.0f} ({max(requests):,}) | {statistics.median(takes):.2f} ({max(takes):.2f}) "
        f"| {made.sent / 1e6:,.1f} | {work:,.0f} | {_memory():,.0f} |"
    )


if __name__ == "__main__":
    main()

"""What a refresh walks, over several days, on small sites of our own: lists, moved addresses, days on which a site fails."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.catalogue import catalogue, harvested
from pipelines.catalogue.record import Record
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger.database import DOCUMENTS, Fetch, Ledger
from pipelines.harvest.register.sources import Source
from pipelines.harvest.walk import refresh
from pipelines.harvest.walk.plan import Asked
from pipelines.harvest.walk.refresh import Setting
from pipelines.tabulate.reconcile import reconcile
from pipelines.workspace import Workspace
from tests.made import corpus
from tests.made.loopback import MISSING, Route, Site, answer, site

pytestmark = pytest.mark.usefixtures("no_workers")

POLICY = Policy(
    allow_loopback=True, delay_seconds=0.001, backoff_seconds=0.01, attempts=2, requests_per_second=1000, redirects=5
)
FIRST = datetime(2026, 1, 10, tzinfo=UTC)
BODY, OTHER = "杭州市人民政府", "杭州市教育局"


@dataclass(slots=True)
class Days:
    """A workspace over several refreshes of one site, whose routes a test may change in between."""

    folder: Path
    routes: dict[str, Route] = field(default_factory=dict)
    day: datetime = FIRST
    asked: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.folder)

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.workspace.ledger)

    def refresh(
        self, sources: Callable[[Site], Sequence[Source]], *, after_days: float = 1, years: set[int] | None = None
    ) -> dict[str, Fetch]:
        """One refresh; what came of each path."""

        async def scene() -> dict[str, Fetch]:
            async with site(self.routes, port=self.port) as made:
                self.port = made.port
                ledger = self.ledger
                setting = Setting(sources(made), ledger, self.folder / "archive", POLICY, {}, lambda host: True)
                asked = Asked(frozenset(years) if years else None)
                run = await asyncio.to_thread(refresh.refresh, setting, asked, now=self.day)
                self.asked = [path for path in made.paths if path != "/robots.txt"]
                found = {fetch.url.removeprefix(made.url("")): fetch for fetch in ledger.in_run(run)}
                ledger.close()
                return found

        self.day += timedelta(days=after_days)
        return asyncio.run(scene())

    def build(self) -> tuple[int, Record]:
        """Bring the catalogue up to what is archived; how many documents were parsed, and the one report that there is."""
        done = catalogue.refresh(self.workspace.inbox, self.workspace, worker_count=1)
        records = [catalogue.load_record(self.workspace, entry.key) for entry in done.catalogue.entries]
        assert len({record.summary.report_id for record in records}) == 1, [record.summary for record in records]
        return done.parsed, reconcile(records)

    def happened(self, time: str) -> None:
        """Let what is first seen in the last refresh, or was looked at in it, have been so at a time."""
        with sqlite3.connect(self.workspace.ledger) as rows:
            rows.execute("update fetches set requested_at = ? where run_id = (select max(run_id) from runs)", (time,))

    def reports(self) -> set[tuple[str, str | None, int | None]]:
        """Path, body and year of every document ever had."""
        with _closed(self.ledger) as ledger:
            return {
                (fetch.url.partition(str(self.port))[2], fetch.body_name, fetch.report_year)
                for fetch in ledger.documents()
            }


@contextmanager
def _closed(ledger: Ledger) -> Iterator[Ledger]:
    try:
        yield ledger
    finally:
        ledger.close()


@pytest.fixture
def days(tmp_path: Path) -> Days:
    return Days(tmp_path)


def listed(path: str, body: str = BODY, covers: str = "body") -> Callable[[Site], list[Source]]:
    return lambda made: [source(made, path, body, covers)]


def source(made: Site, path: str, body: str = BODY, covers: str | None = "body", year: int | None = None) -> Source:
    kind = "report" if year else "list"
    return Source(body, "浙江", "prefecture", kind, None if year else covers, year, made.url(path), "added")


def page(inner: str, title: str = "政府信息公开年报") -> bytes:
    text = (
        f"<html><head><title>{title}</title></head><body>{inner}<p>{'本栏目公开本机关的信息。' * 8}</p></body></html>"
    )
    return answer(text.encode(), Content_Type="text/html; charset=utf-8")


def column(*reports: tuple[int, str], more: str = "") -> bytes:
    """A list of (year, address) as it stands, with dates, and what else it links."""
    rows = (
        f'<li><a href="{href}">{BODY}{year}年政府信息公开工作年度报告</a><span>{year + 1}-01-20</span></li>'
        for year, href in reports
    )
    return page(f"<ul>{''.join(rows)}</ul>{more}")


def report(year: int, word: str = "") -> bytes:
    title = f"{BODY}{year}年政府信息公开工作年度报告"
    return page(f"<h1>{title}</h1>{word}<p>{f'本年度主动公开政府信息若干条{word}。' * 60}</p>", title)


NEXT = '<a href="/nb/index_1.html">下一页</a>'


def test_a_list_that_bodies_share_is_walked_for_each_of_them(days: Days) -> None:
    title = "2025年政府信息公开工作年度报告"
    days.routes = {
        "/nb/": page(
            f'<ul><li><a href="/1.html">{BODY}{title}</a></li><li><a href="/2.html">{OTHER}{title}</a></li></ul>'
        ),
        "/1.html": report(2025),
        "/2.html": report(2025, "教育"),
    }
    days.refresh(lambda made: [source(made, "/nb/", BODY), source(made, "/nb/", OTHER)])
    assert days.reports() == {("/1.html", BODY, 2025), ("/2.html", OTHER, 2025)}
    assert sorted(days.asked) == ["/1.html", "/2.html", "/nb/"]


def test_a_further_page_that_failed_is_asked_for_the_next_day_though_the_first_is_as_it_was(days: Days) -> None:
    days.routes = {
        "/nb/": column((2025, "/1.html"), (2024, "/2.html"), more=NEXT),
        "/nb/index_1.html": answer(b"", "503 Busy"),
        **{f"/{n}.html": report(2026 - n) for n in (1, 2, 3)},
    }
    assert days.refresh(listed("/nb/"))["/nb/index_1.html"].code == "http_503"
    days.routes["/nb/index_1.html"] = column((2023, "/3.html"))
    assert days.refresh(listed("/nb/"))["/3.html"].outcome == "new"
    assert "/nb/index_1.html" not in days.refresh(listed("/nb/")), "all of it was seen, and nothing changed"


def test_a_list_with_the_oldest_first_is_walked_to_its_end_each_time(days: Days) -> None:
    days.routes = {
        "/nb/": column((2019, "/1.html"), (2020, "/2.html"), more=NEXT),
        "/nb/index_1.html": column((2024, "/3.html")),
        **{f"/{n}.html": report(2018 + n) for n in range(1, 5)},
    }
    days.refresh(listed("/nb/"))
    days.routes["/nb/index_1.html"] = column((2024, "/3.html"), (2025, "/4.html"))
    assert days.refresh(listed("/nb/"))["/4.html"].outcome == "new"


def test_a_refresh_of_one_year_does_not_hide_a_change_from_the_next_whole_one(days: Days) -> None:
    days.routes = {
        "/nb/": column((2023, "/1.html"), more=NEXT),
        "/nb/index_1.html": column((2022, "/2.html")),
        **{f"/{n}.html": report(2024 - n) for n in (1, 2)},
        "/3.html": report(2025),
        "/4.html": report(2024),
    }
    days.refresh(listed("/nb/"))
    days.routes["/nb/"] = column((2025, "/3.html"), (2024, "/4.html"), more=NEXT)
    days.routes["/nb/index_1.html"] = column((2023, "/1.html"), (2021, "/5.html"))
    days.routes["/5.html"] = report(2021)
    assert "/5.html" not in days.refresh(listed("/nb/"), years={2025})
    assert days.refresh(listed("/nb/"))["/5.html"].outcome == "new"


def test_lists_that_lead_to_each_other_end(days: Days) -> None:
    links = "".join(f'<li><a href="/nb/{year}/">{year}年</a></li>' for year in range(2008, 2026))
    days.routes = {
        "/nb/": page(f"<ul>{links}</ul>"),
        **{f"/nb/{year}/": column((year, f"/{year}.html"), more=f"<ul>{links}</ul>") for year in range(2008, 2026)},
        **{f"/{year}.html": report(year) for year in range(2008, 2026)},
    }
    found = days.refresh(listed("/nb/"))
    assert len(days.reports()) == 18
    assert len(days.asked) == len(set(days.asked)) == 37
    assert all(fetch.outcome == "new" for path, fetch in found.items() if path != "/robots.txt")


def test_a_report_that_is_linked_before_it_is_there_is_had_the_next_day(days: Days) -> None:
    days.routes = {"/nb/": column((2025, "/1.html")), "/1.html": MISSING}
    assert days.refresh(listed("/nb/"))["/1.html"].code == "http_404"
    days.routes["/1.html"] = report(2025)
    assert days.refresh(listed("/nb/"))["/1.html"].outcome == "new"


def test_a_body_without_a_list_is_looked_for_where_its_old_report_names_the_column(days: Days) -> None:
    crumbs = '<div class="nav"><a href="/nb/">政府信息公开年报</a></div>'
    old = page(f"<h1>{BODY}2020年政府信息公开工作年度报告</h1>{crumbs}<p>{'主动公开。' * 200}</p>")
    days.routes = {"/0.html": answer(b"", "302 Found", Location="/old/1.html"), "/old/1.html": old}
    days.routes["/nb/"] = column((2020, "/old/1.html"))

    def sources(made: Site) -> list[Source]:
        return [source(made, "/0.html", year=2020)]

    days.refresh(sources)
    days.happened("2025-01-01T00:00:00Z")
    days.refresh(sources)
    days.happened(days.day.isoformat())
    days.routes["/nb/"] = column((2025, "/5.html"), (2020, "/old/1.html"))
    days.routes["/5.html"] = report(2025)
    found = days.refresh(sources)
    assert found["/5.html"].outcome == "new"
    assert "/old/1.html" not in days.asked, "it is old, and was looked at the day before"
    assert "/0.html" not in days.asked, "nor is what only leads to it"


def test_a_counter_makes_no_revision_and_every_byte_is_kept(days: Days) -> None:
    days.routes = {"/nb/": column((2025, "/1.html"))}
    hashes, outcomes = set(), []
    for word in ("", "", "修订"):
        days.routes["/1.html"] = report(2025, f"<p>您是第{len(outcomes)}位访客</p>{word}")
        fetch = days.refresh(listed("/nb/"))["/1.html"]
        outcomes.append(fetch.outcome)
        hashes.add(fetch.sha256)
    assert outcomes == ["new", "unchanged", "changed"]
    assert len(hashes) == len(list((days.folder / "archive").glob("??/*.warc.gz"))) - 1 == 3
    with _closed(days.ledger) as ledger:
        assert [each.hints.fetched_at for each in harvested.found(ledger.changes())] == [
            fetch.requested_at for fetch in ledger.documents() if fetch.outcome != "unchanged"
        ]


def test_what_was_taken_out_of_the_archive_is_had_again(days: Days) -> None:
    def unless_known(body: bytes) -> Route:
        async def speak(asked: object, writer: asyncio.StreamWriter) -> None:
            headers = getattr(asked, "headers", {})
            known = headers.get("if-none-match") == '"1"'
            writer.write(b"HTTP/1.1 304 Not Modified\r\n\r\n" if known else body)

        return speak

    whole = report(2025).replace(b"\r\n\r\n", b'\r\nETag: "1"\r\n\r\n', 1)
    days.routes = {"/nb/": column((2025, "/1.html")), "/1.html": unless_known(whole)}
    first = days.refresh(listed("/nb/"))["/1.html"]
    assert days.refresh(listed("/nb/"))["/1.html"].status == 304
    (held,) = (days.folder / "archive").glob(f"??/{first.sha256}.warc.gz")
    held.unlink()
    again = days.refresh(listed("/nb/"))["/1.html"]
    assert (again.status, again.outcome, held.is_file()) == (200, "unchanged", True)


def test_a_full_disk_ends_the_refresh_and_blames_no_page(days: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    days.routes = {
        "/nb/": column(*((year, f"/{year}.html") for year in range(2008, 2026))),
        **{f"/{year}.html": report(year) for year in range(2008, 2026)},
    }
    monkeypatch.setattr("pipelines.archive.by_hash.keep_response", full)
    with pytest.raises(OSError, match="No space left"):
        days.refresh(listed("/nb/"))
    with _closed(days.ledger) as ledger:
        (run,) = ledger.runs()
        assert run["finished_at"] is None
        assert [fetch for fetch in ledger.in_run(run["run_id"]) if fetch.code == "crashed"] == []
    monkeypatch.undo()
    days.refresh(listed("/nb/"), after_days=0)
    with _closed(days.ledger) as ledger:
        assert len(ledger.runs()) == 1, "it went on"
    assert len(days.reports()) == 18
    assert {fetch.outcome for fetch in _fetches(days)} == {"new"}


def _fetches(days: Days) -> list[Fetch]:
    with _closed(days.ledger) as ledger:
        return list(ledger.last_of_each(DOCUMENTS))


def whole(seed: int) -> bytes:
    """A report with all its tables."""
    return answer(corpus.report(BODY, 2024, seed).encode(), Content_Type="text/html; charset=utf-8")


def grades(record: Record) -> set[str]:
    return {fact.grade for fact in record.tables.facts}


@pytest.mark.parametrize("new", ["/a/1.html", "/z/1.html"])
def test_a_report_that_moves_is_one_document_and_its_revision_conflicts_with_nothing(days: Days, new: str) -> None:
    days.routes = {"/nb/": column((2024, "/old/1.html")), "/old/1.html": whole(1)}
    days.refresh(listed("/nb/"))
    assert days.build()[0] == 1
    # Both addresses hold it, then the old one leads to the new one: nothing to parse.
    days.routes |= {"/nb/": column((2024, new)), new: whole(1)}
    days.refresh(listed("/nb/"))
    assert days.build()[0] == 0
    days.routes["/old/1.html"] = answer(b"", "301 Moved", Location=new)
    days.refresh(listed("/nb/"))
    assert days.build()[0] == 0
    days.routes[new] = whole(2)
    days.refresh(listed("/nb/"))
    parsed, record = days.build()
    assert parsed == 2, "the revision, and the first one as what it revises"
    assert "conflicting" not in grades(record)
    history = [(row.stands, row.decided_by) for row in record.tables.revisions]
    assert history == [(False, "fetched_last"), (True, "fetched_last")]
    days.refresh(listed("/nb/"))
    assert days.build()[0] == 0


def test_a_report_that_vanishes_and_comes_back_revised_twice_has_its_history(days: Days) -> None:
    days.routes = {"/nb/": column((2024, "/1.html"))}
    parsed, outcomes = [], []
    empty = page("<h1>系统维护中</h1>", "系统维护中")
    for now in (whole(1), MISSING, whole(2), empty, whole(2), answer(b"", "503 Busy"), whole(3), whole(3)):
        days.routes["/1.html"] = now
        outcomes.append(days.refresh(listed("/nb/"))["/1.html"].outcome)
        count, record = days.build()
        parsed.append(count)
    assert outcomes == ["new", "vanished", "changed", "failed", "unchanged", "failed", "changed", "unchanged"]
    assert parsed == [1, 0, 1, 0, 0, 0, 1, 0]
    assert [row.stands for row in record.tables.revisions] == [False, False, True]
    assert "conflicting" not in grades(record)


def test_a_site_that_leads_everything_to_its_new_first_page_loses_nothing(days: Days) -> None:
    days.routes = {"/nb/": column((2024, "/1.html")), "/1.html": whole(1), "/": page("<h1>首页</h1>", "首页")}
    days.refresh(listed("/nb/"))
    days.build()
    days.routes |= dict.fromkeys(("/nb/", "/1.html"), answer(b"", "302 Found", Location="/"))
    found = days.refresh(listed("/nb/"))
    assert (found["/1.html"].outcome, found["/1.html"].code) == ("vanished", "soft_404")
    parsed, record = days.build()
    assert (parsed, record.summary.report_year) == (0, 2024)

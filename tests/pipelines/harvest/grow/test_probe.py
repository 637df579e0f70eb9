"""One look at an address: what came, in the words of the register, by the bytes that a site sends."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from expectations.columns import polars_schema
from expectations.conformance import failures
from expectations.register import Probes
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.grow.families import family_of
from pipelines.harvest.grow.probe import due_looks, probe
from pipelines.harvest.register import probes
from pipelines.harvest.register.probes import Probe, list_state
from pipelines.harvest.register.sources import Source
from pipelines.harvest.run import Registers
from pipelines.workspace import Workspace
from tests.made.loopback import Site, answer, site

DAY = date(2026, 3, 1)
POLICY = Policy(
    contact="t@example.org", allow_loopback=True, delay_seconds=0.01, requests_per_second=1000, backoff_seconds=0.01
)


def page(title: str, *links: tuple[str, str]) -> bytes:
    items = "".join(f"<li><a href='{url}'>{text}</a></li>" for url, text in links)
    return answer(f"<html><meta charset='utf-8'><title>{title}</title><body><ul>{items}</ul></body></html>".encode())


NOTICES = [(f"/tz/t20260101_{n}.html", f"关于第{n}号工作的通知") for n in range(10001, 10031)]
REPORTS = [(f"/nb/t{y + 1}0301_{y}.html", f"永嘉县人民政府{y}年政府信息公开工作年度报告") for y in (2024, 2025)]
ROUTES = {
    "/nb/": page("政府信息公开年报", *REPORTS),
    "/years/": page("政府信息公开年报", ("/years/2024n/", "2024年"), ("/years/2025n/", "2025年")),
    "/tz/": page("通知公告", *NOTICES, REPORTS[1]),
    "/news/": page("新闻", *NOTICES),
    "/": page("永嘉县人民政府", *NOTICES, REPORTS[1]),
    "/nothing/": page("关于本站", ("/a/", "联系我们")),
    "/api/": answer(
        "<html><meta charset='utf-8'><title>政府信息公开年报</title><body><div id='l' data-url='/api/nb.json'></div>"
        "<p>栏目内容由本页面中的程序在打开页面之后向服务器请求得到，本页正文不含任何一条目录内容，请使用浏览器查看本栏目的全部内容。</p></body></html>".encode()
    ),
    "/rs/": answer(b"<html><head><script>$_ts=window['$_ts'];</script></head><body></body></html>", "412 X"),
    "/closed/": answer(b"<html>403</html>", "403 Forbidden"),
    "/moved/": answer(b"", "302 Found", Location="/nb/"),
    "/cookie/": answer(b"", "302 Found", Location="/cookie/", Set_Cookie="a=b"),
    "/broken/": answer(b"", "503 Service Unavailable"),
}
EXPECTED = {
    "/nb/": "read",
    "/years/": "read",
    "/tz/": "general",
    "/news/": "general",
    "/": "general",
    "/nothing/": "empty",
    "/api/": "script",
    "/rs/": "challenge",
    "/closed/": "forbidden",
    "/moved/": "read",
    "/cookie/": "wants_cookie",
    "/gone/": "dead",
    "/broken/": "unreached",
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Probe], Site, Path]:
    """Every address looked at once, by path; the site's log; the file."""
    workspace = Workspace(tmp_path_factory.mktemp("probe"))

    async def run() -> tuple[list[Probe], Site, str]:
        async with site(ROUTES) as web:
            rows = [
                Source("永嘉县", "浙江", "county", "list", "body", None, web.url(path), "derived") for path in EXPECTED
            ]
            due = due_looks(rows, {}, set(), DAY)
            done = await asyncio.to_thread(probe, workspace, Registers(rows), due, POLICY, DAY, lambda one: None)
            return done, web, web.url("")

    done, web, base = asyncio.run(run())
    return {each.url.removeprefix(base.rstrip("/")): each for each in done}, web, probes.file_of(workspace)


@pytest.mark.parametrize("path", EXPECTED)
def test_what_came_has_its_word(seen: tuple[dict[str, Probe], Site, Path], path: str) -> None:
    assert seen[0][path].state == EXPECTED[path]
    assert seen[0][path].reason


def test_a_list_says_its_newest_year_and_its_bodies(seen: tuple[dict[str, Probe], Site, Path]) -> None:
    found = seen[0]["/nb/"]
    assert (found.newest_year, found.reports, found.bodies, found.body_count) == (2025, 2, "永嘉县人民政府", 1)
    assert (found.probed_on, found.family, found.landed_url) == ("2026-03-01", "trs", None)
    assert (seen[0]["/years/"].newest_year, seen[0]["/years/"].reports) == (2025, 0)
    assert str(seen[0]["/moved/"].landed_url).endswith("/nb/")
    assert "/api/nb.json" in seen[0]["/api/"].reason


def test_each_address_is_asked_once_and_robots_first(seen: tuple[dict[str, Probe], Site, Path]) -> None:
    paths = seen[1].paths
    assert paths[0] == "/robots.txt"
    assert paths.count("/robots.txt") == 1
    # /nb/ is where /moved/ leads, too; a fault that may pass is asked for a second time.
    assert {path: paths.count(path) for path in EXPECTED if paths.count(path) > 1} == {"/nb/": 2, "/broken/": 2}


def test_looks_are_kept_in_the_contracts_columns(seen: tuple[dict[str, Probe], Site, Path]) -> None:
    kept = probes.load(seen[2])
    assert kept == {each.url: each for each in seen[0].values()}
    rows = [{name: getattr(each, name) for name in polars_schema(Probes)} for each in kept.values()]
    assert failures(Probes, pl.DataFrame(rows, schema=polars_schema(Probes))) == []


ROW = Source("永嘉县", "浙江", "county", "list", "body", None, "http://a.cn/nb/", "derived")
LOOK = Probe("http://a.cn/nb/", "2026-03-01", "read", None, "2 reports", 2025, 2, None, 0, None, None)


@pytest.mark.parametrize(
    ("last", "is_barren", "today", "why"),
    [
        (None, False, DAY, "never looked at"),
        (LOOK, False, date(2027, 3, 1), None),
        (replace(LOOK, state="unreached", code="too_slow"), False, DAY, "asked in vain last time"),
        (LOOK, True, date(2026, 3, 30), None),
        (LOOK, True, date(2026, 3, 31), "yielded nothing in its due season"),
    ],
)
def test_who_is_due_for_a_look(last: Probe | None, is_barren: bool, today: date, why: str | None) -> None:
    known = {last.url: last} if last else {}
    due = due_looks([ROW, ROW], known, {ROW.body} if is_barren else set(), today)
    assert [each.why for each in due] == ([why] if why else [])
    assert [each.why for each in due_looks([ROW], known, set(), today, again=True)] == ["asked for"]


def test_a_look_in_vain_does_not_hide_what_was_seen(tmp_path: Path) -> None:
    file = tmp_path / "probes.csv"
    probes.add(file, [LOOK])
    probes.add(file, [replace(LOOK, state="unreached", code="too_slow", probed_on="2026-04-01")])
    assert probes.load(file)[LOOK.url] == LOOK
    probes.add(file, [replace(LOOK, state="dead", code="http_404", probed_on="2026-05-01")])
    assert probes.load(file)[LOOK.url].state == "dead"


def test_an_address_made_by_a_pattern_is_never_trusted() -> None:
    assert list_state(ROW, {}) == "unprobed"
    assert list_state(ROW, {LOOK.url: replace(LOOK, state="unreached")}) == "unprobed"
    assert list_state(ROW, {LOOK.url: LOOK}) == "probed"
    accepted = replace(ROW, origin="reviewed")
    assert list_state(accepted, {}) == "confirmed"
    assert list_state(accepted, {LOOK.url: replace(LOOK, state="unreached")}) == "confirmed"
    assert list_state(accepted, {LOOK.url: replace(LOOK, state="dead", code="http_404")}) == "probed"


@pytest.mark.parametrize(
    ("url", "source", "family"),
    [
        ("http://a.cn/col/col1229497170/index.html", "", "jcms"),
        ("http://whly.gd.gov.cn/gkmlpt/annualreport", "", "gkmlpt"),
        ("http://a.cn/hebwcs/c111341/", "", "ucap"),
        ("http://a.cn/public/column/16371?type=3", "", "longxun"),
        ("http://a.cn/xxgk/", "<script>createPageHTML(3, 0, 'index', 'html')</script>", "trs"),
        ("http://a.cn/xxgk/", "<p>nothing</p>", None),
    ],
)
def test_the_system_shows_in_address_or_page(url: str, source: str, family: str | None) -> None:
    assert family_of(url, source) == family

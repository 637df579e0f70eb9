"""The replica web itself: its lists lead to what the ledger says, what it serves has the hashes of the ledger."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.bodies.naming import body_of
from pipelines.parse import Hints, parse
from pipelines.read import read
from tests.web import ReplicaWeb
from tests.web.replica.asking import get, open_answer, walk
from tests.web.replica.plan import SPECS
from tests.web.replica.rules import ROBOTS
from tests.web.replica.site import EXPECTED, path_of
from tests.web.replica.whole import COLUMNS

pytestmark = pytest.mark.long(seconds=10)

FAMILIES = {"trs", "jcms", "vsb", "asp", "ucap", "iframe", "folders", "json"}
#: Sites whose list cannot be walked: it is a script's, and nothing on the other may be requested.
CLOSED = {"shell", "robots-broken"}
#: Sites that answer the same to everything, not 200, or not at once.
TRYING = {"soft-404", "rate-limit", "busy", "cut-first", "slow"}
WALKED = [spec.name for spec in SPECS if spec.name not in CLOSED | TRYING]


@pytest.fixture(scope="module")
def web() -> Iterator[ReplicaWeb]:
    with ReplicaWeb() as made:
        yield made


@pytest.fixture(scope="module")
def living() -> Iterator[ReplicaWeb]:
    """A web that tests may change, each at a site of its own."""
    with ReplicaWeb() as made:
        yield made


def test_it_starts_and_stops_in_time() -> None:
    begun = time.monotonic()
    with ReplicaWeb(seed=2) as web:
        assert web.port > 0
    assert time.monotonic() - begun < 2
    assert "replica web" not in {thread.name for thread in threading.enumerate()}


def test_it_stops_while_an_answer_drips_and_others_never_end() -> None:
    with ReplicaWeb() as web, contextlib.ExitStack() as opened:
        urls = [url for url, why in web.unreachable() if "drip" in why or why == "endless"]
        sockets = [opened.enter_context(open_answer(url)) for url in urls]
        for each in sockets:
            assert each.recv(5) == b"HTTP/"
        begun = time.monotonic()
        web.__exit__(None, None, None)
        assert time.monotonic() - begun < 2
        assert [(hit.complete, hit.status) for hit in web.hits()] == [(False, 200)] * 3


def test_there_are_sites_of_all_families_and_no_two_of_one_body(web: ReplicaWeb) -> None:
    assert len(web.sites) == 58
    assert {site.family for site in web.sites} == FAMILIES
    assert {site.host for site in web.sites} == {f"127.0.1.{n}:{web.port}" for n in range(1, 59)}
    assert max(Counter(body for site in web.sites for body in site.bodies).values()) == 1
    assert Counter(site.encoding for site in web.sites) == {"utf-8": 51, "gbk": 7}
    assert [site.name for site in web.sites if not site.answers_304] == ["no-validators"]


def test_lists_have_one_to_four_pages_of_fifteen(web: ReplicaWeb) -> None:
    assert {len(site.column.pages) for site in web.sites} == {1, 2, 3, 4}
    assert {len(page) for site in web.sites for page in site.column.pages[:-1]} == {15}


def test_the_same_seed_makes_the_same_web_and_another_seed_another() -> None:
    with ReplicaWeb(3) as one, ReplicaWeb(3) as same, ReplicaWeb(4) as other:
        titles = [[[e.title for e in site.column.entries] for site in each.sites] for each in (one, same, other)]
        hashes = [[e.sha256 for e in each.expected()] for each in (one, same)]
    assert titles[0] == titles[1] != titles[2]
    assert hashes[0] == hashes[1]
    assert max(Counter(hashes[0]).values()) == 1


@pytest.mark.parametrize("name", WALKED)
def test_the_list_leads_to_every_entry_and_no_further(web: ReplicaWeb, name: str) -> None:
    site = web.site(name)
    found = list(walk(site))
    elsewhere = {entry.path for entry in site.column.entries if entry.is_elsewhere}
    assert Counter(found) == Counter(
        elsewhere | {site.address + e.path for e in site.column.entries if not e.is_elsewhere}
    )


def test_what_is_expected_is_served(web: ReplicaWeb) -> None:
    trying = {web.site(name).host for name in TRYING}
    asked = [e for e in web.expected() if not any(host in e.url for host in trying)]
    assert len(asked) > 180
    for expected in asked:
        status, _, body = get(expected.final_url, Accept_Encoding="identity")
        assert (status, hashlib.sha256(body).hexdigest()) == (200, expected.sha256), expected.url


def test_every_expected_report_is_read_as_that_of_its_body_and_year(web: ReplicaWeb) -> None:
    for expected in web.expected():
        if expected.holds_report:
            parsed = parse(read(web.resource(expected.final_url).body), Hints("a"))
            assert (parsed.body.body_id, parsed.report_year) == (
                body_of(expected.body_name).body_id,
                expected.report_year,
            )
            failed = [check for check in parsed.checks if check.outcome == "fails"]
            assert failed == []


def test_the_ledger_does_not_contradict_itself(web: ReplicaWeb) -> None:
    expected = {(e.body_name, e.report_year) for e in web.expected() if e.holds_report}
    assert len(expected) == len([e for e in web.expected() if e.holds_report])
    lists = [
        {e.url for e in web.expected()},
        *({url for url, _ in each} for each in (web.forbidden(), web.unwanted(), web.unreachable())),
    ]
    assert sum(map(len, lists)) == len(set().union(*lists))
    assert {e.report_year for e in web.expected(years=[2024])} == {2024}
    assert Counter(e.kind for e in web.expected()) == {"page": 187, "attachment": 15}


def test_the_registry_names_lists_and_single_reports(web: ReplicaWeb, tmp_path: Path) -> None:
    with web.write_sources(tmp_path / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert Counter((row["kind"], row["covers"]) for row in rows) == {
        ("list", "body"): 56,
        ("list", "territory"): 1,
        ("report", ""): 4,
    }
    assert {row["origin"] for row in rows} == {"collected"}
    assert {row["report_year"] for row in rows if row["kind"] == "list"} == {""}
    only = web.write_sources(tmp_path / "one.csv", years=[2024]).read_text(encoding="utf-8")
    assert only.count(",report,") == 1


def test_each_validator_that_is_sent_is_understood(web: ReplicaWeb) -> None:
    sent = {"both": {"etag", "last-modified"}, "etag": {"etag"}, "modified": {"last-modified"}, "none": set[str]()}
    for site in (web.site(name) for name in ("trs", "jcms-gzip", "trs-gbk", "no-validators")):
        _, headers, body = get(site.start)
        assert set(headers) & {"etag", "last-modified"} == sent[site.validators]
        if "etag" in headers:
            assert get(site.start, If_None_Match=headers["etag"])[::2] == (304, b"")
            assert get(site.start, If_None_Match='"other"')[2] == body
        if "last-modified" in headers:
            assert get(site.start, If_Modified_Since=headers["last-modified"])[::2] == (304, b"")
            assert get(site.start, If_Modified_Since="Sat, 01 Jan 2000 00:00:00 GMT")[2] == body


def test_the_log_holds_what_was_asked_and_answered(living: ReplicaWeb) -> None:
    living.clear_log()
    site = living.site("trs")
    _, _, body = get(site.start, X_Test="1")
    get(site.address + "/nothing.html?a=1")
    one, other = living.hits()
    assert (one.host, one.method, one.path, one.status) == (site.host, "GET", site.maker.start, 200)
    assert (one.body_bytes, one.complete, one.headers["x-test"]) == (len(body), True, "1")
    assert one.at <= one.ended <= other.at
    assert (other.path, other.status) == ("/nothing.html?a=1", 404)
    living.clear_log()
    assert living.log == []


def test_a_polite_visit_breaks_no_rule_and_a_rude_one_does(living: ReplicaWeb) -> None:
    living.clear_log()
    site = living.site("robots-folder")
    get(site.address + ROBOTS)
    get(site.start)
    assert living.broken_rules(min_gap=0) == []
    closed = next(url for url, _ in living.forbidden() if site.host in url)
    get(closed)
    get(site.start)
    assert [each.partition(":")[0] for each in living.broken_rules(min_gap=0)] == ["forbidden", "repeated"]


def test_a_revised_report_differs_in_what_is_said_to_differ(living: ReplicaWeb) -> None:
    for name in ("jcms", "trs-pdf"):
        site = living.site(name)
        body = site.bodies[0]
        url = site.carriers[body, 2024].url
        _, headers, before = get(url)
        changed = living.change_page(body, 2024)
        status, _, after = get(url, If_None_Match=headers["etag"], If_Modified_Since=headers["last-modified"])
        assert status == 200
        facts = [
            {(f.table, f.row, f.column): f.value for f in parse(read(each), Hints("a")).facts}
            for each in (before, after)
        ]
        differing = {place for place, value in facts[0].items() if facts[1][place] != value}
        assert differing == {(c.table, c.row, c.column) for c in changed}
        assert len(differing) == 6
        assert [(facts[0][c.table, c.row, c.column], facts[1][c.table, c.row, c.column]) for c in changed] == [
            (c.before, c.after) for c in changed
        ]
        assert not [check for check in parse(read(after), Hints("a")).checks if check.outcome == "fails"]
        assert hashlib.sha256(after).hexdigest() in {e.sha256 for e in living.expected() if e.url == url}


@pytest.mark.parametrize("name", ["trs", "jcms-proxy", "vsb", "asp-xlsx", "ucap", "iframe", "folders", "json-pages"])
def test_a_new_report_appears_in_the_list(living: ReplicaWeb, name: str) -> None:
    site = living.site(name)
    _, headers, _ = get(site.start)
    known = len(living.expected())
    added = living.add_report(site.bodies[0], 2025)
    assert {each.report_year for each in added} == {2025}
    assert len(living.expected()) == known + len(added)
    assert added[0].url in set(walk(site))
    listed_elsewhere = name in ("iframe", "json-pages")
    assert get(site.start, If_None_Match=headers["etag"])[0] == (304 if listed_elsewhere else 200)
    for each in added:
        assert hashlib.sha256(get(each.url)[2]).hexdigest() == each.sha256


def test_a_removed_report_is_gone_but_listed(living: ReplicaWeb) -> None:
    site = living.site("jcms-docx")
    gone = living.remove_report(site.bodies[0], 2023)
    assert [get(url)[0] for url in gone] == [404, 404]
    assert gone[0] in set(walk(site))
    assert not [e for e in living.expected(years=[2023]) if e.body_name == site.bodies[0]]


def test_touched_furniture_changes_bytes_and_no_fact(living: ReplicaWeb) -> None:
    site = living.site("asp")
    url = site.carriers[site.bodies[0], 2024].url
    _, headers, before = get(url)
    living.touch_furniture(site)
    status, _, after = get(url, If_None_Match=headers["etag"])
    assert (status, before == after) == (200, False)
    assert [replace(f, locator="") for f in parse(read(before), Hints("a")).facts] == [
        replace(f, locator="") for f in parse(read(after), Hints("a")).facts
    ]


def test_every_fate_leads_somewhere_or_nowhere_on_purpose(web: ReplicaWeb) -> None:
    for site in web.sites:
        for document in site.documents:
            if document.fate == EXPECTED:
                assert web.resource(document.final or document.url).media_type
            elif site.host in document.url and document.why != "404":
                assert path_of(document.url) in site.routes, document.url

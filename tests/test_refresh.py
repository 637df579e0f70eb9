"""From the web to the dataset, by the real command: the replica web is refreshed, killed, changed, built.

The replica is the judge: its ledger says what a refresh must end with, its log whether a rule was broken.
"""

from __future__ import annotations

import random
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from pipelines.archive import by_hash
from pipelines.harvest.ledger.database import Ledger
from tests.made.refreshing import GAP, Refreshing, ready, urls
from tests.web import ReplicaWeb

pytestmark = pytest.mark.long(seconds=60)


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refreshing]:
    """The whole replica, refreshed once."""
    with ReplicaWeb(seed=1) as web:
        web.warm()
        made = ready(web, tmp_path_factory.mktemp("refresh"))
        made.refresh()
        yield made


def test_every_report_is_found_and_nothing_else(refreshed: Refreshing) -> None:
    web, found = refreshed.web, refreshed.documents()
    assert len(web.sites) >= 40
    assert len({site.family for site in web.sites}) >= 6
    archived = {fetch.sha256: fetch for fetch in found.values()}
    expected = {each.sha256: each for each in web.expected()}
    assert archived.keys() == expected.keys()
    assert len(expected) == 202
    assert not urls(web.unwanted()) & found.keys()
    for sha256, each in expected.items():
        assert archived[sha256].report_year == each.report_year, each
        assert (archived[sha256].body_name or "").removesuffix("人民政府") == each.body_name.removesuffix("人民政府"), (
            each
        )
        assert by_hash.load(refreshed.workspace.archive, sha256), each


def test_no_rule_of_any_site_was_broken(refreshed: Refreshing) -> None:
    web = refreshed.web
    assert len(web.hits()) > 300
    assert web.broken_rules(GAP) == []
    asked = {hit.url for hit in web.hits()}
    assert not asked & urls(web.forbidden())
    agents = {hit.headers.get("user-agent", "") for hit in web.hits()}
    assert len(agents) == 1
    assert "contact: tests@example.org" in agents.pop()


def test_what_could_not_be_had_stands_with_its_reason(refreshed: Refreshing) -> None:
    fetches, web = refreshed.fetches(), refreshed.web
    codes = {"http_403", "http_410", "http_404", "http_503", "too_large", "connection_failed"}
    codes |= {"private_address", "redirect_loop", "soft_404", "challenge", "empty", "robots_disallowed"}
    assert {fetch.code for fetch in fetches.values() if fetch.kind == "report"} >= codes
    for url, why in web.unreachable():
        assert url in fetches or "robots" in why or "list" in why or "script" in why, (url, why)
        assert url not in refreshed.documents()
    private = [fetch for fetch in fetches.values() if fetch.code == "private_address"]
    assert sorted(fetch.url for fetch in private) == [
        "http://10.0.0.1/report.html",
        "http://169.254.169.254/latest/meta-data/",
    ]
    shell = web.site("shell")
    assert fetches[shell.start].code == "script_shell"
    assert all(fetch.message for fetch in fetches.values() if fetch.outcome in ("failed", "refused", "vanished"))


def test_the_archive_is_whole_and_other_tools_read_it(refreshed: Refreshing) -> None:
    assert "the archive is whole" in refreshed.run("archive", "verify")
    place = refreshed.workspace.archive
    assert isinstance(place, Path)
    files = sorted(place.glob("??/*.warc.gz"))
    assert len(files) == len(by_hash.responses(place)) > 250
    targets: dict[str, str] = {}
    for file in files:
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, parse_http=True):
                if record.record_type == WarcRecordType.response:
                    targets[file.name.partition(".")[0]] = record.headers["WARC-Target-URI"]
                    assert by_hash.load(place, file.name.partition(".")[0]) == record.reader.read()
    assert len(targets) == len(files)
    assert set(targets.values()) <= refreshed.fetches().keys()


def test_nothing_that_did_not_change_is_sent_again_and_what_did_is_told(refreshed: Refreshing) -> None:
    web = refreshed.web
    before = refreshed.documents()
    web.clear_log()
    said = refreshed.refresh()
    assert web.broken_rules(GAP) == []
    unvalidated = {site.host for site in web.sites if not site.answers_304}
    again = [
        hit for hit in web.hits() if hit.status == 200 and hit.path != "/robots.txt" and hit.host not in unvalidated
    ]
    addresses = {hit.url for hit in again}
    assert not addresses & before.keys()
    # Of the rest only what never gave content is asked for again in full.
    assert all(not refreshed.fetches()[address].is_good for address in addresses)
    assert "202 unchanged" in said
    assert refreshed.documents().keys() == before.keys()

    changed, gone, grown = web.site("jcms").bodies[0], web.site("asp").bodies[0], web.site("ucap").bodies[0]
    assert web.change_page(changed, 2023)
    removed = web.remove_report(gone, 2022)
    added = web.add_report(grown, 2025)
    refreshed.refresh()
    outcomes = {
        fetch.url: fetch.outcome for fetch in refreshed.fetches().values() if fetch.kind in ("report", "attachment")
    }
    counted = Counter(outcomes.values())
    assert [outcomes[url] for url in removed] == ["vanished"] * len(removed)
    assert [outcomes[each.final_url] for each in added] == ["new"] * len(added)
    assert (counted["new"], counted["changed"], counted["vanished"]) == (len(added), 1, len(removed))
    (other,) = [url for url, outcome in outcomes.items() if outcome == "changed"]
    assert other.startswith(web.site("jcms").address)
    # What vanished keeps what it had.
    assert set(removed) <= refreshed.documents().keys()
    assert "the archive is whole" in refreshed.run("archive", "verify")


def test_a_refresh_that_is_killed_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    dice = random.Random(6)
    with ReplicaWeb(seed=2) as web:
        web.warm()
        made = ready(web, tmp_path)
        known: set[str] = set()
        killed = 0
        for _ in range(10):
            web.clear_log()
            process = subprocess.Popen(
                made.command("refresh", "--sources", str(made.sources)),
                env=made.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                process.wait(timeout=dice.uniform(0.8, 2.4))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
            asked = {hit.url for hit in web.hits() if hit.path != "/robots.txt"}
            assert not asked & known, "what was written down before a kill is not asked for again"
            verified = by_hash.verify(made.workspace.archive)
            assert (verified.damaged, verified.strange) == ([], [])
            if made.workspace.ledger.is_file():
                with closing(Ledger(made.workspace.ledger)) as ledger:
                    (run,) = ledger.runs() or [{"run_id": "", "finished_at": None}]
                    known = {f.url for f in ledger.in_run(run["run_id"])} if not run["finished_at"] else set()
                    if run["finished_at"]:
                        break
        assert killed >= 5
        made.refresh()
        assert {each.sha256 for each in web.expected()} == {each.sha256 for each in made.documents().values()}
        assert "the archive is whole" in made.run("archive", "verify")
        # Every response is there once: an object for each content, all of them known to the index.
        with closing(Ledger(made.workspace.ledger)) as ledger:
            assert set(by_hash.responses(made.workspace.archive)) == ledger.hashes()

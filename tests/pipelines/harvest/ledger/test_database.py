"""The ledger: what was written is there whatever kills the program, and a killed refresh goes on."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.harvest.ledger.database import Fetch, Ledger, Wanted
from tests.made.fetched import RUN, URL, fetch

NOW = datetime(2026, 1, 20, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
LATER = "20260121T030000.000000Z"


@pytest.fixture
def ledger() -> Ledger:
    return Ledger(None)


# --- runs


def test_a_run_is_named_by_its_time_in_utc(ledger: Ledger) -> None:
    shanghai = NOW.astimezone(datetime.fromisoformat("2026-01-20T11:00:00+08:00").tzinfo)
    assert ledger.begin(["year=2025"], shanghai).run_id == RUN


def test_a_killed_run_goes_on_where_the_same_is_asked_for_soon(ledger: Ledger) -> None:
    first = ledger.begin(["a"], NOW)
    again = ledger.begin(["a"], NOW + 23 * HOUR)
    assert (first.resumed, again.resumed) == (False, True)
    assert (again.run_id, again.started_at) == (first.run_id, first.started_at)


def test_a_run_does_not_go_on_where_something_else_is_asked_for_or_it_is_old_or_done(ledger: Ledger) -> None:
    first = ledger.begin(["a"], NOW)
    other = ledger.begin(["b"], NOW + HOUR)
    # Another one has begun since: what the first had found may have changed.
    third = ledger.begin(["a"], NOW + 2 * HOUR)
    old = ledger.begin(["a"], NOW + 26 * HOUR)
    ledger.finish(old.run_id, NOW + 27 * HOUR)
    done = ledger.begin(["a"], NOW + 28 * HOUR)
    runs = [first, other, third, old, done]
    assert [run.resumed for run in runs] == [False] * 5
    assert len({run.run_id for run in runs}) == 5
    assert [run["run_id"] for run in ledger.runs()] == [run.run_id for run in runs]


def test_arguments_are_compared_one_by_one(ledger: Ledger) -> None:
    ledger.begin(["a", "bc"], NOW)
    assert not ledger.begin(["ab", "c"], NOW + HOUR).resumed


@pytest.mark.parametrize("back", [timedelta(0), timedelta(days=3), timedelta(microseconds=1)])
def test_a_later_run_is_later_whatever_the_clock_says(ledger: Ledger, back: timedelta) -> None:
    """One schedule's moment may come twice, and a clock can be set back; the last word must stay the last."""
    first = ledger.begin(["a"], NOW)
    ledger.add(fetch(first.run_id, sha256="1" * 64))
    ledger.finish(first.run_id, NOW)
    second = ledger.begin(["a"], NOW - back)
    ledger.add(fetch(second.run_id, outcome="changed", sha256="2" * 64))
    assert second.run_id == "20260120T030000.000001Z"
    assert not second.resumed
    last = ledger.last_good(URL)
    assert last is not None and last.sha256 == "2" * 64


def test_the_last_whole_run_of_the_same_kind(ledger: Ledger) -> None:
    assert ledger.last_finished(["a"]) is None
    first = ledger.begin(["a"], NOW)
    ledger.finish(first.run_id, NOW)
    ledger.begin(["a"], NOW + HOUR)
    assert (ledger.last_finished(["a"]), ledger.last_finished(["b"])) == (first.run_id, None)


# --- rows


def test_a_row_comes_back_as_it_was(ledger: Ledger) -> None:
    whole = Fetch(
        *(RUN, URL, "report", "2026-01-20T03:00:00.123Z", "new", "某市人民政府", 2025, "年度报告", "2026-01-19"),
        *("http://www.a.gov.cn/", "code", "message\nof lines", 200, "http://b/", "a" * 64, "b" * 64, 7, "text/html"),
        *('"e"', "Tue, 20 Jan 2026 03:00:00 GMT", True, 2, 1.5),
    )
    bare = Fetch(RUN, "http://a.cn/2", "list", "t", "failed")
    ledger.add(whole)
    ledger.add(bare)
    assert list(ledger.in_run(RUN)) == [bare, whole]
    assert ledger.of(RUN, URL) == whole and ledger.of(LATER, URL) is None
    assert list(Wanted.__slots__) == ["kind", "body_name", "report_year", "title", "published_on", "found_on"]


def test_a_second_word_on_an_address_replaces_the_first(ledger: Ledger) -> None:
    ledger.add(fetch(outcome="failed"))
    ledger.add(fetch(outcome="new"))
    assert [row.outcome for row in ledger.in_run(RUN)] == ["new"]


def test_the_last_good_fetch_is_what_an_address_held_last(ledger: Ledger) -> None:
    runs = [f"2026012{day}T030000.000000Z" for day in range(6)]
    outcomes = ["failed", "new", "changed", "unchanged", "vanished", "refused"]
    for run, outcome in zip(runs, outcomes, strict=True):
        ledger.add(fetch(run, outcome=outcome))
    last = ledger.last_good(URL)
    assert last is not None and (last.run_id, last.outcome) == (runs[3], "unchanged")
    assert ledger.last_good("http://a.cn/other") is None
    assert [row.run_id for row in ledger.documents()] == runs[1:4]
    assert [row.outcome for row in ledger.last_of_each()] == ["refused"]
    assert ledger.first_seen() == {URL: fetch().requested_at}


def test_only_documents_are_documents(ledger: Ledger) -> None:
    for kind in ("robots", "list", "report", "attachment"):
        ledger.add(fetch(url=f"http://a.cn/{kind}", kind=kind))
    ledger.add(replace(fetch(url="http://a.cn/bare"), sha256=None))  # said to be good, but nothing is archived
    assert [row.kind for row in ledger.documents()] == ["attachment", "report"]
    assert [row.kind for row in ledger.last_of_each(("list",))] == ["list"]
    assert len(ledger.hashes()) == 4


def test_links_that_were_turned_away_and_hosts_left_alone(ledger: Ledger) -> None:
    ledger.turn_away(RUN, "http://a.cn/1", "图解", "explanation", "http://a.cn/")
    ledger.turn_away(LATER, "http://a.cn/1", "图解", "explanation", "http://a.cn/")
    ledger.turn_away(LATER, "http://a.cn/0", "公告", "notice", "http://a.cn/")
    assert [row["url"] for row in ledger.turned_away()] == ["http://a.cn/0", "http://a.cn/1"]
    assert (len(ledger.turned_away(RUN)), len(ledger.turned_away(LATER))) == (0, 2)
    ledger.leave_alone({"a.cn": NOW, "b.cn": NOW})
    ledger.leave_alone({"a.cn": NOW + HOUR})
    assert ledger.left_alone() == {"a.cn": NOW + HOUR, "b.cn": NOW}


# --- what does not kill it

_WRITER = """
import sys
from pathlib import Path
from pipelines.harvest.ledger.database import Fetch, Ledger
ledger = Ledger(Path(sys.argv[1]))
for number in range(1_000_000):
    ledger.add(Fetch(sys.argv[2], f"http://a.cn/{number}", "report", "2026-01-20T03:00:00.000Z", "new", title="年" * 200))
    print(number, flush=True)
"""


@pytest.mark.parametrize("rows", [1, 40, 700])
def test_every_row_whose_call_returned_is_there_after_a_kill(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "harvest" / "ledger.sqlite"
    command = [sys.executable, "-c", _WRITER, str(path), RUN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [int(writer.stdout.readline()) for _ in range(rows)]
        writer.send_signal(signal.SIGKILL)
        said += [int(line) for line in writer.stdout if line.endswith("\n")]
    assert writer.returncode == -signal.SIGKILL
    with closing(Ledger(path)) as ledger:
        there = {row.url for row in ledger.in_run(RUN)}
        assert {f"http://a.cn/{number}" for number in said} <= there
        assert len(there) <= len(said) + 1
        ledger.add(fetch(LATER))  # and it can be written to


def _write(path: Path, run_id: str) -> None:
    with closing(Ledger(path)) as ledger:
        for number in range(150):
            ledger.add(fetch(run_id, url=f"http://a.cn/{number}"))
            ledger.turn_away(run_id, f"http://a.cn/{run_id}/{number}", "", "notice", "")


def test_two_processes_write_into_one_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(path, run)) for run in (RUN, LATER)]
    for writer in writers:
        writer.start()
    with closing(Ledger(path)) as reader:
        assert len(list(reader.in_run(RUN))) <= 150  # reading is never refused
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [os.EX_OK] * 2
    with closing(Ledger(path)) as ledger:
        assert [len(list(ledger.in_run(run))) for run in (RUN, LATER)] == [150, 150]
        assert len(ledger.turned_away()) == 300


# --- what is made of it


def test_changes_leave_out_what_says_nothing_new(ledger: Ledger) -> None:
    runs = [f"202601{day}T030000.000000Z" for day in (20, 21, 22, 23)]
    for run, letter, year in zip(runs, "aabb", (2025, 2025, 2025, 2024), strict=True):
        ledger.add(fetch(run, sha256=letter * 64, report_year=year))
    ledger.add(fetch("20260124T030000.000000Z", outcome="vanished"))
    assert [(each.run_id, each.report_year) for each in ledger.changes()] == [
        (runs[0], 2025),
        (runs[2], 2025),
        (runs[3], 2024),
    ]
    assert len(list(ledger.documents())) == 4


def test_an_address_has_moved_while_its_last_answer_says_so(ledger: Ledger) -> None:
    ledger.add(fetch(RUN, outcome="redirected", location="http://www.a.gov.cn/new.html"))
    assert ledger.moved() == {URL: "http://www.a.gov.cn/new.html"}
    ledger.add(fetch(LATER))
    assert ledger.moved() == {}

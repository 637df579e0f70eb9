"""The index of the archive: the ledger can be made again from it, and its rows keep the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from expectations.columns import about, polars_schema
from expectations.fetches import Fetches
from pipelines.archive.by_hash import ArchiveError
from pipelines.archive.store import store
from pipelines.harvest.ledger import index
from pipelines.harvest.ledger.database import Ledger
from pipelines.parquet import parquet_bytes
from tests.made.fetched import RUN, fetch, kept, response

LATER = "20260121T030000.000000Z"
NOW = datetime(2026, 1, 20, 3, tzinfo=UTC)


@pytest.fixture
def filled(tmp_path: Path) -> Ledger:
    """A ledger of two refreshes whose responses are in the archive."""
    ledger = Ledger(None)
    for run_id, body in ((RUN, b"one"), (LATER, b"two")):
        ledger.restore_run(
            run_id,
            [
                kept(tmp_path, response(body), run_id=run_id, outcome="new" if run_id == RUN else "changed"),
                fetch(run_id, url="http://a.cn/gone", outcome="failed", code="http_404"),
                fetch(run_id, url="http://a.cn/moved", outcome="redirected", location="http://a.cn/", size_bytes=None),
                kept(tmp_path, response(b"User-agent: *", "http://a.cn/robots.txt"), run_id=run_id, kind="robots"),
            ],
        )
    return ledger


def rows(ledger: Ledger) -> list[Any]:
    return [row for run in ledger.runs() for row in ledger.in_run(run["run_id"])]


def test_a_ledger_that_was_lost_is_made_again(filled: Ledger, tmp_path: Path) -> None:
    index.complete(filled, tmp_path)
    again = Ledger(None)
    assert index.restore(again, tmp_path) == 2
    assert rows(again) == rows(filled)
    assert len(rows(again)) == 8
    assert index.restore(again, tmp_path) == 0
    assert again.last_good(response().url) == filled.last_good(response().url)
    # Nothing is known of what a restored refresh was asked for, and it is done: nothing goes on with it.
    assert again.last_finished([]) is None
    assert not again.begin([], NOW).resumed


def test_the_index_is_whole_and_agrees_with_the_archive(filled: Ledger, tmp_path: Path) -> None:
    assert index.problems(tmp_path, rows(filled)) == []
    index.complete(filled, tmp_path)
    assert index.problems(tmp_path) == []


def test_files_are_added_and_never_changed(filled: Ledger, tmp_path: Path) -> None:
    index.complete(filled, tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()}
    third = filled.begin(["a"], datetime(2026, 1, 22, tzinfo=UTC)).run_id
    index.complete(filled, tmp_path)  # a refresh without rows is none yet
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()} == before
    filled.add(fetch(third, outcome="refused"))
    index.complete(filled, tmp_path)
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()}
    assert len(after) == 3 and before.items() <= after.items()


def test_the_same_rows_give_the_same_file(filled: Ledger, tmp_path: Path) -> None:
    index.complete(filled, tmp_path / "a")
    for run in (RUN, LATER):
        index.write(tmp_path / "b", run, reversed(list(filled.in_run(run))))
    a, b = ({name: store(tmp_path / each).get(name) for name in store(tmp_path / each).names()} for each in "ab")
    assert a == b and len(a) == 2


def test_a_damaged_file_is_named_and_nothing_is_restored_from_it(filled: Ledger, tmp_path: Path) -> None:
    index.complete(filled, tmp_path)
    first, second = sorted((tmp_path / "index").iterdir())
    data = bytearray(first.read_bytes())
    data[len(data) // 2] ^= 1
    first.write_bytes(data)
    assert index.problems(tmp_path) == [
        f"index/{first.name} is no file of the index, or holds other bytes than it should"
    ]
    with pytest.raises(ArchiveError, match=first.name):
        index.restore(Ledger(None), tmp_path)
    assert second.is_file()


def test_a_file_that_is_none_of_the_index_is_named_and_passed_over(filled: Ledger, tmp_path: Path) -> None:
    index.complete(filled, tmp_path)
    (tmp_path / "index" / "notes.txt").write_text("x", encoding="utf-8")
    assert [problem.split(" ")[0] for problem in index.problems(tmp_path)] == ["index/notes.txt"]
    assert index.restore(Ledger(None), tmp_path) == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"outcome": "lost"}, "outcome is one of new, changed"),
        ({"kind": "page"}, "kind is one of robots"),
        ({"url": "ftp://a.cn/"}, "url"),
        ({"run_id": "yesterday"}, "run_id"),
        ({"sha256": "A" * 64}, "sha256"),
        ({"code": "Not Found"}, "code"),
        ({"status": 7}, "status"),
        ({"attempts": -1}, "attempts"),
        ({"report_year": 1949}, "report_year"),
        ({"published_on": "2026-1-9"}, "published_on"),
        ({"sha256": None}, "content_is_archived"),
        ({"warc_sha256": None}, "what_is_archived_has_a_file"),
        ({"outcome": "failed"}, "what_failed_says_why"),
        ({"outcome": "redirected"}, "sent_on_to_somewhere"),
        ({"location": "http://a.cn/"}, "sent_on_to_somewhere"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    row = kept(tmp_path, response())
    index.write(tmp_path, RUN, [row])
    assert index.problems(tmp_path) == []
    index.write(tmp_path, LATER, [replace(row, **change)])
    problems = [problem for problem in index.problems(tmp_path) if "index/" in problem]
    rule = about(Fetches).rules.get(says, says)
    assert problems and all(problem.startswith(f"index/{LATER}") for problem in problems)
    assert any(rule in problem for problem in problems)


def test_a_row_that_stands_twice_is_named(tmp_path: Path) -> None:
    row = kept(tmp_path, response())
    index.write(tmp_path, RUN, [row, row])
    (problem,) = index.problems(tmp_path)
    assert "run_id" in problem and "url" in problem


def test_a_file_of_another_table_is_named_and_stops_nothing(tmp_path: Path) -> None:
    frame = pl.DataFrame({"sha256": [1], "warc_sha256": [2]})
    data = frame.write_parquet(tmp_path / "x") or (tmp_path / "x").read_bytes()
    store(tmp_path).put(index.name_of(RUN, data), data)
    problems = index.problems(tmp_path)
    assert problems and all("index/" in problem for problem in problems)
    assert any("'run_id' is missing" in problem for problem in problems)


def test_rows_of_every_kind_keep_the_contract() -> None:
    some = [
        fetch(url="http://a.cn/1", body_name="某市", report_year=2025, published_on="2026-01-19", holds_files=True),
        fetch(url="http://a.cn/2", outcome="unchanged", status=304),
        fetch(url="http://a.cn/3", outcome="vanished"),
        fetch(url="http://a.cn/4", outcome="refused", code="robots_disallowed", status=None, attempts=0),
        fetch(url="https://a.cn/5", outcome="redirected", location="http://a.cn/", size_bytes=None),
    ]
    frame = pl.DataFrame(
        [{c: getattr(row, c) for c in polars_schema(Fetches)} for row in some], schema=polars_schema(Fetches)
    )
    assert index.failures(Fetches, frame) == []
    assert pl.read_parquet(parquet_bytes(Fetches, frame)).height == 5

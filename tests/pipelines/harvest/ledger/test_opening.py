"""The ledger decides which documents there are: a lost or outdated one is made again from the archive."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from pipelines.catalogue import inbox
from pipelines.harvest.ledger import index, opening
from pipelines.harvest.ledger.database import Ledger
from pipelines.workspace import Workspace
from tests.made.fetched import RUN, kept, response


def filled(workspace: Workspace) -> None:
    """A workspace with one refresh that archived one report."""
    ledger = Ledger(workspace.ledger)
    ledger.restore_run(RUN, [kept(workspace.archive, response())])
    index.complete(ledger, workspace.archive)
    ledger.close()


def names(workspace: Workspace) -> list[str]:
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    return [found.hints.file_name for found in inbox.scan(workspace.inbox, workspace).found]


def test_a_lost_ledger_is_made_again(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    filled(workspace)
    before = names(workspace)
    assert before == ["www.a.gov.cn/zwgk/t1.html"]
    for file in workspace.ledger.parent.glob("ledger.sqlite*"):
        file.unlink()
    assert names(workspace) == before
    assert inbox.default_source(workspace) == workspace.inbox


def test_what_a_killed_refresh_left_beside_a_lost_ledger_is_no_part_of_the_next_one(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    filled(workspace)
    before = names(workspace)
    journal = workspace.ledger.with_name("ledger.sqlite-wal")
    ledger = Ledger(workspace.ledger)
    ledger.begin(["killed"], datetime(2026, 1, 21, tzinfo=UTC))
    left = journal.read_bytes()
    ledger.close()
    workspace.ledger.unlink()
    journal.write_bytes(left)
    assert left
    assert names(workspace) == before
    with opening.opened(workspace) as made:
        assert [run["run_id"] for run in made.runs()] == [RUN]


def test_one_of_another_version_is_put_aside_and_made_again(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    filled(workspace)
    with sqlite3.connect(workspace.ledger) as rows:
        rows.execute("alter table fetches add column mood text")
    assert names(workspace) == ["www.a.gov.cn/zwgk/t1.html"]
    with opening.opened(workspace) as ledger:
        assert [run["run_id"] for run in ledger.runs()] == [RUN]


def test_where_nothing_was_fetched_nothing_is_written(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "none")
    with opening.opened(workspace) as ledger:
        assert ledger.runs() == []
    assert not workspace.root.exists()

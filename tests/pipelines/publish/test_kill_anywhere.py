"""The steps after the parsed tables: a kill between any two changes of the disk leaves whole products behind."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pytest

from expectations.duckdb_sql import literal
from pipelines import build
from pipelines.catalogue.catalogue import refresh
from pipelines.publish import content, release_steps
from pipelines.publish.content import DATABASE, GATE_RESULTS, Ordered
from pipelines.publish.release import ABOUT, CandidatePlace
from pipelines.publish.sums import write_sums
from pipelines.tabulate import years
from pipelines.warehouse import warehouse_steps
from pipelines.workspace import Workspace
from tests.made import quick
from tests.made.corpus import ready, write

pytestmark = pytest.mark.long(seconds=50)


class Killed(BaseException):
    """What SIGKILL is to the code: no handler catches it."""


@pytest.fixture(autouse=True)
def light_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release holds its database and what it says of itself: no name outside of it changes while it is written."""
    quick.patched(monkeypatch)
    monkeypatch.setattr(content, "_write", _write)


def _write(order: Ordered, place: CandidatePlace) -> None:
    before = place.before.name if place.before else None
    said = {"version": place.version, "previous": before, "made_of": order.made_of, "accepted": order.accepted}
    (place.folder / ABOUT).write_text(json.dumps(said))
    (place.folder / GATE_RESULTS).parent.mkdir()
    order.gate_results.write_parquet(place.folder / GATE_RESULTS)
    # The warehouse has views on its parts; a release has rows of its own.
    with duckdb.connect(str(place.folder / DATABASE)) as connection:
        connection.execute(f"attach {literal(str(order.warehouse))} as warehouse (read_only)")
        connection.execute("create table reports as from warehouse.reports")
    write_sums(place.folder)


def finish(source: Path, workspace: Workspace) -> None:
    """Everything that is due, as `gongkai build` does it."""
    catalogue = refresh(source, workspace, worker_count=1).catalogue
    years.drop_gone(workspace, catalogue)
    for year in years.stale(workspace, catalogue):
        years.write_year(workspace, year)
        assert years.gate(workspace, year).is_open
    if not warehouse_steps.warehouse_is_fresh(workspace):
        warehouse_steps.build_candidate(workspace)
        warehouse_steps.gate_candidate(workspace)
        warehouse_steps.promote(workspace)
    if not release_steps.is_fresh(workspace):
        release_steps.build_candidate(workspace, "a report was taken away")
        assert release_steps.gate_candidate(workspace).is_open
        release_steps.release(workspace)


def reports(workspace: Workspace) -> tuple[int, int]:
    """Reports in the warehouse and in the newest release."""
    files = (workspace.warehouse, workspace.releases / "latest" / "gongkai.duckdb")
    counts = []
    for file in files:
        with duckdb.connect(str(file), read_only=True) as connection:
            counts.append(int(connection.execute("select count(*) from reports").fetchall()[0][0]))
    return counts[0], counts[1]


@contextmanager
def killed_at(number: int) -> Iterator[list[int]]:
    """Stop at the n-th change of a name on the disk (a file put in place or removed), before it happens."""
    count = [0]

    def counting(change: Callable[..., object]) -> Callable[..., object]:
        def changed(*arguments: object, **options: object) -> object:
            count[0] += 1
            if count[0] == number:
                raise Killed
            return change(*arguments, **options)

        return changed

    with pytest.MonkeyPatch.context() as patch:
        for name in ("replace", "unlink", "rename", "symlink_to", "rmdir"):
            patch.setattr(Path, name, counting(getattr(Path, name)))
        yield count


#: Every change costs two builds; one in thirteen is enough to meet each step.
STRIDE = 13


def test_a_kill_between_two_changes_leaves_whole_products_and_the_next_run_finishes(tmp_path: Path) -> None:
    source, workspace = ready(tmp_path)
    more, aside = write(source, "wuxi.html", "无锡市人民政府", 2024, 9), tmp_path / "aside.html"
    finish(source, workspace)
    assert reports(workspace) == (5, 5)
    for number in range(1, 1000, STRIDE):
        # The folder has one report more or less each time, parsed before: the build is due again and cheap.
        before = 5 if more.exists() else 4
        after = 9 - before
        there, away = (more, aside) if more.exists() else (aside, more)
        there.replace(away)
        with killed_at(number) as count, suppress(Killed):
            finish(source, workspace)
        assert set(reports(workspace)) <= {before, after}
        finish(source, workspace)
        assert reports(workspace) == (after, after)
        assert build.plan(source, workspace).nothing
        if count[0] < number:
            return
    pytest.fail("a build has no end")

"""The asset `harvest` and the job of the schedule, against some sites of the replica web."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from assets.definitions import definitions
from assets.harvest import _bodies_published
from assets.resources import Gongkai, Harvest
from expectations.due_dates import Due
from pipelines.harvest.ledger import coverage as coverages
from pipelines.harvest.register.calendar import Expected, Standing
from pipelines.progress import Reporter
from pipelines.workspace import Workspace
from tests.assets.test_definitions import QUIET, materialised
from tests.made import quick
from tests.made.refreshing import SETTINGS, ready
from tests.web import ReplicaWeb

pytestmark = pytest.mark.usefixtures("no_workers")

SITES = ("json", "robots-broken", "refused")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReplicaWeb]:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(f"GONGKAI_HARVEST_{name}", value)
    with ReplicaWeb(seed=1) as made:
        yield made


def run(job: str, workspace: Workspace, sources: Path, instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    made = definitions(
        gongkai=Gongkai(workspace=str(workspace.root), workers=1),
        harvester=Harvest(workspace=str(workspace.root), sources=str(sources)),
        reporter=Reporter(),
    )
    return made.resolve_job_def(job).execute_in_process(instance=instance, raise_on_error=False, run_config=QUIET)


def test_the_job_of_the_schedule_goes_from_the_sites_to_the_release(
    web: ReplicaWeb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.patched(monkeypatch)
    made = ready(web, tmp_path, *SITES)
    with dg.DagsterInstance.ephemeral() as instance:
        assert run("refresh_and_build", made.workspace, made.sources, instance).success
        (event,) = instance.fetch_materializations(dg.AssetKey("harvest"), limit=9).records
        metadata = event.asset_materialization.metadata if event.asset_materialization else {}
        # Three reports of `json`, two of `refused`, whose newest answers 403; nothing of `robots-broken`.
        assert (metadata["new"].value, metadata["failed"].value) == (5, 1)
        assert "| refused | robots_unreachable | 1 |" in str(metadata["reasons"].value)
        assert "| failed | http_403 | 1 |" in str(metadata["reasons"].value)
        years = sorted(instance.get_dynamic_partitions("report_year"))
        assert years == ["2022", "2023", "2024"]
        published = pl.read_parquet(made.workspace.releases / "latest" / "data" / "comparison_by_year" / "*.parquet")
        assert published.height == 5
        assert web.broken_rules(float(SETTINGS["DELAY_SECONDS"])) == []
        web.clear_log()
        # Again: the harvest is looked at anew, and nothing behind it runs.
        runs = instance.get_runs_count()
        assert run("refresh_and_build", made.workspace, made.sources, instance).success
        assert instance.get_runs_count() == runs + 2
        assert web.broken_rules(float(SETTINGS["DELAY_SECONDS"])) == []


def test_without_a_contact_the_run_of_the_schedule_fails_and_builds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GONGKAI_HARVEST_CONTACT", raising=False)
    monkeypatch.delenv("GONGKAI_HARVEST_ALLOW_LOOPBACK", raising=False)
    workspace, sources = Workspace(tmp_path / "workspace"), Path("data/sources.csv").resolve()
    with dg.DagsterInstance.ephemeral() as instance:
        result = run("refresh_and_build", workspace, sources, instance)
        failed = [event for event in result.all_events if event.is_step_failure]
        assert [event.step_key for event in failed] == ["refresh_sources"]
        assert "GONGKAI_HARVEST_CONTACT" in str(failed[0].step_failure_data.error)
        assert not result.success
        assert {run.status.value for run in instance.get_runs()} == {"FAILURE"}, "it shows beside the one that it began"
    assert not workspace.parsed.exists()


def test_its_checks_tell_who_is_due_and_whether_sites_answer(
    web: ReplicaWeb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ready(web, tmp_path, *SITES)
    monkeypatch.setattr("assets.harvest.today", lambda: date(2025, 4, 1))
    with dg.DagsterInstance.ephemeral() as instance:
        definition = definitions(
            harvester=Harvest(workspace=str(made.workspace.root), sources=str(made.sources)), reporter=Reporter()
        )
        result = definition.resolve_implicit_global_asset_job_def().execute_in_process(
            asset_selection=[dg.AssetKey("harvest")], instance=instance, run_config=QUIET
        )
    assert materialised(result) == ["harvest"]
    found = {check.check_name: check for check in result.get_asset_check_evaluations()}
    published = found["bodies_published"]
    # The day after governments are due: `json` has published for 2024; what `refused` lists cannot be had, and nobody says
    # that it is missing; `robots-broken` cannot be asked.
    names = ("report_year", "published", "missing", "unread", "unreachable")
    counts = {name: published.metadata[name].value for name in names}
    assert counts == {"report_year": 2024, "published": 1, "missing": 0, "unread": 1, "unreachable": 1}
    assert (published.passed, published.severity) == (True, dg.AssetCheckSeverity.WARN)
    assert web.site("refused").bodies[0] in str(published.metadata["due"].value)
    assert found["sites_answer"].passed
    assert coverages.china_day("2025-03-31T17:00:00Z") == date(2025, 4, 1)


@pytest.mark.parametrize(
    ("state", "basis", "passed"),
    [("missing", "statute", False), ("missing", "our_reading", True), ("unread", "statute", True)],
)
def test_only_who_is_missing_by_a_statute_fails_the_check(state: str, basis: str, passed: bool) -> None:
    body = Expected("330100-1", "杭州市教育局", "department", Due(date(2026, 1, 31), basis))
    assert _bodies_published([Standing(body, state)], 2025).passed is passed

"""The Dagster side: what depends on what, which year is touched, and which gate stops whom."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from assets import in_process
from assets.definitions import definitions, defs
from assets.resources import Gongkai
from expectations.tables import PARSED
from pipelines import build
from pipelines.catalogue.folder import FolderError
from pipelines.progress import Reporter
from pipelines.publish import release_steps
from pipelines.steps.stamps import NotGatedError, verdict_of
from pipelines.tabulate import years
from pipelines.warehouse import warehouse_steps
from pipelines.workspace import Workspace
from tests.made import quick
from tests.made.corpus import ready, spoil, write

pytestmark = [pytest.mark.long(seconds=30), pytest.mark.usefixtures("no_workers")]

ASSETS = (
    "harvest",
    "catalogue",
    "parsed_tables",
    "warehouse_candidate",
    "warehouse",
    "release_candidate",
    "release",
)
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


class Dagster:
    """The definitions over a small source, run in process."""

    def __init__(self, source: Path, workspace: Workspace, instance: dg.DagsterInstance) -> None:
        self.source, self.workspace, self.instance = source, workspace, instance
        gongkai = Gongkai(source=str(source), workspace=str(workspace.root), workers=1)
        self.definitions = definitions(gongkai=gongkai, reporter=Reporter())

    def run(self, *assets: str, year: str | None = None) -> dg.ExecuteInProcessResult:
        return self.definitions.resolve_implicit_global_asset_job_def().execute_in_process(
            asset_selection=[dg.AssetKey(name) for name in assets],
            partition_key=year,
            instance=self.instance,
            raise_on_error=False,
            run_config=QUIET,
        )

    def job(self, name: str, year: str | None = None) -> dg.ExecuteInProcessResult:
        job = self.definitions.resolve_job_def(name)
        return job.execute_in_process(
            partition_key=year, instance=self.instance, raise_on_error=False, run_config=QUIET
        )


@pytest.fixture
def dagster(tmp_path: Path) -> Iterator[Dagster]:
    with dg.DagsterInstance.ephemeral() as instance:
        made = Dagster(*ready(tmp_path), instance)
        assert made.run("catalogue").success
        yield made


def materialised(result: dg.ExecuteInProcessResult) -> list[str]:
    return [
        str(event.asset_key.to_user_string()) for event in result.get_asset_materialization_events() if event.asset_key
    ]


def checks(result: dg.ExecuteInProcessResult) -> dict[str, bool]:
    return {check.check_name: check.passed for check in result.get_asset_check_evaluations()}


def files(workspace: Workspace) -> dict[str, tuple[int, bytes]]:
    paths = sorted(workspace.tables.rglob("*.parquet"))
    return {
        path.relative_to(workspace.tables).as_posix(): (path.stat().st_mtime_ns, path.read_bytes()) for path in paths
    }


def test_the_definitions_load_with_all_assets_gates_and_jobs() -> None:
    dg.Definitions.validate_loadable(defs)
    graph = defs.resolve_asset_graph()
    assert {key.to_user_string() for key in graph.get_all_asset_keys()} == set(ASSETS)
    blocking = {key.name for key in graph.asset_check_keys if graph.get_check_spec(key).blocking}
    assert (blocking, {key.name for key in graph.asset_check_keys}) == (
        {"parsed_gate", "warehouse_gate", "release_gate"},
        {"parsed_gate", "warehouse_gate", "release_gate", "raw_gate", "sites_answer", "bodies_published"},
    )
    assert {job.name for job in defs.jobs or ()} == {
        "build_all",
        "one_year",
        "refresh_and_build",
        "refresh_catalogue",
        "warehouse_and_release",
    }


def test_everything_has_a_description() -> None:
    for spec in defs.resolve_all_asset_specs():
        assert spec.description and len(spec.description) > 60, spec.key
        assert spec.group_name != "default", spec.key


def test_the_catalogue_brings_the_partitions_and_takes_them_away(dagster: Dagster) -> None:
    assert sorted(dagster.instance.get_dynamic_partitions("report_year")) == ["2020", "2023", "2024"]
    (dagster.source / "suzhou2020.html").unlink()
    write(dagster.source, "suzhou2022.html", "苏州市人民政府", 2022)
    result = dagster.run("catalogue")
    assert sorted(dagster.instance.get_dynamic_partitions("report_year")) == ["2022", "2023", "2024"]
    assert result.asset_materializations_for_node("catalogue")[0].metadata["parsed"].value == 1


def test_the_raw_gate_warns_and_stops_nothing(dagster: Dagster) -> None:
    (dagster.source / "suzhou2020.html").unlink()
    (dagster.source / "film.swf").write_bytes(b"FWS")
    result = dagster.run("catalogue")
    (check,) = result.get_asset_check_evaluations()
    assert (result.success, check.passed, check.severity) == (True, False, dg.AssetCheckSeverity.WARN)
    unmet = {found["check"]: found["message"] for found in check.metadata["unmet"].value}  # type: ignore[union-attr]
    assert list(unmet) == ["documents_stay", "kinds_are_known"]
    assert "1 less than at the last build" in unmet["documents_stay"]
    assert "1 .swf" in unmet["kinds_are_known"]


def test_one_year_touches_that_year_only(dagster: Dagster) -> None:
    before = files(dagster.workspace)
    write(dagster.source, "wuxi2024.html", "无锡市人民政府", 2024, 9)
    dagster.run("catalogue")
    result = dagster.run("parsed_tables", year="2024")
    assert checks(result) == {"parsed_gate": True}
    after = files(dagster.workspace)
    assert len(after) == 3 * len(PARSED)
    assert {name for name in after if after[name] != before[name]} == {name for name in after if "2024" in name}
    metadata = result.asset_materializations_for_node("parsed_tables")[0].metadata
    assert (metadata["reports_rows"].value, metadata["quarantined"].value) == (3, 0)
    assert "| grade | verified |" in str(metadata["preview"].value)


def test_a_failing_parsed_gate_stops_what_is_downstream(dagster: Dagster) -> None:
    spoil(dagster.workspace, "2024", 2)
    result = dagster.job("one_year", year="2024")
    assert (result.success, materialised(result)) == (False, ["parsed_tables"])
    (check,) = result.get_asset_check_evaluations()
    (found,) = check.metadata["unmet"].value  # type: ignore[misc, union-attr]
    assert (check.passed, found["table"], found["column"]) == (False, "facts", "grade")
    assert "splendid" in found["message"]
    assert not dagster.workspace.candidate.exists()
    assert not dagster.workspace.warehouse.exists()


def test_no_warehouse_is_built_over_a_year_that_has_not_passed(dagster: Dagster) -> None:
    years.write_year(dagster.workspace, "2023")
    with pytest.raises(NotGatedError, match="2023"):
        warehouse_steps.build_candidate(dagster.workspace)


def test_a_gated_candidate_becomes_the_warehouse_and_a_release(
    dagster: Dagster, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.patched(monkeypatch)
    result = dagster.job("build_all")
    assert result.success
    assert warehouse_steps.warehouse_is_fresh(dagster.workspace)
    assert release_steps.is_fresh(dagster.workspace)
    assert build.plan(dagster.source, dagster.workspace).nothing
    assert not dagster.workspace.candidate.exists()


def test_a_failing_warehouse_gate_leaves_the_warehouse_as_it_was(
    dagster: Dagster, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.patched(monkeypatch, gate_opens=False)
    dagster.workspace.warehouse.parent.mkdir(parents=True)
    dagster.workspace.warehouse.write_bytes(b"the good old warehouse")
    result = dagster.job("warehouse_and_release")
    assert (result.success, materialised(result)) == (False, ["warehouse_candidate"])
    assert dagster.workspace.warehouse.read_bytes() == b"the good old warehouse"
    assert not warehouse_steps.warehouse_is_fresh(dagster.workspace)
    with pytest.raises(NotGatedError, match="warehouse_gate"):
        warehouse_steps.promote(dagster.workspace)
    with pytest.raises(NotGatedError, match="no gated warehouse"):
        release_steps.build_candidate(dagster.workspace)


def test_one_year_alone_says_what_else_is_waiting(dagster: Dagster, monkeypatch: pytest.MonkeyPatch) -> None:
    quick.patched(monkeypatch)
    for year in (2023, 2024):
        write(dagster.source, f"wuxi{year}.html", "无锡市人民政府", year, 9)
    outcome = in_process.build_all(
        dagster.source, dagster.workspace, in_process.Options(years=("2024",), workers=1), Reporter()
    )
    assert (outcome.parsed, outcome.waiting, outcome.closed) == (2, ["2023"], [])
    assert outcome.digest.rows["reports"] == 5
    assert not build.plan(dagster.source, dagster.workspace).nothing
    with pytest.raises(FolderError, match="no document is about 1999; there are: 2020, 2023, 2024"):
        in_process.build_all(dagster.source, dagster.workspace, in_process.Options(years=("1999",)), Reporter())


def test_every_gate_that_does_not_open_is_told_at_once(dagster: Dagster) -> None:
    spoil(dagster.workspace, "2024", 2)
    for year in ("2020", "2023"):
        write(dagster.source, f"wuxi{year}.html", "无锡市人民政府", int(year), 9)
    dagster.run("catalogue")
    spoil(dagster.workspace, "2023", 2)
    options = in_process.Options(years=("2020", "2023", "2024"), workers=1)
    outcome = in_process.build_all(dagster.source, dagster.workspace, options, Reporter())
    assert [(verdict.gate, verdict.year) for verdict in outcome.closed] == [
        ("parsed_gate", "2023"),
        ("parsed_gate", "2024"),
    ]
    assert {unmet.column for verdict in outcome.closed for unmet in verdict.unmet} == {"grade"}
    assert outcome.closed == [verdict_of(dagster.workspace, "parsed_gate", year) for year in ("2023", "2024")]
    assert not dagster.workspace.candidate.exists()


def test_an_asset_that_breaks_is_told_by_name(dagster: Dagster, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(years, "write_year", broken)
    with pytest.raises(in_process.StepError, match=r"parsed_tables failed: OSError: no space left"):
        in_process.build_all(
            dagster.source, dagster.workspace, in_process.Options(years=("2024",), workers=1), Reporter()
        )


def test_a_release_that_loses_a_report_is_refused_unless_a_reason_is_given(
    dagster: Dagster, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.patched(monkeypatch)
    latest = dagster.workspace.releases / "latest"
    assert (
        in_process.build_all(dagster.source, dagster.workspace, in_process.Options(workers=1), Reporter()).closed == []
    )
    first = latest.readlink()
    (dagster.source / "suzhou2020.html").unlink()
    outcome = in_process.build_all(dagster.source, dagster.workspace, in_process.Options(workers=1), Reporter())
    (verdict,) = outcome.closed
    assert (verdict.gate, {unmet.check for unmet in verdict.unmet}) == ("release_gate", {"no_report_lost"})
    assert verdict.page and "no_report_lost" in verdict.page.read_text()
    assert latest.readlink() == first
    with pytest.raises(NotGatedError, match="release_gate"):
        release_steps.release(dagster.workspace)
    assert not build.plan(dagster.source, dagster.workspace).nothing
    options = in_process.Options(workers=1, accept_release="the body took it back")
    assert in_process.build_all(dagster.source, dagster.workspace, options, Reporter()).closed == []
    assert latest.readlink() != first
    assert "the body took it back" in (latest / "release.json").read_text()
    assert build.plan(dagster.source, dagster.workspace).nothing


def test_a_release_from_another_source_has_nothing_to_lose_to_the_one_before(
    dagster: Dagster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.patched(monkeypatch)
    options, latest = in_process.Options(workers=1), dagster.workspace.releases / "latest"
    assert in_process.build_all(dagster.source, dagster.workspace, options, Reporter()).closed == []
    first = latest.readlink()
    other = tmp_path / "other"
    other.mkdir()
    write(other, "wuxi2024.html", "无锡市人民政府", 2024, 9)
    assert in_process.build_all(other, dagster.workspace, options, Reporter()).closed == []
    assert latest.readlink() != first
    assert release_steps.ANOTHER_SOURCE in (latest / "release.json").read_text()
    # From the same source again, what is lost is lost.
    (other / "wuxi2024.html").rename(tmp_path / "gone.html")
    write(other, "suzhou2024.html", "苏州市人民政府", 2024)
    (verdict,) = in_process.build_all(other, dagster.workspace, options, Reporter()).closed
    assert verdict.gate == "release_gate"

"""`gongkai build`: the same assets as in Dagster's own interface, run one after the other in this process.

Belongs here: which assets must run, and what came of it. Does not belong here: work, or words on the screen. Dagster
is imported only where there is something to run: a build without changes is over before Dagster would be loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from pipelines import build
from pipelines.build import GateFailure
from pipelines.catalogue import catalogue as catalogues
from pipelines.catalogue.folder import FolderError
from pipelines.progress import Reporter
from pipelines.publish import release_steps
from pipelines.tabulate import years
from pipelines.tabulate.digest import Digest
from pipelines.warehouse import warehouse_steps
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    import dagster as dg

    from assets.resources import Gongkai, Harvest


#: The assets from the warehouse to the release.
RELEASE = ("release_candidate", "release")


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: only these years (none: all that changed), worker processes (0: one a core), another try.

    `accept_release` is the reason to release what the release gate finds something in; empty for none.
    """

    years: tuple[str, ...] = ()
    workers: int = 0
    retry: bool = False
    accept_release: str = ""


@dataclass(slots=True)
class BuildOutcome:
    """What a build did. `warnings` are the raw gate's; `waiting` are years that changed but were not asked for."""

    parsed: int = 0
    nothing_changed: bool = False
    warnings: list[str] = field(default_factory=list)
    failures: list[GateFailure] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    digest: Digest = field(default_factory=Digest)
    years: list[str] = field(default_factory=list)


class StepError(Exception):
    """An asset broke, as opposed to a gate that did not open."""


def build_all(
    source: Path,
    workspace: Workspace,
    options: Options,
    reporter: Reporter,
    instance: dg.DagsterInstance | None = None,
) -> BuildOutcome:
    """Bring everything up to the source: catalogue, the years that changed, warehouse, release.

    The runs are recorded in `instance`, else in the workspace's own. Raises `FolderError`, `pipelines.build.BusyError` or `StepError`.
    """
    with build.lock(workspace):
        plan = build.plan(source, workspace)
        if not plan.documents:
            raise FolderError(f"{source} holds no document that could be a report")
        reporter.step("source", f"{plan.documents:,} documents in {source}, {plan.parse:,} to parse")
        outcome = BuildOutcome(nothing_changed=plan.nothing and not options.years and not options.retry)
        if not outcome.nothing_changed:
            with _session(source, workspace, options, reporter, instance) as session:
                _run(session, workspace, options, outcome)
        current = catalogues.load(workspace)
        stamps = [years.stamp_of(workspace, year) for year in current.years]
        outcome.years, outcome.digest = current.years, Digest.together(s.digest for s in stamps if s)
        return outcome


def _run(session: Session, workspace: Workspace, options: Options, outcome: BuildOutcome) -> None:
    """Run what is due, step by step; a gate that does not open ends the run after its own step."""
    outcome.parsed, outcome.warnings = session.refresh()
    stale = years.stale(workspace, catalogues.load(workspace))
    asked = _asked(workspace, options.years)
    outcome.waiting = [year for year in stale if asked and year not in asked]
    for year in asked or stale:
        outcome.failures += session.materialise("parsed_tables", year=year)
    if outcome.failures:
        return
    if not warehouse_steps.warehouse_is_fresh(workspace):
        outcome.failures += session.materialise("warehouse_candidate", "warehouse", *RELEASE)
    elif not release_steps.is_fresh(workspace):
        outcome.failures += session.materialise(*RELEASE)


def _asked(workspace: Workspace, asked: Sequence[str]) -> list[str]:
    known = catalogues.load(workspace).years
    if unknown := sorted(set(asked) - set(known)):
        raise FolderError(f"no document is about {', '.join(unknown)}; there are: {', '.join(known)}")
    return sorted(set(asked))


def refresh_all(gongkai: Gongkai, harvester: Harvest, reporter: Reporter, instance: dg.DagsterInstance) -> None:
    """Materialise the harvest in a run of its own. Raises `StepError` where it broke; what sites refuse breaks nothing."""
    from assets.definitions import definitions

    made = definitions(gongkai=gongkai, harvester=harvester, reporter=reporter)
    Session(instance, made.resolve_implicit_global_asset_job_def()).harvest()


class Session:
    """A Dagster instance in the workspace and the assets bound to it."""

    def __init__(self, instance: dg.DagsterInstance, job: dg.JobDefinition) -> None:
        self._instance, self._job = instance, job

    def refresh(self) -> tuple[int, list[str]]:
        """Materialise the catalogue; how many documents had to be parsed, and what the raw gate warns of."""
        result = self._execute(["catalogue"], None)
        (event,) = result.asset_materializations_for_node("catalogue")
        (check,) = result.get_asset_check_evaluations()
        findings: Any = check.metadata["findings"].value
        return int(str(event.metadata["parsed"].value)), list(findings)

    def harvest(self) -> None:
        """Materialise the harvest; its checks warn and stop nothing."""
        self._execute(["harvest"], None)

    def materialise(self, *assets: str, year: str | None = None) -> list[GateFailure]:
        """Materialise assets with their checks; the gates that did not open."""
        result = self._execute(assets, year)
        closed = [check for check in result.get_asset_check_evaluations() if not check.passed]
        return [_failure(check, year or "") for check in closed]

    def _execute(self, assets: Sequence[str], year: str | None) -> dg.ExecuteInProcessResult:
        import dagster as dg

        from assets import dead_runs

        result = self._job.execute_in_process(
            asset_selection=[dg.AssetKey(name) for name in assets],
            partition_key=year,
            instance=self._instance,
            raise_on_error=False,
            tags={dead_runs.TAG: dead_runs.this_process()},
            # What went wrong is told in our own words; Dagster's log of it stays in its run history.
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
        closed_gate = any(check.blocking and not check.passed for check in result.get_asset_check_evaluations())
        if not result.success and not closed_gate:
            _raise(result)
        return result


def _failure(check: dg.AssetCheckEvaluation, year: str) -> GateFailure:
    findings: Any = check.metadata["failures"].value
    return GateFailure(check.check_name, year, findings, Path(str(check.metadata["page"].value)))


def _raise(result: dg.ExecuteInProcessResult) -> NoReturn:
    """Raise what made a run fail: Ctrl-C as itself, everything else as `StepError` with the innermost reason."""
    failures = [event for event in result.all_events if event.is_step_failure]
    errors = [event.step_failure_data.error for event in failures if event.step_failure_data.error]
    if not errors:
        raise StepError("the run failed; its history is in Dagster's own interface: gongkai ui")
    if errors[0].cls_name == "DagsterExecutionInterruptedError":
        raise KeyboardInterrupt
    raise StepError(f"{failures[0].step_key} failed: {(errors[0].cause or errors[0]).message.strip()}")


@contextmanager
def _session(
    source: Path,
    workspace: Workspace,
    options: Options,
    reporter: Reporter,
    instance: dg.DagsterInstance | None,
) -> Iterator[Session]:
    import dagster as dg

    from assets import home
    from assets.definitions import definitions
    from assets.resources import Gongkai

    gongkai = Gongkai(
        source=str(source),
        workspace=str(workspace.root),
        workers=options.workers,
        retry=options.retry,
        accept_release=options.accept_release,
    )
    job = definitions(gongkai=gongkai, reporter=reporter).resolve_implicit_global_asset_job_def()
    with nullcontext(instance) if instance else dg.DagsterInstance.from_config(str(home.prepare(workspace))) as runs:
        yield Session(runs, job)

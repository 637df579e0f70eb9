"""`gongkai build`: the same assets as in Dagster's own interface, run one after the other in this process.

Belongs here: which assets must run, and what came of it. Does not belong here: work, or words on the screen. Dagster
is imported only where there is something to run: a build without changes is over before Dagster would be loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pipelines import build
from pipelines.catalogue import catalogue as catalogues
from pipelines.catalogue import raw_gate
from pipelines.catalogue.folder import FolderError
from pipelines.progress import Reporter
from pipelines.publish import release_steps
from pipelines.steps import year_stamps
from pipelines.steps.digest import Digest
from pipelines.steps.stamps import verdict_of
from pipelines.steps.verdicts import Verdict
from pipelines.tabulate import years
from pipelines.warehouse import warehouse_steps
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    import dagster as dg

    from assets.resources import Gongkai, Harvest


#: The assets from the warehouse to the release.
RELEASE = ("release_candidate", "release")


@dataclass(frozen=True, slots=True)
class Options:
    """Says how to build: only these years (none: all that changed), worker processes (0: one a core), another try.

    `accept_release` is the reason to release what the release gate finds something in; empty for none. `engine` and
    `address` say what runs shards (`pipelines.workers.engines`).
    """

    years: tuple[str, ...] = ()
    workers: int = 0
    retry: bool = False
    accept_release: str = ""
    engine: str = ""
    address: str = ""


@dataclass(slots=True)
class BuildOutcome:
    """Holds what a build did: `warnings` are the raw gate's, `closed` the gates that did not open.

    `waiting` are years that changed but were not asked for.
    """

    parsed: int = 0
    nothing_changed: bool = False
    warnings: list[str] = field(default_factory=list)
    closed: list[Verdict] = field(default_factory=list)
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
        stamps = [year_stamps.stamp_of(workspace, year) for year in current.years]
        outcome.years, outcome.digest = current.years, Digest.together(s.digest for s in stamps if s)
        return outcome


def _run(session: Session, workspace: Workspace, options: Options, outcome: BuildOutcome) -> None:
    """Run what is due, step by step; a gate that does not open ends the run after its own step."""
    session.materialise("catalogue")
    outcome.parsed = raw_gate.parsed_count(workspace)
    outcome.warnings = [unmet.message for verdict in _said(workspace, ["raw_gate"]) for unmet in verdict.unmet]
    stale = years.stale(workspace, catalogues.load(workspace))
    asked = _asked(workspace, options.years)
    outcome.waiting = [year for year in stale if asked and year not in asked]
    for year in asked or stale:
        outcome.closed += _said(workspace, session.materialise("parsed_tables", year=year), year)
    if outcome.closed:
        return
    if not warehouse_steps.warehouse_is_fresh(workspace):
        outcome.closed += _said(workspace, session.materialise("warehouse_candidate", "warehouse", *RELEASE))
    elif not release_steps.is_fresh(workspace):
        outcome.closed += _said(workspace, session.materialise(*RELEASE))


def _said(workspace: Workspace, gates: Iterable[str], year: str = "") -> list[Verdict]:
    """Tell what gates said of what they judged last. Raises `StepError` where one left no word."""
    said = {gate: verdict_of(workspace, gate, year) for gate in gates}
    if silent := [gate for gate, verdict in said.items() if verdict is None]:
        raise StepError(f"{', '.join(silent)} left no verdict in {workspace.root}")
    return [verdict for verdict in said.values() if verdict]


def _asked(workspace: Workspace, asked: Sequence[str]) -> list[str]:
    known = catalogues.load(workspace).years
    if unknown := sorted(set(asked) - set(known)):
        raise FolderError(f"no document is about {', '.join(unknown)}; there are: {', '.join(known)}")
    return sorted(set(asked))


def refresh_all(gongkai: Gongkai, harvester: Harvest, reporter: Reporter, instance: dg.DagsterInstance) -> None:
    """Materialise the harvest in a run of its own. Raises `StepError` where it broke; what sites refuse breaks nothing."""
    Session(instance, _job(gongkai=gongkai, harvester=harvester, reporter=reporter)).materialise("harvest")


class Session:
    """A Dagster instance in the workspace and the job of the assets, with their resources."""

    def __init__(self, instance: dg.DagsterInstance, job: dg.JobDefinition) -> None:
        self._instance, self._job = instance, job

    def materialise(self, *assets: str, year: str | None = None) -> list[str]:
        """Materialise assets with their checks; the names of the gates that did not open.

        Raises `StepError` where an asset broke.
        """
        result = self._execute(assets, year)
        checks = result.get_asset_check_evaluations()
        closed = [check.check_name for check in checks if check.blocking and not check.passed]
        if not result.success and not closed:
            _raise(result)
        return closed

    def _execute(self, assets: Sequence[str], year: str | None) -> dg.ExecuteInProcessResult:
        import dagster as dg

        from assets import dead_runs

        return self._job.execute_in_process(
            asset_selection=[dg.AssetKey(name) for name in assets],
            partition_key=year,
            instance=self._instance,
            raise_on_error=False,
            tags={dead_runs.TAG: dead_runs.this_process()},
            # What went wrong is told in our own words; Dagster's log of it stays in its run history.
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )


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

    from assets import dagster_home
    from assets.resources import Gongkai

    gongkai = Gongkai(
        source=str(source),
        workspace=str(workspace.root),
        workers=options.workers,
        retry=options.retry,
        accept_release=options.accept_release,
        engine=options.engine,
        address=options.address,
    )
    job = _job(gongkai=gongkai, reporter=reporter)
    with (
        nullcontext(instance)
        if instance
        else dg.DagsterInstance.from_config(str(dagster_home.prepare(workspace))) as runs
    ):
        yield Session(runs, job)


def _job(**resources: object) -> dg.JobDefinition:
    """The job of all assets."""
    from assets.graph import graph

    return graph(**resources).resolve_implicit_global_asset_job_def()

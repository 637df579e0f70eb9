"""The steps from parsed tables to the warehouse, and what decides whether there is anything to do.

Each step is a plain function of the workspace that the Dagster assets call. A step's product is named in a stamp with
the fingerprint of what it was made of; stamps are removed before a product is replaced and written after, so that a
kill at any moment leaves at worst a whole product without a stamp, which is made again. Belongs here: order, freshness,
the lock. Does not belong here: how a warehouse is made (`pipelines.warehouse`), or the step behind it
(`pipelines.releasing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from pipelines import catalogue as catalogues
from pipelines import releasing, tools, years
from pipelines.files import fingerprint, read_json, write_atomically, write_json
from pipelines.settings import Workspace
from pipelines.stamps import Gated, NotGatedError, made_of, stamp_path
from pipelines.version import program_version, warehouse_version

if TYPE_CHECKING:  # what a build without changes does not need is imported where it is used
    from pipelines.warehouse.runner import ModelRun


class BusyError(Exception):
    """Another build holds the workspace."""


@dataclass(frozen=True, slots=True)
class GateFailure:
    """One gate that did not open: its name, the report year or "", what it found (table, message …), and its page."""

    gate: str
    year: str
    findings: list[dict[str, Any]]
    page: Path


@contextmanager
def lock(workspace: Workspace, wait: float = 0) -> Iterator[None]:
    """Keep the workspace to this process for a while; nested uses are one. The system frees it when a process dies.

    Raises `BusyError` when another process still holds it after `wait` seconds.
    """
    workspace.root.mkdir(parents=True, exist_ok=True)
    held = FileLock(workspace.root / "build.lock", is_singleton=True, thread_local=False)
    try:
        held.acquire(timeout=wait)
    except Timeout as error:
        raise BusyError(f"another build is working in {workspace.root}; wait until it has finished") from error
    try:
        yield
    finally:
        held.release()


# --- what there is to do


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would have to do."""

    documents: int
    parse: int
    catalogue: bool
    years: tuple[str, ...]
    warehouse: bool
    release: bool

    @property
    def nothing(self) -> bool:
        """Whether everything is as it should be."""
        return not (self.parse or self.catalogue or self.years or self.warehouse or self.release)


def plan(source: Path, workspace: Workspace, given: frozenset[str] | None = None) -> Plan:
    """Compare a source with the workspace, changing nothing but the archive. `given` are the tools, all by default.

    Raises `pipelines.harvest.folder.FolderError`.
    """
    found = catalogues.survey(source, workspace)
    current = catalogues.load(workspace)
    changed = current.version != program_version() or current.source != found.fingerprint
    keys = dict.fromkeys((*found.keys, *(() if changed else (entry.key for entry in current.entries))))
    due = dict.fromkeys(catalogues.unparsed(workspace, list(keys)))
    come = catalogues.waiting(current, tools.available() if given is None else given)
    due.update((key, None) for key in come if key in keys)
    stale = tuple(years.stale(workspace, current))
    return Plan(
        documents=len(found.keys),
        parse=len(due),
        catalogue=changed or set(years.years_on_disk(workspace)) != set(current.years),
        years=stale,
        warehouse=bool(stale) or not warehouse_is_fresh(workspace),
        release=bool(stale) or not releasing.is_fresh(workspace),
    )


def warehouse_is_fresh(workspace: Workspace) -> bool:
    """Whether the warehouse is what the parsed tables and the SQL would give."""
    return workspace.warehouse.is_file() and made_of(workspace, "warehouse") == _warehouse_inputs(workspace)


def _warehouse_inputs(workspace: Workspace) -> str:
    """The fingerprint of the parsed tables' bytes and of what makes a warehouse of them."""
    stamps = [(year, years.stamp_of(workspace, year)) for year in years.years_on_disk(workspace)]
    files = [f"{year} {table} {sha}" for year, s in stamps if s for table, sha in sorted(s.files.items())]
    return fingerprint([warehouse_version(), *files])


# --- the steps


def build_candidate(workspace: Workspace, on_model: Callable[[ModelRun], None] | None = None) -> list[ModelRun]:
    """Build the next warehouse beside the present one.

    Raises `NotGatedError` while a year's tables have not passed their gate.
    """
    from pipelines.warehouse.runner import build

    ungated = [year for year in years.years_on_disk(workspace) if not _passed(workspace, year)]
    if ungated:
        raise NotGatedError(f"the tables of {', '.join(ungated)} have not passed their gate; build these years first")
    inputs = _warehouse_inputs(workspace)
    stamp_path(workspace, "candidate").unlink(missing_ok=True)
    runs = build(workspace.tables, workspace.candidate, on_model=on_model)
    write_json(stamp_path(workspace, "candidate"), {"made_of": inputs, "gate_passed": False})
    return runs


def build_models(workspace: Workspace, select: str | None) -> list[ModelRun]:
    """Run some models into the candidate; those that are not selected are taken over from it or from the warehouse."""
    from pipelines.warehouse.runner import build

    stamp_path(workspace, "candidate").unlink(missing_ok=True)
    if select and not workspace.candidate.is_file() and workspace.warehouse.is_file():
        write_atomically(workspace.candidate, workspace.warehouse.read_bytes())
    return build(workspace.tables, workspace.candidate, select)


def gate_candidate(workspace: Workspace) -> Gated:
    """Run the suites over the candidate; keep the results as a table and as a page.

    Raises `FileNotFoundError` where there is no candidate.
    """
    from expectations.registry import model_of
    from pipelines.tables import write_parquet
    from pipelines.warehouse import gate, page

    stamp = read_json(stamp_path(workspace, "candidate"))
    if stamp is None or not workspace.candidate.is_file():
        raise FileNotFoundError(f"there is no whole candidate in {workspace.candidate.parent}; build it first")
    results = gate.run(workspace.candidate)
    write_parquet(model_of("gate_results"), results, results_path(workspace))
    write_atomically(page_path(workspace), page.render(results).encode())
    failed = results.filter(~results["success"])
    write_json(stamp_path(workspace, "candidate"), {**stamp, "gate_passed": failed.is_empty()})
    return Gated(results.height, failed.to_dicts(), page_path(workspace))


def results_path(workspace: Workspace) -> Path:
    """What the warehouse gate found when it last ran, passed or not."""
    return workspace.gates / "warehouse_gate.parquet"


def page_path(workspace: Workspace) -> Path:
    """The same as a page."""
    return workspace.gates / "warehouse_gate.html"


def promote(workspace: Workspace) -> None:
    """Put the candidate in the warehouse's place, in one step for those who read it.

    Raises `NotGatedError` where the candidate has not passed its gate.
    """
    stamp = read_json(stamp_path(workspace, "candidate")) or {}
    if not stamp.get("gate_passed") or not workspace.candidate.is_file():
        raise NotGatedError("the candidate has not passed warehouse_gate; build warehouse_candidate first")
    stamp_path(workspace, "warehouse").unlink(missing_ok=True)
    write_atomically(releasing.standing_results(workspace), results_path(workspace).read_bytes())
    workspace.candidate.replace(workspace.warehouse)
    write_json(stamp_path(workspace, "warehouse"), {"made_of": stamp["made_of"]})
    stamp_path(workspace, "candidate").unlink()


def _passed(workspace: Workspace, year: str) -> bool:
    stamp = years.stamp_of(workspace, year)
    return stamp is not None and stamp.gate_passed

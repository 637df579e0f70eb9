"""The steps from parsed tables to the warehouse: a candidate beside it, its gate, and the warehouse, which it replaces last."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.files import fingerprint, write_atomically, write_json
from pipelines.steps.fingerprints import warehouse_version
from pipelines.steps.registered import lines_fingerprint, registered
from pipelines.steps.stamps import NotGatedError, is_open, keep_verdict, made_of, stamp_path
from pipelines.steps.verdicts import Verdict
from pipelines.steps.year_stamps import stamp_of, years_on_disk
from pipelines.workspace import Workspace

if TYPE_CHECKING:  # what a build without changes does not need is imported where it is used
    from pipelines.warehouse.runner import ModelRun


def warehouse_is_fresh(workspace: Workspace) -> bool:
    """Tell whether the warehouse is what the parsed tables and the SQL would give."""
    return workspace.warehouse.is_file() and made_of(workspace, "warehouse") == _warehouse_inputs(workspace)


def _warehouse_inputs(workspace: Workspace) -> str:
    """The fingerprint of the parsed tables' bytes, of the register of corrections, and of what makes a warehouse of them."""
    stamps = [(year, stamp_of(workspace, year)) for year in years_on_disk(workspace)]
    files = [f"{year} {table} {sha}" for year, s in stamps if s for table, sha in sorted(s.files.items())]
    return fingerprint([warehouse_version(), lines_fingerprint(registered(workspace)), *files])


def build_candidate(workspace: Workspace, on_model: Callable[[ModelRun], None] | None = None) -> list[ModelRun]:
    """Build the next warehouse beside the present one.

    Raises `NotGatedError` while a year's tables have not passed their gate.
    """
    from pipelines.warehouse.runner import build

    ungated = [year for year in years_on_disk(workspace) if not is_open(workspace, "parsed_gate", year)]
    if ungated:
        raise NotGatedError(f"the tables of {', '.join(ungated)} have not passed their gate; build these years first")
    inputs = _warehouse_inputs(workspace)
    stamp_path(workspace, "candidate").unlink(missing_ok=True)
    lines, store = registered(workspace), workspace.warehouse_parts
    runs = build(workspace.tables, workspace.candidate, on_model=on_model, corrections=lines, store=store)
    write_json(stamp_path(workspace, "candidate"), {"made_of": inputs})
    return runs


def build_models(workspace: Workspace, select: str | None) -> list[ModelRun]:
    """Run some models into the candidate; the parts of the others stay as they are."""
    from pipelines.warehouse.runner import build

    stamp_path(workspace, "candidate").unlink(missing_ok=True)
    lines, store = registered(workspace), workspace.warehouse_parts
    return build(workspace.tables, workspace.candidate, select, corrections=lines, store=store)


def gate_candidate(workspace: Workspace) -> Verdict:
    """Run the suites over the candidate; keep the results as a table and as a page.

    Raises `FileNotFoundError` where there is no candidate.
    """
    from expectations.tables import model_of
    from pipelines.parquet import write_parquet
    from pipelines.steps import gate_page
    from pipelines.steps.gate_results import verdict
    from pipelines.warehouse import warehouse_gate

    if made_of(workspace, "candidate") is None or not workspace.candidate.is_file():
        raise FileNotFoundError(f"there is no whole candidate in {workspace.candidate.parent}; build it first")
    results = warehouse_gate.run(workspace.candidate, parts=workspace.warehouse_parts)
    write_parquet(model_of("gate_results"), results, results_path(workspace))
    write_atomically(page_path(workspace), gate_page.render(results).encode())
    return keep_verdict(workspace, verdict("warehouse_gate", results, page_path(workspace)))


def results_path(workspace: Workspace) -> Path:
    """Tell what the warehouse gate found when it last ran, passed or not."""
    return workspace.gates / "warehouse_gate.parquet"


def page_path(workspace: Workspace) -> Path:
    """The same as a page."""
    return workspace.gates / "warehouse_gate.html"


def promote(workspace: Workspace) -> None:
    """Put the candidate in the warehouse's place, in one step for those who read it.

    Raises `NotGatedError` where the candidate has not passed its gate.
    """
    if not is_open(workspace, "warehouse_gate") or not workspace.candidate.is_file():
        raise NotGatedError("the candidate has not passed warehouse_gate; build warehouse_candidate first")
    inputs = made_of(workspace, "candidate")
    stamp_path(workspace, "warehouse").unlink(missing_ok=True)
    write_atomically(standing_results(workspace), results_path(workspace).read_bytes())
    workspace.candidate.replace(workspace.warehouse)
    write_json(stamp_path(workspace, "warehouse"), {"made_of": inputs})
    stamp_path(workspace, "candidate").unlink()
    _prune(workspace)


def _prune(workspace: Workspace) -> None:
    """Remove the parts that neither the warehouse nor the next build reads."""
    from pipelines.warehouse.database_file import parts_of
    from pipelines.warehouse.part_store import PartStore

    with closing(PartStore(workspace.warehouse_parts)) as store:
        read = [path for path in parts_of(workspace.warehouse) if path.is_relative_to(store.folder)]
        store.prune([path.relative_to(store.folder).as_posix() for path in read])


def standing_results(workspace: Workspace) -> Path:
    """Tell what the warehouse gate found of the warehouse that is in place: a later candidate may have failed since."""
    return workspace.gates / "warehouse.parquet"

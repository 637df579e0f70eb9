"""Tells what a build looks like in a terminal: progress while it runs, and a closing summary.

Belongs here: wording and layout. Does not belong here: counting (`pipelines.steps.digest`) or deciding (`pipelines.build`).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.status import Status
from rich.table import Table
from rich.text import Text

from expectations.unmet import Unmet
from pipelines.progress import Fetched, Reporter, Taken
from pipelines.steps.digest import Digest
from pipelines.steps.verdicts import Verdict
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    from pipelines.warehouse.models import Model
    from pipelines.warehouse.runner import ModelRun

#: Without a terminal, a line after this many documents stands for the bar.
_EVERY = 500
_EVERY_FETCH = 50
#: Findings of a gate that are shown.
_EXAMPLES = 5


class TerminalReporter(Reporter):
    """A bar over the documents, and a line for each step."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar: Progress | None = None
        self._status: Status | None = None
        self._fetched: Counter[str] = Counter()

    def step(self, name: str, says: str = "") -> None:
        """Print a line."""
        self.close()
        self._console.print(f"[bold]{name:<12}[/]{escape(says)}")

    def fetched(self, fetch: Fetched) -> None:
        """Count an address, and show the last one."""
        if fetch.kind == "robots" or fetch.outcome == "redirected":
            return
        self._fetched[fetch.outcome] += 1
        counts = ", ".join(f"{count:,} {outcome}" for outcome, count in self._fetched.items())
        if self._console.is_terminal:
            if self._status is None:
                self._status = self._console.status("")
                self._status.start()
            self._status.update(f"[bold]asking      [/]{counts}  [dim]{escape(fetch.url[-60:])}[/]")
        elif sum(self._fetched.values()) % _EVERY_FETCH == 0:
            self._console.print(f"[bold]{'asked':<12}[/]{counts}")

    def document(self, done: int, total: int, summary: Taken) -> None:
        """Move the bar on."""
        if self._console.is_terminal:
            self._move(done, total, summary.file_name)
        elif done == total or done % _EVERY == 0:
            self._console.print(f"[bold]{'parsed':<12}[/]{done} of {total} documents")

    def _move(self, done: int, total: int, file_name: str) -> None:
        if self._bar is None:
            columns = (TextColumn("[bold]parsing     [/]"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, TextColumn("{task.description}"), console=self._console, transient=True)
            self._bar.start()
            self._bar.add_task("", total=total)
        self._bar.update(self._bar.task_ids[0], completed=done, description=escape(file_name))
        if done == total:
            self.close()
            self._console.print(f"[bold]{'parsed':<12}[/]{total} documents")

    def close(self) -> None:
        """Take the bar away."""
        if self._status is not None:
            self._status.stop()
            self._status = None
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def summary(digest: Digest, years: Iterable[str], corrections: Mapping[str, int] | None = None) -> Table:
    """The closing table: what was read, what it gave, what failed; `corrections` are the lines of the register by status."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    documents, reports = sum(digest.formats.values()), digest.rows.get("reports", 0)
    table.add_row("reports", f"{reports:,}", f"{_counted(digest.formats)}; years {', '.join(years)}")
    if (others := digest.rows.get("documents", 0) - documents) > 0:
        table.add_row("", f"{others:,}", "further documents of the same reports")
    table.add_row("facts", f"{digest.rows.get('facts', 0):,}", _counted(digest.grades))
    table.add_row("figures", f"{digest.rows.get('figures', 0):,}", _figures(digest))
    table.add_row(
        "problems", f"{digest.rows.get('problems', 0):,}", f"{digest.rows.get('commitments', 0):,} commitments"
    )
    table.add_row("failed checks", f"{sum(digest.failed_checks.values()):,}", _counted(digest.failed_checks, most=6))
    if corrections:
        table.add_row("corrections", f"{sum(corrections.values()):,}", _corrections(corrections))
    table.add_row("quarantined", f"{digest.rows.get('quarantine', 0):,}", "")
    for reason, count in digest.quarantined.items():
        table.add_row("", f"{count:,}", escape(f"{reason}, e.g. {digest.examples[reason]}"))
    return table


def _corrections(statuses: Mapping[str, int]) -> str:
    """Tell how many lines of the register were applied, and how to see those that were not."""
    look = (
        ""
        if set(statuses) == {"applied"}
        else "; gongkai query \"from corrections where correction_status <> 'applied'\""
    )
    return f"{_counted(statuses)}{look}"


def _figures(digest: Digest) -> str:
    """Tell what became of the narrative's numbers: how many have an indicator, and how many something contradicts."""
    read = digest.rows.get("figures", 0)
    if not read:
        return "none"
    mapped, contradicted = (digest.figures.get(name, 0) for name in ("mapped", "contradicted"))
    return f"{100 * mapped / read:.1f} % with an indicator, {contradicted:,} contradicted"


def _counted(counts: Mapping[str, int], most: int = 0) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = ordered[:most] if most else ordered
    more = [f"{len(ordered) - len(shown)} other kinds"] if len(ordered) > len(shown) else []
    return escape(", ".join([*(f"{count:,} {name}" for name, count in shown), *more]) or "none")


def outputs(workspace: Workspace, page: Path) -> Text:
    """Tell where the outputs are, and how to look into them: a line each, to be printed unwrapped so that it can be copied."""
    warehouse = _shown(workspace.warehouse)
    query = f"import duckdb; duckdb.connect('{warehouse}', read_only=True).sql('from comparison_by_year').show()"
    lines = {
        "warehouse": warehouse,
        "release": _shown(_named(workspace)),
        "site": f"{_shown(workspace.releases / 'latest' / 'site' / 'index.html')}, or: gongkai serve",
        "gate results": _shown(page),
        "query": f'python -c "{query}"',
    }
    return Text("\n").join(Text.assemble((f"{name:<14}", "bold"), line) for name, line in lines.items())


def _shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    relative = os.path.relpath(path)
    return relative if len(relative) < len(str(path)) else str(path)


def closed(found: Sequence[Verdict], workspace: Workspace) -> Group:
    """Tell which gates did not open: table, column, first examples, where to look, and what is untouched."""
    lines: list[RenderableType] = []
    for verdict in found:
        lines.append(Text(f"{verdict.name} did not open; not met: {len(verdict.unmet)}", "bold red"))
        lines += [_unmet(unmet) for unmet in verdict.unmet[:_EXAMPLES]]
        if verdict.page:
            lines.append(Text(f"  all of them: {_shown(verdict.page)}"))
        if verdict.gate == "release_gate":
            lines.append(
                Text("  to release it all the same: gongkai build --accept-release 'the reason, kept in the release'")
            )
    kept = [path for path in _untouched(found, workspace) if path.exists()]
    untouched = " and ".join(_shown(path) for path in kept)
    lines.append(Text(f"untouched: {untouched}" if kept else "nothing was published before, and nothing is now"))
    return Group(*lines)


def _untouched(found: Iterable[Verdict], workspace: Workspace) -> list[Path]:
    """Tell what a closed gate left as it was: behind the release gate the warehouse is the new one already."""
    latest = workspace.releases / "latest"
    if any(verdict.gate == "release_gate" for verdict in found):
        return [latest]
    return [workspace.warehouse, latest]


def _named(workspace: Workspace) -> Path:
    """The folder that `latest` leads to: its name is the version to cite."""
    latest = workspace.releases / "latest"
    return workspace.releases / latest.resolve().name if latest.exists() else latest


def _unmet(unmet: Unmet) -> Text:
    """One expectation that is not met; its message begins with the table and gives an example."""
    place = f"{unmet.table}.{unmet.column}" if unmet.column else unmet.table
    return Text(f"  {place}: {unmet.check}\n    {unmet.message}")


def models(listed: Iterable[Model]) -> Table:
    """The SQL models: what each one is, and what it reads."""
    table = Table("model", "layer", "grain", "purpose", "reads")
    for model in listed:
        reads = ", ".join(sorted(model.needs) + [f"{name} (Parquet)" for name in sorted(model.sources)])
        table.add_row(model.name, model.layer, escape(model.grain), escape(model.purpose), reads)
    return table


def model_runs(runs: Iterable[ModelRun]) -> Table:
    """Tell what was run, and what it gave."""
    table = Table("model", "layer", "rows", "seconds", "grain")
    for run in runs:
        rows = "view" if run.rows is None else f"{run.rows:,}"
        table.add_row(run.name, run.layer, rows, f"{run.seconds:.3f}", escape(run.grain))
    return table

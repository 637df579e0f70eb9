"""`gongkai doctor`: what is here, what is missing, what cannot be read without it, and the command that helps.

Belongs here: asking and showing. Does not belong here: finding tools (`pipelines.workers.tools`). Registered in `pipelines.cli.app`.
"""

from __future__ import annotations

import io
import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer
from packaging.requirements import Requirement
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipelines.cli import screen
from pipelines.cli.options import WorkspaceOption
from pipelines.workers import machine, passes, pool
from pipelines.workers.tools import Tool, tools

#: Less free disk than this is a warning: the archive, the tables and the warehouse of some ten thousand reports.
LITTLE_DISK_MB = 2_000
#: The packages that are named; of the others only what is missing or of a wrong version.
NAMED = {
    "duckdb": "the warehouse",
    "polars": "the tables",
    "dagster": "the run",
    "pandera": "the parsed gate",
    "great-expectations": "the warehouse gate",
    "selectolax": "HTML",
    "pypdfium2": "PDF",
    "xlrd": "the old format of Excel",
    "olefile": "the old formats of Office",
}
_MARKS = {
    "ok": ("ok", "green"),
    "missing": ("missing", "bold red"),
    "other": ("other", "yellow"),
    "optional": ("not there", "yellow"),
}
_TRIAL_TEXT = "2024"
_TRIAL_RTF = b"{\\rtf1\\ansi " + _TRIAL_TEXT.encode() + b"\\par}"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One finding. `state` is `ok`, `missing` (something required), `other` (not the version that is asked for) or
    `optional` (something that may be missing).
    """

    name: str
    state: str
    says: str
    #: What would help.
    hint: str | None = None


def doctor(
    workspace: WorkspaceOption = None,
    attempt: Annotated[
        bool, typer.Option("--try/--no-try", help="Try each optional tool on a tiny document (some seconds).")
    ] = True,
) -> None:
    """Say what is installed, what cannot be read without what is not, and how to install it. Exit 1 if it cannot run."""
    from pipelines.workspace import workspace_at

    required = [*_python(), *_packages()]
    found = tools()
    tried = _tried([tool.name for tool in found if tool.is_available]) if attempt else {}
    optional = [_tool(tool, tried) for tool in found]
    surroundings = [_workspace(workspace_at(workspace).root), *_machine()]
    screen.results().print(_shown(required, optional, surroundings))
    if any(line.state == "missing" for line in (*required, *surroundings)):
        raise typer.Exit(1)


# --- asking


def _python() -> Iterator[Diagnosis]:
    yield Diagnosis("gongkai", "ok", metadata.version("gongkai"))
    yield Diagnosis("Python", "ok", f"{platform.python_version()} on {platform.system()} {platform.machine()}")


def _packages() -> Iterator[Diagnosis]:
    """The packages that the program cannot do without, as its own metadata asks for them."""
    for text in metadata.requires("gongkai") or []:
        asked = Requirement(text)
        if asked.marker is not None and not asked.marker.evaluate({"extra": ""}):
            continue
        line = _package(asked)
        if line.state != "ok" or asked.name in NAMED:
            yield line


def _package(asked: Requirement) -> Diagnosis:
    purpose = NAMED.get(asked.name)
    suffix = f", for {purpose}" if purpose else ""
    install = f"pip install '{asked}'"
    try:
        version = metadata.version(asked.name)
    except metadata.PackageNotFoundError:
        return Diagnosis(asked.name, "missing", f"not installed{suffix}", install)
    if not asked.specifier.contains(version, prereleases=True):
        return Diagnosis(asked.name, "other", f"{version}; it is made for {asked.specifier}{suffix}", install)
    return Diagnosis(asked.name, "ok", f"{version}{suffix}")


def _tool(tool: Tool, tried: Mapping[str, str | None]) -> Diagnosis:
    place = f" at {tool.place}" if tool.place else ""
    what = f"{tool.version or 'found'}{place}"
    without = f"without it not read: {tool.reads}"
    if not tool.is_available:
        return Diagnosis(tool.title, "optional", f"{tool.problem}{place}; {without}", tool.install)
    if (problem := tried.get(tool.name)) is not None:
        return Diagnosis(tool.title, "optional", f"{what}, but it does not work: {problem}; {without}", tool.install)
    return Diagnosis(tool.title, "ok", f"{what}{'; tried, it works' if tool.name in tried else ''}")


def _tried(names: list[str]) -> dict[str, str | None]:
    """Tell what goes wrong when each tool reads a tiny document, in a worker and within limits; None if nothing."""
    results = pool.run(trial, names, workers=len(names), limits=passes.NEEDS["ocr"].limits)
    return {name: said.message if isinstance(said, pool.JobFailure) else said for name, said in results}


def trial(name: str) -> str | None:
    """Read a tiny document that needs the tool (in a worker). What is wrong, or None."""
    from pipelines.read import Unreadable, read
    from pipelines.read.document import Paragraph

    try:
        document = read(_TRIALS[name](), tools=frozenset({name}))
    except Unreadable as why:
        return why.message
    found = " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    return None if _TRIAL_TEXT in found else f"it read {found!r} where {_TRIAL_TEXT!r} stands"


def _picture() -> bytes:
    """A page with a number on it. PIL comes with OCR."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (600, 300), 255)
    ImageDraw.Draw(picture).text((120, 100), _TRIAL_TEXT, fill=0, font=ImageFont.load_default(60))
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


_TRIALS = {"libreoffice": lambda: _TRIAL_RTF, "ocr": _picture}


def _workspace(root: Path) -> Diagnosis:
    there = next(place for place in (root, *root.parents) if place.exists())
    free = machine.free_disk_mb(root)
    says = f"{root}, {_size(free)} free"
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return Diagnosis("workspace", "missing", f"{says}; cannot be written", "choose another: --workspace FOLDER")
    if free is not None and free < LITTLE_DISK_MB:
        return Diagnosis(
            "workspace", "optional", f"{says}; that is little", "make room, or choose another: --workspace FOLDER"
        )
    return Diagnosis("workspace", "ok", says)


def _machine() -> Iterator[Diagnosis]:
    total, free = machine.total_memory_mb(), machine.free_memory_mb()
    yield Diagnosis("memory", "ok", f"{_size(total)}, {_size(free)} of it free")
    counts = ", ".join(f"{passes.worker_limit(tool)} {what}" for tool, what in _WORKERS.items())
    yield Diagnosis("processors", "ok", f"{pool.processors()}; documents read at a time: {counts}")


_WORKERS = {"": "usually", "libreoffice": "with LibreOffice", "ocr": "with OCR"}


def _size(megabytes: int | None) -> str:
    if megabytes is None:
        return "an unknown amount"
    return f"{megabytes:,} MB" if megabytes < 10_000 else f"{megabytes / 1024:,.0f} GB"


# --- showing


def _shown(required: list[Diagnosis], optional: list[Diagnosis], surroundings: list[Diagnosis]) -> RenderableType:
    parts = (("required", required), ("optional tools", optional), ("this machine", surroundings))
    return Group(*(_table(title, lines) for title, lines in parts), _closing(required + surroundings, optional))


def _table(title: str, lines: Iterable[Diagnosis]) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold", show_header=False, box=None, padding=(0, 2, 0, 2)
    )
    table.add_column(style="bold", no_wrap=True, min_width=18)
    table.add_column(no_wrap=True, min_width=9)
    table.add_column(overflow="fold")
    for line in lines:
        mark, style = _MARKS[line.state]
        table.add_row(line.name, Text(mark, style=style), escape(line.says))
        if line.hint:
            table.add_row("", "", Text(line.hint, style="cyan"))
    return table


def _closing(needed: list[Diagnosis], optional: list[Diagnosis]) -> Text:
    missing = [line.name for line in needed if line.state == "missing"]
    if missing:
        return Text(f"\ngongkai cannot run: {', '.join(missing)}", style="bold red")
    absent = [line.name for line in optional if line.state != "ok"]
    if absent:
        return Text(
            f"\ngongkai can run; not there: {', '.join(absent)}. Build again after installing it.", style="bold yellow"
        )
    return Text("\ngongkai can run and read every format that it knows", style="bold green")

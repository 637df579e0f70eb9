"""Folders of made reports for the tests that build things: small, quick and different from one another by their seed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.catalogue import keeping
from pipelines.catalogue.catalogue import load, load_record, refresh
from pipelines.catalogue.record import Record
from pipelines.steps import state
from pipelines.steps.fingerprints import program_version
from pipelines.steps.shards import ALL, Shard, shard_path
from pipelines.tabulate import years
from pipelines.workspace import Workspace
from tests.made.figures import made
from tests.made.layouts import disputes_html, page, proactive_html, requests_html


def report(body: str, year: int, seed: int = 1, prose: str = "") -> str:
    """One report as a page. Its figures satisfy every identity of its form."""
    form = "2021" if year >= 2021 else "2019"
    cells = made(form, seed)
    return page(body, year, proactive_html(form, cells), requests_html(form, cells), disputes_html(cells), prose)


def write(folder: Path, name: str, body: str, year: int, seed: int = 1) -> Path:
    """Write one report into a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report(body, year, seed), encoding="utf-8")
    return path


def corpus(folder: Path) -> Path:
    """Four reports of three bodies over three years."""
    write(folder, "hangzhou2023.html", "杭州市人民政府", 2023, 1)
    write(folder, "hangzhou2024.html", "杭州市人民政府", 2024, 2)
    write(folder, "nanjing2024.html", "南京市人民政府", 2024, 3)
    write(folder, "suzhou2020.html", "苏州市人民政府", 2020, 4)
    return folder


def spoil(workspace: Workspace, year: str, count: int) -> None:
    """Make the kept records of some documents of a year break the contract, as a fault of the parser would."""
    for entry in load(workspace).of(year)[:count]:
        record = load_record(workspace, entry.key)
        first, *rest = record.tables.facts
        facts = (first._replace(grade="splendid"), *rest)
        spoilt = replace(record, tables=replace(record.tables, facts=facts))
        keep(workspace, entry.key, spoilt)


def keep(workspace: Workspace, key: str, record: Record) -> None:
    """Put another record in the place of a document's, as if it had been parsed so."""
    version = program_version()
    with state.opened(workspace) as rows:
        keeping.put(rows, keeping.folder_of(workspace, version), version, [(key, record)])
        rows.execute("update documents set bucket = ? where bucket is null", ("all",))


def record_file(workspace: Workspace, key: str) -> Path:
    """The segment that holds a document's record."""
    with state.opened(workspace) as rows:
        (file,) = rows.execute("select file from documents where key = ?", (key,)).fetchone()
    return keeping.folder_of(workspace, program_version()) / str(file)


def table_path(workspace: Workspace, table: str, year: str) -> Path:
    """Where a parsed table of a year lies that has one shard."""
    return shard_path(workspace.tables, table, Shard(year, ALL))


def ready(folder: Path) -> tuple[Path, Workspace]:
    """A source and a workspace of its own in which it is catalogued and tabulated, copied from one made once."""
    for name in ("reports", "workspace"):
        shutil.copytree(Path(_template().name) / name, folder / name)
    return folder / "reports", Workspace(folder / "workspace")


@cache
def _template() -> TemporaryDirectory[str]:
    made = TemporaryDirectory()
    source, workspace = corpus(Path(made.name) / "reports"), Workspace(Path(made.name) / "workspace")
    for year in refresh(source, workspace, worker_count=1).catalogue.years:
        years.write_year(workspace, year)
        assert years.gate(workspace, year).is_open
    return made

"""Parsed tables written by hand, report by report, for the tests of the SQL."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import polars as pl

from expectations.columns import about
from expectations.indicators import indicators
from expectations.tables import model_of
from pipelines.parquet import write_parquet
from pipelines.steps.shards import ALL, Shard, shard_path
from pipelines.warehouse.runner import build
from tests.made.rows import Row, frame, valid_row

#: A cell: its number, or (number, grade), or (number, grade, raw).
Cell = float | None | tuple[Any, ...]


class Parsed:
    """Collects rows and writes them as shards of whole years."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {}

    def add(self, table: str, **values: Any) -> None:
        """A row of a table: valid by the contract, but for what is given."""
        self.rows.setdefault(table, []).append({**valid_row(model_of(table)), **values})

    def report(self, report_id: str, cells: Mapping[str, Cell] | None = None, **values: Any) -> Parsed:
        """A report `<body>-<year>` with its document and cells by `table/row/column`; `values` go to `reports`."""
        body, _, year = report_id.rpartition("-")
        common = {"report_id": report_id, "report_year": int(year)}
        sha = _sha(report_id)
        defaults = {
            "body_id": body,
            "level": "county",
            "scope": "territory",
            "scope_from": "count",
            "scope_sentence": None,
            "form": "2021",
            "fact_count": len(cells or {}),
        }
        self.add("reports", **common, document_sha256=sha, **{**defaults, **values})
        self.add("documents", **common, document_sha256=sha, file_name=f"{report_id}.html")
        for place, cell in (cells or {}).items():
            table, row, column = place.split("/")
            value, grade, raw = cell if isinstance(cell, tuple) and len(cell) == 3 else (*_pair(cell), None)
            unit = "万元" if column == "amount_10k_yuan" else None
            self.add(
                "facts",
                **common,
                form=values.get("form", "2021"),
                fact_id=f"{report_id}/{place}",
                form_table=table,
                form_row=row,
                form_column=column,
                value=value,
                printed_value=value,
                grade=grade,
                raw=raw if raw is not None else "" if value is None else str(value),
                unit=unit,
                document_sha256=sha,
            )
        return self

    def figure(self, report_id: str, indicator: str, value: float | None, **values: Any) -> str:
        """A figure of a report, an amount unless `values` say otherwise, behind those that it has; its id."""
        known = indicators().get(indicator)
        common = self._statement("figures", report_id)
        figure_id = f"{report_id}/figures/{common['ordinal']}"
        normal = {
            "figure_id": figure_id,
            "indicator": indicator,
            "indicator_group": known.group if known else None,
            "value": value,
            "printed_value": value,
            "normalised_value": value if known else None,
            "normalised_unit": known.unit if known and value is not None else None,
            "scope": "not_stated",
            "grade": "unverified",
        }
        self.add("figures", **{**common, **normal, **values})
        return figure_id

    def problem(self, report_id: str, theme: str, text: str, **values: Any) -> str:
        """A problem of a report, behind those that it has; its id."""
        common = self._statement("problems", report_id)
        problem_id = f"{report_id}/problems/{common['ordinal']}"
        self.add("problems", **{**common, "problem_id": problem_id, "theme": theme, "text": text, **values})
        return problem_id

    def _statement(self, table: str, report_id: str) -> dict[str, Any]:
        before = sum(row["report_id"] == report_id for row in self.rows.get(table, ()))
        common = {"report_id": report_id, "report_year": int(report_id[-4:]), "document_sha256": _sha(report_id)}
        return {**common, "ordinal": before + 1}

    def write(self, folder: Path) -> Path:
        """Write what was collected; the folder."""
        for table, rows in self.rows.items():
            made = frame(model_of(table), rows)
            for (year,), part in made.group_by("report_year"):
                shard = Shard(str(year or "unknown"), ALL)
                write_parquet(model_of(table), part, shard_path(folder, table, shard))
        return folder

    @property
    def key(self) -> str:
        """What tells apart what is made of other rows."""
        return repr(self.rows)

    def build(self, folder: Path, select: str | None = None) -> Warehouse:
        """Write, and build a warehouse of it; `select` names the models to run, as in `pipelines.warehouse.models`.

        Of the same rows a whole warehouse is built once a process, and copied.
        """
        target = folder / "warehouse.duckdb"
        tables = self.write(folder / "tables")
        if select is None:
            return Warehouse(Path(shutil.copyfile(_whole(self.key, tables), target)))
        build(tables, target, select)
        return Warehouse(target)

    def when_asked(self, folder: Path) -> Warehouse:
        """Write, and build of the warehouse what a test asks for: each table with all that it reads."""
        return Warehouse(folder / "warehouse.duckdb", self.write(folder / "tables"))


def as_table(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make of a view of a warehouse a table, so that a test can change its rows."""
    connection.execute(f"create temp table copied as from {name}")
    connection.execute(f"drop view {name}")
    connection.execute(f"create table {name} as from copied")
    connection.execute("drop table copied")


_KEPT: dict[str, Path] = {}


def _whole(key: str, tables: Path) -> Path:
    """The warehouse of rows by their key, as it was built when they were first seen."""
    if key not in _KEPT:
        target = Path(_folder().name) / f"{len(_KEPT)}.duckdb"
        build(tables, target)
        _KEPT[key] = target
    return _KEPT[key]


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory()


def _sha(report_id: str) -> str:
    return report_id.encode().hex().ljust(64, "0")[:64]


def _pair(cell: Cell) -> tuple[Any, str]:
    return (cell[0], cell[1]) if isinstance(cell, tuple) else (cell, "verified")


class Warehouse:
    """A warehouse, read table by table: a built one, or one that is built from `tables` as far as it is read."""

    def __init__(self, path: Path, tables: Path | None = None) -> None:
        self.path = path
        self._tables = tables
        self._built: set[str] = set()

    def table(self, name: str) -> pl.DataFrame:
        """A whole table."""
        if self._tables is not None and name not in self._built:
            self._built |= {run.name for run in build(self._tables, self.path, f"+{name}")}
        with duckdb.connect(str(self.path), read_only=True) as connection:
            # A view has the parts one after another; a release puts them in the order of the key.
            order = ", ".join(about(model_of(name)).key)
            return connection.sql(f"from {name} order by {order}").pl()

    def row(self, name: str, **key: Any) -> Row:
        """The one row with that key."""
        assert about(model_of(name)).key == tuple(key), f"the key of {name} is {about(model_of(name)).key}"
        rows = self.table(name).filter(**key).to_dicts()
        assert len(rows) == 1, f"{len(rows)} rows of {name} for {key}"
        return rows[0]

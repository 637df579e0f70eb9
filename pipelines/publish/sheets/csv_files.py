"""CSV that Excel opens right: UTF-8 with a byte order mark, codes in the first line, and no cell that is a formula.

A text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is written with an apostrophe before it, since
spreadsheets take it for a formula. The Parquet has it without.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pyarrow as pa

from expectations.columns import Table, columns

_BOM = b"\xef\xbb\xbf"
_FORMULA = r"^[=+\-@\t\r]"


def write_csv(model: type[Table], batches: Iterable[pa.RecordBatch], path: Path) -> None:
    """Write rows of a table of the contract, batch by batch, below a line with the names of its columns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = [c.name for c in columns(model)]
    texts = [c.name for c in columns(model) if c.polars is pl.String]
    with path.open("wb") as file:
        file.write(_BOM + (",".join(names) + "\n").encode())
        for batch in batches:
            frame = pl.DataFrame(pa.Table.from_batches([batch]))
            file.write(_harmless(frame.select(names), texts).write_csv(include_header=False).encode())
        file.flush()
        os.fsync(file.fileno())


def _harmless(frame: pl.DataFrame, texts: list[str]) -> pl.DataFrame:
    """Put an apostrophe before what a spreadsheet would run."""
    guarded = [
        pl.when(pl.col(name).str.contains(_FORMULA)).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in texts
    ]
    return frame.with_columns(guarded)

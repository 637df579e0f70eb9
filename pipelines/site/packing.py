"""Data for scripts, small: tables column by column, repeated texts once. A file is a script, so that a folder serves it too.

Belongs here: packing and writing. Does not belong here: which data.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.site.pages import put

#: Written as escapes: they end a script element or a line of JavaScript wherever they stand.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_UNSAFE = re.compile("[<>&\u2028\u2029]")


def packed(frame: pl.DataFrame) -> dict[str, Any]:
    """A frame column by column; a column of texts as its distinct values and the index of each row's, -1 for null."""
    return {name: _column(frame[name]) for name in frame.columns}


def _column(column: pl.Series) -> Any:
    if column.dtype != pl.String:
        return [_number(value) for value in column.to_list()]
    of = column.drop_nulls().unique(maintain_order=True)
    at = column.replace_strict(of, pl.int_range(len(of), eager=True), default=-1, return_dtype=pl.Int64)
    return {"of": of.to_list(), "at": at.to_list()}


def _number(value: Any) -> Any:
    """A whole number without its `.0`: JavaScript does not tell them apart, and most are whole."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def json_text(data: Any) -> str:
    """Data as JSON that can stand in a script or in an HTML page."""
    raw = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: _ESCAPES[found[0]], raw)


def write(out: Path, name: str, data: Any) -> None:
    """Write `data/<name>.js`, which hands the data to the page that asked for it."""
    put(out / "data" / f"{name}.js", f"gongkai.take({json_text(name)},{json_text(data)});\n")

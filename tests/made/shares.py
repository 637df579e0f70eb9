"""The shares of the core and the marts, found by the contract alone, with what must stand beside each, and which of a
database stand alone.

A share is a column in `share of 1` that lies between 0 and 1 and is no end of an interval; in a long table it is `value`
where `unit` says so. Rates and differences of change have no bounds, and percentiles have no unit: they are no shares of
cases. A view repeats the columns of a table under other names.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from expectations.columns import Column, Table, about, columns
from expectations.crosswalk import SHARE
from expectations.tables import CORE, MARTS


class Share(NamedTuple):
    """A column of shares, and the columns beside it; `is_long` where `unit` says which rows are shares."""

    table: str
    column: str
    numerator: str
    denominator: str
    low: str
    high: str
    is_long: bool


def shares() -> Iterator[Share]:
    """Every column of shares of the contract."""
    for model in (*CORE, *MARTS):
        if not about(model).is_view:
            yield from _shares_of(model)


def ends() -> Iterator[tuple[str, str]]:
    """Every column of the contract, with its table, that is an end of an interval by its unit and name."""
    for model in (*CORE, *MARTS):
        if not about(model).is_view:
            yield from ((about(model).name, column.name) for column in columns(model) if _is_end(column))


def _shares_of(model: type[Table]) -> Iterator[Share]:
    table = about(model).name
    for column in columns(model):
        if column.name == "unit" and SHARE in column.allowed:
            yield Share(table, "value", "numerator", "denominator", "interval_low", "interval_high", True)
        elif _is_bounded(column) and not _is_end(column):
            yield _beside(table, column)


def _beside(table: str, column: Column) -> Share:
    over, under = column.share_of or (f"{column.name}_numerator", f"{column.name}_denominator")
    stem = over.removesuffix("_numerator") if over.endswith("_numerator") else column.name
    return Share(table, column.name, over, under, f"{stem}_low", f"{stem}_high", False)


def _is_bounded(column: Column) -> bool:
    return column.unit == SHARE and (column.minimum, column.maximum) == (0, 1)


def _is_end(column: Column) -> bool:
    return _is_bounded(column) and column.name.endswith(("_low", "_high"))


def told_and_whole(database: Path, share: Share) -> tuple[int, int]:
    """How many shares of a column a database tells, and how many of them have all four, which fit."""
    which = f" and unit = '{SHARE}'" if share.is_long else ""
    asked = (
        f"select count(*), count(*) filter (where {share.denominator} > 0"
        f" and abs({share.column} - {share.numerator} / {share.denominator}) < 1e-9"
        f" and {share.column} between {share.low} - 1e-9 and {share.high} + 1e-9 and {share.low} < {share.high})"
        f" from {share.table} where {share.column} is not null{which}"
    )
    with duckdb.connect(str(database), read_only=True) as connection:
        told, whole = connection.execute(asked).fetchall()[0]
    return told, whole


def alone(database: Path) -> dict[str, tuple[int, int]]:
    """The columns of shares of which some stand alone, with `told_and_whole`."""
    counted = {f"{share.table}.{share.column}": told_and_whole(database, share) for share in shares()}
    return {name: (told, whole) for name, (told, whole) in counted.items() if told != whole}

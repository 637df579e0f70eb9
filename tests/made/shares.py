"""The shares of the core and the marts, each with what must stand beside it, and which of a database stand alone.

Exempt by name, with the reason: rates of change and places in a field are no shares of cases; `quality_scoreboard` counts
our own checks of one body, all of them; the former names are an alias of the wide table.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from expectations.columns import about, columns
from expectations.crosswalk import SHARE
from expectations.tables import CORE, MARTS

#: Tables whose share is in `value`; `unit` says of which rows.
LONG = frozenset({"measures_by_report", "trends", "peer_group_comparison"})
EXEMPT_TABLES = frozenset({"quality_scoreboard", "comparison_by_year_former_names"})
_NO_SHARES = ("_low", "_high", "_change", "_change_share")
#: Whose numerator and denominator have names of their own.
_NAMED = {
    "naming_share": ("naming_report_count", "report_count"),
    "stating_share": ("stating_report_count", "report_count"),
    "tested_share": ("tested_report_count", "report_count"),
    "pooled_share": ("pooled_numerator", "pooled_denominator"),
}


class Share(NamedTuple):
    """A column of shares, and the columns beside it."""

    table: str
    column: str
    numerator: str
    denominator: str
    low: str
    high: str


def shares() -> Iterator[Share]:
    """Every column of shares of the contract."""
    for model in (*CORE, *MARTS):
        table = about(model).name
        if table in LONG:
            yield Share(table, "value", "numerator", "denominator", "interval_low", "interval_high")
        for column in columns(model):
            name = column.name
            if table in EXEMPT_TABLES or column.unit != SHARE or name.endswith(_NO_SHARES):
                continue
            over, under = _NAMED.get(name, (f"{name}_numerator", f"{name}_denominator"))
            stem = "pooled" if name == "pooled_share" else name
            yield Share(table, name, over, under, f"{stem}_low", f"{stem}_high")


def told_and_whole(database: Path, share: Share) -> tuple[int, int]:
    """How many shares of a column a database tells, and how many of them have all four, which fit."""
    which = f" and unit = '{SHARE}'" if share.table in LONG else ""
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

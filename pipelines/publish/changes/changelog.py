"""`CHANGES.md`: how many values changed and why, and the first examples of each body, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from pipelines.publish.release_before import Before

#: Bodies that are named, those with most changes first, and rows of each that are shown.
BODIES, EXAMPLES = 40, 5
#: What Markdown or the HTML that is made of it would take for more than text.
_ACTIVE = str.maketrans(
    {c: f"\\{c}" for c in "\\`*_{}[]()#+!|~"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;", "\n": " ", "\r": " "}
)
_LONGEST = 60


def literal(value: object) -> str:
    """A value as Markdown that shows it literally, cut where it is long."""
    said = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    cut = said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
    return cut.translate(_ACTIVE)


def changelog(connection: duckdb.DuckDBPyConnection, before: Before, version: str) -> str:
    """The page for a connection in which `compare` has made the table `changes`, or could not."""
    return "\n".join(_lines(connection, before, version)) + "\n"


def _lines(connection: duckdb.DuckDBPyConnection, before: Before, version: str) -> Iterator[str]:
    yield f"# Changes of {version} 版本变化\n"
    if before.folder is None:
        yield "This is the first release: there is none before it to compare with. 本版为首个版本。"
        return
    if before.damage:
        yield f"The release before, {before.version}, cannot be compared with: {literal(before.damage)}."
        return
    yield f"Compared with {before.version}. All rows: `changes.parquet`, `changes.csv`.\n"
    counts = connection.execute("select table_name, change, reason, count(*) from changes group by all order by all")
    rows = counts.fetchall()
    if not rows:
        yield "No value of facts, measures, reports or bodies is another one than before. 数值无变化。"
        return
    yield "| table | change | reason | rows |\n|---|---|---|---:|"
    yield from (
        f"| {literal(table)} | {change} | {literal(reason)} | {count:,} |" for table, change, reason, count in rows
    )
    yield from _bodies(connection)


def _bodies(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The examples: reports and bodies first, then measures, then facts."""
    most = connection.execute(
        "select body_id, any_value(body_name order by body_name), count(*) as n from changes group by body_id "
        "order by n desc, body_id"
    ).fetchall()
    for body_id, name, count in most[:BODIES]:
        yield f"\n## {literal(name)} ({count:,})\n"
        yield "| row | year | change | reason | before | now |\n|---|---|---|---|---|---|"
        examples = connection.execute(
            "select row_id, report_year, change, reason, old_value, old_text, new_value, new_text "
            "from changes where body_id = ? order by table_name in ('facts'), table_name = 'measures_by_report', "
            f"table_name, report_year desc, row_id limit {EXAMPLES}",
            [body_id],
        ).fetchall()
        yield from (_example(*row) for row in examples)
    if len(most) > BODIES:
        yield f"\n… and {len(most) - BODIES:,} other bodies."


def _example(row_id: str, year: int | None, change: str, reason: str, *sides: float | str | None) -> str:
    old, new = (literal(sides[i] if sides[i] is not None else sides[i + 1]) for i in (0, 2))
    return f"| {literal(row_id)} | {year or ''} | {change} | {literal(reason)} | {old} | {new} |"

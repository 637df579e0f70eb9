"""Parsed shards → parts of the store, and which reports each shard holds, with a digest of all that it says of each.

The digests tell which bodies changed: a model of unit body runs for these alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from expectations.columns import Table, about, columns
from expectations.duckdb_sql import literal, quoted
from expectations.tables import PARSED
from pipelines.files import fingerprint
from pipelines.steps import shards
from pipelines.warehouse.part_store import DIGESTS, Key, Part, PartStore

#: The table that holds the reports of all shards during a build.
REPORTS = "reports_of_shards"
_REPORT, _BODY = "report_id", "body_id"


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards that hold reports: a fingerprint of the parsed rows of each, and how many reports it has."""

    digests: Mapping[Key, str]
    reports: Mapping[Key, int]

    def years(self) -> list[str]:
        """Their report years, once each."""
        return sorted({year for year, _ in self.digests})

    def buckets(self) -> dict[str, dict[str, str]]:
        """The fingerprints by bucket and then by year."""
        found: dict[str, dict[str, str]] = {}
        for (year, bucket), digest in sorted(self.digests.items()):
            found.setdefault(bucket, {})[year] = digest
        return found


def take(store: PartStore, tables: Path, name: str) -> list[Part]:
    """The shards of a parsed table as parts of the store, which then knows them and no others of the table."""
    before = {part.file: part.rows for part in store.parts(name)}

    def rows(path: Path) -> int:
        known = before.get(path.relative_to(store.folder).as_posix())
        return int(pq.read_metadata(path).num_rows) if known is None else known

    parts = []
    for path in shards.files(tables, name):
        shard = shards.shard_of(path)
        parts.append(store.take(name, (shard.year, shard.bucket), path, rows))
    store.keep(name, parts, {part.key: (part.file, {}) for part in parts})
    return parts


def look(connection: duckdb.DuckDBPyConnection, store: PartStore, parts: Mapping[str, Sequence[Part]]) -> Shards:
    """Digest the shards that were not digested yet; the table `REPORTS` of the connection holds all of them.

    `parts` are those of the parsed tables, by name.
    """
    tables = {about(model).name: model for model in PARSED if _REPORT in {c.name for c in columns(model)}}
    held: dict[Key, list[tuple[str, Part]]] = {}
    for name in tables:
        for part in parts.get(name, ()):
            held.setdefault(part.key, []).append((name, part))
    digests = {key: fingerprint(f"{name} {part.file}" for name, part in rows) for key, rows in held.items()}
    for key, digest in digests.items():
        if not digest_path(store, digest).is_file():
            _digest(connection, store, key, digest, [(tables[name], part) for name, part in held[key]])
    _all_reports(connection, [digest_path(store, digest) for digest in digests.values()])
    counted = connection.execute(f"select year, bucket, count(*) from {REPORTS} group by all").fetchall()
    reports = {(str(year), str(bucket)): int(count) for year, bucket, count in counted}
    return Shards({key: digest for key, digest in digests.items() if key in reports}, reports)


def digest_path(store: PartStore, digest: str) -> Path:
    """Tell where the digest of a shard lies."""
    return store.folder / DIGESTS / f"{digest}.parquet"


def _digest(
    connection: duckdb.DuckDBPyConnection,
    store: PartStore,
    key: Key,
    digest: str,
    held: Iterable[tuple[type[Table], Part]],
) -> None:
    """One row a report: its body, and a number that changes with any row of it in any table."""
    sums = " union all ".join(_sums(store, model, part) for model, part in held)
    path = digest_path(store, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    year, bucket = map(literal, key)
    connection.execute(
        f"copy (select {_REPORT}, max(body) as {_BODY}, {year} as year, {bucket} as bucket, "
        f"hash(list((name, total, row_count) order by name)) as digest from ({sums}) "
        f"where {_REPORT} is not null group by {_REPORT} order by {_REPORT}) "
        f"to {literal(str(temporary))} (format parquet)"
    )
    temporary.replace(path)


def _sums(store: PartStore, model: type[Table], part: Part) -> str:
    names = [c.name for c in columns(model)]
    body = f"max({_BODY})" if _BODY in names else "null::varchar"
    return (
        f"select {literal(about(model).name)} as name, {_REPORT}, {body} as body, count(*) as row_count, "
        f"sum(hash({', '.join(map(quoted, names))})::hugeint) as total "
        f"from read_parquet({literal(str(store.path(part)))}, hive_partitioning = false) group by {_REPORT}"
    )


def _all_reports(connection: duckdb.DuckDBPyConnection, paths: Collection[Path]) -> None:
    rows = (
        f"from read_parquet([{', '.join(literal(str(path)) for path in paths)}], hive_partitioning = false)"
        if paths
        else "select null::varchar as report_id, null::varchar as body_id, null::varchar as year, "
        "null::varchar as bucket, null::ubigint as digest where false"
    )
    connection.execute(f"create or replace temp table {REPORTS} as {rows}")


def changed_bodies(
    connection: duckdb.DuckDBPyConnection,
    store: PartStore,
    before: Mapping[str, str],
    now: Mapping[str, str],
) -> list[str] | None:
    """The bodies of a bucket of which anything changed since shards were as `before`, by year; None: it cannot be told."""
    years = {year for year in (*before, *now) if before.get(year) != now.get(year)}
    sides = []
    for side in (before, now):
        paths = [digest_path(store, side[year]) for year in sorted(years) if year in side]
        if not all(path.is_file() for path in paths):
            return None
        listed = ", ".join(literal(str(path)) for path in paths)
        columns_ = f"{_REPORT}, {_BODY}, digest"
        sides.append(
            f"select {columns_} from read_parquet([{listed}], hive_partitioning = false)"
            if paths
            else f"select {columns_} from {REPORTS} where false"
        )
    first, second = sides
    rows = f"(({first}) except ({second})) union all (({second}) except ({first}))"
    found = connection.execute(f"select distinct {_BODY} from ({rows}) where {_BODY} is not null order by all")
    return [str(body) for (body,) in found.fetchall()]

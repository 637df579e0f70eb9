"""Tables as Parquet: by year, and a long year by body; the same bytes whether lent or made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from expectations.columns import about
from expectations.tables import WAREHOUSE, model_of
from pipelines.files import sha256_of
from pipelines.parquet import parquet_bytes
from pipelines.publish.contents import Contents
from pipelines.publish.export import export_tables
from pipelines.publish.rows import count_of, fingerprint_of, fingerprints
from pipelines.publish.sums import write_sums
from pipelines.steps.shards import bucket_of
from tests.made.parsed import Parsed
from tests.made.releases import CELLS, small

BODIES = [f"{number}" for number in range(110000, 110012)]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    parsed = Parsed()
    for body in BODIES:
        parsed.report(f"{body}-2024", CELLS, body_name=body)
    parsed.report("110000-2023", CELLS, body_name="110000")
    return parsed.build(tmp_path_factory.mktemp("many")).path


def test_a_long_year_is_cut_by_body(many: Path, tmp_path: Path) -> None:
    models = [model_of("facts"), model_of("comparison_by_year")]
    files = export_tables(many, models, tmp_path, Contents(), most_rows=6)
    # 12 reports are cut once, their 24 facts twice; two facts and one report of 2023 are not.
    of_reports = {bucket_of(body, 1) for body in BODIES}
    assert files["comparison_by_year"] == [
        Path("data/comparison_by_year/report_year=2023.parquet"),
        *(Path(f"data/comparison_by_year/report_year=2024/{name}.parquet") for name in sorted(of_reports)),
    ]
    for path in files["facts"][1:]:
        reports = pl.read_parquet(tmp_path / path, hive_partitioning=False)["report_id"]
        assert {bucket_of(report.removesuffix("-2024"), 2) for report in reports} == {path.stem}
    with duckdb.connect() as connection:
        places = [str(tmp_path / path) for path in files["facts"]]
        assert connection.read_parquet(places, hive_partitioning=False).aggregate("count(*)").fetchall() == [(26,)]


def test_whole_tables_of_long_years_are_read_by_polars_and_arrow(many: Path, tmp_path: Path) -> None:
    export_tables(many, [model_of("facts")], tmp_path, Contents(), most_rows=6)
    folder = tmp_path / "data" / "facts"
    assert pl.read_parquet(f"{folder}/**/*.parquet", hive_partitioning=False).height == 26
    assert pq.read_table(folder, partitioning=None).num_rows == 26


def test_streamed_files_have_the_bytes_of_frames(many: Path, tmp_path: Path) -> None:
    model = model_of("facts")
    (path, *_) = export_tables(many, [model], tmp_path, Contents())["facts"]
    frame = pl.read_parquet(tmp_path / path, hive_partitioning=False)
    assert (tmp_path / path).read_bytes() == parquet_bytes(model, frame.sample(fraction=1, shuffle=True, seed=1))


def test_what_is_lent_is_what_would_be_made(tmp_path: Path) -> None:
    warehouse = small().build(tmp_path / "w").path
    sums = []
    for version, store in (("1", tmp_path), ("2", tmp_path), ("3", tmp_path / "another")):
        contents = Contents(store)
        export_tables(warehouse, list(WAREHOUSE), tmp_path / version, contents)
        sums.append(write_sums(tmp_path / version))
        contents.keep(tmp_path / version, sums[-1])
    assert sums[0] == sums[1] == sums[2] and len(sums[0]) > 60
    lent = {path.stat().st_ino for path in (tmp_path / "2").rglob("*.parquet")}
    assert lent == {path.stat().st_ino for path in (tmp_path / "1").rglob("*.parquet")}
    assert all(sha256_of(tmp_path / "3" / path) == sha256 for path, sha256 in sums[0].items())


def test_every_table_is_there(many: Path, tmp_path: Path) -> None:
    assert set(export_tables(many, list(WAREHOUSE), tmp_path, Contents())) == {about(m).name for m in WAREHOUSE}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("create table t as from (values (1, 'a', 1.5), (1, 'b', null), (null, 'c', 0)) v(y, s, x)")
        yield opened


def test_a_fingerprint_is_that_of_the_rows_in_any_order(connection: duckdb.DuckDBPyConnection) -> None:
    same = fingerprint_of(connection, "from t order by s")
    assert same == fingerprint_of(connection, "from t order by s desc") and count_of(same) == 3
    assert list(fingerprints(connection, "from t", ["y"])) == [(1,), (None,)]


@pytest.mark.parametrize(
    "change",
    [
        "update t set x = 1.25 where s = 'a'",
        "update t set x = null where s = 'c'",
        "update t set s = case s when 'a' then 'b' else 'a' end where y = 1",
        "insert into t values (1, 'a', 1.5)",
        "delete from t where s = 'b'",
    ],
)
def test_every_change_of_a_row_changes_it(connection: duckdb.DuckDBPyConnection, change: str) -> None:
    before = fingerprint_of(connection, "from t")
    connection.execute(change)
    assert fingerprint_of(connection, "from t") != before

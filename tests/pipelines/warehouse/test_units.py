"""A model's unit is a promise: what it makes of the parts of its inputs is what it makes of the whole.

And what a build makes of what changed is what a build from nothing makes.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl
import pytest

from expectations.columns import about, columns
from expectations.duckdb_sql import literal, quoted
from expectations.tables import PARSED, TABLES, WAREHOUSE, model_of
from pipelines.parquet import write_parquet
from pipelines.steps.shards import Shard, bucket_of, shard_path
from pipelines.warehouse import due
from pipelines.warehouse.models import INNER, UNITS, WHOLE, ModelError, load, macros
from pipelines.warehouse.part_store import PartStore
from pipelines.warehouse.run_parts import read
from pipelines.warehouse.runner import ModelRun, build, store_beside
from pipelines.warehouse.texts import sql_functions
from tests.made.country import Country, country, frames, plant
from tests.made.rows import frame, valid_row
from tests.pipelines.warehouse.test_models import write as write_models

pytestmark = pytest.mark.long(seconds=60)

NAMES = tuple(about(model).name for model in WAREHOUSE)
DERIVED = [model for model in load().values() if model.layer != "staging"]


def is_view(name: str) -> bool:
    """Whether a model has no rows of its own."""
    return name in TABLES and about(TABLES[name]).is_view


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    made: Country = country(11, province_count=3, city_count=14)
    plant(made, 11, 1)
    made_tables = {name: rows.filter(pl.col("report_year") >= 2018) for name, rows in frames(made).items()}
    # The narratives of the country say nothing that the dictionary does not know: some of it is made unknown.
    of_some = pl.when(pl.col("value") % 3 == 0).then(pl.lit("unmapped")).otherwise(pl.col("indicator"))
    turned_away = frame(model_of("quarantine"), [{**valid_row(model_of("quarantine")), "report_year": 2024}])
    figures = made_tables["figures"].with_columns(of_some.alias("indicator"))
    return {**made_tables, "figures": figures, "quarantine": turned_away}


def write(tables: dict[str, pl.DataFrame], folder: Path, bits: int = 1) -> Path:
    """The tables as shards of two buckets, a body's reports of all years in one of them."""
    bodies = dict(tables["reports"].select("report_id", "body_id").rows())
    for model in PARSED:
        frame = tables[about(model).name]
        names = [bodies.get(i, "") for i in frame["report_id"]] if "report_id" in frame.columns else [""] * frame.height
        buckets = pl.Series("bucket", [bucket_of(name, bits) for name in names], dtype=pl.String)
        for (year, bucket), rows in frame.with_columns(buckets).group_by("report_year", "bucket"):
            shard = Shard("unknown" if year is None else str(year), str(bucket))
            write_parquet(model, rows.drop("bucket"), shard_path(folder, about(model).name, shard))
    return folder


@pytest.fixture(scope="module")
def built(tables: dict[str, pl.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that was made in small batches: a shard, a year, some bodies at a time."""
    folder = tmp_path_factory.mktemp("units")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(due, "BATCH", 100)
        build(write(tables, folder / "tables"), folder / "a.duckdb")
    return folder / "a.duckdb"


def test_every_model_says_a_unit(tmp_path: Path) -> None:
    assert {model.unit for model in load().values()} == set(UNITS)
    wrong = "-- grain: a\n-- purpose: b\n-- do not assume: c\n-- unit: village\nselect 1 as x"
    with pytest.raises(ModelError, match="unit 'village'; a unit is one of report, body, year, whole"):
        load(write_models(tmp_path, core__a=wrong), [])


def test_a_model_of_bodies_reads_none_of_years(tmp_path: Path) -> None:
    head = "-- grain: a\n-- purpose: b\n-- do not assume: c\n-- unit: "
    folder = write_models(tmp_path, core__a=f"{head}year\nselect 1 as x", core__b=f"{head}body\nfrom a")
    with pytest.raises(ModelError, match="b is of unit body and cannot read a, of unit year"):
        load(folder, [])


@pytest.mark.parametrize("name", [model.name for model in DERIVED if model.unit != WHOLE and not is_view(model.name)])
def test_the_parts_of_a_model_are_what_it_makes_of_the_whole(built: Path, name: str) -> None:
    models = load()
    with closing(PartStore(store_beside(built))) as store, duckdb.connect() as connection:
        connection.execute(f"attach {literal(str(built))} as a (read_only)")
        sql_functions.register(connection)
        for macro in macros():
            connection.execute(macro)
        for need in models[name].needs | {name}:
            rows = parts_of(store, need) if models[need].layer == INNER else f"from a.main.{quoted(need)}"
            connection.execute(f"create view {quoted('parts' if need == name else need)} as {rows}")
        whole = connection.sql(models[name].sql).pl()
        parts = connection.sql("from parts").pl().select(whole.columns)
    assert rounded(parts) == rounded(whole)
    assert whole.height > 0


def parts_of(store: PartStore, name: str) -> str:
    paths = [store.path(part) for part in store.parts(name)]
    return f"from {read(paths)}"


def rounded(frame: pl.DataFrame) -> list[str]:
    """The rows in an order; the last digits of sums of quotients aside."""
    return sorted(repr(tuple(f"{v:.12g}" if isinstance(v, float) else v for v in row)) for row in frame.rows())


def content(warehouse: Path) -> dict[str, list[str]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return {name: rounded(connection.sql(f"from {name}").pl()) for name in NAMES}


def without(tables: dict[str, pl.DataFrame], report_id: str) -> dict[str, pl.DataFrame]:
    return {
        name: frame.filter(pl.col("report_id") != report_id) if "report_id" in frame.columns else frame
        for name, frame in tables.items()
    }


def changed(tables: dict[str, pl.DataFrame], report_id: str) -> dict[str, pl.DataFrame]:
    more = pl.when(report_id=report_id).then(pl.col("value") + 7).otherwise(pl.col("value")).alias("value")
    return {**tables, "facts": tables["facts"].with_columns(more)}


def files(warehouse: Path) -> set[str]:
    with closing(PartStore(store_beside(warehouse))) as store:
        return {part.file for name in load() for part in store.parts(name)}


def test_what_changed_is_run_and_gives_what_a_build_from_nothing_gives(
    tables: dict[str, pl.DataFrame], tmp_path: Path
) -> None:
    """One report less, one more, one changed, one gone: the same rows, and the same files, as from nothing."""
    newest = tables["reports"].filter(report_year=2024)["report_id"].sort()
    lacking = without(tables, newest[3])
    steps = [lacking, tables, changed(tables, newest[5]), without(changed(tables, newest[5]), newest[7]), tables]
    target = tmp_path / "grown.duckdb"
    for number, step in enumerate(steps):
        folder = tmp_path / "tables"
        for path in folder.rglob("*.parquet"):
            path.unlink()
        build(write(step, folder), target)
        if number in (2, 4):
            fresh = tmp_path / f"{number}.duckdb"
            build(folder, fresh)
            assert content(target) == content(fresh)
            assert files(target) == files(fresh)


def test_nothing_changed_runs_nothing_and_one_report_runs_few_parts(
    tables: dict[str, pl.DataFrame], tmp_path: Path
) -> None:
    target = tmp_path / "a.duckdb"
    build(write(tables, tmp_path / "tables"), target)
    again = build(tmp_path / "tables", target)
    assert sum(run.parts for run in again) == 0
    report = tables["reports"].filter(report_year=2024)["report_id"].sort()[5]
    write(changed(tables, report), tmp_path / "tables")
    ran = {run.name: run for run in build(tmp_path / "tables", target)}
    assert [ran[name].parts for name in ("row_totals", "measures_by_report", "trends")] == [1, 1, 1]
    # The year of the report, and of the peers of the body in its other years those whose medians moved.
    assert ran["peer_group_comparison"].parts == 1
    assert ran["narrative_by_year"].parts == 0


def test_a_killed_build_keeps_what_is_done(tables: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(run: ModelRun) -> None:
        if run.name == "measures_by_report":
            raise Stopped

    write(tables, tmp_path / "tables")
    with pytest.raises(Stopped):
        build(tmp_path / "tables", tmp_path / "a.duckdb", on_model=stop)
    assert not (tmp_path / "a.duckdb").exists()
    ran = {run.name: run.parts for run in build(tmp_path / "tables", tmp_path / "a.duckdb")}
    assert (ran["row_totals"], ran["measures_by_report"]) == (0, 0)
    assert ran["trends"] > 0


def test_files_that_nothing_reads_are_removed(tables: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    target = tmp_path / "a.duckdb"
    build(write(tables, tmp_path / "tables"), target)
    before = content(target)
    with closing(PartStore(store_beside(target))) as store:
        stray = store.folder / "facts" / "report_year=2024" / "old.parquet"
        stray.write_bytes(b"old")
        store.prune([])
        assert not stray.exists()
    assert content(target) == before


def test_a_year_that_no_report_has_is_no_part(tmp_path: Path) -> None:
    row = {c.name: None for c in columns(model_of("quarantine"))}
    frame = pl.DataFrame(
        [{**row, "document_sha256": "0" * 64, "stage": "raw", "code": "empty"}],
        schema=pl.Schema({c.name: c.polars for c in columns(model_of("quarantine"))}),
    )
    write_parquet(model_of("quarantine"), frame, shard_path(tmp_path / "tables", "quarantine", Shard("unknown", "all")))
    write_parquet(
        model_of("facts"),
        pl.DataFrame(schema=pl.Schema({c.name: c.polars for c in columns(model_of("facts"))})),
        shard_path(tmp_path / "tables", "facts", Shard("unknown", "all")),
    )
    runs = {run.name: run.rows for run in build(tmp_path / "tables", tmp_path / "a.duckdb")}
    assert (runs["quarantine"], runs["facts"], runs["trends"]) == (1, 0, 0)

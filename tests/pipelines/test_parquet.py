"""Parquet: the same rows give the same bytes, described by the contract, whole or not at all."""

from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from expectations.columns import about, columns
from expectations.tables import TABLES, model_of
from pipelines import parquet
from pipelines.parquet import read_parquet, write_parquet
from tests.made.rows import frame, valid_row


def sections(count: int) -> pl.DataFrame:
    model = model_of("sections")
    return frame(model, [{**valid_row(model), "report_id": f"r{n:05}", "text": "正文" * (n % 7)} for n in range(count)])


def test_rows_in_another_order_give_the_same_bytes(tmp_path: Path) -> None:
    rows = sections(5000)
    write_parquet(model_of("sections"), rows, tmp_path / "a.parquet")
    shuffled = pl.concat([rows[2500:], rows[:1000], rows[1000:2500]], rechunk=False).sample(fraction=1, shuffle=True)
    write_parquet(model_of("sections"), shuffled.select(reversed(rows.columns)), tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    assert pl.read_parquet(tmp_path / "a.parquet").equals(rows)


def test_row_groups_and_compression_are_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP", 1000)
    write_parquet(model_of("sections"), sections(2500), tmp_path / "a.parquet")
    found = pq.read_metadata(tmp_path / "a.parquet")
    assert [found.row_group(n).num_rows for n in range(found.num_row_groups)] == [1000, 1000, 500]
    assert found.row_group(0).column(0).compression == "ZSTD"
    assert [c.column_index for c in found.row_group(0).sorting_columns] == [0, 2]


def test_the_file_describes_itself(tmp_path: Path) -> None:
    for model in TABLES.values():
        write_parquet(model, frame(model, []), tmp_path / "t.parquet", {"made_of": "x"})
        schema = pq.read_schema(tmp_path / "t.parquet")
        assert schema.metadata[b"description"].decode() == about(model).description
        assert schema.metadata[b"made_of"] == b"x"
        assert [schema.field(c.name).metadata[b"zh"].decode() for c in columns(model)] == [c.zh for c in columns(model)]


def test_another_shape_is_refused_with_all_differences_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_parquet(model_of("sections"), sections(3), path)
    before = path.read_bytes()
    wrong = sections(3).drop("title").with_columns(pl.col("section").cast(pl.Int32), more=1)
    with pytest.raises(ValueError, match="'sections'") as error:
        write_parquet(model_of("sections"), wrong, path)
    for told in ("title is missing", "section is Int32 instead of Int64", "more is Int32 instead of nothing"):
        assert told in str(error.value)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_years_are_read_in_order_and_no_file_is_an_empty_table(tmp_path: Path) -> None:
    paths = [tmp_path / f"report_year={year}.parquet" for year in (2020, 2021)]
    for year, path in zip((2020, 2021), paths, strict=True):
        write_parquet(model_of("sections"), sections(2).with_columns(report_year=pl.lit(year, pl.Int64)), path)
    assert read_parquet(model_of("sections"), paths)["report_year"].to_list() == [2020, 2020, 2021, 2021]
    nothing = read_parquet(model_of("facts"), [])
    assert nothing.is_empty()
    assert nothing.schema == frame(model_of("facts"), []).schema

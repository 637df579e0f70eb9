"""Shards: which bucket a body is in, how many there are, and where their files lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.steps.shards import ALL, Shard, bucket_of, depth, files, on_disk, shard_of, shard_path


@pytest.mark.parametrize(("reports", "bits"), [(0, 0), (1, 0), (500, 0), (501, 1), (1000, 1), (1001, 2), (300_000, 10)])
def test_a_shard_has_at_most_five_hundred_reports_as_a_rule(reports: int, bits: int) -> None:
    assert depth(reports) == bits


def test_without_bits_there_is_one_bucket() -> None:
    assert bucket_of("330100/government", 0) == ALL


def test_a_bucket_that_is_divided_keeps_its_bodies_to_itself() -> None:
    # sha256("a") begins with ca978112, binary 1100 1010.
    assert [bucket_of("a", bits) for bits in (1, 2, 3, 8)] == ["1", "11", "110", "11001010"]


def test_bodies_are_spread_evenly() -> None:
    counts = [0, 0, 0, 0]
    for number in range(4000):
        counts[int(bucket_of(f"body-{number}", 2), 2)] += 1
    assert sum(counts) == 4000
    assert min(counts) > 850


def test_files_of_shards_lie_by_year_and_bucket(tmp_path: Path) -> None:
    shards = [Shard("2023", "all"), Shard("2024", "0"), Shard("2024", "1"), Shard("unknown", "all")]
    for shard in reversed(shards):
        path = shard_path(tmp_path, "facts", shard)
        path.parent.mkdir(parents=True)
        path.touch()
    assert shard_path(tmp_path, "facts", shards[1]) == tmp_path / "facts/report_year=2024/bucket=0/rows.parquet"
    assert [shard_of(path) for path in files(tmp_path, "facts")] == shards
    assert [shard_of(path) for path in files(tmp_path, "facts", ["2024"])] == shards[1:3]
    assert files(tmp_path, "reports") == []
    assert on_disk(tmp_path) == shards

"""Records come back as they were kept; what is damaged or not there is said to be, and never half read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.catalogue import segments
from pipelines.catalogue.record import Record, columns_of, decode, encode, quarantine_record, record, record_of
from pipelines.catalogue.segments import DamagedSegmentError
from pipelines.parse import parse
from pipelines.parse.report import Hints
from pipelines.read import read
from tests.made.corpus import report


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    document = read(report("杭州市人民政府", 2023).encode())
    hints = Hints("a.html", source_url="https://example.org/a", fetched_at="2024-03-01T00:00:00+00:00")
    linking = read(b'<html><body><p>\xe5\x85\xac\xe5\x91\x8a</p><a href="a.pdf">a</a></body></html>')
    away = quarantine_record(
        "b" * 64, Hints("b.html"), stage="parse", code="not_a_report", message="m", document=linking
    )
    return {"one": record(document, parse(document, hints), hints, "v"), "two": away}


@pytest.fixture
def path(records: dict[str, Record], tmp_path: Path) -> Path:
    path = tmp_path / segments.new_name()
    segments.write(path, [(key, each.summary, columns_of(each)) for key, each in records.items()])
    return path


def test_a_record_comes_out_of_a_worker_as_it_went_in(records: dict[str, Record]) -> None:
    for each in records.values():
        assert record_of(each.summary, decode(encode(each))) == each


def test_records_come_back_as_they_were_kept(records: dict[str, Record], path: Path) -> None:
    assert dict(segments.records(segments.read(path))) == records
    assert dict(segments.records(segments.read(path, ["two"]))) == {"two": records["two"]}
    assert segments.summaries(path) == [(key, each.summary) for key, each in records.items()]
    assert records["two"].summary.links == (("a.pdf", "a"),)


def test_only_whole_segments_have_a_name(path: Path) -> None:
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("damage", ["cut", "lost", "other keys"])
def test_a_damaged_segment_is_said_to_be(damage: str, path: Path) -> None:
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-20])
    elif damage == "lost":
        path.unlink()
    with pytest.raises(DamagedSegmentError, match=path.name) as raised:
        segments.read(path, ["three"])
    assert raised.value.path == path
    assert len(segments.summaries(path)) == (2 if damage == "other keys" else 0)

"""The release gate: what is lost, broken or much worse keeps a release from being named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from expectations.conformance import failures
from expectations.tables import RESULTS, SCHEMA_VERSION
from pipelines.publish import gate_bounds, release_gate
from pipelines.publish.release_before import Before, look_back
from pipelines.publish.sums import write_sums
from tests.made.parsed import Parsed
from tests.made.releases import CELLS, EPOCH, beside, candidate, first

pytestmark = pytest.mark.long(seconds=15)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def base() -> Parsed:
    return Parsed().report("a-2023", CELLS).report("b-2024", CELLS)


def findings(new: Parsed, before: Before, folder: Path) -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """What is not met, by table and expectation."""
    with beside(new.build(folder / "new").path, before) as connection:
        frame = release_gate.findings(connection, before)
    assert failures(RESULTS[0], frame) == [] and set(frame["layer"]) == {"release"}
    return {(r["table_name"], r["expectation"]): r for r in frame.filter(~pl.col("success")).to_dicts()}


@pytest.fixture
def before(tmp_path: Path) -> Before:
    return look_back(first(base(), tmp_path / "releases"))


def test_the_same_again_meets_everything(before: Before, tmp_path: Path) -> None:
    assert findings(base(), before, tmp_path) == {}


def test_a_first_release_has_nothing_to_lose(tmp_path: Path) -> None:
    assert findings(base(), Before(), tmp_path) == {}


def test_a_lost_report_is_named(before: Before, tmp_path: Path) -> None:
    found = findings(Parsed().report("a-2023", CELLS), before, tmp_path)
    assert set(found) == {("reports", "no_report_lost")}
    row = found["reports", "no_report_lost"]
    assert (row["element_count"], row["unexpected_count"]) == (2, 1) and row["message"].endswith("not so for b-2024")


def test_a_report_with_fewer_facts_is_named(before: Before, tmp_path: Path) -> None:
    new = Parsed().report("a-2023", {"requests/received_new/total": 5}).report("b-2024", CELLS)
    assert set(findings(new, before, tmp_path)) == {("facts", "no_fact_lost")}


def test_a_fact_under_another_code_is_not_lost(before: Before, tmp_path: Path) -> None:
    moved = {"requests/received_new/total": 5, "requests/denied.state_secret/total": 3}
    assert findings(Parsed().report("a-2023", moved).report("b-2024", CELLS), before, tmp_path) == {}


def change_package(folder: Path, schema_version: int, **fields: str | None) -> Before:
    """Rewrite what a release says of the columns of `facts`: another type, or None for a column that it has not."""
    package = json.loads((folder / "datapackage.json").read_text())
    listed = next(r for r in package["resources"] if r["name"] == "facts")["schema"]["fields"]
    for name, kind in fields.items():
        listed.append({"name": name, "type": kind})
    (folder / "datapackage.json").write_text(json.dumps(package))
    said = json.loads((folder / "release.json").read_text())
    (folder / "release.json").write_text(json.dumps({**said, "schema_version": schema_version}))
    write_sums(folder)
    return look_back(folder)


def test_a_column_that_is_gone_or_of_another_type_breaks_the_schema(before: Before, tmp_path: Path) -> None:
    assert before.folder is not None
    changed = change_package(before.folder, SCHEMA_VERSION, former="string")
    found = findings(base(), changed, tmp_path)
    assert set(found) == {("facts", "schema_stays")}
    assert "former is gone" in found["facts", "schema_stays"]["message"]


def test_under_a_new_schema_version_it_may(before: Before, tmp_path: Path) -> None:
    assert before.folder is not None
    assert findings(base(), change_package(before.folder, 0, former="string"), tmp_path) == {}


def test_shares_may_worsen_within_bounds_only(before: Before, tmp_path: Path) -> None:
    few, many = base(), base()
    for parsed, count in ((few, 20), (many, 21)):
        for number in range(count):
            parsed.add("quarantine", document_sha256=f"{number:064x}", file_name="x", report_year=None)
    assert findings(few, before, tmp_path / "few") == {}
    found = findings(many, before, tmp_path / "many")
    assert set(found) == {("quarantine", "quarantined_documents")}
    assert "0.00% (0) before, 91.30% (21) now" in found["quarantine", "quarantined_documents"]["message"]


def test_a_damaged_release_before_is_the_only_finding(before: Before, tmp_path: Path) -> None:
    assert before.folder is not None
    (before.folder / "README.txt").unlink()
    found = findings(Parsed().report("c-2024", CELLS), look_back(before.folder), tmp_path)
    assert set(found) == {("release", "before_is_whole")}
    folder = candidate(base().build(tmp_path / "again").path, tmp_path / "releases", "n")
    assert "cannot be compared with" in (folder / "changes" / "CHANGES.md").read_text()


def test_every_bound_has_a_reason_and_a_name_of_its_own() -> None:
    every = (*gate_bounds.BOUNDS, gate_bounds.QUARANTINED)
    assert all(b.reason.endswith(".") and 0 < b.most_share < 0.5 and b.most_count > 0 for b in every)
    assert len({b.name for b in every}) == len(every) == 7

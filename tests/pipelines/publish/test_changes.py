"""What changed between two releases: exactly the values that did, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from expectations.conformance import failures
from expectations.tables import model_of
from pipelines.publish.changes.changelog import literal
from pipelines.publish.changes.write import write
from pipelines.publish.release_before import look_back
from tests.made.parsed import Parsed
from tests.made.releases import CELLS, EPOCH, beside, candidate, first

pytestmark = pytest.mark.long(seconds=10)

OLD_SHA, NEW_SHA = "0" * 64, "1" * 64


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def base() -> Parsed:
    return Parsed().report("a-2023", CELLS, body_name="甲市").report("b-2024", CELLS, body_name="乙市")


def rewrite(parsed: Parsed, table: str, key: dict[str, Any], **values: Any) -> None:
    found = [row for row in parsed.rows[table] if all(row[name] == value for name, value in key.items())]
    assert found
    for row in found:
        row.update(values)


@pytest.fixture
def compared(tmp_path: Path) -> Callable[[Parsed, Parsed], tuple[pl.DataFrame, str]]:
    """Release one, then look at another: the table of changes and the page that its release would have."""

    def run(old: Parsed, new: Parsed) -> tuple[pl.DataFrame, str]:
        before, folder = look_back(first(old, tmp_path / "releases")), tmp_path / "changes"
        with beside(new.build(tmp_path / "new").path, before) as connection:
            write(connection, before, "2025.04.01.2", tmp_path)
        frame = pl.read_parquet(folder / "changes.parquet")
        assert failures(model_of("changes"), frame) == []
        assert pl.read_csv(folder / "changes.csv", infer_schema_length=0).height == frame.height
        return frame, (folder / "CHANGES.md").read_text()

    return run


def test_the_first_release_says_so(tmp_path: Path) -> None:
    folder = candidate(base().build(tmp_path / "w").path, tmp_path / "releases") / "changes"
    assert pl.read_parquet(folder / "changes.parquet").height == 0
    assert "This is the first release" in (folder / "CHANGES.md").read_text()


def test_without_a_change_there_are_no_rows(compared: Callable[..., Any]) -> None:
    frame, page = compared(base(), base())
    assert frame.height == 0
    assert "Compared with 2025.04.01." in page and "No value of facts" in page


def test_a_revised_report_changes_exactly_its_values(compared: Callable[..., Any]) -> None:
    new = base()
    rewrite(new, "facts", {"report_id": "a-2023", "form_row": "granted"}, value=4.0, raw="4", document_sha256=NEW_SHA)
    for table in ("reports", "documents"):
        rewrite(new, table, {"report_id": "a-2023"}, document_sha256=NEW_SHA)
    frame, page = compared(base(), new)
    rows = {(row["table_name"], row["row_id"]): row for row in frame.to_dicts()}
    assert {row["reason"] for row in rows.values()} == {"revision"}
    assert {row["body_id"] for row in rows.values()} == {"a"}
    fact = rows["facts", "a-2023/requests/granted/total"]
    assert (fact["change"], fact["old_value"], fact["new_value"]) == ("changed", 3.0, 4.0)
    assert (fact["old_text"], fact["new_text"], fact["new_document_sha256"]) == ("3", "4", NEW_SHA)
    measure = rows["measures_by_report", "a-2023/requests_granted"]
    assert (measure["old_value"], measure["new_value"], measure["report_year"]) == (3.0, 4.0, 2023)
    assert sum(table == "facts" for table, _ in rows) == 1
    assert re.search(
        r"\| a-2023/requests/granted/total \| 2023 \| changed \| revision \| 3 \| 4 \|", page.replace("\\", "")
    )


def test_a_new_report_and_one_that_is_gone(compared: Callable[..., Any]) -> None:
    new = Parsed().report("a-2023", CELLS, body_name="甲市").report("c-2024", CELLS, body_name="丙市")
    frame, _ = compared(base(), new)
    counts = frame.group_by("table_name", "change", "reason").len().rows()
    assert {("facts", "appeared", "new_report", 2), ("facts", "vanished", "report_gone", 2)} <= set(counts)
    assert {("bodies", "appeared", "new_report", 1), ("bodies", "vanished", "report_gone", 1)} <= set(counts)
    assert {("reports", "appeared", "new_report", 1), ("reports", "vanished", "report_gone", 1)} <= set(counts)
    assert set(frame["body_id"]) == {"b", "c"}
    measures = frame.filter(pl.col("table_name") == "measures_by_report")
    assert measures.filter(pl.col("old_value").is_null() & pl.col("new_value").is_null()).height == 0


def test_another_parser_and_another_document_are_told_apart(compared: Callable[..., Any]) -> None:
    new = base()
    rewrite(new, "facts", {"report_id": "a-2023", "form_row": "granted"}, grade="contradicted")
    rewrite(new, "documents", {"report_id": "a-2023"}, parser_version="another")
    rewrite(new, "facts", {"report_id": "b-2024", "form_row": "granted"}, grade="conflicting")
    new.add("documents", report_id="b-2024", report_year=2024, document_sha256=NEW_SHA, stands=False)
    frame, _ = compared(base(), new)
    facts = frame.filter(pl.col("table_name") == "facts")
    assert facts.select("report_id", "reason", "old_grade", "new_grade").rows() == [
        ("a-2023", "new_program", "verified", "contradicted"),
        ("b-2024", "other_document", "verified", "conflicting"),
    ]


def test_what_changed_without_its_report_is_recomputed(compared: Callable[..., Any]) -> None:
    new = base()
    rewrite(new, "facts", {"report_id": "a-2023", "form_row": "granted"}, grade="unverified")
    frame, _ = compared(base(), new)
    assert set(frame["reason"]) == {"recomputed"}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("[x](http://y)", "\\[x\\]\\(http://y\\)"),
        ("a|b\nc", "a\\|b c"),
        (None, ""),
        (3.0, "3"),
        ("x" * 80, "x" * 59 + "…"),
    ],
)
def test_markdown_shows_what_is_there(said: object, shown: str) -> None:
    assert literal(said) == shown

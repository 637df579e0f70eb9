"""The list of what a person should look at: which places are on it, and in which order, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from expectations.corrections import Correction
from pipelines.ask.newest import NotThere
from pipelines.ask.review import Item, item_of, items
from pipelines.warehouse.runner import build
from tests.made.parsed import Parsed, _sha, as_table

NEW, IN = "requests/received_new/total", "requests/carried_in/total"


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> list[Item]:
    folder = tmp_path_factory.mktemp("review")
    with _connection(folder) as connection:
        return items(connection)


def _connection(folder: Path) -> duckdb.DuckDBPyConnection:
    parsed = Parsed()
    parsed.report(
        "p-2024", {NEW: (1234, "contradicted")}, level="province", body_name="甲省人民政府", government_code="330000"
    )
    for code, place in (("balance", "total"), ("applicant_sum", "received_new")):
        _check(parsed, "p-2024", f"requests.{code}", place, "identity", f"{code} fails")
    cells = {NEW: (120, "verified"), IN: (None, "unverified", "7 12"), "requests/unmapped.1/total": (9, "unverified")}
    parsed.report("c-2023", cells, level="prefecture", body_name="乙市人民政府")
    _check(parsed, "c-2023", "requests.cell_readable", "carried_in/total", "structure", "the cell holds '7 12'")
    cells = {"requests/carried_in/other_org": (56, "conflicting"), NEW: (7, "corrected"), IN: (3, "unverified"),
             "requests/granted/total": (8, "verified")}  # fmt: skip
    parsed.report("d-2023", cells, level="county", body_name="丙县人民政府")
    _check(parsed, "d-2023", "documents_agree", "", "documents", "1 of 9 cells differ from those of other.pdf")
    for fact in parsed.rows["facts"]:
        if fact["report_id"] == "d-2023" and fact["value"] in (3, 8):
            fact.update(confidence=0.5, read_by="ocr")
    parsed.report("t-2022", {}, level="township", body_name="丁镇人民政府", title="年度报告")
    _check(parsed, "t-2022", "body_resolved", "", "identification", "the name is not known")
    figure = parsed.figure(
        "t-2022", "requests_received", 21, raw="21件", sentence="收到申请21件。", grade="contradicted"
    )
    assert figure == "t-2022/figures/1"
    gone = Correction("9" * 64, "cell", *NEW.split("/"), "", "", "5", "6", "why", "where", "who", "2026-11-30")
    build(parsed.write(folder / "tables"), folder / "warehouse.duckdb", corrections=[gone])
    return duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True)


def _check(parsed: Parsed, report: str, code: str, place: str, kind: str, message: str) -> None:
    parsed.add(
        "checks", check_id=f"{report}/{code}/{place}", report_id=report, report_year=int(report[-4:]), form="2021",
        kind=kind, check_code=code, place=place, outcome="fails", message=message,
    )  # fmt: skip


def test_the_order_is_use_times_level_times_digits_times_failing_sums(listed: list[Item]) -> None:
    assert [(item.id, item.kind, item.weight) for item in listed] == [
        # A measure of comparisons (4) of a province (4), four digits, two sums that fail.
        (f"p-2024/{NEW}", "contradicted", 4 * 4 * 4 * 2),
        # No number: the 120 requests received have three digits; a prefecture.
        (f"c-2023/{IN}", "unread", 4 * 3 * 3 * 1),
        (f"d-2023/{IN}", "low_confidence", 4 * 2 * 1 * 1),
        # A township; the figure has two digits and can stand in for a measure of comparisons.
        ("t-2022/figures/1", "contradicted", 4 * 1 * 2 * 1),
        # 56 conflicting: a cell that makes no measure.
        ("d-2023/requests/carried_in/other_org", "conflicting", 1 * 2 * 2 * 1),
        ("t-2022/identity", "identity", 4 * 1 * 1 * 1),
        ("c-2023/requests/unmapped.1/total", "unmapped", 1 * 3 * 1 * 1),
        ("9" * 64 + "/" + NEW, "not_applied", 2 * 1 * 1 * 1),
    ]


def test_each_place_says_why_and_where(listed: list[Item]) -> None:
    first, second = listed[:2]
    assert first.says == "applicant_sum fails; balance fails"
    assert (first.body_name, first.report_year, first.raw, first.file_name) == (
        "甲省人民政府",
        2024,
        "1234",
        "p-2024.html",
    )
    assert (second.says, second.raw, second.value) == ("the cell holds '7 12'", "7 12", None)
    # The row's own label is not printed in this made report: that of the form stands in.
    assert second.row_label == "x"
    by_kind = {item.kind: item for item in listed}
    assert by_kind["unmapped"].says == "no form knows the row"
    assert by_kind["conflicting"].says == "1 of 9 cells differ from those of other.pdf"
    assert by_kind["low_confidence"].says == "OCR is not sure, and no sum bears it out"
    assert "document_gone" in by_kind["not_applied"].says
    assert [kind for kind, item in by_kind.items() if not item.correctable] == ["identity", "unmapped", "not_applied"]


def test_filters_leave_what_they_name(tmp_path: Path) -> None:
    with _connection(tmp_path) as connection:
        assert {item.report_id for item in items(connection, body="丙县人民政府")} == {"d-2023"}
        assert {item.report_id for item in items(connection, body="330000")} == {"p-2024"}
        assert {item.report_year for item in items(connection, year=2022)} == {2022}
        assert {item.kind for item in items(connection, kinds=["unread", "unmapped"])} == {"unread", "unmapped"}
        with pytest.raises(NotThere, match="no body has the id"):
            items(connection, body="nowhere")
        # A place can be named that is not on the list, but not one that is nowhere.
        assert item_of(connection, f"d-2023/{NEW}").document_sha256 == _sha("d-2023")
        assert item_of(connection, "t-2022/figures/1").indicator == "requests_received"
        with pytest.raises(NotThere, match="no fact or figure"):
            item_of(connection, "t-2022/identity")


@pytest.mark.parametrize(("told_by", "is_listed"), [("text", True), ("source", True), ("title", False)])
def test_a_report_whose_identity_only_the_text_tells_is_listed(tmp_path: Path, told_by: str, is_listed: bool) -> None:
    _connection(tmp_path).close()
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        as_table(connection, "reports")
        connection.execute("update reports set identity_from = 'title'")
        connection.execute("update reports set identity_from = $by where report_id = 'c-2023'", {"by": told_by})
        found = {item.id: item.says for item in items(connection, kinds=["identity"])}
    assert ("c-2023/identity" in found) is is_listed
    assert not is_listed or found["c-2023/identity"] == f"body or year taken from: {told_by}"

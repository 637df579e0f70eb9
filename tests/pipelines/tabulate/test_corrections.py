"""A line of the register of corrections: where it counts, what it leaves as printed, and what it does to its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from expectations.corrections import CORRECTIONS_FILE, Correction, written
from expectations.tables import model_of
from pipelines.catalogue.catalogue import load, load_record
from pipelines.catalogue.record import Record
from pipelines.catalogue.row_types import FactRow, FigureRow
from pipelines.tabulate import corrections
from pipelines.tabulate.reconcile import reconcile
from pipelines.tabulate.years import gate, stale, write_year
from pipelines.warehouse.warehouse_steps import build_candidate, warehouse_is_fresh
from pipelines.workspace import Workspace
from tests.made.corpus import ready, table_path
from tests.made.rows import valid_row

pytestmark = pytest.mark.usefixtures("no_workers")

NEW = "requests/received_new/natural_person"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return ready(tmp_path)[1]


@pytest.fixture
def suzhou(workspace: Workspace) -> Record:
    """The one report of 2020, whose figures satisfy every identity."""
    (entry,) = load(workspace).of("2020")
    return load_record(workspace, entry.key)


def fact(record: Record, place: str) -> FactRow:
    return next(f for f in record.tables.facts if f.fact_id.partition("/")[2] == place)


def line(record: Record, place: str, corrected: float, printed: str | None = None) -> Correction:
    table, row, column = place.split("/")
    raw = fact(record, place).raw if printed is None else printed
    return Correction(
        record.summary.document_sha256, "cell", table, row, column, "", "", raw, f"{corrected:g}",
        "a digit is smudged", "the body's own table", "An Editor", "2026-11-30",
    )  # fmt: skip


def misprint(record: Record, place: str, raw: str) -> Record:
    """The record as it would be had the document printed another number there."""
    facts = tuple(
        f._replace(value=float(raw), printed_value=float(raw), raw=raw) if f is fact(record, place) else f
        for f in record.tables.facts
    )
    return replace(record, tables=replace(record.tables, facts=facts))


def keep(workspace: Workspace, lines: Iterable[Correction]) -> None:
    workspace.corrections.write_bytes(written(lines))


def test_the_corrected_number_is_the_value_and_the_printed_one_stays(suzhou: Record) -> None:
    before = fact(suzhou, NEW)
    assert before.value is not None
    after = fact(corrections.apply(suzhou, [line(suzhou, NEW, before.value + 5)]), NEW)
    assert (after.value, after.printed_value, after.raw) == (before.value + 5, before.value, before.raw)
    assert (after.grade, after.verified_by) == ("corrected", None)


@pytest.mark.parametrize("printed", ["", "99999", "unread"])
def test_a_line_whose_place_prints_something_else_changes_nothing(suzhou: Record, printed: str) -> None:
    assert corrections.apply(suzhou, [line(suzhou, NEW, 5, printed)]) == suzhou


def test_a_line_of_another_cell_changes_nothing(suzhou: Record) -> None:
    one = replace(line(suzhou, NEW, 5), form_row="unmapped.7")
    assert corrections.apply(suzhou, [one]) == suzhou


def test_a_correction_that_breaks_a_sum_is_told_and_costs_its_neighbours(suzhou: Record) -> None:
    value = fact(suzhou, NEW).value
    assert value is not None
    after = corrections.apply(suzhou, [line(suzhou, NEW, value + 1)])
    printed = {(c.check_code, c.place): c.outcome for c in after.tables.checks if c.kind == "identity"}
    again = {(c.check_code, c.place): c for c in after.tables.checks if c.kind == "corrections"}
    assert printed["requests.applicant_sum", "received_new"] == "holds"
    assert again["corrected.requests.applicant_sum", "received_new"].outcome == "fails"
    assert abs(again["corrected.requests.applicant_sum", "received_new"].difference or 0) == 1
    assert again["corrected.requests.balance", "natural_person"].outcome == "fails"
    assert fact(after, "requests/received_new/total").grade == "contradicted"
    assert fact(after, "requests/received_new/other_org").grade == "contradicted"
    assert fact(after, "requests/carried_in/natural_person").grade == "contradicted"
    # A sum that the cell takes no part in says what it said.
    assert fact(after, "requests/granted/legal_service_org") == fact(suzhou, "requests/granted/legal_service_org")
    (report,) = after.tables.reports
    assert report.failed_check_count == suzhou.tables.reports[0].failed_check_count + len(again)


def contradicted(record: Record) -> Record:
    """The report with one more in `NEW`, as the parser would grade it: both its sums fail."""
    value = int(fact(record, NEW).value or 0)
    broken = {("requests.applicant_sum", "received_new"), ("requests.balance", "natural_person")}
    wrong = misprint(record, NEW, str(value + 1))
    checks = tuple(
        c._replace(outcome="fails", difference=1.0) if (c.check_code, c.place) in broken else c
        for c in wrong.tables.checks
    )
    facts = tuple(
        f._replace(grade="contradicted", verified_by=None)
        if f.form_table == "requests" and (f.form_row == "received_new" or f.fact_id.endswith("in/natural_person"))
        else f
        for f in wrong.tables.facts
    )
    return replace(wrong, tables=replace(wrong.tables, checks=checks, facts=facts))


def test_a_correction_that_mends_a_sum_frees_its_neighbours_and_proves_none(suzhou: Record) -> None:
    wrong = contradicted(suzhou)
    right = fact(suzhou, NEW).value
    assert right is not None
    after = corrections.apply(wrong, [line(wrong, NEW, right)])
    printed = {(c.check_code, c.place): c.outcome for c in after.tables.checks}
    assert printed["requests.applicant_sum", "received_new"] == "fails"
    assert printed["corrected.requests.applicant_sum", "received_new"] == "holds"
    assert fact(after, NEW).grade == "corrected"
    for freed in (
        "requests/received_new/total",
        "requests/received_new/other_org",
        "requests/carried_in/natural_person",
    ):
        assert (fact(after, freed).grade, fact(after, freed).verified_by) == ("unverified", None)


def test_a_neighbour_that_another_sum_contradicts_stays_contradicted(suzhou: Record) -> None:
    wrong = contradicted(suzhou)
    checks = tuple(
        c._replace(outcome="fails") if (c.check_code, c.place) == ("requests.balance", "total") else c
        for c in wrong.tables.checks
    )
    wrong = replace(wrong, tables=replace(wrong.tables, checks=checks))
    after = corrections.apply(wrong, [line(wrong, NEW, fact(suzhou, NEW).value or 0)])
    assert fact(after, "requests/received_new/total").grade == "contradicted"


def test_a_table_of_another_year_stays_contradicted(suzhou: Record) -> None:
    wrong = contradicted(suzhou)
    checks = tuple(
        c._replace(outcome="fails") if c.check_code == "requests.year_agrees" else c for c in wrong.tables.checks
    )
    wrong = replace(wrong, tables=replace(wrong.tables, checks=checks))
    after = corrections.apply(wrong, [line(wrong, NEW, fact(suzhou, NEW).value or 0)])
    assert fact(after, "requests/received_new/total").grade == "contradicted"


def test_an_unread_cell_is_filled_and_its_sums_are_tested(suzhou: Record) -> None:
    value = fact(suzhou, NEW).value
    assert value is not None
    broken = {("requests.applicant_sum", "received_new"), ("requests.balance", "natural_person")}
    facts = tuple(
        f._replace(value=None, printed_value=None, raw="1?") if f is fact(suzhou, NEW) else f
        for f in suzhou.tables.facts
    )
    checks = tuple(
        c._replace(outcome="not_testable") if (c.check_code, c.place) in broken else c for c in suzhou.tables.checks
    )
    unread = replace(suzhou, tables=replace(suzhou.tables, facts=facts, checks=checks))
    after = corrections.apply(unread, [line(unread, NEW, value)])
    assert (fact(after, NEW).value, fact(after, NEW).printed_value, fact(after, NEW).raw) == (value, None, "1?")
    again = {c.place: c.outcome for c in after.tables.checks if c.kind == "corrections"}
    assert again["received_new"] == "holds"


def test_two_documents_that_differ_leave_a_corrected_cell_corrected(suzhou: Record) -> None:
    value = int(fact(suzhou, NEW).value or 0)
    after = corrections.apply(suzhou, [line(suzhou, NEW, value + 1)])
    summary = replace(suzhou.summary, document_sha256="f" * 64, file_name="other.html")
    other = Record(summary, replace(suzhou.tables, facts=tuple(f for f in suzhou.tables.facts)))
    assert suzhou.summary.document_sha256 < "f" * 64
    both = reconcile([after, other])
    assert fact(both, NEW).grade == "corrected"
    (check,) = [c for c in both.tables.checks if c.check_code == "documents_agree"]
    assert (check.outcome, NEW in check.message) == ("fails", True)


# --- figures of the narrative


def figure(number: int, sentence: str, value: float = 12, value_to: float | None = None) -> FigureRow:
    row = valid_row(model_of("figures"))
    return FigureRow(**row)._replace(
        figure_id=f"r/figures/{number}", indicator="requests_received", value=value, printed_value=value,
        value_to=value_to, normalised_value=value, normalised_unit="件", raw="12件", sentence=sentence,
    )  # fmt: skip


def figure_line(suzhou: Record, sentence: str = "", corrected: str = "21", printed: str = "12件") -> Correction:
    return replace(
        line(suzhou, NEW, 5), kind="figure", form_table="", form_row="", form_column="",
        indicator="requests_received", sentence=sentence, printed=printed, corrected=corrected,
    )  # fmt: skip


def told(suzhou: Record, figures: list[FigureRow], *lines: Correction) -> list[tuple[float | None, str]]:
    record = replace(suzhou, tables=replace(suzhou.tables, figures=tuple(figures)))
    return [(f.value, f.grade) for f in corrections.apply(record, lines).tables.figures]


def test_a_figure_is_corrected_with_its_normalised_value_and_is_no_range_any_more(suzhou: Record) -> None:
    record = replace(suzhou, tables=replace(suzhou.tables, figures=(figure(1, "收到12件。", value_to=15),)))
    (after,) = corrections.apply(record, [figure_line(suzhou)]).tables.figures
    assert (after.value, after.value_to, after.normalised_value, after.grade) == (21, None, 21, "corrected")
    assert (after.printed_value, after.raw, after.sentence) == (12, "12件", "收到12件。")


def test_of_two_like_figures_the_sentence_tells_which(suzhou: Record) -> None:
    two = [figure(1, "全年收到12件。"), figure(2, "上年收到12件。")]
    before = two[0].grade
    assert told(suzhou, two, figure_line(suzhou)) == [(12, before), (12, before)]
    assert told(suzhou, two, figure_line(suzhou, "上年")) == [(12, before), (21, "corrected")]


def test_two_lines_about_one_figure_change_nothing(suzhou: Record) -> None:
    lines = figure_line(suzhou, "收到"), figure_line(suzhou, "全年", "22")
    one = figure(1, "全年收到12件。")
    assert told(suzhou, [one], *lines) == [(12, one.grade)]


def test_a_figure_that_prints_something_else_stays(suzhou: Record) -> None:
    one = figure(1, "全年收到12件。")
    assert told(suzhou, [one], figure_line(suzhou, printed="13件")) == [(12, one.grade)]


# --- in a build


def rows(workspace: Workspace, table: str, year: str) -> pl.DataFrame:
    return pl.read_parquet(table_path(workspace, table, year), hive_partitioning=False)


def test_the_projects_register_is_read_and_holds_nothing_of_the_sample() -> None:
    assert CORRECTIONS_FILE.read_bytes().startswith(b"document_sha256,kind,form_table,form_row,form_column,")


def test_a_new_line_makes_the_year_of_its_document_due_and_no_other(workspace: Workspace, suzhou: Record) -> None:
    assert stale(workspace, load(workspace)) == []
    keep(workspace, [line(suzhou, NEW, 7)])
    assert stale(workspace, load(workspace)) == ["2020"]
    write_year(workspace, "2020")
    assert gate(workspace, "2020").is_open
    found = rows(workspace, "facts", "2020").filter(pl.col("grade") == "corrected")
    assert found["value"].to_list() == [7.0]
    assert found["printed_value"].to_list() == [fact(suzhou, NEW).value]
    workspace.corrections.unlink()
    assert stale(workspace, load(workspace)) == ["2020"]


def test_a_line_about_no_document_makes_no_year_due_but_the_warehouse(workspace: Workspace, suzhou: Record) -> None:
    build_candidate(workspace)
    from pipelines.warehouse import warehouse_steps

    before = warehouse_steps._warehouse_inputs(workspace)
    keep(workspace, [replace(line(suzhou, NEW, 7), document_sha256="0" * 64)])
    assert stale(workspace, load(workspace)) == []
    assert warehouse_steps._warehouse_inputs(workspace) != before
    assert not warehouse_is_fresh(workspace)

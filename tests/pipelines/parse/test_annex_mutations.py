"""Mutations of a right annex: what is wrong is noticed, and nothing else loses its grade."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from pipelines.parse import Hints, Report, parse
from pipelines.read import read
from tests.made import annex
from tests.made.cases import folded

ROWS = [row.code for row in annex.ROWS]
#: Each sum by the name that the form gives it: the total first.
SUMS = dict(
    zip(
        (
            "received_by_channel",
            "completed_in_time_or_extended",
            "denied_by_ground",
            "answers_sum",
            "reconsideration_sum",
            "litigation_sum",
            "staff_sum",
        ),
        annex.SUMS,
        strict=True,
    )
)
SUMMED = sorted({row for rows in annex.SUMS for row in rows})


def parsed(table: str) -> Report:
    return parse(read(annex.page(table).encode(), "made"), Hints("made"))


def failing(report: Report, *kinds: str) -> list[str]:
    checks = [c for c in report.checks if c.code.startswith("statistics.")]
    return [f"{c.code}@{c.place}" for c in checks if c.outcome == "fails" and c.kind in (kinds or ("identity",))]


def values(report: Report) -> dict[tuple[str, str], object]:
    return {(f.row, f.column): f.value for f in report.facts}


def rows_of(table: str) -> list[str]:
    return re.findall(r"<tr>.*?</tr>", table)


def at(rows: list[str], code: str) -> int:
    """Where a row stands in the markup, by its label's place in the form."""
    labels = [label.code for label in annex.sequence(annex.made(0))]
    return labels.index(code) + (len(rows) - len(labels))


def table_of(rows: Iterable[str]) -> str:
    return f"<table>{''.join(rows)}</table>"


@pytest.mark.parametrize("column", ["value", "own_level", "unmapped.2", "unmapped.3"])
def test_a_corrupted_number_is_told_by_its_column(column: str) -> None:
    """Sums hold in each column by itself: the column of one department, too."""
    made = annex.levels(annex.made(22))
    number = made.cells["requests.completed_on_time", column]
    rows = rows_of(made.markup)
    i = at(rows, "requests.completed_on_time")
    rows[i] = rows[i].replace(f">{number}<", f">{int(number) + 1}<")
    report = parsed(table_of(rows))
    assert failing(report) == [f"statistics.completed_in_time_or_extended@{column}"]
    contradicted = {(f.row, f.column) for f in report.facts if f.grade == "contradicted"}
    assert contradicted == {(r, column) for r in SUMS["completed_in_time_or_extended"]}


@folded("lost", ROWS)
def test_a_lost_row_moves_none_of_the_others(lost: str) -> None:
    column = annex.made(23)
    rows = rows_of(annex.national(column).markup)
    del rows[at(rows, lost)]
    report = parsed(table_of(rows))
    assert values(report) == {(r, "value"): v for r, v in column.items() if r != lost}
    assert f"statistics.rows_complete@{lost}" in failing(report, "structure")
    assert set(failing(report)) == {f"statistics.{n}@value" for n, rs in SUMS.items() if lost in rs[1:]}


@pytest.mark.parametrize("lost", ["reconsideration", "litigation"])
def test_a_lost_group_leaves_the_one_whose_labels_it_shares(lost: str) -> None:
    """被依法纠错数 and 其他情形数 stand under both; what is left is told by its heading."""
    column = {r: v for r, v in annex.made(24).items() if not r.startswith(lost)}
    report = parsed(annex.national(column).markup)
    assert values(report) == {(r, "value"): v for r, v in column.items()}
    assert failing(report) == []


@pytest.mark.parametrize(("upheld", "owner"), [(9, "litigation"), (2, "reconsideration")])
def test_where_labels_leave_a_choice_the_sums_decide(upheld: int, owner: str) -> None:
    """Of 四 and 五 four rows in the middle are lost: whose （二） and （三） are left, the sum of 四 (9) tells."""
    column = {**annex.made(25), "reconsideration.total": 9, "reconsideration.upheld": upheld}
    column |= {"litigation.corrected": 4, "litigation.other": 3}
    rows = rows_of(annex.national(column).markup)
    first, last = at(rows, "reconsideration.corrected"), at(rows, "litigation.upheld")
    report = parsed(table_of([*rows[:first], *rows[last + 1 :]]))
    found = {r: v for (r, _), v in values(report).items() if r.endswith((".corrected", ".other")) and v in (4, 3)}
    assert {r.partition(".")[0] for r in found} == {owner}
    assert failing(report) == []


@folded(("one", "two"), [(ROWS[i], ROWS[i + 1]) for i in range(len(ROWS) - 1)])
def test_two_rows_swapped_with_their_numbers(one: str, two: str) -> None:
    """They are read by their labels, and the order is reported."""
    column = annex.made(27)
    rows = rows_of(annex.national(column).markup)
    i, j = at(rows, one), at(rows, two)
    rows[i], rows[j] = rows[j], rows[i]
    report = parsed(table_of(rows))
    noticed = failing(report, "identity", "structure")
    right = {(r, "value"): v for r, v in column.items()}
    wrong = {k for k, v in values(report).items() if not k[0].startswith("unmapped.") and right.get(k) != v}
    assert "statistics.rows_in_order@" in noticed or any("rows_known" in n for n in noticed)
    assert not wrong


def test_an_added_row_is_kept_beside_one_that_is_missing() -> None:
    """政务公告栏 stands where 政府公报 stood: no other row's number."""
    column = annex.made(28)
    table = annex.national(column).markup.replace("1.政府公报公开政府信息数", "1.政府公告栏公开政府信息数")
    report = parsed(table)
    assert [(f.row_label, f.value) for f in report.facts if f.is_unmapped] == [
        ("1.政府公告栏公开政府信息数", column["channel.gazette"])
    ]
    assert {"statistics.rows_known@unmapped.1", "statistics.rows_complete@channel.gazette"} <= set(
        failing(report, "structure")
    )


def test_a_cell_of_words_is_no_number() -> None:
    column = annex.made(29)
    table = annex.national(column).markup
    number = column["requests.received_by_fax"]
    rows = rows_of(table)
    i = at(rows, "requests.received_by_fax")
    rows[i] = rows[i].replace(f">{number}<", ">约三十<")
    report = parsed(table_of(rows))
    fact = next(f for f in report.facts if f.row == "requests.received_by_fax")
    assert (fact.value, fact.raw) == (None, "约三十")
    assert "statistics.cell_readable@requests.received_by_fax/value" in failing(report, "structure")
    assert failing(report) == []
    tested = {c.code: c.outcome for c in report.checks if c.place == "value"}
    assert tested["statistics.received_by_channel"] == "not_testable"


@pytest.mark.parametrize(("printed", "raw"), [("", ""), ("/", "/"), ("—", "—"), ("无", "无"), ("0", "0")])
def test_blanks_and_signs_stay_apart_from_zero(printed: str, raw: str) -> None:
    column = annex.made(30)
    rows = rows_of(annex.national(column).markup)
    i = at(rows, "complaints")
    rows[i] = rows[i].replace(f">{column['complaints']}<", f">{printed}<")
    fact = next(f for f in parsed(table_of(rows)).facts if f.row == "complaints")
    assert (fact.value, fact.raw, fact.grade) == (0 if printed == "0" else None, raw, "unverified")


def test_the_annex_printed_twice() -> None:
    column = annex.made(31)
    table = annex.national(column).markup
    assert failing(parsed(table + table), "identity", "structure") == []
    other = annex.national({**column, "complaints": column["complaints"] + 1}).markup
    report = parsed(table + other)
    assert [f.row for f in report.facts if f.grade == "conflicting"] == ["complaints"]
    assert failing(report, "structure") == ["statistics.tables_agree@complaints/value"]


def test_two_annexes_that_their_captions_tell_apart() -> None:
    whole, own = annex.made(32), annex.made(33)
    tables = f"{annex.national(whole).markup}<p>2016年市本级政府信息公开情况统计表</p>{annex.national(own).markup}"
    report = parsed(tables)
    assert values(report) == {
        **{(r, "value"): v for r, v in whole.items()},
        **{(r, "own_level"): v for r, v in own.items()},
    }
    assert failing(report, "identity", "structure") == []


def test_no_header_says_which_column_counts() -> None:
    """Two columns of numbers without a word: none of them is taken for this year's."""
    one, two = annex.made(34), annex.made(35)
    report = parsed(annex.listed([], [one, two]))
    assert {f.column for f in report.facts} == {"unmapped.1", "unmapped.2"}
    assert "statistics.value_column@" in failing(report, "structure")


def test_an_absent_annex_is_said_and_its_identities_not_testable() -> None:
    report = parsed("")
    assert (report.form, report.facts) == ("2014", ())
    assert failing(report, "structure") == ["statistics.present@"]
    assert {c.outcome for c in report.checks if c.kind == "identity"} == {"not_testable"}
    assert sum(c.kind == "identity" for c in report.checks) == 7


def test_no_structure_rule_passes_vacuously() -> None:
    outcomes = {c.code: c.outcome for c in parsed(annex.unheaded(annex.made(36)).markup).checks}
    assert outcomes["statistics.value_column"] == "not_testable"
    assert outcomes["statistics.rows_complete"] == "holds"


def test_a_row_cut_by_a_page_break_is_whole() -> None:
    """Its label goes on in another row, without a number: neither half is a label."""
    column = annex.made(37)
    rows = rows_of(annex.national(column).markup)
    i = at(rows, "answers.denied_public_safety_stability")
    rows[i] = rows[i].replace("、经济安全和社会稳定", "、经")
    rows.insert(i + 1, "<tr><td>济安全和社会稳定</td><td></td><td></td></tr>")
    report = parsed(table_of(rows))
    assert values(report) == {(r, "value"): v for r, v in column.items()}
    assert failing(report, "identity", "structure") == []


def test_the_rest_of_the_annex_in_another_table() -> None:
    """The last two rows, alone on the next page without a head."""
    column = annex.made(38)
    rows = rows_of(annex.national(column).markup)
    report = parsed(table_of(rows[:-2]) + "<p>续表</p>" + table_of(rows[-2:]))
    assert values(report) == {(r, "value"): v for r, v in column.items()}
    assert failing(report, "identity", "structure") == []

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipelines.parse.lookalikes import candidates, unsettled
from pipelines.read.document import UNREAD, Cell, Table
from tests.made.cases import folded


@folded(
    ("text", "numbers"),
    [
        ("O", (0,)),
        ("〇", (0,)),
        ("o", (0,)),
        ("l", (1,)),
        ("I2", (12,)),
        ("|", (1,)),
        ("丨", (1,)),
        ("1]", (11,)),
        ("S", (5,)),
        ("B0", (80,)),
        ("Z", (2,)),
        ("q", (9,)),
        ("g", (9,)),
        ("b", (6,)),
        ("3。", (3,)),
        (".3", (3,)),
        ("1 O", (10,)),
        ("1\n2", (12,)),
        ("1，2", (Decimal("1.2"), 12)),
        ("l.5", (Decimal("1.5"), 15)),
    ],
)
def test_what_a_text_may_be(text: str, numbers: tuple[object, ...]) -> None:
    assert candidates(text) == numbers


@folded(
    "text",
    ["", "0", "12", "/", "—", "无", "件", "3件", "合计", "O件", "12*", "3①", UNREAD, "O" + UNREAD, "0" * 20, "."],
)
def test_what_is_a_number_a_mark_words_or_unread_has_no_others(text: str) -> None:
    assert candidates(text) == ()


@given(st.text(max_size=14))
def test_any_text_has_few_candidates_and_none_is_negative(text: str) -> None:
    assert len(candidates(text)) <= 2**12
    assert all(value >= 0 for value in candidates(text))


def table(rows: list[list[str]], confidence: float | None = 0.9) -> Table:
    grid = tuple(
        tuple(Cell(text, i, j, confidence=confidence if text else None) for j, text in enumerate(row))
        for i, row in enumerate(rows)
    )
    return Table(grid, "table 1")


def places(made: Table) -> set[tuple[int, int]]:
    found = unsettled(made)
    return {(cell.row, cell.column) for cell in made.cells() if id(cell) in found}


def test_look_alikes_in_a_column_of_numbers_stand_for_numbers() -> None:
    made = table([["项目", "本年", "总计"], ["甲", "O", "3"], ["乙", "2", "l2"], ["丙", "1", UNREAD]])
    assert places(made) == {(1, 1), (2, 2), (3, 2)}


def test_look_alikes_in_a_column_of_words_are_words() -> None:
    assert places(table([["甲", "3"], ["I", "4"], [UNREAD, "5"], ["B", "6"]])) == set()


def test_a_row_of_nothing_but_numbers_tells_without_others() -> None:
    assert places(table([["维持", "纠正", "其他", "总计"], ["O", "3", "1", "4"]])) == {(1, 0)}
    assert places(table([["S", "3"]])) == set()


def test_nothing_in_a_table_that_ocr_did_not_read() -> None:
    assert unsettled(table([["甲", "O", "3"], ["乙", "2", "4"]], confidence=None)) == {}


def test_a_zero_and_a_number_are_two_numbers() -> None:
    assert candidates("0 1") == ()
    assert candidates("8 12") == (812,)

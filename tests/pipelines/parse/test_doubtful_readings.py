"""Tables as OCR reads them: made figures whose sums hold, with readings put wrong by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from pipelines.parse import Hints, Report, parse
from pipelines.parse.report import Fact
from pipelines.read import html
from pipelines.read.document import UNREAD, Block, Cell, Table
from tests.made.figures import Cells, made
from tests.made.layouts import disputes_html, page, proactive_html, requests_html

Place = tuple[str, str, str]
FORM = "2021"
TOTAL = ("requests", "granted", "total")


def figures() -> Cells:
    return made(FORM, seed=7)


def report(readings: Mapping[Place, str], confidence: float | None = 0.9) -> Report:
    """The report with some cells read as another text. The place of each is found by a number that stands only there."""
    cells = {place: value if value is not None else 0 for place, value in figures().items()}
    marks = {place: 700_000_000 + k for k, place in enumerate(readings)}
    shown: Cells = {**cells, **marks}
    source = page("某市人民政府", 2023, proactive_html(FORM, shown), requests_html(FORM, shown), disputes_html(shown))
    document = html.read(source.encode())
    texts = {str(mark): readings[place] for place, mark in marks.items()}
    blocks = tuple(_as_ocr(block, texts, confidence) for block in document.blocks)
    return parse(replace(document, blocks=blocks), Hints("report.html"))


def _as_ocr(block: Block, texts: Mapping[str, str], confidence: float | None) -> Block:
    if not isinstance(block, Table):
        return block
    moved: dict[int, Cell] = {}

    def again(cell: Cell | None) -> Cell | None:
        if cell is None:
            return None
        text = texts.get(cell.text, cell.text)
        return moved.setdefault(id(cell), cell._replace(text=text, confidence=confidence if text else None))

    return Table(tuple(tuple(again(cell) for cell in row) for row in block.grid), block.locator)


def fact(found: Report, place: Place) -> Fact:
    return next(f for f in found.facts if (f.table, f.row, f.column) == place)


def settled(found: Report) -> list[str]:
    return [c.place for c in found.checks if c.code.endswith(".readings_settled")]


def zero() -> Place:
    return next(p for p, v in figures().items() if p[0] == "requests" and v == 0 and p[2] != "total")


def with_digit(digit: str, column: str | None = None) -> Place:
    """A cell of the requests table whose number is this digit alone, or the first with it in it."""
    found = [p for p, v in figures().items() if p[0] == "requests" and digit in str(v) and column in (None, p[2])]
    return min(found, key=lambda p: len(str(figures()[p])))


LETTERS = {"0": "O", "1": "l", "2": "Z", "5": "S", "8": "B", "9": "g", "6": "b"}


@pytest.mark.parametrize("digit", LETTERS)
def test_a_letter_that_looks_like_the_digit_is_settled_by_the_sums(digit: str) -> None:
    place = with_digit(digit)
    value = figures()[place]
    literal = str(value).replace(digit, LETTERS[digit])
    found = report({place: literal})
    assert (fact(found, place).value, fact(found, place).raw, fact(found, place).grade) == (value, literal, "verified")
    assert settled(found) == [f"{place[1]}/{place[2]}"]
    assert all(f.grade != "contradicted" for f in found.facts)


def test_several_cells_of_one_row_are_settled_together() -> None:
    row = next(r for t, r, c in figures() if t == "requests" and c == "total" and figures()[t, r, c] == 0)
    readings = {p: "O" for p in figures() if p[:2] == ("requests", row)}
    assert len(readings) == 7
    found = report(readings)
    assert [fact(found, p).value for p in readings] == [0] * 7
    assert len(settled(found)) == 7


def test_a_letter_whose_digit_breaks_a_sum_is_not_taken() -> None:
    place = zero()
    found = report({place: "S"})  # looks like 5, but is 0
    assert (fact(found, place).value, fact(found, place).raw) == (None, "S")
    assert fact(found, place).grade != "verified"
    assert settled(found) == []
    assert any(c.code == "requests.cell_readable" and c.outcome == "fails" for c in found.checks)


def test_without_a_sum_that_can_be_tested_nothing_is_settled() -> None:
    """The table of section 2 has no sums for these numbers."""
    place = ("proactive", "penalty", "decisions")
    found = report({place: "3O"})
    assert (fact(found, place).value, fact(found, place).raw, fact(found, place).grade) == (None, "3O", "unverified")


def test_an_unread_cell_stays_empty_though_the_sums_say_what_it_must_be() -> None:
    for place in (zero(), with_digit("1", column="natural_person")):
        found = report({place: UNREAD})
        assert (fact(found, place).value, fact(found, place).raw) == (None, UNREAD)
        assert fact(found, place).grade != "verified"
        assert settled(found) == []


def test_a_sum_with_an_unread_cell_in_it_settles_nothing() -> None:
    first = zero()
    others = [
        p for p, v in figures().items() if p[:2] == first[:2] and v == 0 and p not in (first, (*first[:2], "total"))
    ]
    beside = others[0]
    found = report({first: UNREAD, beside: "O", ("requests", "total_processed", beside[2]): UNREAD})
    assert fact(found, beside).value is None


def test_a_number_that_was_read_is_never_changed() -> None:
    place = with_digit("1", column="natural_person")
    wrong = str(figures()[place]).replace("1", "7", 1)
    found = report({place: wrong})
    assert (str(fact(found, place).value), fact(found, place).grade) == (wrong, "contradicted")
    assert settled(found) == []


def test_a_blank_that_ocr_saw_is_not_verified_by_sums_to_which_it_adds_nothing() -> None:
    place = zero()
    found = report({place: ""})
    assert (fact(found, place).value, fact(found, place).grade) == (None, "unverified")
    assert fact(report({place: ""}, confidence=None), place).grade == "verified"


def test_text_that_was_not_read_by_ocr_is_left_alone() -> None:
    place = zero()
    found = report({place: "O"}, confidence=None)
    assert fact(found, place).value is None
    assert settled(found) == []

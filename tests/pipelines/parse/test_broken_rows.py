from __future__ import annotations

from pipelines.parse.broken_rows import mended
from pipelines.parse.labelled_rows import Row, Value
from pipelines.parse.numbers import read_cell

KNOWN = {"4.保护第三方合法权益", "3.其他", "其他"}


def row(label: str, *cells: str, group: str = "") -> Row:
    values = [Value(raw, read_cell(raw)) for raw in cells]
    labels = tuple(filter(None, (group, label)))
    return Row(labels, label, values, has_numbers=any(v.reading.kind == "number" for v in values))


def shown(rows: list[Row]) -> list[tuple[str, list[str]]]:
    return [(r.label, [v.raw for v in r.values]) for r in mended(rows, KNOWN.__contains__)]


def test_halves_of_a_row_are_one() -> None:
    assert shown([row("4.保护第三", "0", "43"), row("方合法权益", "", "")]) == [("4.保护第三方合法权益", ["0", "43"])]
    assert shown([row("4.保护第三", "", ""), row("方合法权益", "0", "43")]) == [("4.保护第三方合法权益", ["0", "43"])]


def test_a_half_may_have_cells_too_many_where_they_are_blank() -> None:
    assert shown([row("4.保护第三", "0", "43"), row("方合法权益", "", "", "")]) == [
        ("4.保护第三方合法权益", ["0", "43"])
    ]


def test_the_group_stays() -> None:
    (whole,) = mended([row("4.保护第三", "1", group="（三）不予公开"), row("方合法权益", "")], KNOWN.__contains__)
    assert whole.labels == ("（三）不予公开", "4.保护第三方合法权益") and whole.has_numbers


def test_digits_in_both_halves_are_not_made_one_number() -> None:
    (whole,) = mended([row("4.保护第三", "10", "4"), row("方合法权益", "6", "")], KNOWN.__contains__)
    assert [(v.raw, v.reading.kind, v.reading.value) for v in whole.values] == [
        ("10\n6", "text", None),
        ("4", "number", 4),
    ]


def test_rows_that_are_known_stay_two() -> None:
    rows = [row("3.其他", "1"), row("其他", "")]
    assert shown(rows) == [("3.其他", ["1"]), ("其他", [""])]


def test_rows_that_make_no_known_label_stay_two() -> None:
    rows = [row("4.保护第三", "1"), row("方", "")]
    assert shown(rows) == [("4.保护第三", ["1"]), ("方", [""])]

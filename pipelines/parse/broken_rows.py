"""Rows that a page break cut in two → whole again, where the two halves of the label are one that a form knows.

Word processors close the cells of a cut row on both pages, so the halves look like two rows: the numbers stand in one of
them, and the label of neither is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipelines.parse.labelled_rows import Row, Value
from pipelines.parse.numbers import TEXT


def mended(rows: Sequence[Row], is_row: Callable[[str], bool]) -> list[Row]:
    """The rows, two that follow each other as one where they are halves of one. `is_row`: whether a form knows a label."""
    whole: list[Row] = []
    for row in rows:
        values = _values(whole[-1], row) if whole and _halves(whole[-1].label, row.label, is_row) else None
        if values is None:
            whole.append(row)
            continue
        first = whole[-1]
        label = first.label + row.label
        has_numbers = first.has_numbers or row.has_numbers
        whole[-1] = replace(
            first, labels=(*first.labels[:-1], label), label=label, values=values, has_numbers=has_numbers
        )
    return whole


def _halves(first: str, second: str, is_row: Callable[[str], bool]) -> bool:
    return bool(first and second) and is_row(first + second) and not (is_row(first) or is_row(second))


def _values(first: Row, second: Row) -> list[Value] | None:
    """The cells of both halves; None where they are not the same ones. What a half left blank the other has."""
    if not second.has_numbers and all(v.reading.kind == "blank" for v in second.values):
        return first.values
    if not first.has_numbers and all(v.reading.kind == "blank" for v in first.values):
        return second.values
    if len(first.values) != len(second.values):
        return None
    return [_one(a, b) for a, b in zip(first.values, second.values, strict=True)]


def _one(a: Value, b: Value) -> Value:
    """One cell of its halves. With something in both, nothing says that two numbers are one: it stays unread."""
    if a.reading.kind == "blank" or b.reading.kind == "blank":
        return b if a.reading.kind == "blank" else a
    return a._replace(raw=f"{a.raw}\n{b.raw}", reading=TEXT)

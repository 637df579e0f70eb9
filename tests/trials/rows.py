"""Operators on rows and cells: one physical row, cell or digit feeds one fact."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.trials.formats import ALL, OF_LINES, WITH_GRIDS
from tests.trials.labels import LABELLED, label_at
from tests.trials.operator import damaging, operator
from tests.trials.page import Box, Key, Page, Row, Sheet

_NUMBER = re.compile(r"\d+")


def _sheet(dice: random.Random, page: Page, tables: Sequence[str] = ()) -> tuple[str, int, list[list[Box]]] | None:
    """A statutory table of the page, a block that holds it, and its rows to change."""
    there = [t for t in page.tables() if not tables or t in tables]
    if not there:
        return None
    table = dice.choice(there)
    block = dice.choice(page.sheets(table))
    return table, block, [list(row) for row in page.sheet(block).rows]


def _keyed(rows: Sequence[Sequence[Box]]) -> list[int]:
    return [i for i, row in enumerate(rows) if any(box.key for box in row)]


def _keys(*rows: Sequence[Box]) -> list[Key]:
    return [box.key for row in rows for box in row if box.key]


def _neighbours(dice: random.Random, rows: Sequence[Sequence[Box]]) -> tuple[int, int] | None:
    """Two rows of cells, one under the other, with as many cells and a label each; the lower starts no group."""
    keyed = set(_keyed(rows))
    pairs = [
        (i, i + 1)
        for i in sorted(keyed)
        if i + 1 in keyed
        and len(_keys(rows[i])) == len(_keys(rows[i + 1]))
        and label_at(tuple(rows[i])) is not None
        and label_at(tuple(rows[i + 1])) is not None
        and all(b.rowspan == 1 for b in rows[i + 1])
    ]
    return dice.choice(pairs) if pairs else None


def shrunk(rows: Sequence[Sequence[Box]], lost: int) -> list[list[Box]]:
    """Without a row: cells that reach over it reach one row less far."""
    return [
        [replace(b, rowspan=b.rowspan - 1) if i < lost < i + b.rowspan else b for b in row]
        for i, row in enumerate(rows)
        if i != lost
    ]


@operator("glue rows")
def rows_glued(dice: random.Random, page: Page) -> Page | None:
    """Two rows in one: their labels and their numbers stand together in each cell."""
    picked = _sheet(dice, page, LABELLED)
    pair = _neighbours(dice, picked[2]) if picked else None
    if picked is None or pair is None:
        return None
    table, block, rows = picked
    i, j = pair
    keys, gap = _keys(rows[i], rows[j]), dice.choice([" ", "\n", ""])
    below = [box.text for box in rows[j] if box.key]
    label, other = label_at(tuple(rows[i])), label_at(tuple(rows[j]))
    assert label is not None and other is not None
    rows[i][label] = replace(rows[i][label], text=rows[i][label].text + gap + rows[j][other].text)
    rows[i] = [replace(b, text=f"{b.text}{gap}{below.pop(0)}", key=None) if b.key else b for b in rows[i]]
    return page.with_rows(block, shrunk(rows, j)).telling(opens=page.keys(table), marks=keys)


@operator("two labels in one cell")
def labels_glued(dice: random.Random, page: Page) -> Page | None:
    """Two labels in one cell, the next label blank, numbers in both rows, or exchanged."""
    picked = _sheet(dice, page, LABELLED)
    pair = _neighbours(dice, picked[2]) if picked else None
    if picked is None or pair is None:
        return None
    table, block, rows = picked
    i, j = pair
    label, other = label_at(tuple(rows[i])), label_at(tuple(rows[j]))
    assert label is not None and other is not None
    keys = _keys(rows[i], rows[j])
    rows[i][label] = replace(rows[i][label], text=rows[i][label].text + rows[j][other].text)
    rows[j][other] = replace(rows[j][other], text="")
    if dice.random() < 0.5:  # the numbers under the glued labels are those of the second
        upper, lower = [b for b in rows[i] if b.key], [b for b in rows[j] if b.key]
        rows[i] = [replace(b, text=lower[0].text, key=lower.pop(0).key) if b.key else b for b in rows[i]]
        rows[j] = [replace(b, text=upper[0].text, key=upper.pop(0).key) if b.key else b for b in rows[j]]
    return page.with_rows(block, rows).telling(opens=page.keys(table), marks=keys)


@operator("stray row of zeros")
def stray_zeros(dice: random.Random, page: Page) -> Page | None:
    """A row of zeros before or behind a true one, without a label; at times with a footnote in the true row."""
    picked = _sheet(dice, page)
    if picked is None:
        return None
    table, block, rows = picked
    at = dice.choice(_keyed(rows))
    columns = page.sheet(block).columns()
    blanks = [Box("0" if b.key else "", colspan=b.colspan) for b in rows[at]]
    covered = [k for k, row in enumerate(rows[:at]) for b in row if k + b.rowspan > at]
    del columns
    if covered or any(b.rowspan > 1 for b in rows[at]):
        return None
    if dice.random() < 0.4:
        places = [k for k, b in enumerate(rows[at]) if b.key and b.text]
        if places:
            k = dice.choice(places)
            rows[at][k] = replace(rows[at][k], text=rows[at][k].text + dice.choice(["注1", "*", "①"]))
    rows.insert(at + dice.randrange(2), blanks)
    return page.with_rows(block, rows).telling(opens=page.keys(table))


@operator("lose a row")
def row_lost(dice: random.Random, page: Page) -> Page | None:
    """A row is not there."""
    picked = _sheet(dice, page)
    if picked is None:
        return None
    table, block, rows = picked
    at = dice.choice(_keyed(rows))
    keys = _keys(rows[at])
    lost = rows[at]
    made = shrunk(rows, at)
    for box in lost:  # a group that began in it begins in the next
        if box.rowspan > 1 and at < len(made):
            made[at].insert(0, replace(box, rowspan=box.rowspan - 1))
    return page.with_rows(block, made).telling(opens=page.keys(table), without=keys)


@operator("double a row, other numbers")
def row_doubled(dice: random.Random, page: Page) -> Page | None:
    """A row stands twice with different numbers: which is right nobody can tell."""
    picked = _sheet(dice, page, LABELLED)
    if picked is None:
        return None
    table, block, rows = picked
    whole = [i for i in _keyed(rows) if all(b.rowspan == 1 for b in rows[i])]
    if not whole:
        return None
    at = dice.choice(whole)
    keys = _keys(rows[at])
    copy = [replace(b, key=None, text=str(dice.randint(0, 99))) if b.key else b for b in rows[at]]
    rows = [
        [replace(b, rowspan=b.rowspan + 1) if i < at < i + b.rowspan else b for b in row] for i, row in enumerate(rows)
    ]
    rows.insert(at + dice.randrange(2), copy)
    return page.with_rows(block, rows).telling(opens=page.keys(table), marks=keys)


@operator("blank row between", harmless=WITH_GRIDS)
def blank_row(dice: random.Random, page: Page) -> Page | None:
    """A row of blank cells inside a table."""
    picked = _sheet(dice, page)
    if picked is None:
        return None
    _, block, rows = picked
    free = [i for i in _keyed(rows) if all(b.rowspan == 1 for b in rows[i]) and not _covered(rows, i)]
    if not free:
        return None
    at = dice.choice(free)
    rows.insert(at + 1, [Box("", colspan=b.colspan) for b in rows[at]])
    return page.with_rows(block, rows)


def _covered(rows: Sequence[Sequence[Box]], at: int) -> bool:
    return any(k + b.rowspan > at for k, row in enumerate(rows[:at]) for b in row)


@operator("cut a row by a page", harmless=WITH_GRIDS)
def row_cut(dice: random.Random, page: Page) -> Page | None:
    """The end of a label goes on in a row of its own, without numbers."""
    picked = _sheet(dice, page, ("requests", "statistics"))
    if picked is None:
        return None
    _, block, rows = picked
    long = [i for i in _keyed(rows) if (k := label_at(tuple(rows[i]))) is not None and len(rows[i][k].text) > 12]
    long = [i for i in long if all(b.rowspan == 1 for b in rows[i])]
    if not long:
        return None
    at = dice.choice(long)
    k = label_at(tuple(rows[at]))
    assert k is not None
    text = rows[at][k].text
    cut = dice.randint(6, len(text) - 3)
    rest = [replace(b, key=None, text=text[cut:] if n == k else "") for n, b in enumerate(rows[at])]
    rows[at][k] = replace(rows[at][k], text=text[:cut])
    rows = [
        [replace(b, rowspan=b.rowspan + 1) if i < at < i + b.rowspan else b for b in row] for i, row in enumerate(rows)
    ]
    rows.insert(at + 1, rest)
    return page.with_rows(block, rows)


@operator("split a table", harmless=WITH_GRIDS)
def table_split(dice: random.Random, page: Page) -> Page | None:
    """The rest of a table is a table of its own, with its header rows again."""
    picked = _sheet(dice, page, ("requests", "statistics"))
    if picked is None:
        return None
    _, block, rows = picked
    keyed = _keyed(rows)
    free = [i for i in keyed[1:] if not _covered(rows, i)]
    if not free:
        return None
    at = dice.choice(free)
    first, rest = Sheet(tuple(map(tuple, rows[:at]))), Sheet(tuple(map(tuple, [*rows[: keyed[0]], *rows[at:]])))
    return page.with_block(block, first, rest)


@operator("cut the document")
def cut(dice: random.Random, page: Page) -> Page:
    """The document ends in the middle of a row."""
    block = dice.choice(page.sheets())
    rows = page.sheet(block).rows
    at = dice.randrange(len(rows))
    end = dice.randrange(len(rows[at]) + 1)
    kept: list[Row] = [*rows[:at], rows[at][:end]]
    made = replace(page, blocks=(*page.blocks[:block], Sheet(tuple(row for row in kept if row))))
    return made.telling(opens=page.truth)


# --- cells


def _cell(name: str, change: Callable[[random.Random, list[Box], int], tuple[list[Box], list[Key]] | None]) -> None:
    """Register an operator on one row: `change` takes the row and the place of a number, and returns the row and the
    cells that it no longer shows."""

    @operator(name, WITH_GRIDS)
    def changed(dice: random.Random, page: Page) -> Page | None:
        picked = _sheet(dice, page)
        if picked is None:
            return None
        table, block, rows = picked
        places = [(i, k) for i in _keyed(rows) for k, b in enumerate(rows[i]) if b.key and _NUMBER.fullmatch(b.text)]
        if not places:
            return None
        i, k = dice.choice(places)
        done = change(dice, list(rows[i]), k)
        if done is None:
            return None
        rows[i], gone = done
        return page.with_rows(block, rows).telling(opens=page.keys(table), without=gone)


def _dropped(dice: random.Random, row: list[Box], k: int) -> tuple[list[Box], list[Key]]:
    return [*row[:k], *row[k + 1 :]], []


def _inserted(dice: random.Random, row: list[Box], k: int) -> tuple[list[Box], list[Key]]:
    return [*row[:k], Box(dice.choice(["", "7", "31"])), *row[k:]], []


def _split(dice: random.Random, row: list[Box], k: int) -> tuple[list[Box], list[Key]] | None:
    text = row[k].text
    if len(text) < 2:
        return None
    at = dice.randint(1, len(text) - 1)
    return [*row[:k], Box(text[:at]), Box(text[at:]), *row[k + 1 :]], _keys([row[k]])


def _merged(dice: random.Random, row: list[Box], k: int) -> tuple[list[Box], list[Key]] | None:
    if k + 1 >= len(row) or row[k + 1].key is None:
        return None
    gone = _keys(row[k : k + 2])
    one = replace(row[k], colspan=row[k].colspan + row[k + 1].colspan, key=None)
    return [*row[:k], one, *row[k + 2 :]], gone


def _joined(dice: random.Random, row: list[Box], k: int) -> tuple[list[Box], list[Key]] | None:
    if k + 1 >= len(row) or row[k + 1].key is None or not row[k + 1].text:
        return None
    if not row[k].text.strip("0") and not row[k + 1].text.strip("0"):
        return None  # 00 is 0
    gone = _keys(row[k : k + 2])
    text = row[k].text + dice.choice(["", " ", "\n"] if row[k].text.strip("0") else [" ", "\n"]) + row[k + 1].text
    return [*row[:k], Box(text), Box("", colspan=row[k + 1].colspan), *row[k + 2 :]], gone


def _stretched(dice: random.Random, row: list[Box], k: int) -> tuple[list[Box], list[Key]]:
    return [*row[:k], replace(row[k], colspan=row[k].colspan + dice.choice([1, 7])), *row[k + 1 :]], []


def _tall(dice: random.Random, row: list[Box], k: int) -> tuple[list[Box], list[Key]]:
    return [*row[:k], replace(row[k], rowspan=2), *row[k + 1 :]], []


for _name, _change in {
    "drop a cell": _dropped,
    "insert a cell": _inserted,
    "split a number": _split,
    "merge two cells": _merged,
    "join two numbers": _joined,
    "stretch a cell": _stretched,
    "cell over two rows": _tall,
}.items():
    _cell(_name, _change)


@operator("merge down", ALL - OF_LINES)
def merged_down(dice: random.Random, page: Page) -> Page | None:
    """One number over several labelled rows is none of theirs. Lines and bars know no merged cells: there it is the first's."""
    picked = _sheet(dice, page, LABELLED)
    pair = _neighbours(dice, picked[2]) if picked else None
    if picked is None or pair is None:
        return None
    table, block, rows = picked
    i, j = pair
    n = dice.randrange(len(_keys(rows[i])))
    k, m = [x for x, b in enumerate(rows[i]) if b.key][n], [x for x, b in enumerate(rows[j]) if b.key][n]
    keys = _keys([rows[i][k]], [rows[j][m]])
    rows[i][k] = replace(rows[i][k], rowspan=2, key=None)
    del rows[j][m]
    return page.with_rows(block, rows).telling(opens=page.keys(table), without=keys)


@operator("lose a span", WITH_GRIDS)
def span_lost(dice: random.Random, page: Page) -> Page | None:
    """A merged cell is one of its own, so that what follows stands askew."""
    picked = _sheet(dice, page)
    if picked is None:
        return None
    table, block, rows = picked
    places = [(i, k) for i, row in enumerate(rows) for k, b in enumerate(row) if b.rowspan * b.colspan > 1]
    if not places:
        return None
    i, k = dice.choice(places)
    rows[i][k] = replace(rows[i][k], rowspan=1) if rows[i][k].rowspan > 1 else replace(rows[i][k], colspan=1)
    return page.with_rows(block, rows).telling(opens=page.keys(table))


def _texts(
    name: str,
    changes: Sequence[Callable[[random.Random, str], str]],
    *,
    harmless: bool = False,
    formats: frozenset[str] = ALL,
) -> None:
    """Register an operator on the texts of a table's numbers; where it is not harmless they are no counts any more."""

    @operator(name, formats, harmless=harmless)
    def changed(dice: random.Random, page: Page) -> Page:
        share, change = dice.choice([0.0, 0.3, 1.0]), dice.choice(changes)
        tables = [t for t in page.tables() if t != "statistics"] or page.tables()
        table = dice.choice(tables)
        keys = [b.key for b in page.boxes(table) if b.key and b.key[0] == table and _NUMBER.fullmatch(b.text)]
        keys = [key for key in keys if page.truth.get(key)]
        if not keys:
            return page
        chosen = {dice.choice(keys), *(key for key in keys if dice.random() < share)}
        made = page.with_boxes(lambda b: replace(b, text=change(dice, b.text)) if b.key in chosen else b, table)
        return made if harmless else made.telling(opens=page.keys(table), without=chosen)


def _thousands(dice: random.Random, text: str) -> str:
    return f"{int(text):,}"


def _full_width(dice: random.Random, text: str) -> str:
    return text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


_texts("thousands separators", [_thousands], harmless=True, formats=WITH_GRIDS)
_texts("full-width digits", [_full_width], harmless=True, formats=WITH_GRIDS)
_texts("number with its unit", [lambda dice, text: f"{text}件"], harmless=True, formats=WITH_GRIDS)
_texts(
    "no counts",
    [
        lambda dice, text: f"{text[:-1] or '0'}.{text[-1]}",
        lambda dice, text: f"-{text}",
        lambda dice, text: f"增{text}",
        lambda dice, text: f"约{text}",
        lambda dice, text: f"{text}%",
        lambda dice, text: f"{text}—{int(text) + 3}",
        lambda dice, text: f"{text}余",
    ],
)


# --- lines of text


@damaging("damage lines", OF_LINES)
def lines_damaged(dice: random.Random, data: bytes) -> bytes:
    """Up to three lines dropped, doubled, joined to the next, split, or with a stray number or remark before them."""
    lines = data.decode().split("\n")
    for _ in range(dice.randint(1, 3)):
        i = dice.randrange(len(lines) - 1)
        at = dice.randrange(len(lines[i]) + 1)
        changed: list[list[str]] = [
            [],
            [lines[i], lines[i]],
            [lines[i] + dice.choice([" ", ""]) + lines.pop(i + 1)],
            [lines[i][:at], lines[i][at:]],
            [str(dice.randint(0, 40)), lines[i]],
            ["（续表）单位：件", lines[i]],
        ]
        lines[i : i + 1] = dice.choice(changed)
    return "\n".join(lines).encode()

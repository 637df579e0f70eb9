"""Operators on columns and their headers: the printed headers say which column a number stands in."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tests.made.layouts import COLUMNS, PROCEDURES, RESULTS
from tests.trials.formats import WITH_GRIDS
from tests.trials.operator import operator
from tests.trials.page import Box, Key, Page, Sheet

#: Words that no form knows as a column.
STRANGE = ("其它群体", "备选一", "甲类", "数据", "情况", "", "第三方")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table on a page: its header box (row, place in the row) and its cells."""

    block: int
    head: tuple[int, int]
    keys: tuple[Key, ...]


def columns_of(page: Page, table: str) -> dict[tuple[str, str], Column]:
    """The columns by what they hold: (part, column code). `part` is "" but in disputes, where it is the procedure,
    and in the items disclosed, where it is the first row under the header."""
    found: dict[tuple[str, str], Column] = {}
    for block in page.sheets(table):
        sheet = page.sheet(block)
        starts = sheet.columns()
        for head, keys in _under_heads(sheet, starts, table).items():
            code = keys[0][2]
            part = {"requests": "", "statistics": ""}.get(table, keys[0][1])
            if all(key[2] == code for key in keys):
                found[part, code] = Column(block, head, tuple(keys))
    return found


def _under_heads(sheet: Sheet, starts: Sequence[Sequence[int]], table: str) -> dict[tuple[int, int], list[Key]]:
    """The cells under each header: the lowest box without a cell of the form above them."""
    heads: dict[int, tuple[int, int]] = {}
    found: dict[tuple[int, int], list[Key]] = {}
    for i, row in enumerate(sheet.rows):
        for k, box in enumerate(row):
            if box.key is None and box.text:
                heads |= dict.fromkeys(range(starts[i][k], starts[i][k] + box.colspan), (i, k))
            elif box.key is not None and box.key[0] == table and starts[i][k] in heads:
                found.setdefault(heads[starts[i][k]], []).append(box.key)
    return found


def retitled(page: Page, titles: Mapping[tuple[int, tuple[int, int]], str]) -> Page:
    """With other texts in header boxes, by block and place."""
    for (block, (i, k)), text in titles.items():
        rows = [list(row) for row in page.sheet(block).rows]
        rows[i][k] = replace(rows[i][k], text=text)
        page = page.with_rows(block, rows)
    return page


def title(page: Page, column: Column) -> str:
    """What a header says."""
    i, k = column.head
    return page.sheet(column.block).rows[i][k].text


def exchanged(page: Page, pairs: Iterable[tuple[Key, Key]]) -> Page:
    """With the contents of cells exchanged: each takes the other's place with its number."""
    by_key = {box.key: box for box in page.boxes() if box.key}
    other: dict[Key, Box] = {}
    for one, two in pairs:
        if one in by_key and two in by_key:
            other |= {one: by_key[two], two: by_key[one]}
    return page.with_boxes(lambda b: replace(b, text=other[b.key].text, key=other[b.key].key) if b.key in other else b)


def _pick(dice: random.Random, page: Page) -> tuple[str, Column, Column] | None:
    """Two columns of one table that can be told apart by their headers alone."""
    table = dice.choice(page.tables())
    found = columns_of(page, table)
    parts = sorted({part for part, _ in found})
    part = dice.choice(parts) if parts else ""
    here = [column for (p, _), column in found.items() if p == part and len(column.keys) > 0]
    here = [c for c in here if len({x.head for x in here if x.head == c.head}) == 1]
    if len(here) < 2:
        return None
    one, two = dice.sample(here, 2)
    return (table, one, two) if len(one.keys) == len(two.keys) and one.head != two.head else None


def _swapped(page: Page, one: Column, two: Column, says_one: str, says_two: str) -> Page:
    """Two columns in each other's place; `says_one` is printed over the numbers of the first."""
    page = exchanged(page, zip(one.keys, two.keys, strict=True))
    return retitled(page, {(one.block, one.head): says_two, (two.block, two.head): says_one})


@operator("exchange columns, headers known", harmless=WITH_GRIDS)
def columns_known(dice: random.Random, page: Page) -> Page | None:
    """Two columns with their headers."""
    picked = _pick(dice, page)
    if picked is None:
        return None
    _, one, two = picked
    return _swapped(page, one, two, title(page, one), title(page, two))


@operator("exchange columns, one header unknown")
def columns_one_unknown(dice: random.Random, page: Page) -> Page | None:
    """Two columns with their headers, of which no form knows one."""
    picked = _pick(dice, page)
    if picked is None:
        return None
    table, one, two = picked
    made = _swapped(page, one, two, title(page, one), dice.choice(STRANGE))
    return made.telling(opens=page.keys(table))  # the one header that is left may tell by its likeness what it is


@operator("exchange columns, both headers unknown")
def columns_both_unknown(dice: random.Random, page: Page) -> Page | None:
    """Two columns, and no form knows either header."""
    picked = _pick(dice, page)
    if picked is None:
        return None
    table, one, two = picked
    first, second = dice.sample(STRANGE, 2)
    # In section 2, where a block has two or three columns, titles stand for headers: no sum is there to be misled.
    marks = [*one.keys, *two.keys] if table != "proactive" else []
    return _swapped(page, one, two, first, second).telling(opens=page.keys(table), marks=marks)


@operator("shuffle columns, some headers unknown")
def columns_shuffled(dice: random.Random, page: Page) -> Page | None:
    """All columns of the requests in another order, several headers unknown."""
    found = columns_of(page, "requests")
    if len(found) < 7:
        return None
    codes = list(COLUMNS)
    dice.shuffle(codes)
    strange = set(dice.sample(codes, dice.randint(1, 4)))
    titles = {c: title(page, found["", c]) for c in COLUMNS}
    heads = {c: (found["", c].block, found["", c].head) for c in COLUMNS}
    texts = {box.key: box for box in page.boxes("requests") if box.key}
    at = dict(zip(COLUMNS, codes, strict=True))

    def change(box: Box) -> Box:
        if box.key is None or box.key[0] != "requests":
            return box
        there = texts.get((box.key[0], box.key[1], at[box.key[2]]))
        return replace(box, text=there.text, key=there.key) if there else box

    made = page.with_boxes(change, "requests")
    words = iter(dice.sample(STRANGE, len(strange)))
    says = {heads[place]: next(words) if code in strange else titles[code] for place, code in at.items()}
    return retitled(made, says).telling(
        opens=page.keys("requests"), marks=[key for key in page.keys("requests") if key[2] in strange]
    )


@operator("exchange procedures")
def procedures_exchanged(dice: random.Random, page: Page) -> Page | None:
    """行政复议 and the lawsuits in each other's place, under headers that no form knows."""
    return _procedures(dice, page, known=False)


@operator("exchange procedures, headers known", harmless=WITH_GRIDS)
def procedures_known(dice: random.Random, page: Page) -> Page | None:
    """The two kinds of lawsuits in each other's place with their headers."""
    return _procedures(dice, page, known=True)


def _procedures(dice: random.Random, page: Page, known: bool) -> Page | None:
    if "disputes" not in page.tables():
        return None
    block = page.sheets("disputes")[0]
    heads = [
        (i, k)
        for i, row in enumerate(page.sheet(block).rows)
        for k, box in enumerate(row)
        if box.key is None and box.colspan == 5
    ]
    if len(heads) != 3:
        return None
    reconsideration, direct, after = heads
    texts = [page.sheet(block).rows[i][k].text for i, k in heads]
    pair = (1, 2) if known else dice.choice(list(pairwise(range(3))))
    made = exchanged(
        page, ((("disputes", PROCEDURES[pair[0]], c), ("disputes", PROCEDURES[pair[1]], c)) for c in RESULTS)
    )
    one, two = heads[pair[0]], heads[pair[1]]
    if known:
        return retitled(made, {(block, one): texts[pair[1]], (block, two): texts[pair[0]]})
    first, second = dice.sample(STRANGE, 2)
    marks = [("disputes", PROCEDURES[p], c) for p in pair for c in RESULTS]
    made = retitled(made, {(block, one): first, (block, two): second})
    del reconsideration, direct, after
    return made.telling(opens=page.keys("disputes"), marks=[key for key in marks if key in page.truth])


@operator("another year in a header")
def header_of_another_year(dice: random.Random, page: Page) -> Page | None:
    """A header names another year: its column is not the report's."""
    picked = _pick(dice, page)
    if picked is None:
        return None
    table, one, _ = picked
    words = dice.choice([f"{page.year - 1}年", "上年", f"{page.year - dice.randint(2, 9)}年度", "去年", "历年累计"])
    made = retitled(page, {(one.block, one.head): words + title(page, one)})
    marks = one.keys if table != "proactive" else ()
    return made.telling(opens=page.keys(table), marks=marks, without=one.keys)


@operator("this year in a header", harmless=WITH_GRIDS)
def header_of_this_year(dice: random.Random, page: Page) -> Page | None:
    """The header names the report's own year."""
    picked = _pick(dice, page)
    if picked is None or picked[0] == "statistics":
        return None
    _, one, _ = picked
    return retitled(page, {(one.block, one.head): f"{page.year}年{title(page, one)}"})


@operator("scale the unit of a header")
def header_of_another_unit(dice: random.Random, page: Page) -> Page | None:
    """A header counts in hundreds or ten thousands: 5 under it is not 5."""
    picked = _pick(dice, page)
    if picked is None:
        return None
    table, one, _ = picked
    unit = dice.choice(["万件", "百件", "千件"])
    made = retitled(page, {(one.block, one.head): f"{title(page, one)}（单位：{unit}）"})
    return made.telling(opens=page.keys(table)).in_unit(one.keys, unit)

"""Operators that hide, strike out, raise and cover: what a person does not read as the number is not the number."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from pipelines.read.document import Paragraph
from tests.made.renderers.looks import dressed
from tests.trials.formats import WITH_LOOKS
from tests.trials.operator import operator
from tests.trials.page import Box, Page, Sheet

_NUMBER = re.compile(r"\d+")


def _numbers(dice: random.Random, page: Page, change: Callable[[str], str]) -> Page:
    """One number in a table, some, or all of them changed in their text."""
    share = dice.choice([0.0, 0.1, 1.0])
    keys = [box.key for box in page.boxes() if box.key and _NUMBER.fullmatch(box.text)]
    chosen = {dice.choice(keys), *(key for key in keys if dice.random() < share)}
    return page.with_boxes(lambda box: replace(box, text=change(box.text)) if box.key in chosen else box)


def _beside(dice: random.Random, page: Page, look: str, before: bool, texts: Callable[[str], str]) -> Page:
    way = dice.randrange(16)

    def change(text: str) -> str:
        if look in ("raised", "lowered") and text == "10":
            return text  # 10³ may be a power
        piece = dressed(texts(text), look, way)
        return piece + text if before else text + piece

    return _numbers(dice, page, change)


@operator("hide beside", WITH_LOOKS, harmless=WITH_LOOKS - {"pdf-unruled"})
def hidden_beside(dice: random.Random, page: Page) -> Page:
    """An unseen number beside a number."""
    return _beside(dice, page, "unseen", dice.random() < 0.5, lambda text: str(dice.randint(0, 999)))


@operator("hide same digit beside", WITH_LOOKS, harmless=WITH_LOOKS - {"pdf-unruled"})
def hidden_twin(dice: random.Random, page: Page) -> Page:
    """The number itself, unseen beside it: times 11 where it is one digit, so that every sum still holds."""
    return _beside(dice, page, "unseen", dice.random() < 0.5, lambda text: text)


@operator("strike before", WITH_LOOKS, harmless=WITH_LOOKS - {"pdf-unruled"})
def struck_before(dice: random.Random, page: Page) -> Page:
    """A struck number before the right one."""
    return _beside(dice, page, "struck", True, lambda text: str(dice.randint(0, 9999)))


#: Printed as a raised digit, a mark in a PDF leaves its cell unread.
_MARKS_GO = WITH_LOOKS - {"pdf", "pdf-unruled"}


@operator("raise behind", _MARKS_GO, harmless=True)
def raised_behind(dice: random.Random, page: Page) -> Page:
    """A footnote mark behind a number."""
    return _beside(dice, page, "raised", False, lambda text: str(dice.randint(1, 9)))


@operator("raise same digit behind", _MARKS_GO, harmless=True)
def raised_twin(dice: random.Random, page: Page) -> Page:
    """A footnote mark that is the last digit of its number: times 11 where it is one digit."""
    return _beside(dice, page, "raised", False, lambda text: text[-1] if text[-1] != "0" else "1")


@operator("raise or lower in print", frozenset({"pdf", "pdf-unruled"}))
def marked_in_print(dice: random.Random, page: Page) -> Page:
    """The same in a PDF, where the cell may stay unread."""
    look = dice.choice(["raised", "lowered"])
    return _beside(dice, page, look, False, lambda text: text[-1]).telling(opens=page.truth)


@operator("lower behind", _MARKS_GO, harmless=True)
def lowered_behind(dice: random.Random, page: Page) -> Page:
    """A lowered mark behind a number."""
    return _beside(dice, page, "lowered", False, lambda text: str(dice.randint(1, 9)))


@operator("hide beside labels", WITH_LOOKS, harmless=WITH_LOOKS - {"pdf-unruled"})
def hidden_in_labels(dice: random.Random, page: Page) -> Page:
    """Unseen words behind labels."""
    way, words = dice.randrange(16), dice.choice(["上年", "不", "（单位：万件）", "2019年", "12"])

    def change(box: Box) -> Box:
        return replace(box, text=box.text + dressed(words, "unseen", way)) if box.text and box.key is None else box

    return page.with_boxes(change)


@operator("hide a row", WITH_LOOKS, harmless=WITH_LOOKS - {"pdf-unruled"})
def hidden_row(dice: random.Random, page: Page) -> Page:
    """A copy of a row with other numbers, all of it unseen or struck out."""
    return _with_copy(dice, page, dice.choice(["unseen", "struck"]), dice.randrange(16))


def _with_copy(dice: random.Random, page: Page, look: str, way: int) -> Page:
    index = dice.choice(page.sheets())
    rows = list(page.sheet(index).rows)
    whole = [i for i, row in enumerate(rows) if any(b.key for b in row) and all(b.rowspan == 1 for b in row)]
    if not whole:
        return page
    at = dice.choice(whole)
    copy = tuple(
        replace(b, key=None, text=dressed(str(dice.randint(1, 99)) if b.key else b.text, look, way) if b.text else "")
        for b in rows[at]
    )
    # A group's cell beside it reaches over one row more, else the rows below stand askew.
    rows = [
        _wider(row, columns, i, at)
        for i, (row, columns) in enumerate(zip(rows, page.sheet(index).columns(), strict=True))
    ]
    rows.insert(at + 1, copy)
    return page.with_rows(index, rows)


def _wider(row: tuple[Box, ...], columns: list[int], i: int, at: int) -> tuple[Box, ...]:
    del columns
    return tuple(replace(b, rowspan=b.rowspan + 1) if i <= at < i + b.rowspan and b.rowspan > 1 else b for b in row)


@operator("hide in prose", WITH_LOOKS - {"xlsx"}, harmless=WITH_LOOKS - {"pdf-unruled"})
def hidden_in_prose(dice: random.Random, page: Page) -> Page:
    """An unseen or struck digit before numbers of the narrative."""
    look, way = dice.choice(["unseen", "struck"]), dice.randrange(16)

    def change(text: str) -> str:
        return re.sub(r"(?<!\d)\d+(?=[件条次人])", lambda m: dressed(str(dice.randint(1, 9)), look, way) + m[0], text)

    blocks = [replace(b, text=change(b.text)) if isinstance(b, Paragraph) else b for b in page.blocks]
    return replace(page, blocks=tuple(blocks))


@operator("hide the number", WITH_LOOKS)
def hidden_whole(dice: random.Random, page: Page) -> Page:
    """The only number of some cells is unseen or struck out: a blank."""
    return gone(dice, page, dice.choice(["unseen", "struck"]), dice.randrange(16))


def gone(dice: random.Random, page: Page, look: str, way: int) -> Page:
    """Some numbers dressed; their cells, and all that add up with them, are open."""
    keys = [box.key for box in page.boxes() if box.key and _NUMBER.fullmatch(box.text)]
    chosen = set(dice.sample(keys, dice.choice([1, 3, len(keys) // 2])))
    tables = {table for table, _, _ in chosen}
    changed = page.with_boxes(lambda b: replace(b, text=dressed(b.text, look, way)) if b.key in chosen else b)
    return changed.telling(opens=[k for k in page.truth if k[0] in tables], without=chosen)


@operator("hide a table", WITH_LOOKS)
def hidden_table(dice: random.Random, page: Page) -> Page:
    """All numbers of a table are unseen."""
    table, way = dice.choice(page.tables()), dice.randrange(16)
    keys = page.keys(table)
    changed = page.with_boxes(
        lambda b: replace(b, text=dressed(b.text, "unseen", way)) if b.key and b.text else b, table
    )
    return changed.telling(without=keys)


def sheet_of(page: Page, table: str) -> tuple[int, Sheet]:
    """The first block that holds a table, and the table."""
    index = page.sheets(table)[0]
    return index, page.sheet(index)

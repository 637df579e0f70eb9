"""Operators on labels and captions: a label means what it says, of the year and in the unit that stand there."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from expectations.forms import forms
from pipelines.parse.numbers import UNITS
from pipelines.read.document import Paragraph
from tests.trials.formats import WITH_GRIDS
from tests.trials.operator import operator
from tests.trials.page import Box, Page, Row

#: Tables whose rows have labels of their own.
LABELLED = ("requests", "proactive", "statistics")
_HAN = re.compile("[\u4e00-\u9fff]")
_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)+")


def label_at(row: Row) -> int | None:
    """The place of a row's own label: the last text before its first cell."""
    first = next((k for k, box in enumerate(row) if box.key), 0)
    return next((k for k in range(first - 1, -1, -1) if _HAN.search(row[k].text) and row[k].text not in UNITS), None)


def relabelled(page: Page, table: str, change: Callable[[str, str], str]) -> Page:
    """With each row's own label changed: `change` takes the row's code and the label."""
    for block in page.sheets(table):
        rows = [list(row) for row in page.sheet(block).rows]
        for row in rows:
            code = next((box.key[1] for box in row if box.key and box.key[0] == table), None)
            k = label_at(tuple(row))
            if code is not None and k is not None:
                row[k] = replace(row[k], text=change(code, row[k].text))
        page = page.with_rows(block, rows)
    return page


def _table(dice: random.Random, page: Page) -> str:
    return dice.choice([t for t in page.tables() if t in LABELLED])


def _one_row(dice: random.Random, page: Page, change: Callable[[str], str]) -> Page:
    """One row's label says something else: the page shows no number of that row."""
    table = _table(dice, page)
    row = dice.choice(page.rows(table))
    keys = [key for key in page.keys(table) if key[1] == row]
    made = relabelled(page, table, lambda code, text: change(text) if code == row else text)
    return made.telling(opens=page.keys(table), marks=keys, without=keys)


@operator("negate a label")
def negated(dice: random.Random, page: Page) -> Page:
    """不予以公开, 非自然人 …"""
    word = dice.choice(["不", "未", "非", "不予"])
    return _one_row(dice, page, lambda text: _behind_number(text, word))


@operator("last year's label")
def of_last_year(dice: random.Random, page: Page) -> Page:
    """上年…, 累计…, 2017年…; a label that says 上年 already stays what it is."""
    word = dice.choice(["上年", "上年度", "去年", "历年累计", "累计", f"{page.year - dice.randint(1, 5)}年"])

    def change(text: str) -> str:
        return "某项数量" if "年" in text.replace("本年", "") else _behind_number(text.replace("本年", ""), word)

    return _one_row(dice, page, change)


def _behind_number(text: str, word: str) -> str:
    number = _NUMBERED.match(text)
    end = number.end() if number else 0
    return text[:end] + word + text[end:]


@operator("damage labels")
def damaged(dice: random.Random, page: Page) -> Page:
    """One character of some labels is another one."""
    return _damaged(dice, page, dice.choice([0.1, 0.5, 1.0]))


def _damaged(dice: random.Random, page: Page, share: float) -> Page:
    def change(code: str, text: str) -> str:
        places = [m.start() for m in _HAN.finditer(text)]
        if not places or dice.random() > share:
            return text
        at = dice.choice(places)
        return text[:at] + dice.choice("口某X图犬") + text[at + 1 :]

    table = _table(dice, page)
    return relabelled(page, table, change).telling(opens=page.keys(table))


@operator("exchange rows", harmless=WITH_GRIDS)
def rows_exchanged(dice: random.Random, page: Page) -> Page | None:
    """Two rows of one shape in each other's place, labels and all."""
    return _rows_exchanged(dice, page)


@operator("exchange rows, labels damaged")
def rows_exchanged_damaged(dice: random.Random, page: Page) -> Page | None:
    """The same, and characters of the labels are damaged."""
    made = _rows_exchanged(dice, page)
    return _damaged(dice, made, 1.0).telling(opens=page.truth) if made else None


def _rows_exchanged(dice: random.Random, page: Page) -> Page | None:
    table = dice.choice([t for t in page.tables() if t in ("requests", "proactive")] or [""])
    if not table:
        return None
    block = dice.choice(page.sheets(table))
    rows = list(page.sheet(block).rows)
    alike = [
        list(places)
        for shape, places in groupby(range(len(rows)), lambda i: [(b.rowspan, b.colspan, bool(b.key)) for b in rows[i]])
        if any(has_key for _, _, has_key in shape) and all(rowspan == 1 for rowspan, _, _ in shape)
    ]
    alike = [run for run in alike if len(run) > 1]
    if not alike:
        return None
    i, j = dice.sample(dice.choice(alike), 2)
    rows[i], rows[j] = rows[j], rows[i]
    return page.with_rows(block, rows)


@operator("blank own labels, rows shuffled")
def blank_labels(dice: random.Random, page: Page) -> Page | None:
    """All own labels of the requests are blank, and rows of one shape stand in another order: nobody can tell them apart."""
    if "requests" not in page.tables():
        return None
    page = _rows_exchanged(dice, page) or page
    page = _rows_exchanged(dice, page) or page
    made = relabelled(page, "requests", lambda code, text: "")
    return made.telling(opens=page.keys("requests"), marks=page.keys("requests"))


@operator("spell labels otherwise", harmless=True)
def spelled(dice: random.Random, page: Page) -> Page:
    """Labels in any spelling that the form knows, each with its own number."""
    table = _table(dice, page)
    labels = {r.code: r.spellings for form in forms().values() if table in form.tables for r in form.tables[table].rows}

    def change(code: str, text: str) -> str:
        number = _NUMBERED.match(text)
        spelling = dice.choice(labels.get(code) or [text])
        return (number[0] if number else "") + _NUMBERED.sub("", spelling)

    return relabelled(page, table, change) if table != "statistics" else page


@operator("space out labels", harmless=True)
def spaced(dice: random.Random, page: Page) -> Page:
    """Spaces and breaks inside labels."""
    space = dice.choice([" ", "\u3000", "\u00a0", "\n"])

    def change(code: str, text: str) -> str:
        at = dice.randrange(len(text) + 1)
        return text[:at] + space + text[at:]

    return relabelled(page, _table(dice, page), change)


def _captioned(page: Page, table: str, text: str) -> Page:
    block = page.sheets(table)[0]
    return page.with_block(block, Paragraph(text, "caption"), page.blocks[block])  # type: ignore[arg-type]


def _bannered(page: Page, table: str, text: str) -> Page:
    block = page.sheets(table)[0]
    sheet = page.sheet(block)
    width = sheet.table().width
    return page.with_rows(block, [[Box(text, colspan=width)], *sheet.rows])


_NAMES = {
    "requests": "收到和处理政府信息公开申请情况",
    "proactive": "主动公开政府信息情况",
    "disputes": "政府信息公开行政复议、行政诉讼情况",
    "statistics": "政府信息公开情况统计表",
}


@operator("another year in the caption")
def caption_of_another_year(dice: random.Random, page: Page) -> Page:
    """The text above a table names another year."""
    return _of_another_year(dice, page, _captioned)


@operator("another year in a banner")
def banner_of_another_year(dice: random.Random, page: Page) -> Page:
    """The first row of a table names another year."""
    return _of_another_year(dice, page, _bannered)


def _of_another_year(dice: random.Random, page: Page, put: Callable[[Page, str, str], Page]) -> Page:
    table = dice.choice(page.tables())
    year = page.year + dice.choice([-1, -2, 1])
    text = dice.choice([f"{year}年{_NAMES[table]}", f"{_NAMES[table]}（{year}年度）", f"表1 {year}年{_NAMES[table]}表"])
    return put(page, table, text).telling(marks=page.keys(table), without=page.keys(table))


@operator("this year in the caption", harmless=True)
def caption_of_this_year(dice: random.Random, page: Page) -> Page:
    """The text above a table names the report's year."""
    table = dice.choice(page.tables())
    put = dice.choice([_captioned, _bannered])
    return put(page, table, dice.choice([f"{page.year}年{_NAMES[table]}", f"{_NAMES[table]}（{page.year}年度）"]))


@operator("unit of items in the caption", harmless=True)
def caption_of_items(dice: random.Random, page: Page) -> Page:
    """单位：件."""
    table = dice.choice([t for t in page.tables() if t in ("requests", "disputes")] or page.tables())
    return _captioned(page, table, "单位：件") if table != "statistics" else page


@operator("scale the unit in the caption")
def caption_of_another_unit(dice: random.Random, page: Page) -> Page | None:
    """单位：万件 above a table: 5 in it is not 5. An annex has a unit in each row, which is nearer."""
    if "statistics" in page.tables():
        return None
    table = dice.choice(page.tables())
    put = dice.choice([_captioned, _bannered])
    unit = dice.choice(["万件", "百件", "千件"])
    keys = [key for key in page.keys(table) if "yuan" not in f"{key[1]}{key[2]}" and "fees" not in key[2]]
    made = put(page, table, f"单位：{unit}")
    return made.telling(opens=keys).in_unit(keys, unit)


@operator("footnote row", harmless=WITH_GRIDS)
def footnote_row(dice: random.Random, page: Page) -> Page:
    """A last row of words over the full width."""
    table = dice.choice(page.tables())
    block = page.sheets(table)[-1]
    sheet = page.sheet(block)
    words = dice.choice(["注：本表数据截至12月31日。", "说明：表中空白处为零。", "填表人：张三 审核人：李四"])
    return page.with_rows(block, [*sheet.rows, [Box(words, colspan=sheet.table().width)]])

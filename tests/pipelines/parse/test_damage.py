"""Random damage to a page or text: whatever is then read wrong is not verified, and never passes unnoticed."""

from __future__ import annotations

import random
import re

from pipelines.parse import Hints, parse
from pipelines.read import read
from tests.made import layouts as lay
from tests.made.cases import folded
from tests.made.figures import Cells, made

TD = re.compile(r"<td[^>]*>[^<]*</td>")
TR = re.compile(r"<tr>.*?</tr>")


def without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + text[match.end() :]


def damaged_page(dice: random.Random, page: str) -> str:
    """One cell or row dropped, doubled or inserted, or one span lost or made too large."""
    cell = dice.choice(list(TD.finditer(page)))
    row = dice.choice(list(TR.finditer(page)))
    span = dice.choice(list(re.finditer(r' (?:row|col)span="\d+"', page)))
    damage = dice.randrange(7)
    if damage < 3:
        return without(page, (cell, row, span)[damage])
    if damage == 3:
        return page[: cell.start()] + "<td></td>" + page[cell.start() :]
    if damage == 4:
        return page[: row.end()] + row[0] + page[row.end() :]
    if damage == 5:
        return page[: span.start()] + span[0].split("=")[0] + '="9"' + page[span.end() :]
    return page[: cell.start() + 3] + ' colspan="2"' + page[cell.start() + 3 :]


def damaged_text(dice: random.Random, text: str) -> str:
    """One line dropped, doubled, joined to the next, split, or a stray number or remark put in."""
    lines = text.split("\n")
    i = dice.randrange(3, len(lines) - 1)
    cut = dice.randrange(len(lines[i]) + 1)
    changed = [
        [],
        [lines[i], lines[i]],
        [lines[i] + " " + lines.pop(i + 1)],
        [lines[i][:cut], lines[i][cut:]],
        [str(dice.randint(1, 40)), lines[i]],
        ["（续表）单位：件", lines[i]],
    ]
    lines[i : i + 1] = dice.choice(changed)
    return "\n".join(lines)


def page_or_text(seed: int, cells: Cells, form: str, year: int) -> str:
    dice = random.Random(seed)
    body = "示例市人民政府"
    if seed % 2:
        disputes = dice.choice(["official", "stacked", "apart", "transposed"])
        tables = lay.proactive_html(form, cells, split=seed % 3 == 0), lay.requests_html(form, cells)
        return damaged_page(dice, lay.page(body, year, *tables, lay.disputes_html(cells, disputes)))
    style = dice.choice(["line", "behind", "ahead", "amid", "column"])
    lines = lay.requests_lines(form, cells, style, dice.choice([6, 9, 14]))
    return damaged_text(
        dice, lay.text_report(body, year, lay.proactive_lines(form, cells), lines, lay.disputes_lines(cells), True)
    )


@folded("seed", range(160))
def test_damage_is_noticed(seed: int) -> None:
    form, year, single = [("2021", 2023, False), ("2021", 2022, True), ("2019", 2020, True)][seed % 3]
    cells = made(form, seed, single)
    hints = Hints("x", report_year=year, body_name="示例市人民政府")
    report = parse(read(page_or_text(seed, cells, form, year).encode(), "x"), hints)
    wrong = {
        (f.table, f.row, f.column): (f.value, f.grade)
        for f in report.facts
        if f.value is not None
        and "unmapped" not in f.row + f.column
        and cells.get((f.table, f.row, f.column)) != f.value
    }
    noticed = any(c.outcome == "fails" and c.kind in ("identity", "structure") for c in report.checks)
    assert not {k: v for k, v in wrong.items() if v[1] == "verified"}
    assert noticed or not wrong

"""Made annexes of form 2014 (政府信息公开情况统计表) in the layouts of the nation and of provinces.

The figures satisfy every identity of the form by construction and are all different from 0 but for some rows; the
labels are the form's. A layout gives the markup of a table and the cells that it prints.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from expectations.forms import Label, forms
from pipelines.read import read
from tests.made.layouts import td, title, tr
from tests.made.renderers.content import Content

Value = int | Decimal
#: A column of figures by row code.
Column = dict[str, Value]
#: Expected cells by (row, column).
Cells = dict[tuple[str, str], Value]
TABLE = forms()["2014"].tables["statistics"]
#: The rows of the form itself; local annexes have others in their stead.
ROWS = [row for row in TABLE.rows if row.code in TABLE.expected_rows([])]
GROUPS = {group.code: group for group in TABLE.groups}
BODY, YEAR = "示例市人民政府", 2016
#: The sums of the form, by hand: the total first.
SUMS = (
    ("requests.received", *(f"requests.received_{how}" for how in ("in_person", "by_fax", "online", "by_letter"))),
    ("requests.completed", "requests.completed_on_time", "requests.completed_extended"),
    (
        "answers.denied",
        "answers.denied_state_secret",
        "answers.denied_trade_secret",
        "answers.denied_privacy",
        "answers.denied_public_safety_stability",
        "answers.denied_not_government_information",
        "answers.denied_other_law",
    ),
    (
        "requests.answered",
        "answers.already_public",
        "answers.granted",
        "answers.partially_granted",
        "answers.denied",
        "answers.not_this_agency",
        "answers.does_not_exist",
        "answers.clarification_asked",
        "answers.other_channel",
    ),
    ("reconsideration.total", "reconsideration.upheld", "reconsideration.corrected", "reconsideration.other"),
    ("litigation.total", "litigation.upheld", "litigation.corrected", "litigation.other"),
    ("organisation.staff", "organisation.staff_full_time", "organisation.staff_part_time"),
)
#: Rows that a province added: behind which row, and their label and unit.
ADDED = {
    "channel.other": ("6.政务公开栏公开政府信息数", "条"),
    "answers.other_channel": ("9.其他答复情形数", "件"),
    "training.participants": ("（四）编发政府信息公开工作简报数", "期"),
}


def made(seed: int) -> Column:
    """One column of figures: money with decimals, sums right, no two of the sums' parts alike by rule."""
    dice = random.Random(seed)
    column: Column = {row.code: dice.randint(1, 9999) for row in ROWS}
    for code in ("fees.collected_10k_yuan", "organisation.budget_10k_yuan"):
        column[code] = Decimal(dice.randint(11, 999)) / 10 + Decimal("0.01")
    for total, *parts in SUMS:
        column[total] = sum(int(column[part]) for part in parts)
    return column


def added_up(*columns: Column) -> Column:
    """The sum of columns, row by row."""
    return {code: sum((column[code] for column in columns[1:]), columns[0][code]) for code in columns[0]}


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout: its table's markup, and the cells that it prints under the codes they should be read as."""

    markup: str
    cells: Cells
    strange: tuple[tuple[str, str], ...] = ()


def _cells(**columns: Column) -> Cells:
    return {(row, name.replace("__", ".")): v for name, column in columns.items() for row, v in column.items()}


def _show(value: Value) -> str:
    return str(value)


def sequence(table_rows: Mapping[str, Value]) -> list[Label]:
    """The headings and rows in the form's order, rows only those given."""
    found: dict[str, Label] = {}
    for row in ROWS:
        if row.code in table_rows:
            for code in row.under:
                if code in GROUPS:
                    found.setdefault(code, GROUPS[code])
            found[row.code] = row
    return list(found.values())


def _bare(label: str) -> str:
    """A label without its number and 其中."""
    return re.sub(r"^(?:[一二三四五六七八九]、|（[一二三四五六七八九]）|\d\.|其中：)", "", label)


def listed(head: list[str], columns: list[Column], *, unit: bool = True, index: bool = False) -> str:
    """Rows under one another: [index] label [unit] numbers. Headings have a dash for unit and blanks for numbers."""
    lines = list(head)
    for n, label in enumerate(sequence(columns[0]), 1):
        name = _bare(label.official) if index else label.official
        cells = [td(str(n))] if index else []
        cells += [td(name)]
        cells += [td(label.unit or "—")] if unit else []
        cells += [td(_show(c[label.code]) if label.code in c else "") for c in columns]
        lines.append(tr(*cells))
    return f"<table>{''.join(lines)}</table>"


def national(column: Column) -> Layout:
    """统计指标, 单位, 统计数."""
    return Layout(listed([tr(td("统计指标"), td("单位"), td("统计数"))], [column]), _cells(value=column))


def indexed(column: Column) -> Layout:
    """A column of running numbers before labels that have none."""
    head = tr(td("序号"), td("指标名称"), td("计量单位"), td("数量"))
    return Layout(listed([head], [column], index=True), _cells(value=column))


def periods(column: Column) -> Layout:
    """本期 and 累计."""
    cumulative = added_up(column, made(901))
    head = [
        tr(td("统计指标", rowspan=2), td("单位", rowspan=2), td("统计数", colspan=2)),
        tr(td("本期"), td("累计")),
    ]
    return Layout(listed(head, [column, cumulative]), _cells(value=column, cumulative=cumulative))


def years(column: Column) -> Layout:
    """The year before, then the year reported on."""
    before = made(902)
    head = [tr(td("指标"), td("单位"), td("2015年"), td("2016年"))]
    return Layout(listed(head, [before, column]), _cells(previous_year=before, value=column))


def levels(column: Column) -> Layout:
    """The level's own organs and two districts before the sum."""
    own, east, west = column, made(903), made(904)
    whole = added_up(own, east, west)
    head = [
        tr(td("统计指标", rowspan=2), td("单位", rowspan=2), td("2016年度", colspan=4)),
        tr(td("市本级"), td("甲区"), td("乙县"), td("合计")),
    ]
    return Layout(
        listed(head, [own, east, west, whole]),
        _cells(value=whole, own_level=own, unmapped__2=east, unmapped__3=west),
    )


def unheaded(column: Column) -> Layout:
    """No head and no units."""
    return Layout(listed([], [column], unit=False), _cells(value=column))


def grouped(column: Column) -> Layout:
    """Headings as merged cells at the left; units in the labels."""
    lines = [tr(td("项目", colspan=2), td("统计数据"))]
    rows = [row for row in ROWS if row.code in column]
    tops = [next((u for u in row.under if u in GROUPS or u.endswith(".total")), row.code) for row in rows]
    tops = [row.under[0] if row.under else row.code for row in rows]
    for i, row in enumerate(rows):
        first = i == 0 or tops[i] != tops[i - 1]
        official = (
            GROUPS[tops[i]].official if tops[i] in GROUPS else next(r.official for r in rows if r.code == tops[i])
        )
        name = "总数" if row.code == tops[i] else row.official
        cells = [td(official, rowspan=tops.count(tops[i]))] if first else []
        lines.append(tr(*cells, td(f"{name}（{row.unit}）"), td(_show(column[row.code]))))
    return Layout(f"<table>{''.join(lines)}</table>", _cells(value=column))


def indented(column: Column) -> Layout:
    """Labels of deeper rows begin further right; all end at the same column."""
    lines = [tr(td("统计指标", colspan=4), td("单位"), td("数值"))]
    for label in sequence(column):
        depth = min(len(label.under), 3) if label.code in column else 0
        cells = [td("", colspan=depth)] if depth else []
        cells.append(td(label.official, colspan=4 - depth))
        number = _show(column[label.code]) if label.code in column else ""
        lines.append(tr(*cells, td(label.unit or ""), td(number)))
    return Layout(f"<table>{''.join(lines)}</table>", _cells(value=column))


def beside(column: Column) -> Layout:
    """Two halves side by side under one head."""
    labels = sequence(column)
    half = (len(labels) + 1) // 2
    lines = [tr(*[td(t) for t in ("统计指标", "单位", "统计数")] * 2)]
    for k in range(half):
        cells = []
        for label in (labels[k], labels[k + half] if k + half < len(labels) else None):
            number = _show(column[label.code]) if label and label.code in column else ""
            cells += [td(label.official if label else ""), td(label.unit or "" if label else ""), td(number)]
        lines.append(tr(*cells))
    return Layout(f"<table>{''.join(lines)}</table>", _cells(value=column))


def provincial(column: Column) -> Layout:
    """Three rows that a province added, a footer with who filled it in, and a title inside the table."""
    lines = [
        tr(td("政府信息公开情况统计表（2016年度）", colspan=3)),
        tr(td("填报单位（盖章）：示例市"), td("填报日期：2017年1月10日", colspan=2)),
        tr(td("统计指标"), td("单位"), td("统计数")),
        tr(td("甲"), td("乙"), td("1")),
    ]
    strange = []
    for n, label in enumerate(sequence(column)):
        number = _show(column[label.code]) if label.code in column else ""
        lines.append(tr(td(label.official), td(label.unit or "——"), td(number)))
        if label.code in ADDED:
            name, unit = ADDED[label.code]
            lines.append(tr(td(name), td(unit), td(str(70 + n))))
            strange.append((name, str(70 + n)))
    lines.append(tr(td("单位负责人：甲某"), td("审核人：乙某"), td("联系电话：12345678")))
    lines.append(tr(td("注：本表按件次统计。", colspan=3)))
    return Layout(f"<table>{''.join(lines)}</table>", _cells(value=column), tuple(strange))


def in_pieces(column: Column) -> Layout:
    """A table a top heading, only the first with a head."""
    whole = national(column).markup
    rows = re.findall(r"<tr>.*?</tr>", whole)
    cuts = [i for i, row in enumerate(rows) if re.match(r"<tr><td>[一二三四五六七八九]、", row)]
    bounds = [0, *cuts[1:], len(rows)]
    return Layout(
        "".join(f"<table>{''.join(rows[a:b])}</table>" for a, b in pairwise(bounds)),
        _cells(value=column),
    )


@dataclass(frozen=True, slots=True)
class Untidy:
    """A table's markup, and the literal text of each of its cells."""

    markup: str
    raw: dict[tuple[str, str], str]


def untidy(seed: int) -> Untidy:
    """A table in any known spelling, with blanks and signs, some rows lost, with or without 序号, 单位, 累计 and 备注."""
    dice = random.Random(seed)
    column = made(seed)
    signs = ["", "/", "—", "无", "0"]
    raw = {c: f"{v:,}" if dice.random() < 0.85 else dice.choice(signs) for c, v in column.items()}
    for code in dice.sample(list(raw), dice.choice([0, 0, 1, 3])):
        del raw[code]
    apart, unit, more, remark, bare = (dice.random() < 0.5 for _ in range(5))
    head = ["序号"] * apart + ["统计指标"] + ["单位"] * unit
    head += [dice.choice(["统计数", "数量", "本期", "2016年", "合计"])] + ["历年累计"] * more + ["备注"] * remark
    lines = [tr(*map(td, head))]
    for label in sequence(raw):
        number = _NUMBER.match(label.official)
        spelling = dice.choice(label.spellings)
        name = spelling[number.end() :] if number and spelling == label.official else spelling
        name = name if apart or bare or not number else number[0] + name
        cells = ([number[0] if number else ""] if apart else []) + [name] + [label.unit or ""] * unit
        cells += [raw.get(label.code, "")] + [f"{column[label.code] + 5}" if label.code in raw else ""] * more
        lines.append(tr(*map(td, cells + [""] * remark)))
    cells_ = {(code, "value"): text for code, text in raw.items()}
    cells_ |= {(code, "cumulative"): f"{column[code] + 5}" for code in raw if more}
    return Untidy(f"<table>{''.join(lines)}</table>", cells_)


_NUMBER = re.compile(r"^(?:[一二三四五六七八九]、|（[一二三四五六七八九]）|\d\.)")
LAYOUTS: dict[str, Callable[[Column], Layout]] = {
    f.__name__: f
    for f in (
        national,
        indexed,
        periods,
        years,
        levels,
        unheaded,
        grouped,
        indented,
        beside,
        provincial,
        in_pieces,
    )
}

PROSE = (
    ("一、概述", "2016年，本市认真贯彻《政府信息公开条例》。"),
    ("二、主动公开政府信息情况", "全年通过政府网站公开信息，内容见附表。"),
    ("三、依申请公开政府信息办理情况", "本年度收到的申请均已按时答复。"),
    ("四、政府信息公开的收费及减免情况", "本年度未收取检索、复制、邮寄费用。"),
    ("五、因政府信息公开申请行政复议、提起行政诉讼的情况", "行政复议和行政诉讼的数量见附表。"),
    ("六、政府信息公开工作存在的主要问题及改进措施", "一是公开内容不够丰富。二是人员力量不足。下一步将加强培训。"),
    ("七、机构建设和保障经费情况", "各单位均有专人负责。"),
    ("八、其他需要报告的事项", "无其他需要报告的事项。"),
)


def page(table: str, year: int = YEAR, prose: tuple[tuple[str, str], ...] = PROSE, caption: str = "") -> str:
    """A whole report with its annex behind the narrative."""
    parts = "".join(f"<p>{heading}</p><p>{text}</p>" for heading, text in prose)
    caption = caption or "附件：政府信息公开情况统计表"
    return (
        f"<html><head><meta charset='utf-8'><title>{title(BODY, year)}</title></head><body><h1>{title(BODY, year)}</h1>"
        f"<p>本报告由{BODY}编制，统计期限为{year}年1月1日至{year}年12月31日。</p>{parts}<p>{caption}</p>{table}"
        f"<p>{year + 1}年3月20日</p></body></html>"
    )


def content(table: str) -> Content:
    """A report with its annex, to render in any file format."""
    return Content("annex", read(page(table).encode(), "annex.html").blocks)

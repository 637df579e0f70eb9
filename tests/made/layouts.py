"""Made reports in the layouts that governments and converters publish. Labels are the form's, sentences our own."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from expectations.forms import Label, forms
from tests.made.figures import APPLICANTS, Cells, request_rows

COLUMNS = (*APPLICANTS, "total")
RESULTS = ("upheld", "corrected", "other", "pending", "total")
PROCEDURES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
SECTION_TITLES = {n: s.official for n, s in forms()["2021"].sections.items()}
NUMERALS = "一二三四五六七八九"
Spell = Callable[[Label], str]


def official(label: Label) -> str:
    """The form's own spelling."""
    return label.official


def any_spelling(seed: int) -> Spell:
    """Any known spelling, drawn with a seed."""
    dice = random.Random(seed)
    return lambda label: dice.choice(label.spellings)


def show(value: int | None) -> str:
    """A cell as printed."""
    return "" if value is None else str(value)


def heading(number: int) -> str:
    """`三、收到和处理政府信息公开申请情况`."""
    return f"{NUMERALS[number - 1]}、{SECTION_TITLES[number]}"


def title(body: str, year: int) -> str:
    """The report's title."""
    return f"{body}{year}年政府信息公开工作年度报告"


# ---------------------------------------------------------------- HTML


def tag(name: str, text: str, **attributes: int) -> str:
    """An element; spans of one are left out."""
    spans = "".join(f' {k}="{v}"' for k, v in attributes.items() if v != 1)
    return f"<{name}{spans}>{text}</{name}>"


def td(text: str, colspan: int = 1, rowspan: int = 1) -> str:
    """A cell."""
    return tag("td", text, colspan=colspan, rowspan=rowspan)


def tr(*cells: str) -> str:
    """A row."""
    return f"<tr>{''.join(cells)}</tr>"


def page(body: str, year: int, proactive: str, requests: str, disputes: str, prose: str = "") -> str:
    """A whole page around three tables."""
    tables = {2: proactive, 3: requests, 4: disputes}
    parts = [
        f"<p>{heading(n)}</p>{tables.get(n, f'<p>本节为测试文字。{prose if n == 1 else str()}</p>')}"
        for n in range(1, 7)
    ]
    return (
        f"<html><head><meta charset='utf-8'><title>{title(body, year)}</title></head><body><h1>{title(body, year)}</h1>"
        f"<p>数据统计期限为{year}年1月1日至{year}年12月31日。</p>{''.join(parts)}<p>{year + 1}年1月20日</p></body></html>"
    )


def one_table(body: str, year: int, proactive: str, requests: str, disputes: str) -> str:
    """A report laid out as one table: headings and prose are rows over the full width, as Word users make them."""
    rows = {2: proactive, 3: requests, 4: disputes}
    parts = [tr(td(title(body, year), colspan=15))]
    for n in range(1, 7):
        prose = "本节为测试文字，写得长一些以便看出它是正文而不是表格的标签。" * 4
        parts += [
            tr(td(heading(n), colspan=15)),
            rows[n].replace("<table>", "").replace("</table>", "") if n in rows else tr(td(prose, colspan=15)),
        ]
    return f"<html><head><title>{title(body, year)}</title></head><body><table>{''.join(parts)}</table></body></html>"


def proactive_html(form: str, cells: Cells, spell: Spell = official, split: bool = False) -> str:
    """Section 2: one table with banners, or (`split`) a table a block under a paragraph."""
    width = max(len(b.columns) for b in forms()[form].tables["proactive"].blocks) + 1
    tables, rows = [], []
    for block in forms()[form].tables["proactive"].blocks:
        last = 1 if split else width - len(block.columns)
        banner = tr(td(block.label, colspan=width))
        head = tr(td("信息内容"), *_cells([spell(c) for c in block.columns], last))
        lines = [
            tr(td(spell(r)), *_cells([show(cells["proactive", r.code, c.code]) for c in block.columns], last))
            for r in block.rows
        ]
        if split:
            tables.append(f"<p>{block.label}</p><table>{head}{''.join(lines)}</table>")
        rows += [banner, head, *lines]
    return "".join(tables) if split else f"<table>{''.join(rows)}</table>"


def _cells(texts: Sequence[str], last: int) -> list[str]:
    return [td(t, colspan=last if i == len(texts) - 1 else 1) for i, t in enumerate(texts)]


def request_head(spell: Spell = official, columns: Sequence[str] = COLUMNS) -> list[str]:
    """The three header rows of section 3, columns in any order."""
    table = forms()["2021"].tables["requests"]
    labels = {c.code: c for c in table.columns}
    leaf = [td(spell(labels[c])) for c in columns]
    inner = [c for c in columns if labels[c].under]
    second = [td(spell(labels[c]), rowspan=2) for c in columns if not labels[c].under]
    if list(columns) == list(COLUMNS):
        second.insert(1, td("法人或其他组织", colspan=len(inner)))
        third = [td(spell(labels[c])) for c in inner]
        return [
            tr(td(f"（{table.note}）", colspan=3, rowspan=3), td("申请人情况", colspan=7)),
            tr(*second),
            tr(*third),
        ]
    return [tr(td(f"（{table.note}）", colspan=3), *leaf)]


def requests_html(
    form: str, cells: Cells, spell: Spell = official, columns: Sequence[str] = COLUMNS, head: list[str] | None = None
) -> str:
    """Section 3 as the official matrix with merged group labels."""
    table = forms()[form].tables["requests"]
    labels = {r.code: r for r in table.rows}
    groups = {g.code: g.official for g in table.groups}
    rows = request_rows(form, cells)
    lines = head if head is not None else request_head(spell, columns)
    lines = list(lines)
    open_groups: set[str] = set()
    for code in rows:
        under = labels[code].under
        row = [td(groups[g], rowspan=sum(g in labels[r].under for r in rows)) for g in under if g not in open_groups]
        open_groups |= set(under)
        row.append(td(spell(labels[code]), colspan=3 - len(under)))
        row += [td(show(cells["requests", code, c])) for c in columns]
        lines.append(tr(*row))
    return f"<table>{''.join(lines)}</table>"


def requests_flat_html(form: str, cells: Cells, spell: Spell = official) -> str:
    """Section 3 without merged groups: one label column, group labels on rows of their own."""
    table = forms()[form].tables["requests"]
    labels = {r.code: r for r in table.rows}
    groups = {g.code: g.official for g in table.groups}
    lines = [tr(td("项目"), *(td(c.official) for c in table.columns))]
    seen: set[str] = set()
    for code in request_rows(form, cells):
        for group in labels[code].under:
            if group not in seen:
                seen.add(group)
                lines.append(tr(td(groups[group], colspan=8)))
        lines.append(tr(td(spell(labels[code])), *(td(show(cells["requests", code, c])) for c in COLUMNS)))
    return f"<table>{''.join(lines)}</table>"


def disputes_html(cells: Cells, style: str = "official", spell: Spell = official) -> str:
    """Section 4: `official` one row of 15, `stacked` three rows, `apart` three tables, `transposed` results down."""
    table = forms()["2021"].tables["disputes"]
    heads = [spell(c) for c in table.columns]
    names = {r.code: r.official for r in table.rows}
    values = {p: [show(cells["disputes", p, c]) for c in RESULTS] for p in PROCEDURES}
    if style == "official":
        return "<table>{}{}{}{}</table>".format(
            tr(td("行政复议", colspan=5), td("行政诉讼", colspan=10)),
            tr(
                *(td(h, rowspan=2) for h in heads),
                td(names[PROCEDURES[1]], colspan=5),
                td(names[PROCEDURES[2]], colspan=5),
            ),
            tr(*(td(h) for h in heads * 2)),
            tr(*(td(v) for p in PROCEDURES for v in values[p])),
        )
    if style == "stacked":
        lines = [tr(td(names[p]), *(td(v) for v in values[p])) for p in PROCEDURES]
        return f"<table>{tr(td('类别'), *(td(h) for h in heads))}{''.join(lines)}</table>"
    if style == "transposed":
        lines = [tr(td(h), *(td(values[p][k]) for p in PROCEDURES)) for k, h in enumerate(heads)]
        return f"<table>{tr(td('结果'), *(td(names[p]) for p in PROCEDURES))}{''.join(lines)}</table>"
    return "".join(
        f"<p>{names[p]}</p><table>{tr(*(td(h) for h in heads))}{tr(*(td(v) for v in values[p]))}</table>"
        for p in PROCEDURES
    )


# ---------------------------------------------------------------- text


def broken(text: str, width: int) -> list[str]:
    """A label as a narrow cell leaves it: lines of `width` characters."""
    return [text[i : i + width] for i in range(0, len(text), width)]


def requests_lines(form: str, cells: Cells, style: str, width: int = 12, spell: Spell = official) -> list[str]:
    """Section 3 as loose lines.

    `line`: label and numbers on one line; `behind`: broken label, then the numbers; `ahead`: the numbers, then the
    label; `amid`: the numbers after the first piece of the label; `column`: each number on a line of its own.
    """
    table = forms()[form].tables["requests"]
    labels = {r.code: r for r in table.rows}
    groups = {g.code: g.official for g in table.groups}
    lines = [
        f"（{table.note}）",
        "申请人情况",
        "自然人 法人或其他组织 总计",
        "商业企业 科研机构 社会公益组织 法律服务机构 其他",
    ]
    seen: set[str] = set()
    for code in request_rows(form, cells):
        for group in labels[code].under:
            if group not in seen:
                seen.add(group)
                lines.append(groups[group])
        lines += _request_line(spell(labels[code]), [show(cells["requests", code, c]) for c in COLUMNS], style, width)
    return lines


def _request_line(label: str, numbers: list[str], style: str, width: int) -> list[str]:
    joined = " ".join(numbers)
    pieces = broken(label, width)
    if style == "line":
        return [f"{label} {joined}"]
    if style == "behind":
        return [*pieces, joined]
    if style == "ahead":
        return [joined, *pieces]
    if style == "amid":
        return [f"{pieces[0]} {joined}", *pieces[1:]]
    return [*pieces, *numbers]


def requests_pdf_lines(form: str, cells: Cells, seed: int) -> list[str]:
    """Section 3 as text extraction leaves a narrow table: numbers between the two halves of a label, pieces of the
    vertical group labels wherever they happen to fall, sometimes on the label's own line."""
    dice = random.Random(seed)
    table = forms()[form].tables["requests"]
    labels = {r.code: r for r in table.rows}
    groups = {g.code: g.official for g in table.groups}
    lines = [f"（{table.note}）", "申请人情况"]
    pending: list[str] = []
    seen: set[str] = set()
    for code in request_rows(form, cells):
        for group in labels[code].under:
            if group not in seen:
                seen.add(group)
                pending += broken(groups[group], 3)
        label = labels[code].official
        numbers = " ".join(show(cells["requests", code, c]) for c in COLUMNS)
        stray = pending.pop(0) if pending and dice.random() < 0.6 else ""
        if len(label) > 12:
            half = len(label) // 2 + dice.randint(-2, 2)
            lines += [f"{stray} {label[:half]}".strip(), numbers, label[half:]]
        else:
            lines += [*([stray] if stray else []), f"{label} {numbers}"]
    return lines


def proactive_lines(form: str, cells: Cells, spell: Spell = official, column: bool = False) -> list[str]:
    """Section 2 as loose lines; `column` puts every cell on a line of its own."""
    if column:
        return [cell for line in proactive_lines(form, cells, spell) for cell in line.split()]
    lines = []
    for block in forms()[form].tables["proactive"].blocks:
        lines += [block.label, " ".join(["信息内容", *(spell(c) for c in block.columns)])]
        lines += [
            " ".join([spell(r), *(show(cells["proactive", r.code, c.code]) for c in block.columns)]) for r in block.rows
        ]
    return lines


def disputes_lines(cells: Cells, column: bool = False) -> list[str]:
    """Section 4 as loose lines: the 15 numbers on one line, or one a line."""
    heads = ["行政复议 行政诉讼", "结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉"]
    numbers = [show(cells["disputes", p, c]) for p in PROCEDURES for c in RESULTS]
    return heads + (numbers if column else [" ".join(numbers)])


def text_report(
    body: str, year: int, proactive: list[str], requests: list[str], disputes: list[str], pages: bool = False
) -> str:
    """A whole report as text; `pages` puts a page number after every 20th line."""
    tables = {2: proactive, 3: requests, 4: disputes}
    lines = [title(body, year), f"（{year + 1}年1月20日）", f"数据统计期限为{year}年1月1日至{year}年12月31日。"]
    for n in range(1, 7):
        lines += [heading(n), *tables.get(n, ["本节为测试文字。"])]
    if pages:
        lines = [piece for i, line in enumerate(lines, 1) for piece in ([line] if i % 20 else [line, f"— {i // 20} —"])]
    return "\n".join(lines) + "\n"


def requests_pipes(
    form: str, cells: Cells, spell: Spell = official, cut: int = 0, label_last: bool = False
) -> list[str]:
    """Section 3 as pipe tables; `cut` rows a piece with headings between, the label before or after the numbers."""
    labels = {r.code: r for r in forms()[form].tables["requests"].rows}
    lines: list[str] = []
    rows = request_rows(form, cells)
    for i, code in enumerate(rows):
        if i == 0 or (cut and i % cut == 0):
            lines += [
                "",
                f"### 第{i + 1}部分",
                "| 类别 | 数据1 | 数据2 | 数据3 | 数据4 | 数据5 | 数据6 | 总计 |",
                "|" + "---|" * 8,
            ]
        numbers = [show(cells["requests", code, c]) for c in COLUMNS]
        label = spell(labels[code])
        lines.append("| " + " | ".join([*numbers, label] if label_last else [label, *numbers]) + " |")
    return lines

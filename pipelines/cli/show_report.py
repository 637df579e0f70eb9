"""One parsed report on the terminal: who and when, the tables as on the form, the narrative, and the checks that fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from expectations.forms import Form, FormTable, forms
from pipelines.bodies.body import Body
from pipelines.cli.screen import STYLES
from pipelines.cli.show_narrative import narrative
from pipelines.evaluate.cells import Score, total
from pipelines.evaluate.figures import FigureScore
from pipelines.evaluate.figures import total as figures_total
from pipelines.parse.report import Fact, Report
from pipelines.read.document import UNREAD, Document

#: OCR's confidence below which a reading is shown as doubtful.
DOUBTFUL = 0.9
_TITLES = {
    "proactive": "二、主动公开 proactive disclosure",
    "requests": "三、依申请公开 requests",
    "disputes": "四、复议诉讼 disputes",
    "statistics": "附表 政府信息公开情况统计表 statistics",
}


def report(parsed: Report, document: Document) -> RenderableType:
    """Everything that a clerk or journalist who checks one report needs."""
    form = forms().get(parsed.form)
    parts: list[RenderableType] = [_identity(parsed, document)]
    if form is not None:
        parts += [_statutory(name, parsed, form) for name in form.tables]
    return Group(*parts, narrative(parsed), _unmapped(parsed), _failed(parsed), _legend(parsed))


def _government(body: Body) -> str:
    """The government's code and name, and what must be known of it; or why it is not told."""
    if body.government_code is None:
        return "the state" if body.level == "state" else body.note or "unresolved"
    told = f"{body.government_code} {body.government_name}"
    return f"{told} ({body.note})" if body.note else told


def _identity(parsed: Report, document: Document) -> Panel:
    body = parsed.body
    rows = {
        "body 机关": f"{body.name} ({body.kind}, {body.level})",
        "government 行政区划": _government(body),
        "report year 年度": str(parsed.report_year),
        "form 格式": parsed.form,
        "scope 范围": f"{parsed.scope} ({parsed.scope_from})",
        "published 公开日期": str(parsed.published_on or "not stated"),
        "told by 依据": f"body: {parsed.body_from}, year: {parsed.year_from}",
        "sections 章节": ", ".join(str(s.number) for s in parsed.sections if s.number) or "none",
        "document 文件": f"{_format(document)}, {document.size_bytes:,} bytes, sha256 {document.sha256[:12]}…",
        **_by_ocr(parsed, document),
    }
    grid = Table.grid(padding=(0, 2))
    for name, value in rows.items():
        grid.add_row(Text(name, style="bold"), Text(value))
    return Panel(grid, title=Text(parsed.title or parsed.report_id), expand=False)


def _format(document: Document) -> str:
    """Format, encoding and pages, as far as the format has them."""
    pages = document.page_count
    counted = f"{pages} page{'s' if pages != 1 else ''}" if pages is not None else None
    return ", ".join(filter(None, (document.format, document.encoding, counted)))


def _by_ocr(parsed: Report, document: Document) -> dict[str, str]:
    """Tell what OCR read, and how sure it was; nothing where it read nothing."""
    sure = [f.confidence for f in parsed.facts if f.confidence is not None]
    if not sure and not document.ocr_page_count:
        return {}
    said = [f"{document.ocr_page_count} of {document.page_count or document.ocr_page_count} pages"]
    if sure:
        said += [f"{len(sure)} of {len(parsed.facts)} cells", f"lowest confidence {min(sure):.2f}"]
        doubtful = sum(_is_doubtful(f) for f in parsed.facts)
        said += [f"{doubtful} doubtful"] if doubtful else []
    return {"read by OCR 文字识别": ", ".join(said)}


def _is_doubtful(fact: Fact) -> bool:
    return fact.confidence is not None and fact.confidence < DOUBTFUL


def _statutory(name: str, parsed: Report, form: Form) -> RenderableType:
    cells = {(f.row, f.column): f for f in parsed.facts if f.table == name}
    table = form.tables[name]
    if not cells:
        return Panel(Text("absent from the document", style="bold yellow"), title=_TITLES[name], expand=False)
    if table.layout == "matrix":
        return _matrix(_TITLES[name], table, cells)
    if table.layout == "list":
        return _list(_TITLES[name], table, cells)
    return Group(Text(_TITLES[name], style="bold"), *(_block(table, i, cells) for i in range(len(table.blocks))))


def _matrix(title: str, table: FormTable, cells: Mapping[tuple[str, str], Fact]) -> Table:
    out = Table(title=title, title_justify="left", title_style="bold", row_styles=["", "on grey11"])
    out.add_column("")
    for column in table.columns:
        out.add_column(column.official, justify="right")
    for code in table.expected_rows(list(dict.fromkeys(row for row, _ in cells))):
        label = next(r.official for r in table.rows if r.code == code)
        out.add_row(Text(label), *(_cell(cells.get((code, c.code))) for c in table.columns))
    return out


def _list(title: str, table: FormTable, cells: Mapping[tuple[str, str], Fact]) -> Table:
    """One number a row, indented under its headings, with the columns that the document has besides."""
    columns = list(dict.fromkeys(["value", *(column for _, column in cells)]))
    names = {c.code: c.official for c in (*table.columns, *table.optional_columns)}
    groups = {group.code: group.official for group in table.groups}
    out = Table(title=title, title_justify="left", title_style="bold")
    out.add_column("")
    for column in columns:
        printed = next((f.column_label for (_, code), f in cells.items() if code == column and f.column_label), "")
        out.add_column(names.get(column, printed or column), justify="right")
    out.add_column("单位")
    shown: set[str] = set()
    for row in table.rows:
        for depth, group in enumerate(row.under):
            if group in groups and group not in shown:
                shown.add(group)
                out.add_row(Text("  " * depth + groups[group], style="bold"))
        own = [cells.get((row.code, column)) for column in columns]
        unit = next((fact.unit for fact in own if fact is not None and fact.unit), row.unit) or ""
        out.add_row(Text("  " * len(row.under) + row.official), *map(_cell, own), unit)
    return out


def _block(table: FormTable, number: int, cells: Mapping[tuple[str, str], Fact]) -> Table:
    block = table.blocks[number]
    out = Table(title=block.label, title_justify="left")
    out.add_column("信息内容")
    for column in block.columns:
        out.add_column(column.official, justify="right")
    for row in block.rows:
        out.add_row(Text(row.official), *(_cell(cells.get((row.code, c.code))) for c in block.columns))
    return out


def _cell(fact: Fact | None) -> Text:
    if fact is None:
        return Text("missing", style="bold yellow")
    if UNREAD in fact.raw:
        return Text(fact.raw.replace(UNREAD, "unread"), style="bold yellow")
    if _is_doubtful(fact):
        return Text(f"{fact.raw}?", style=f"{STYLES[fact.grade]} underline")
    return Text((fact.raw or "·") + ("≠" if fact.prose == "fails" else ""), style=STYLES[fact.grade])


def _unmapped(parsed: Report) -> RenderableType:
    strange = [f for f in parsed.facts if f.is_unmapped]
    if not strange:
        return Text("")
    out = Table(title="cells that no form knows", title_justify="left", title_style="bold yellow")
    for name in ("table", "row label", "cell", "where"):
        out.add_column(name)
    for fact in strange:
        out.add_row(fact.table, Text(fact.row_label), Text(fact.raw), fact.locator)
    return out


def _failed(parsed: Report) -> RenderableType:
    failed = [c for c in parsed.checks if c.outcome == "fails"]
    if not failed:
        return Text("no check fails", style="bold green")
    out = Table(title=f"{len(failed)} checks fail", title_justify="left", title_style="bold red")
    for name in ("kind", "check", "place", "finding"):
        out.add_column(name)
    for check in failed:
        out.add_row(check.kind, check.code, check.place, Text(check.message))
    return out


def _legend(parsed: Report) -> Text:
    grades = Counter(f.grade for f in parsed.facts)
    outcomes = Counter(c.outcome for c in parsed.checks if c.kind == "identity")
    line = Text(f"{len(parsed.facts)} facts").append(": " if parsed.facts else "")
    line.append(Text(", ").join(Text(f"{grades[g]} {g}", style=STYLES[g]) for g in STYLES if grades[g]))
    line.append("; identities: " + ", ".join(f"{n} {o.replace('_', ' ')}" for o, n in sorted(outcomes.items())))
    if any(_is_doubtful(f) for f in parsed.facts):
        line.append(
            f"; ? is a reading that OCR was not sure of (below {DOUBTFUL}); unread is ink that it could not read"
        )
    if any(f.prose == "fails" for f in parsed.facts):
        line.append("; ≠ is a number of which the narrative says another")
    return line.append("; · is a blank cell")


def figure_scores(listed: Iterable[FigureScore]) -> Group:
    """The table of `gongkai evaluate --figures`, and each error in a line."""
    every = list(listed)
    out = Table(title="figures of the narrative against gold statements", title_justify="left")
    out.add_column("report")
    for name in ("statements", "right", "wrong", "missing", "invented", "recall", "precision", "unmapped"):
        out.add_column(name, justify="right")
    for score in (*every, figures_total(every)):
        counts = (score.statements, score.right, score.wrong, score.missing, score.invented)
        shares = (score.recall, score.precision, score.unmapped_share)
        bad = score.wrong or score.missing or score.invented
        style = "bold" if score.key == "total" else "red" if bad else ""
        out.add_row(score.key, *map(str, counts), *(f"{share:.3f}" for share in shares), style=style)
    notes = [Text(f"{score.key}: {note}") for score in every for note in score.notes]
    return Group(out, *notes)


def scores(listed: Iterable[Score]) -> Table:
    """The table of `gongkai evaluate`."""
    every = list(listed)
    out = Table(title="parsed facts against gold cells", title_justify="left")
    for name in ("report", "table"):
        out.add_column(name)
    for name in ("right", "wrong", "missing", "invented", "wrong verified", "non-zero right"):
        out.add_column(name, justify="right")
    for score in (*every, total(every)):
        bad = score.wrong or score.missing or score.invented
        out.add_row(
            score.key,
            score.table,
            str(score.right),
            str(score.wrong),
            str(score.missing),
            str(score.invented),
            str(score.wrong_verified),
            f"{score.nonzero_right}/{score.nonzero}",
            style="red" if bad else ("bold" if score.key == "total" else ""),
        )
    return out

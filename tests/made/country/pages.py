"""Some of a country's reports as web pages, for runs from end to end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from expectations.forms import forms
from tests.made.country.frames import sentences
from tests.made.country.series import Report
from tests.made.figures import Cells
from tests.made.layouts import disputes_html, page, proactive_html, requests_html, td, title, tr


def write_pages(reports: Iterable[Report], folder: Path) -> list[Path]:
    """Write each report as `<report_id>.html`; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for report in reports:
        file = folder / f"{report.report_id}.html"
        file.write_text(html(report), encoding="utf-8")
        files.append(file)
    return files


def html(report: Report) -> str:
    """One report on its form, with the sentences of its narrative, which says that it speaks for all organs."""
    area = "省" if report.body.level == "province" else "市"
    prose = f"本报告数据由全{area}各级行政机关汇总。" + "".join(sentence for *_, sentence in sentences(report))
    if report.form in ("2019", "2021"):
        cells: Cells = {place: value if value is None else int(value) for place, value in report.cells.items()}
        return page(
            report.body.name,
            report.year,
            proactive_html(report.form, cells),
            requests_html(report.form, cells),
            disputes_html(cells),
            prose,
        )
    heading = title(report.body.name, report.year)
    annex = _annex(report) if report.form == "2014" else ""
    return (
        f"<html><head><meta charset='utf-8'><title>{heading}</title></head><body><h1>{heading}</h1>"
        f"<p>一、概述</p><p>{prose}</p>{annex}<p>{report.year + 1}年1月20日</p></body></html>"
    )


def _annex(report: Report) -> str:
    table = forms()["2014"].tables["statistics"]
    head = tr(*(td(text) for text in table.headings))
    lines = [
        tr(td(row.official), td(row.unit or ""), td(_printed(report.cells["statistics", row.code, "value"])))
        for row in table.rows
        if ("statistics", row.code, "value") in report.cells
    ]
    return f"<p>政府信息公开情况统计表（{report.year}年度）</p><table>{head}{''.join(lines)}</table>"


def _printed(value: object) -> str:
    return "" if value is None else str(value)

"""A country's reports as the parsed tables of the contract, and as Parquet: no document is read for it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl

from expectations import identities
from expectations.columns import Table, about, polars_schema
from expectations.forms import FormTable, forms
from expectations.indicators import indicators
from expectations.tables import PARSED, model_of
from pipelines.parquet import write_parquet
from pipelines.parse.requests import places
from pipelines.steps.shards import ALL, Shard, shard_path
from tests.made.country.series import Country, Place, Report
from tests.made.rows import valid_row

Row = dict[str, Any]
PROBLEMS = (
    ("interpretation", "政策解读形式较为单一"),
    ("interpretation", "政策解读的针对性有待加强"),
    ("staff_and_training", "基层工作人员业务能力需要提高"),
    ("staff_and_training", "培训次数偏少"),
    ("platform", "栏目更新不够及时"),
    ("request_handling", "答复文书的规范程度参差不齐"),
    ("proactive_scope", "主动公开的内容不够全面"),
    ("supervision", "考核机制尚不健全"),
)


def frames(country: Country) -> dict[str, pl.DataFrame]:
    """The parsed tables by name, in the order of their keys. Identities are tested, and facts graded, by the contract."""
    reports = list(country.reports.values())
    tested = {report.report_id: _tested(report) for report in reports}
    checks = [row for report in reports for row in _check_rows(report, tested[report.report_id])]
    failed: dict[str, int] = {}
    for check in checks:
        failed[check["report_id"]] = failed.get(check["report_id"], 0) + (check["outcome"] == "fails")
    rows: dict[str, list[Row]] = {
        "documents": [_document_row(report) for report in reports],
        "reports": [_report_row(report, failed.get(report.report_id, 0)) for report in reports],
        "sections": [_section_row(report) for report in reports],
        "checks": checks,
        "figures": [row for report in reports for row in _figure_rows(report)],
        "problems": [row for index, report in enumerate(reports) for row in _problem_rows(report, index)],
    }
    made = {about(model).name: _frame(model, rows.get(about(model).name, [])) for model in PARSED}
    made["facts"] = _facts(reports, tested)
    return {name: frame.sort(about(model_of(name)).key) for name, frame in made.items()}


def write(tables: dict[str, pl.DataFrame], folder: Path) -> Path:
    """Write the tables as shards of whole years; the folder."""
    for name, frame in tables.items():
        for (year,), part in frame.group_by("report_year"):
            path = shard_path(folder, name, Shard(str(year), ALL))
            path.parent.mkdir(parents=True, exist_ok=True)
            write_parquet(model_of(name), part, path)
    return folder


def _frame(model: type[Table], rows: list[Row]) -> pl.DataFrame:
    schema = polars_schema(model)
    return pl.DataFrame({name: [row[name] for row in rows] for name in schema}, schema=schema)


def _common(report: Report) -> Row:
    return {"report_id": report.report_id, "report_year": report.year}


def _sha(report: Report) -> str:
    return hashlib.sha256(report.report_id.encode()).hexdigest()


# ---------------------------------------------------------------- facts and checks


def _tested(report: Report) -> list[tuple[str, list[identities.IdentityResult]]]:
    """Every identity of the form at every place, table by table."""
    if report.form == "none":
        return []
    return [(table.name, list(_findings(table, report))) for table in forms()[report.form].tables.values()]


def _findings(table: FormTable, report: Report) -> Iterator[identities.IdentityResult]:
    cells = {(row, column): value for (name, row, column), value in report.cells.items() if name == table.name}
    rows = {row for row, _ in cells}
    for identity in table.identities:
        for finding in identities.findings(identity, cells, places(identity, table)):
            # Row and columns that the report does not have say nothing and have no check.
            if finding.cells and (identity.per == "column" or finding.place in rows):
                yield finding


def _check_rows(report: Report, tested: list[tuple[str, list[identities.IdentityResult]]]) -> Iterator[Row]:
    for table, findings in tested:
        for finding in findings:
            code = f"{table}.{finding.identity.code}"
            yield {
                **_common(report),
                "check_id": f"{report.report_id}/{code}/{finding.place}",
                "form": report.form,
                "kind": "identity",
                "check_code": code,
                "place": finding.place,
                "left_value": finding.left,
                "right_value": finding.right,
                "difference": finding.difference,
                "outcome": finding.outcome,
                "message": finding.identity.says,
            }


def _facts(
    reports: Sequence[Report], tested: dict[str, list[tuple[str, list[identities.IdentityResult]]]]
) -> pl.DataFrame:
    schema = polars_schema(model_of("facts"))
    parts = []
    for form in forms():
        chosen = [report for report in reports if report.form == form]
        if chosen:
            parts.append(_facts_of(form, chosen, tested).select(schema.names()).cast(schema))
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


def _facts_of(
    form: str, reports: Sequence[Report], tested: dict[str, list[tuple[str, list[identities.IdentityResult]]]]
) -> pl.DataFrame:
    """All reports of a form have the same cells in the same order: what the form says stands once, beside the numbers."""
    cells = list(reports[0].cells)
    values = list(chain.from_iterable([report.cells[cell] for cell in cells] for report in reports))
    proofs = list(chain.from_iterable(_proofs(report, cells, tested[report.report_id]) for report in reports))
    heads = pl.DataFrame([{**_common(report), "document_sha256": _sha(report), "form": form} for report in reports])
    template = pl.DataFrame(
        [_template(form, cell, index) for index, cell in enumerate(cells)], infer_schema_length=None
    )
    return heads.join(template, how="cross", maintain_order="left_right").with_columns(
        pl.Series("value", [None if value is None else float(value) for value in values], dtype=pl.Float64),
        pl.Series("printed_value", [None if value is None else float(value) for value in values], dtype=pl.Float64),
        pl.Series(
            "raw",
            ["" if value is None else f"{value:f}" if value != int(value) else str(int(value)) for value in values],
        ),
        pl.Series("grade", [proof.grade for proof in proofs]),
        pl.Series(
            "verified_by", [_codes(proof.held) if not proof.failed else None for proof in proofs], dtype=pl.String
        ),
        pl.Series("untested_identities", [_codes(proof.untested) for proof in proofs], dtype=pl.String),
        pl.concat_str("report_id", "form_table", "form_row", "form_column", separator="/").alias("fact_id"),
    )


def _proofs(
    report: Report, cells: list[Place], tested: list[tuple[str, list[identities.IdentityResult]]]
) -> Iterator[identities.Proof]:
    proven = {
        (table, row, column): proof
        for table, findings in tested
        for (row, column), proof in identities.proofs(findings).items()
    }
    return (proven.get(cell, identities.UNPROVEN) for cell in cells)


def _codes(codes: tuple[str, ...]) -> str | None:
    return " ".join(codes) or None


def _template(form: str, cell: Place, index: int) -> Row:
    name, row_code, column_code = cell
    table = forms()[form].tables[name]
    block = next(b for b in table.blocks if any(r.code == row_code for r in b.rows))
    row = next(r for r in block.rows if r.code == row_code)
    column = next(c for c in block.columns if c.code == column_code)
    unit = row.unit if table.layout == "list" else column.unit
    return {
        "form_table": name,
        "form_row": row_code,
        "form_column": column_code,
        # The form leaves the unit of 采购总金额 to the document; these print 元.
        "unit": "元" if column_code == "amount_yuan" else unit,
        "row_label": row.official,
        "column_label": column.official,
        "prose_outcome": None,
        "read_by": "text",
        "confidence": None,
        "locator": f"table {1 + list(forms()[form].tables).index(name)}",
        "grid_row": index,
        "grid_column": 1,
    }


# ---------------------------------------------------------------- the other tables


def _document_row(report: Report) -> Row:
    return {
        **valid_row(model_of("documents")),
        **_common(report),
        "document_sha256": _sha(report),
        "file_name": f"{report.report_id}.html",
        "format": "html",
        "encoding": "utf-8",
        "stands": True,
    }


def _report_row(report: Report, failed: int) -> Row:
    body = report.body
    return {
        **_common(report),
        "document_sha256": _sha(report),
        "body_id": body.body_id,
        "body_name": body.name,
        "body_kind": "government",
        "body_function": None,
        "accountability": None,
        "government_code": body.code,
        "government_name": body.government_name,
        "government_successor_code": None,
        "government_note": None,
        "level": body.level,
        "province_code": body.province_code,
        "province_name": body.province_name,
        "form": report.form,
        "scope": "territory",
        "scope_from": "count",
        "scope_sentence": None,
        "published_on": datetime.date(report.year + 1, 1, 20),
        "title": f"{body.name}{report.year}年政府信息公开工作年度报告",
        "body_from": "title",
        "year_from": "title",
        "identity_from": "title",
        "index_number": None,
        "fact_count": len(report.cells),
        "failed_check_count": failed,
    }


def sentences(report: Report) -> list[tuple[str, str, int, str]]:
    """What the narrative says: (indicator, scope, number, sentence)."""
    said = {"requests_received": "全{}收到政府信息公开申请{}件。", "items_disclosed": "全{}主动公开政府信息{}条。"}
    area = "省" if report.body.level == "province" else "市"
    found = [(name, "territory", value, said[name].format(area, value)) for name, value in report.narrated.items()]
    if report.own_received is not None:
        found.append(
            (
                "requests_received",
                "own_level",
                report.own_received,
                f"其中{area}本级收到政府信息公开申请{report.own_received}件。",
            )
        )
    return found


def _section_row(report: Report) -> Row:
    text = "".join(sentence for *_, sentence in sentences(report))
    return {**_common(report), "section": 1, "title": "总体情况", "text": text, "character_count": len(text)}


def _figure_rows(report: Report) -> Iterator[Row]:
    start = 0
    for ordinal, (indicator, scope, value, sentence) in enumerate(sentences(report), 1):
        number = start + sentence.index(str(value))
        unit = "件" if indicator == "requests_received" else "条"
        yield {
            **valid_row(model_of("figures")),
            **_common(report),
            "figure_id": f"{report.report_id}/figures/{ordinal}",
            "ordinal": ordinal,
            "indicator": indicator,
            "indicator_group": indicators()[indicator].group,
            "aspect": "amount",
            "value": float(value),
            "printed_value": float(value),
            "unit": unit,
            "normalised_value": float(value),
            "normalised_unit": unit,
            "scope": scope,
            "section": 1,
            "raw": str(value),
            "sentence": sentence,
            "sentence_start": start,
            "sentence_end": start + len(sentence),
            "number_start": number,
            "number_end": number + len(str(value)),
            "grade": "unverified",
            "document_sha256": _sha(report),
        }
        start += len(sentence)


def _problem_rows(report: Report, index: int) -> Iterator[Row]:
    """Two problems a report, some of them those of the year before."""
    for ordinal in (1, 2):
        theme, text = PROBLEMS[(index // ordinal + 3 * ordinal) % len(PROBLEMS)]
        yield {
            **_common(report),
            "problem_id": f"{report.report_id}/problems/{ordinal}",
            "ordinal": ordinal,
            "theme": theme,
            "second_theme": None,
            "text": text,
            "section": 5,
            "text_start": 0,
            "text_end": len(text),
            "commitment_id": None,
            "document_sha256": _sha(report),
        }

"""A comparison table as an XLSX workbook: a sheet that explains it, and a sheet with its rows below two header rows.

XlsxWriter makes the workbook with its headers, formats, filter and panes; the rows are put into the sheet's XML behind
it (`worksheet_xml`). The same rows give the same bytes.
"""

from __future__ import annotations

import datetime
import io
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import polars as pl
import pyarrow as pa
from xlsxwriter import Workbook

from expectations.columns import Column, Table, about, columns
from pipelines.publish import dataset
from pipelines.publish.sheets.worksheet_xml import column_letters, rows_xml

#: Codes and names.
HEADER_ROWS = 2
_ROWS_SHEET = "xl/worksheets/sheet2.xml"
_STYLED = re.compile(r'<col min="(\d+)" max="(\d+)"[^>]* style="(\d+)"')
_SHORT = 60
#: A workbook whose rows did not change is the same file in every release, and so names no version and no day.
_VERSION = "that of the release it lies in: see README.txt there 见所在版本的 README.txt"
_CREATED = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
#: Of compression: higher ones take twice as long for a tenth less.
_LEVEL = 3
#: XlsxWriter takes texts for formulas, links and numbers unless told otherwise.
_LITERAL = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(model: type[Table], row_count: int, batches: Iterable[pa.RecordBatch], path: Path) -> None:
    """Write a workbook of `row_count` rows, which come in batches in the table's order. The same rows, the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    empty = _skeleton(model, row_count)
    with path.open("wb") as file:
        with ZipFile(empty) as source, ZipFile(file, "w") as target:
            for name in source.namelist():
                # A ZipInfo has the first day that ZIP knows, whatever the clock says.
                entry = ZipInfo(name)
                entry.compress_type = ZIP_DEFLATED
                # Under this name in every Python: `compresslevel` of the file is not for entries with a date of their own.
                entry._compresslevel = _LEVEL  # type: ignore[attr-defined]
                with target.open(entry, "w", force_zip64=True) as part:
                    if name == _ROWS_SHEET:
                        for piece in _filled(source.read(name).decode(), model, row_count, batches):
                            part.write(piece.encode())
                    else:
                        part.write(source.read(name))
        file.flush()
        os.fsync(file.fileno())


def _filled(sheet: str, model: type[Table], row_count: int, batches: Iterable[pa.RecordBatch]) -> Iterator[str]:
    """The sheet's XML with the rows in it."""
    declared = columns(model)
    styles = {
        index: int(style) for first, last, style in _STYLED.findall(sheet) for index in range(int(first) - 1, int(last))
    }
    head, _, tail = sheet.partition("</sheetData>")
    whole = f'<dimension ref="A1:{column_letters(len(declared) - 1)}{row_count + HEADER_ROWS}"/>'
    yield re.sub(r'<dimension ref="[^"]*"/>', whole, head, count=1)
    number = HEADER_ROWS + 1
    for batch in batches:
        frame = pl.DataFrame(pa.Table.from_batches([batch]))
        yield rows_xml(frame, declared, styles, number)
        number += frame.height
    yield f"</sheetData>{tail}"


def _skeleton(model: type[Table], row_count: int) -> io.BytesIO:
    """The workbook without its rows."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, **_LITERAL}) as workbook:
        workbook.set_properties(
            {
                "title": f"{about(model).zh} {about(model).name}",
                "author": dataset.CREATOR,
                "comments": f"{dataset.NAME}, {dataset.LICENSE_ID}",
                "created": _CREATED,
            }
        )
        _explain(workbook, model, row_count)
        _head(workbook, model, row_count)
    made.seek(0)
    return made


def _explain(workbook: Any, model: type[Table], row_count: int) -> None:
    facts = about(model)
    sheet = workbook.add_worksheet("README 说明")
    bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 28, wrapped)
    sheet.set_column(2, 2, 80, wrapped)
    sheet.set_column(3, 5, 16, wrapped)
    lines = [
        ("Table 表", f"{facts.zh} {facts.name}"),
        ("Dataset 数据集", dataset.TITLE),
        ("Version 版本", _VERSION),
        ("Licence 许可", f"{dataset.LICENSE_TITLE}, {dataset.LICENSE_URL}"),
        ("Credit 署名", f"{dataset.CREATOR}, {dataset.LICENSE_ID}"),
        ("One row is 每行", facts.grain),
        ("Rows 行数", f"{row_count:,}"),
        ("About 说明", facts.description),
        *(("Do not assume 须知", caution) for caution in (*dataset.CAUTIONS, *dataset.CAUTIONS_ZH)),
    ]
    for row, (name, said) in enumerate(lines):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 2, said)
    start = len(lines) + 1
    for place, name in enumerate(("Column 字段", "中文", "Description 说明", "Unit 单位", "Type 类型", "Empty 可空")):
        sheet.write_string(start, place, name, bold)
    for row, column in enumerate(columns(model), start + 1):
        empty = "yes 是" if column.nullable else "no 否"
        cells = (column.name, column.zh, _described(column), column.unit or "", column.datapackage, empty)
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text)


def _described(column: Column) -> str:
    codes = f" One of: {', '.join(column.allowed)}." if 0 < len(column.allowed) <= 20 else ""
    return f"{column.description}.{codes}"


def _head(workbook: Any, model: type[Table], row_count: int) -> None:
    """The sheet of rows with its two header rows, the widths and formats of its columns, filter and frozen panes."""
    declared = columns(model)
    sheet = workbook.add_worksheet(about(model).name[:31])
    code = workbook.add_format({"bold": True, "bg_color": "#E7ECEF"})
    name = workbook.add_format({"text_wrap": True, "valign": "top", "bg_color": "#F5F7F8", "bottom": 1})
    formats: dict[str, Any] = {}
    for index, column in enumerate(declared):
        shown = number_format(column)
        formats.setdefault(shown, workbook.add_format({"num_format": shown}))
        sheet.set_column(index, index, 28 if column.polars is pl.String else 16, formats[shown])
        sheet.write_string(0, index, column.name, code)
        sheet.write_string(1, index, f"{column.zh} / {_short(column.description)}", name)
    sheet.set_row(1, 48)
    sheet.freeze_panes(HEADER_ROWS, min(2, len(declared)))
    sheet.autofilter(1, 0, HEADER_ROWS - 1 + max(row_count, 1), len(declared) - 1)


def number_format(column: Column) -> str:
    """Tell how Excel shows a column: shares as percentages, dates in ISO form, counts with separators, codes and years bare."""
    if column.polars is pl.Date:
        return "yyyy-mm-dd"
    if column.polars is pl.String:
        return "@"
    if column.unit == "share of 1":
        return "0.0%"
    if column.unit in (None, "share") or column.polars is pl.Boolean:
        return "General"
    return "#,##0.00" if "元" in column.unit else "#,##0"


def _short(description: str) -> str:
    """The first clause of a description, cut at a word."""
    clause = re.split(r"[;:.] ", description, maxsplit=1)[0]
    return clause if len(clause) <= _SHORT else clause[:_SHORT].rsplit(" ", 1)[0] + " …"

"""The table that says what became of each line of the register of corrections."""

import polars as pl

from expectations import vocabulary as words
from expectations.columns import Table, column
from expectations.indicators import indicators


class Corrections(Table):
    """Core: the register of corrections, line by line, and whether each was applied."""

    correction_id: str = column("Document and place that the line names, joined by `/`", zh="更正编号", unique=True)
    document_sha256: str = column(
        "SHA-256 of the document that the line is about", zh="文件哈希", pattern=r"^[0-9a-f]{64}$"
    )
    kind: str = column(
        "Cell of a statutory table, or figure of the narrative", zh="更正对象", allowed=words.CORRECTION_KINDS
    )
    form_table: str = column("Table of the cell; null for a figure", zh="表", nullable=True, allowed=words.FORM_TABLES)
    form_row: str = column("Row code of the cell", zh="行代码", nullable=True)
    form_column: str = column("Column code of the cell", zh="列代码", nullable=True)
    indicator: str = column(
        "Indicator of the figure, or `unmapped`; null for a cell",
        zh="指标代码",
        nullable=True,
        allowed=(words.UNMAPPED, *indicators()),
    )
    sentence: str = column("Piece of the figure's sentence that tells it from others", zh="原句片段", nullable=True)
    printed_text: str = column("Literal text that the line says is printed; empty for a blank cell", zh="登记原文")
    corrected_value: float = column("Number that it should be, in the printed unit", zh="更正值")
    reason: str = column("Why the printed number is not the right one", zh="更正理由")
    evidence: str = column("Where the right number is to be seen", zh="更正依据")
    corrected_by: str = column("Person or office that wrote the line", zh="更正人")
    corrected_on: pl.Date = column("Day on which it was written", zh="更正日期")
    correction_status: str = column(
        "Whether it was applied, and if not why", zh="更正状态", allowed=words.CORRECTION_STATES
    )
    report_id: str = column("Report that the document states; null where it is gone", zh="报告编号", nullable=True)
    place_id: str = column("`fact_id` or `figure_id` of the place, where there is one", zh="数据项编号", nullable=True)
    printed_now: str = column(
        "Literal text that stands there now; null where there is no such place", zh="现原文", nullable=True
    )

    class Config:
        """Table facts."""

        name = "corrections"
        title = "更正登记"
        description = (
            "Numbers that a person put right, with reason and evidence, and whether each line still fits. A line is applied "
            "only where document and printed text are those that it names; any other is reported here and changes nothing."
        )
        unique = ["correction_id"]
        metadata = {
            "grain": "one line of the register of corrections",
            "rules": {
                "only_a_cell_has_a_table": "kind = 'cell' or form_table is null",
                "only_a_figure_has_an_indicator": "kind = 'figure' or indicator is null",
                "no_place_prints_nothing": "place_id is not null or printed_now is null",
            },
        }

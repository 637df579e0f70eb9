"""The tables that a release has beside those of the warehouse: what changed since the last one, and its quality."""

from expectations import vocabulary as words
from expectations.columns import Table, column

CHANGED_TABLES = ("facts", "measures_by_report", "reports", "bodies")
CHANGE_KINDS = ("appeared", "changed", "vanished")
#: Why a row is another one than before.
CHANGE_REASONS = (
    "new_report",  # its report was not there before
    "report_gone",  # its report is no longer there
    "revision",  # another document stands for its report
    "other_document",  # a document was added to its report or taken away, and the same one stands
    "new_program",  # the same documents, read by another version of the parser
    "new_measure",  # a measure that there was not
    "measure_removed",  # a measure that there is no longer
    "redefined",  # the form's formula for the measure is another one
    "recomputed",  # none of these: other reports, a register or a step behind the parser changed
)
_GRADED_TABLES = ("facts", "figures")


class Changes(Table):
    """One row a row of the dataset that is another one than in the release before."""

    table_name: str = column("Table that it stands in", zh="表名", allowed=CHANGED_TABLES)
    row_id: str = column("Its key there: `fact_id`, `<report_id>/<measure>`, `report_id` or `body_id`", zh="数据行编号")
    report_id: str = column("Report; null for bodies", zh="报告编号", nullable=True)
    report_year: int = column(
        "Year that the report is about; null for bodies", zh="报告年度", nullable=True, minimum=2008, maximum=2100
    )
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it, the name of now where there are two", zh="机关名称")
    change: str = column("Whether it appeared, changed or vanished", zh="变化", allowed=CHANGE_KINDS)
    reason: str = column(
        "Why, as far as documents and versions tell: the first that applies of new_report, report_gone, revision, "
        "new_measure, measure_removed, redefined, other_document, new_program, recomputed",
        zh="变化原因",
        allowed=CHANGE_REASONS,
    )
    old_value: float = column("Number before; null where there was none", zh="原值", nullable=True)
    new_value: float = column("Number now; null where there is none", zh="现值", nullable=True)
    old_text: str = column(
        "Before: the literal text of a fact, the state of a measure, of a report or body the columns that differ",
        zh="原文字",
        nullable=True,
    )
    new_text: str = column("The same now", zh="现文字", nullable=True)
    old_grade: str = column("Grade before", zh="原可信等级", nullable=True, allowed=words.GRADES)
    new_grade: str = column("Grade now", zh="现可信等级", nullable=True, allowed=words.GRADES)
    old_document_sha256: str = column("Document that stood for the report", zh="原文件哈希", nullable=True)
    new_document_sha256: str = column("Document that stands for it now", zh="现文件哈希", nullable=True)

    class Config:
        """Table facts."""

        name = "changes"
        title = "版本变化"
        description = (
            "What appeared, changed or vanished since the release before, by value, text or grade. A row that is the same "
            "has no row here, and a first release has none at all."
        )
        unique = ["table_name", "row_id"]
        metadata = {
            "grain": "one row of facts, measures_by_report, reports or bodies that is another one than before",
            "rules": {
                "what_appeared_was_not_there": "change <> 'appeared' or (old_value is null and old_grade is null)",
                "what_vanished_is_not_there": "change <> 'vanished' or (new_value is null and new_grade is null)",
            },
        }


class CoverageByYear(Table):
    """Quality: reports by year and level."""

    report_year: int = column("Year that the reports are about", zh="报告年度", minimum=2008, maximum=2100)
    level: str = column("Level of the bodies in the state", zh="行政层级", allowed=words.LEVELS)
    body_count: int = column(
        "Bodies whose first report is not later and whose last is not earlier", zh="机关数", unit="bodies", minimum=0
    )
    present_count: int = column("Reports that are there", zh="有报告数", unit="reports", minimum=0)
    contradicted_count: int = column(
        "Reports that are there and have contradicted facts", zh="有矛盾报告数", unit="reports", minimum=0
    )
    absent_count: int = column("Years in between without a report", zh="缺报告数", unit="reports", minimum=0)

    class Config:
        """Table facts."""

        name = "coverage_by_year"
        title = "分年度报告覆盖"
        description = (
            "How many reports there are of the bodies that are known. A body that never was in the source is not counted as "
            "absent; `coverage` says which reports are missing."
        )
        unique = ["report_year", "level"]
        metadata = {"grain": "one level of one report year"}


class GradesByYear(Table):
    """Quality: how far the numbers of a year can be trusted."""

    table_name: str = column("Facts of the tables or figures of the narrative", zh="表名", allowed=_GRADED_TABLES)
    report_year: int = column("Year that the reports are about", zh="报告年度", minimum=2008, maximum=2100)
    form: str = column("Statutory form of the reports", zh="格式版本", allowed=words.FORMS)
    grade: str = column("Grade", zh="可信等级", allowed=words.GRADES)
    row_count: int = column("Rows of that grade", zh="行数", unit="rows", minimum=1)
    share: float = column(
        "Of all rows of that table, year and form", zh="占比", unit="share of 1", minimum=0, maximum=1
    )

    class Config:
        """Table facts."""

        name = "grades_by_year"
        title = "分年度可信等级"
        description = "Facts and figures by grade. `unverified` is no fault: nothing could be tested. Figures know no `conflicting`."
        unique = ["table_name", "report_year", "form", "grade"]
        metadata = {"grain": "one grade of one table, report year and form"}


class FailedChecksByCode(Table):
    """Quality: the checks that fail, by what they check."""

    check_code: str = column("Code of the check", zh="校验代码")
    form: str = column("Statutory form that the check belongs to", zh="格式版本", allowed=words.FORMS)
    kind: str = column("What kind of check it is", zh="校验类别", allowed=words.CHECK_KINDS)
    failed_count: int = column("Places where it fails", zh="未通过数", unit="checks", minimum=1)
    tested_count: int = column("Places where it could be tested", zh="已校验数", unit="checks", minimum=1)
    report_count: int = column("Reports in which it fails", zh="涉及报告数", unit="reports", minimum=1)

    class Config:
        """Table facts."""

        name = "failed_checks_by_code"
        title = "未通过校验汇总"
        description = (
            "Checks of reports that fail, counted. What fails is printed so: it is the bodies' own arithmetic, or a misreading "
            "(`failed_checks` names each with its file). Comparisons between years are in `cross_year_checks`."
        )
        unique = ["check_code", "form", "kind"]
        metadata = {
            "grain": "one check of one form that fails somewhere",
            "rules": {"what_fails_was_tested": "failed_count <= tested_count"},
        }


class CorrectionsByStatus(Table):
    """Quality: the register of corrections, by what became of its lines."""

    correction_status: str = column(
        "Whether lines were applied, and if not why", zh="更正状态", allowed=words.CORRECTION_STATES
    )
    kind: str = column("Cell of a table or figure of the narrative", zh="更正对象", allowed=words.CORRECTION_KINDS)
    line_count: int = column("Lines of the register", zh="条数", unit="lines", minimum=1)
    example_correction_id: str = column("One of them", zh="示例更正编号")

    class Config:
        """Table facts."""

        name = "corrections_by_status"
        title = "更正登记汇总"
        description = "Lines of the register of corrections, counted. What was not applied changed nothing (`corrections` says why)."
        unique = ["correction_status", "kind"]
        metadata = {"grain": "one state of one kind of line"}


class QuarantineByReason(Table):
    """Quality: documents that were turned away, by reason."""

    stage: str = column("Gate that turned them away", zh="阶段", allowed=words.STAGES)
    code: str = column("Short code of the reason", zh="原因代码", pattern=r"^[a-z0-9_]+$")
    document_count: int = column("Documents", zh="文件数", unit="documents", minimum=1)
    example_file_name: str = column("Name of one of them", zh="示例文件名")
    example_message: str = column("The reason in a sentence, of that one", zh="示例原因")

    class Config:
        """Table facts."""

        name = "quarantine_by_reason"
        title = "隔离原因汇总"
        description = "Documents that did not pass a gate, counted. A document with two reasons is counted under both."
        unique = ["stage", "code"]
        metadata = {"grain": "one reason of one gate"}

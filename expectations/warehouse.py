"""Tells what the warehouse says of checks (marts), and what the gates found."""

from expectations import vocabulary as words
from expectations.columns import Table, column

LAYERS = ("raw", "parsed", "warehouse", "release")


class CheckTestability(Table):
    """Mart: how often each check could be tested at all."""

    form: str = column("Statutory form", zh="格式版本", allowed=words.FORMS)
    kind: str = column("Kind of check", zh="校验类别", allowed=words.CHECK_KINDS)
    check_code: str = column("Code of the check", zh="校验代码")
    report_count: int = column("Reports of that form", zh="报告数", unit="reports", minimum=1)
    tested_report_count: int = column(
        "Reports in which it could be tested in at least one place", zh="可校验报告数", unit="reports", minimum=0
    )
    tested_share: float = column(
        "Tested, of all reports of that form",
        zh="可校验率",
        unit="share of 1",
        minimum=0,
        maximum=1,
        share_of=("tested_report_count", "report_count"),
    )
    tested_share_low: float = column(
        "Lower end of its Wilson interval (95 %)", zh="可校验率：95%区间下限", unit="share of 1", minimum=0, maximum=1
    )
    tested_share_high: float = column(
        "Upper end of that interval", zh="可校验率：95%区间上限", unit="share of 1", minimum=0, maximum=1
    )
    failing_report_count: int = column(
        "Reports in which it fails in at least one place", zh="未通过报告数", unit="reports", minimum=0
    )
    holds_count: int = column("Places where it holds", zh="通过次数", unit="places", minimum=0)
    fails_count: int = column("Places where it fails", zh="未通过次数", unit="places", minimum=0)
    not_testable_count: int = column(
        "Places where it could not be tested, or is only flagged", zh="无法校验次数", unit="places", minimum=0
    )

    class Config:
        """Table facts."""

        name = "check_testability"
        title = "校验覆盖率"
        description = "In what share of reports each check could be tested. A check that never ran proves nothing."
        unique = ["form", "check_code"]
        metadata = {
            "grain": "one check of one form",
            "rules": {"tested_within_reports": "tested_report_count <= report_count"},
        }


class FailedChecks(Table):
    """Mart: the failing checks with what a person needs to look them up."""

    check_id: str = column("Check", zh="校验编号", unique=True)
    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_name: str = column("Body as the document prints it", zh="机关名称")
    kind: str = column("Kind of check", zh="校验类别", allowed=words.CHECK_KINDS)
    check_code: str = column("Code of the check", zh="校验代码")
    place: str = column("Row or column code", zh="校验位置")
    left_value: float = column("Left side", zh="左值", nullable=True)
    right_value: float = column("Right side", zh="右值", nullable=True)
    difference: float = column("Left minus right", zh="差值", nullable=True)
    message: str = column("The finding in a sentence", zh="说明")
    file_name: str = column("Document that the report was read from", zh="文件名")
    document_sha256: str = column("Its hash", zh="文件哈希", pattern=r"^[0-9a-f]{64}$")

    class Config:
        """Table facts."""

        name = "failed_checks"
        title = "未通过校验"
        description = "Every failing check with the body, the file and both sides. A failing check is the document's or our error: look."
        unique = ["check_id"]
        metadata = {"grain": "one failing check at one place of one report"}


class GateResults(Table):
    """Holds what the great-expectations gate found, one row an expectation."""

    layer: str = column("Gate", zh="关口", allowed=LAYERS)
    table_name: str = column("Table that was tested", zh="表")
    expectation: str = column("Expectation and its columns", zh="期望")
    success: bool = column("Whether it is met", zh="是否通过")
    element_count: int = column("Rows looked at", zh="检查行数", unit="rows", nullable=True, minimum=0)
    unexpected_count: int = column("Rows that do not meet it", zh="不符行数", unit="rows", nullable=True, minimum=0)
    message: str = column("What was expected, and an example of what was found", zh="说明")

    class Config:
        """Table facts."""

        name = "gate_results"
        title = "关口结果"
        description = (
            "What the gates found on this very build: great-expectations suites over every table, and the comparison with the "
            "release before (layer `release`)."
        )
        unique = ["layer", "table_name", "expectation"]
        metadata = {"grain": "one expectation on one table"}

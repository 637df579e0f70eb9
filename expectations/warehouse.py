"""The tables that the warehouse adds: harmonised quantities (core) and comparisons (marts)."""

import polars as pl

from expectations import vocabulary as words
from expectations.columns import Table, column

#: How a total was come by: printed in the total column, or added up here because that cell is blank.
TOTAL_BASES = ("printed", "summed_parts", "absent")
LAYERS = ("raw", "parsed", "warehouse", "release")


class RequestTotals(Table):
    """Core: the request outcomes of a report, one row an outcome group or balance row."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    measure: str = column(
        "received_new, carried_in, total_processed, carried_out, or an outcome group: granted, partially_granted, "
        "denied, unavailable, not_processed, other",
        zh="指标",
        allowed=(
            "received_new",
            "carried_in",
            "granted",
            "partially_granted",
            "denied",
            "unavailable",
            "not_processed",
            "other",
            "total_processed",
            "carried_out",
        ),
    )
    request_count: float = column("Requests, all applicants together", zh="件数", unit="件", nullable=True)
    basis: str = column(
        "Whether the totals were printed, or added up from the applicant columns because the total cells are blank",
        zh="合计来源",
        allowed=TOTAL_BASES,
    )
    grade: str = column("Worst grade of the facts that make it", zh="可信等级", allowed=words.GRADES)
    fact_count: int = column("Facts that make it", zh="数据项数", unit="facts", minimum=0)

    class Config:
        """Table facts."""

        name = "request_totals"
        title = "申请办理合计"
        description = (
            "Requests by outcome group, all applicants together. A null is a quantity that the report does not print, or not legibly. "
            "Do not add up rows of basis `summed_parts` and call the sum printed."
        )
        unique = ["report_id", "measure"]
        metadata = {
            "grain": "one quantity of the requests table of one report",
            "rules": {"absent_is_null": "basis <> 'absent' or request_count is null"},
        }


def _count(description: str, zh: str, unit: str = "件") -> float:
    return column(description, zh=zh, unit=unit, nullable=True)  # type: ignore[no-any-return]


def _share(description: str, zh: str) -> float:
    return column(description, zh=zh, unit="share of 1", nullable=True, minimum=0, maximum=1)  # type: ignore[no-any-return]


class ComparisonByYear(Table):
    """Mart: one row a report, wide."""

    report_id: str = column("Report", zh="报告编号", unique=True)
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    body_kind: str = column("What kind of organ the body is", zh="机关类别", allowed=words.BODY_KINDS)
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    government_code: str = column("GB/T 2260 code", zh="行政区划代码", nullable=True, pattern=r"^[0-9]{6}$")
    government_name: str = column("Division", zh="行政区划名称", nullable=True)
    province_code: str = column("GB/T 2260 code of the province", zh="省级代码", nullable=True, pattern=r"^[0-9]{6}$")
    province_name: str = column("Province", zh="省份", nullable=True)
    form: str = column("Statutory form", zh="格式版本", allowed=words.FORMS)
    scope: str = column("Whole territory, one organ, or not stated", zh="统计范围", allowed=words.SCOPES)
    published_on: pl.Date = column("Date of publication as printed", zh="公开日期", nullable=True)

    requests_received_count: float = _count("New requests of the year", "本年新收政府信息公开申请数量")
    requests_carried_in_count: float = _count("Requests carried over from the year before", "上年结转")
    requests_processed_count: float = _count("Requests processed in the year", "本年度办理结果总计")
    requests_carried_out_count: float = _count("Requests carried over into the next year", "结转下年度继续办理")
    granted_count: float = _count("Requests granted", "予以公开")
    partially_granted_count: float = _count("Requests granted in part", "部分公开")
    denied_count: float = _count("Requests denied, eight grounds together", "不予公开")
    unavailable_count: float = _count("Requests that could not be met, three grounds together", "无法提供")
    not_processed_count: float = _count("Requests not processed, five grounds together", "不予处理")
    other_outcome_count: float = _count("Requests ended otherwise", "其他处理")
    granted_share: float = _share(
        "Granted, of all processed; null where a fact behind the request counts is contradicted, and where totals that "
        "were added up here do not match the outcomes",
        "予以公开率",
    )
    partially_granted_share: float = _share("Granted in part, of all processed; null as above", "部分公开率")
    denied_share: float = _share("Denied, of all processed; null as above", "不予公开率")
    unavailable_share: float = _share("Could not be met, of all processed; null as above", "无法提供率")
    not_processed_share: float = _share("Not processed, of all processed; null as above", "不予处理率")
    other_outcome_share: float = _share("Ended otherwise, of all processed; null as above", "其他处理率")
    requests_basis: str = column(
        "Whether totals were printed or added up from the applicant columns", zh="合计来源", allowed=TOTAL_BASES
    )
    requests_grade: str = column(
        "Worst grade of the facts behind the request counts; null where the table is absent",
        zh="申请数据可信等级",
        nullable=True,
        allowed=words.GRADES,
    )

    natural_person_received_count: float = _count("New requests of natural persons", "自然人")
    commercial_enterprise_received_count: float = _count("New requests of enterprises", "商业企业")
    research_institution_received_count: float = _count("New requests of research institutions", "科研机构")
    public_welfare_org_received_count: float = _count("New requests of public-welfare organisations", "社会公益组织")
    legal_service_org_received_count: float = _count("New requests of legal-service firms", "法律服务机构")
    other_org_received_count: float = _count("New requests of other organisations", "法人或其他组织其他")
    natural_person_share: float = _share("Natural persons, of all new requests; null where contradicted", "自然人占比")

    reconsideration_count: float = _count("Administrative reconsiderations, pending ones included", "行政复议总计")
    reconsideration_upheld_count: float = _count("Reconsiderations upholding the body", "行政复议结果维持")
    reconsideration_corrected_count: float = _count("Reconsiderations correcting the body", "行政复议结果纠正")
    reconsideration_other_count: float = _count("Reconsiderations ended otherwise", "行政复议其他结果")
    reconsideration_pending_count: float = _count("Reconsiderations not yet decided", "行政复议尚未审结")
    reconsideration_correction_share: float = _share(
        "Corrected, of all decided (total less pending); null where contradicted", "行政复议纠错率"
    )
    litigation_count: float = _count(
        "Lawsuits, direct and after reconsideration, pending ones included", "行政诉讼总计"
    )
    litigation_upheld_count: float = _count("Lawsuits upholding the body", "行政诉讼结果维持")
    litigation_corrected_count: float = _count("Lawsuits correcting the body", "行政诉讼结果纠正")
    litigation_other_count: float = _count("Lawsuits ended otherwise", "行政诉讼其他结果")
    litigation_pending_count: float = _count("Lawsuits not yet decided", "行政诉讼尚未审结")
    litigation_correction_share: float = _share(
        "Corrected, of all decided (total less pending); null where contradicted", "行政诉讼纠错率"
    )
    disputes_grade: str = column(
        "Worst grade of the facts behind the dispute counts; null where the table is absent",
        zh="复议诉讼数据可信等级",
        nullable=True,
        allowed=words.GRADES,
    )

    regulations_in_force_count: float = _count("Regulations in force; form 2021 only", "规章现行有效件数")
    normative_documents_in_force_count: float = _count(
        "Normative documents in force; form 2021 only", "行政规范性文件现行有效件数"
    )
    normative_documents_issued_count: float = _count(
        "Normative documents issued in the year (form 2021) or newly made (form 2019)", "行政规范性文件本年制发件数"
    )
    licensing_decisions_count: float = _count("Licensing decisions of the year", "行政许可处理决定数量")
    penalty_decisions_count: float = _count("Penalties of the year", "行政处罚处理决定数量")
    coercion_decisions_count: float = _count("Coercive measures of the year", "行政强制处理决定数量")
    fees_yuan_10k: float = _count(
        "Administrative fees collected in the year; form 2021 only, and only where the unit is 万元",
        "行政事业性收费金额",
        "万元",
    )

    requests_received_change_count: float = _count(
        "New requests less those of the body's report of the year before; null without one of the same scope",
        "新收同比增减",
    )
    requests_received_change_share: float = column(
        "That change, of the year before", zh="新收同比增长率", unit="share of 1", nullable=True
    )
    granted_share_change: float = column(
        "Granted share less that of the year before", zh="予以公开率同比增减", unit="share of 1", nullable=True
    )
    carried_over_gap_count: float = _count(
        "Carried in, less what the report of the year before carried out; 0 where the years join, null without one",
        "结转衔接差额",
    )
    level_report_count: int = column(
        "Reports of the same year, level and scope that state a received count: the field of the ranks",
        zh="同级报告数",
        unit="reports",
        minimum=0,
    )
    requests_received_rank: int = column(
        "Rank by new requests within year, level and scope, 1 the most; ties share a rank; "
        "null where not stated or contradicted, or where the level is unresolved",
        zh="新收申请同级排名",
        nullable=True,
        minimum=1,
    )
    granted_share_rank: int = column(
        "Rank by granted share within year, level and scope, 1 the highest; ties share a rank",
        zh="予以公开率同级排名",
        nullable=True,
        minimum=1,
    )
    fact_count: int = column("Facts read", zh="数据项数", unit="facts", minimum=0)
    contradicted_fact_count: int = column("Facts in an identity that fails", zh="矛盾数据项数", unit="facts", minimum=0)
    failed_check_count: int = column("Checks that fail", zh="未通过校验数", unit="checks", minimum=0)

    class Config:
        """Table facts."""

        name = "comparison_by_year"
        title = "年度比较"
        description = (
            "One line a report for comparison. Counts are as printed, so a contradicted count is shown and marked in "
            "the grade columns; shares and ranks are left null where a fact behind them is contradicted. "
            "Reports of different scope must not be compared."
        )
        unique = ["report_id"]
        metadata = {
            "grain": "one report: one body and one year",
            "rules": {
                "shares_add_up": (
                    "requests_grade is distinct from 'verified' or requests_processed_count = 0 or abs(granted_share + "
                    "partially_granted_share + denied_share + unavailable_share + not_processed_share + "
                    "other_outcome_share - 1) < 1e-9"
                ),
                "no_share_of_a_contradiction": "requests_grade is distinct from 'contradicted' or granted_share is null",
                "rank_within_field": "requests_received_rank is null or requests_received_rank <= level_report_count",
            },
        }


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
        "Tested, of all reports of that form", zh="可校验率", unit="share of 1", minimum=0, maximum=1
    )
    failing_report_count: int = column(
        "Reports in which it fails in at least one place", zh="未通过报告数", unit="reports", minimum=0
    )
    holds_count: int = column("Places where it holds", zh="通过次数", unit="places", minimum=0)
    fails_count: int = column("Places where it fails", zh="未通过次数", unit="places", minimum=0)
    not_testable_count: int = column("Places where it could not be tested", zh="无法校验次数", unit="places", minimum=0)

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
    """What the great-expectations gate found, one row an expectation."""

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

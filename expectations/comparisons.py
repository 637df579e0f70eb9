"""The comparison marts over the harmonised measures: trends, peers, structures, coverage, quality, breaks."""

from typing import Any

from expectations import vocabulary as words
from expectations.columns import Table, column
from expectations.crosswalk import measures
from expectations.functions import functions
from expectations.harmonised import UNITS

_FORMS = "Statutory form"
#: An office stands for its government: it is no kind of its own.
FIELD_KINDS = tuple(kind for kind in words.BODY_KINDS if kind != "government_office")
GROUP_KINDS = ("level", "province", "peer_group")
COVERAGE_STATES = ("present", "contradicted", "absent")
PATHS = ("reconsiderations", "lawsuits")
_OUTCOMES = tuple(m.code for m in measures().values() if m.group == "outcomes" and not m.derived)
_APPLICANTS = tuple(m.code for m in measures().values() if m.group == "applicants" and not m.derived)


def _share(description: str, zh: str, of: tuple[str, str] | None = None) -> Any:
    return column(description, zh=zh, unit="share of 1", nullable=True, minimum=0, maximum=1, share_of=of)


def _count(description: str, zh: str, unit: str, nullable: bool = False) -> Any:
    return column(description, zh=zh, unit=unit, nullable=nullable, minimum=0)


def _side(description: str, zh: str) -> Any:
    return column(f"{description}; null without the share", zh=zh, nullable=True, minimum=0)


def _low(zh: str) -> Any:
    return _share("Lower end of its Wilson interval (95 %)", f"{zh}：95%区间下限")


def _high(zh: str) -> Any:
    return _share("Upper end of its Wilson interval (95 %)", f"{zh}：95%区间上限")


class Trends(Table):
    """Mart: series of measures, each value with the one of the year before, and whether it continues it."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    form: str = column(_FORMS, zh="格式版本", allowed=words.FORMS)
    scope: str = column("Whom the value speaks for", zh="统计范围", allowed=words.SCOPES)
    measure: str = column("Code of the measure", zh="指标", allowed=measures())
    value: float = column("The measure in `unit`, as measured", zh="数值", nullable=True)
    unit: str = column("Unit of the measure", zh="单位", allowed=UNITS)
    numerator: float = column("What a quotient divides", zh="分子", nullable=True)
    denominator: float = column("What it divides by", zh="分母", nullable=True)
    interval_low: float = _share("Lower end of the Wilson interval (95 %) of a share", "95%区间下限")
    interval_high: float = _share("Upper end of that interval", "95%区间上限")
    comparability: str = column("How far it is the measure as defined", zh="可比性", allowed=("exact", "approximate"))
    grade: str = column("Worst grade of what makes it", zh="可信等级", allowed=words.GRADES)
    previous_value: float = column(
        "Value of the body's report of the year before, comparable or not", zh="上年数值", nullable=True
    )
    is_comparable: bool = column("Whether the value continues the one of the year before", zh="是否与上年可比")
    break_reason: str = column(
        "Why it does not; null where it does", zh="中断原因", nullable=True, allowed=words.BREAKS
    )
    legal_dates: str = column(
        "Dates of the `legal_breaks` that touch the measure in that year, cut or only noted, separated by spaces",
        zh="法律变化日期",
        nullable=True,
    )
    segment: int = column(
        "Counts the unbroken stretches of the body's series, from 1: draw no line from one to the next",
        zh="连续段序号",
        minimum=1,
    )
    value_change: float = column("Value less the previous one; null where not comparable", zh="同比增减", nullable=True)
    value_change_share: float = column(
        "That change, of the previous value; null for shares, and where the previous value is not above 0",
        zh="同比增长率",
        unit="share of 1",
        nullable=True,
    )
    three_year_mean: float = column(
        "Mean of the value and the two before it; null where the three are not one stretch",
        zh="三年均值",
        nullable=True,
    )
    pooled_share: float = _share(
        "Share of the three years together: their numerators over their denominators; null where the three are not one "
        "stretch, and for what is no share",
        "三年合并占比",
        ("pooled_numerator", "pooled_denominator"),
    )
    pooled_numerator: float = column("Numerators of the three years", zh="三年合并分子", nullable=True)
    pooled_denominator: float = column("Denominators of the three years", zh="三年合并分母", nullable=True)
    pooled_low: float = _share(
        "Lower end of the Wilson interval (95 %) of the pooled share", "三年合并占比：95%区间下限"
    )
    pooled_high: float = _share("Upper end of that interval", "三年合并占比：95%区间上限")

    class Config:
        """Table facts."""

        name = "trends"
        title = "指标趋势"
        description = (
            "Values of measures over the years of a body, with every break and its reason. A body, a measure and a year without a "
            "value have no row. Never draw or compute through a break."
        )
        unique = ["report_id", "measure"]
        metadata = {
            "grain": "one measure that one report states",
            "rules": {
                "a_break_has_no_change": "break_reason is null or value_change is null",
                "a_mean_has_no_break": "break_reason is null or three_year_mean is null",
                "the_law_has_a_date": "break_reason is distinct from 'law_changed' or legal_dates is not null",
                "nothing_is_pooled_over_a_break": "break_reason is null or pooled_share is null",
            },
        }


class PeerMemberships(Table):
    """Core: among whom a report could be ranked."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    group_kind: str = column(
        "All of the level, those of the level in the province, or a group of governments",
        zh="同类组类别",
        allowed=GROUP_KINDS,
    )
    group_code: str = column("Level; code of the province and level; or code of the peer group", zh="同类组代码")
    group_zh: str = column("Name of the group", zh="同类组")
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    field_kind: str = column(
        "Kind of body of all that are compared; an office stands for its government",
        zh="比较机关类别",
        allowed=FIELD_KINDS,
    )
    body_function: str = column(
        "Function of a department; null for other bodies and unknown names",
        zh="部门职能",
        nullable=True,
        allowed=tuple(functions()),
    )
    scope: str = column("Whom the report speaks for", zh="统计范围", allowed=words.SCOPES)
    obstacle: str = column(
        "What keeps the report as a whole from being ranked; null where nothing does",
        zh="不排名原因",
        nullable=True,
        allowed=words.UNRANKED,
    )

    class Config:
        """Table facts."""

        name = "peer_memberships"
        title = "同类组成员"
        description = (
            "Each report in each group of peers. Of several reports of one government, year and scope one is without obstacle: "
            "its own before its office's."
        )
        unique = ["report_id", "group_kind", "group_code"]
        metadata = {
            "grain": "one report in one group of peers",
            "rules": {"functions_are_of_departments": "body_function is null or field_kind = 'department'"},
        }


class PeerGroupComparison(Table):
    """Mart: where a body stands among its peers."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    group_kind: str = column(
        "All of the level, those of the level in the province, or a group of governments",
        zh="同类组类别",
        allowed=GROUP_KINDS,
    )
    group_code: str = column("Level; code of the province and level; or code of the peer group", zh="同类组代码")
    group_zh: str = column("Name of the group", zh="同类组")
    level: str = column("Level of all that are compared", zh="行政层级", allowed=words.LEVELS)
    field_kind: str = column(
        "Kind of body of all that are compared; an office stands for its government",
        zh="比较机关类别",
        allowed=FIELD_KINDS,
    )
    body_function: str = column(
        "Function of all departments that are compared; null for other bodies and unknown names",
        zh="部门职能",
        nullable=True,
        allowed=tuple(functions()),
    )
    scope: str = column("Scope of all that are compared", zh="统计范围", allowed=words.SCOPES)
    measure: str = column("Code of the measure", zh="指标", allowed=measures())
    series: str = column("Series of all that are compared", zh="可比序列")
    value: float = column("The measure in `unit`", zh="数值")
    unit: str = column("Unit of the measure", zh="单位", allowed=UNITS)
    numerator: float = column("What a quotient divides", zh="分子", nullable=True)
    denominator: float = column("What it divides by", zh="分母", nullable=True)
    interval_low: float = _share("Lower end of the Wilson interval (95 %) of a share", "95%区间下限")
    interval_high: float = _share("Upper end of that interval", "95%区间上限")
    grade: str = column("Worst grade of what makes it", zh="可信等级", nullable=True, allowed=words.GRADES)
    member_count: int = column(
        "Reports that are ranked, or would be if they were five: of the same field, with a sound value",
        zh="参与比较报告数",
        unit="reports",
        minimum=0,
    )
    missing_count: int = column(
        "Reports of the group, kind, function and scope that are not among them: not stated, doubtful, or of another "
        "series; one report a government counts",
        zh="未参与比较报告数",
        unit="reports",
        minimum=0,
    )
    value_rank: int = column(
        "Rank, 1 the largest value; ties share the best rank; null where `unranked_reason` says why",
        zh="排名",
        nullable=True,
        minimum=1,
    )
    unranked_reason: str = column(
        "Why the report has no rank; null where it has one", zh="不排名原因", nullable=True, allowed=words.UNRANKED
    )
    percentile: float = column(
        "Share of the other members with a smaller value, ties counted half; null without a rank",
        zh="百分位",
        nullable=True,
        minimum=0,
        maximum=1,
    )
    median_value: float = column("Median of the members; null without a rank", zh="中位数", nullable=True)
    distance_to_median: float = column("Value less the median", zh="与中位数之差", nullable=True)

    class Config:
        """Table facts."""

        name = "peer_group_comparison"
        title = "同类比较"
        description = (
            "Rank, percentile and distance to the median of the main measures. A field is one year, group, level, kind of body, "
            "function, scope and series, with one report a government; fewer than five have no rank. A value that is not ranked keeps "
            "its row and the reason; a report without a value has no row and counts in `missing_count`. A high rank is not a good "
            "one."
        )
        unique = ["report_id", "group_kind", "group_code", "measure"]
        metadata = {
            "grain": "one stated measure of one report in one group of peers",
            "rules": {
                "rank_within_the_field": "value_rank is null or value_rank <= member_count",
                "no_rank_in_a_small_field": "value_rank is null or member_count >= 5",
                "no_reason_beside_a_rank": "value_rank is null or unranked_reason is null",
                "no_rank_without_a_scope": "value_rank is null or scope <> 'not_stated'",
                "no_percentile_without_a_rank": "value_rank is not null or percentile is null",
                "no_median_without_a_rank": "value_rank is not null or median_value is null",
            },
        }


class OutcomeStructure(Table):
    """Mart: what became of requests."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    form: str = column(_FORMS, zh="格式版本", allowed=words.FORMS)
    scope: str = column("Whom it speaks for", zh="统计范围", allowed=words.SCOPES)
    measure: str = column("Code of the outcome", zh="指标", allowed=_OUTCOMES)
    part_of_measure: str = column(
        "The group that it is a line of; `requests_processed` for the six groups", zh="所属总量指标", nullable=True
    )
    is_group: bool = column(
        "Whether it is one of the groups, which add up to all: six, and two more that only the annex of 2014 has",
        zh="是否大类",
    )
    request_count: float = column("Requests with that outcome", zh="件数", unit="件", nullable=True)
    outcome_share: float = _share("Of all requests processed; null where a number behind it is doubtful", "占比")
    outcome_share_numerator: float = _side("Requests with that outcome", "占比：分子")
    outcome_share_denominator: float = _side("Requests processed", "占比：分母")
    outcome_share_low: float = _low("占比")
    outcome_share_high: float = _high("占比")
    state: str = column("Whether the count is there, and if not why", zh="状态", allowed=words.MEASURE_STATES)
    comparability: str = column("How far it is the outcome as defined", zh="可比性", allowed=words.COMPARABILITIES)
    grade: str = column("Grade of the count", zh="可信等级", nullable=True, allowed=words.GRADES)

    class Config:
        """Table facts."""

        name = "outcome_structure"
        title = "办理结果结构"
        description = (
            "The outcomes of requests as counts and shares, groups and the lines under them. Add up groups or lines, never "
            "both; a null is no zero. Form 2014 has two groups of its own: 更改补充 and what is no government information."
        )
        unique = ["report_id", "measure"]
        metadata = {"grain": "one outcome of one report that says how many requests were processed"}


class ApplicantStructure(Table):
    """Mart: who asks."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    form: str = column(_FORMS, zh="格式版本", allowed=words.FORMS)
    scope: str = column("Whom it speaks for", zh="统计范围", allowed=words.SCOPES)
    measure: str = column("Code of the kind of applicant", zh="指标", allowed=_APPLICANTS)
    part_of_measure: str = column(
        "`requests_organisation` for its five kinds, else `requests_received`", zh="所属总量指标", nullable=True
    )
    is_group: bool = column("Whether it is one of the two that add up to all", zh="是否大类")
    request_count: float = column("New requests of that kind of applicant", zh="件数", unit="件", nullable=True)
    applicant_share: float = _share("Of all new requests; null where a number behind it is doubtful", "占比")
    applicant_share_numerator: float = _side("New requests of that kind of applicant", "占比：分子")
    applicant_share_denominator: float = _side("New requests", "占比：分母")
    applicant_share_low: float = _low("占比")
    applicant_share_high: float = _high("占比")
    state: str = column("Whether the count is there, and if not why", zh="状态", allowed=words.MEASURE_STATES)
    comparability: str = column("How far it is the measure as defined", zh="可比性", allowed=words.COMPARABILITIES)
    grade: str = column("Grade of the count", zh="可信等级", nullable=True, allowed=words.GRADES)

    class Config:
        """Table facts."""

        name = "applicant_structure"
        title = "申请人结构"
        description = (
            "New requests by kind of applicant: natural persons and organisations, and the five kinds of organisation. Add up groups or "
            "kinds, never both. Form 2014 does not tell applicants apart."
        )
        unique = ["report_id", "measure"]
        metadata = {"grain": "one kind of applicant of one report that says how many requests were received"}


class DisputeOutcomes(Table):
    """Mart: how reviews and lawsuits ended."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    form: str = column(_FORMS, zh="格式版本", allowed=words.FORMS)
    scope: str = column("Whom it speaks for", zh="统计范围", allowed=words.SCOPES)
    dispute_path: str = column("Reconsiderations, or lawsuits of both kinds together", zh="救济途径", allowed=PATHS)
    case_count: float = column(
        "Cases, pending ones included where the form asks for them", zh="总计", unit="件", nullable=True
    )
    decided_count: float = column("Cases decided", zh="审结数", unit="件", nullable=True)
    upheld_count: float = column("Upholding the body", zh="结果维持", unit="件", nullable=True)
    corrected_count: float = column("Correcting the body", zh="结果纠正", unit="件", nullable=True)
    other_count: float = column("Ended otherwise", zh="其他结果", unit="件", nullable=True)
    pending_count: float = column("Not yet decided; form 2014 does not ask", zh="尚未审结", unit="件", nullable=True)
    correction_share: float = _share("Corrected, of all decided; null where doubtful", "纠错率")
    correction_share_numerator: float = _side("Cases corrected", "纠错率：分子")
    correction_share_denominator: float = _side("Cases decided", "纠错率：分母")
    correction_share_low: float = _low("纠错率")
    correction_share_high: float = _high("纠错率")
    pending_share: float = _share("Pending, of all; null where doubtful", "未审结率")
    pending_share_numerator: float = _side("Cases pending", "未审结率：分子")
    pending_share_denominator: float = _side("All cases", "未审结率：分母")
    pending_share_low: float = _low("未审结率")
    pending_share_high: float = _high("未审结率")
    comparability: str = column("Worst of the total and the results", zh="可比性", allowed=("exact", "approximate"))
    grade: str = column("Worst grade of the counts", zh="可信等级", allowed=words.GRADES)

    class Config:
        """Table facts."""

        name = "dispute_outcomes"
        title = "复议诉讼结果"
        description = (
            "Reconsiderations and lawsuits over information disclosure by result. A report that states none of the counts has no row; "
            "counts of form 2014 are not those of later forms (see `form_breaks`)."
        )
        unique = ["report_id", "dispute_path"]
        metadata = {"grain": "one path of dispute of one report"}


class Coverage(Table):
    """Mart: which reports are there."""

    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as its latest document prints it", zh="机关名称")
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    report_year: int = column("Year", zh="报告年度", minimum=2008, maximum=2100)
    coverage_state: str = column(
        "Report is there, is there with contradicted facts, or is not there", zh="覆盖状态", allowed=COVERAGE_STATES
    )
    report_id: str = column("The report; null where absent", zh="报告编号", nullable=True)
    form: str = column(_FORMS, zh="格式版本", nullable=True, allowed=words.FORMS)
    scope: str = column("Whom the report speaks for", zh="统计范围", nullable=True, allowed=words.SCOPES)
    fact_count: int = _count("Facts read", "数据项数", "facts")
    contradicted_fact_count: int = _count("Facts in an identity that fails", "矛盾数据项数", "facts")
    figure_count: int = _count("Figures of the narrative", "陈述数", "figures")
    quarantined_document_count: int = _count(
        "Documents of that year that were turned away, of any body: whose they are is not known",
        "同年隔离文件数",
        "documents",
    )

    class Config:
        """Table facts."""

        name = "coverage"
        title = "报告覆盖"
        description = "Every year from a body's first report to its last. Absent means not in this dataset, not that the body published none."
        unique = ["body_id", "report_year"]
        metadata = {
            "grain": "one body and one year from its first report to its last",
            "rules": {"what_is_absent_has_no_facts": "coverage_state <> 'absent' or fact_count = 0"},
        }


class QualityScoreboard(Table):
    """Mart: how consistent the reports of each body are."""

    body_id: str = column("Stable id of the reporting body", zh="机关编号", unique=True)
    body_name: str = column("Body as its latest document prints it", zh="机关名称")
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    first_report_year: int = column("Year of its first report", zh="首个报告年度", minimum=2008, maximum=2100)
    last_report_year: int = column("Year of its last report", zh="末个报告年度", minimum=2008, maximum=2100)
    report_count: int = column("Reports", zh="报告数", unit="reports", minimum=1)
    missing_year_count: int = _count("Years between them without a report", "缺失年度数", "years")
    check_count: int = _count(
        "Checks of the form's arithmetic and layout and of its numbers in prose, tested or not", "校验数", "checks"
    )
    held_check_count: int = _count("Checks that hold", "通过校验数", "checks")
    holds_share: float = _share(
        "Checks that hold, of all; null without checks", "通过率", ("held_check_count", "check_count")
    )
    holds_share_low: float = _low("通过率")
    holds_share_high: float = _high("通过率")
    failing_check_count: int = _count("Checks that fail", "未通过校验数", "checks")
    fails_share: float = _share("Checks that fail, of all", "未通过率", ("failing_check_count", "check_count"))
    fails_share_low: float = _low("未通过率")
    fails_share_high: float = _high("未通过率")
    untested_check_count: int = _count("Checks that could not be tested", "无法校验数", "checks")
    not_testable_share: float = _share(
        "Checks that could not be tested, of all; they never count as passed",
        "无法校验率",
        ("untested_check_count", "check_count"),
    )
    not_testable_share_low: float = _low("无法校验率")
    not_testable_share_high: float = _high("无法校验率")
    fact_count: int = _count("Facts read of cells that the form has", "数据项数", "facts")
    contradicted_fact_count: int = _count("Facts in an identity that fails", "矛盾数据项数", "facts")
    contradicted_share: float = _share(
        "Contradicted, of all facts", "矛盾数据占比", ("contradicted_fact_count", "fact_count")
    )
    contradicted_share_low: float = _low("矛盾数据占比")
    contradicted_share_high: float = _high("矛盾数据占比")
    blank_fact_count: int = _count("Facts without a number", "空白数据项数", "facts")
    blank_share: float = _share(
        "Facts without a number, of all facts", "空白数据占比", ("blank_fact_count", "fact_count")
    )
    blank_share_low: float = _low("空白数据占比")
    blank_share_high: float = _high("空白数据占比")
    break_count: int = _count(
        "Breaks that are its own, of main measures that the form has cells for: years missing, scope changed, values left "
        "out or doubtful",
        "序列中断数",
        "breaks",
    )

    class Config:
        """Table facts."""

        name = "quality_scoreboard"
        title = "报告质量"
        description = (
            "How consistent each body's reports are in what the form asks for: numbers beside the form and statements of the "
            "narrative do not count. It judges the reports as read, not the work of the body; a reading error of "
            "ours counts against it too. Compare failing shares only beside the untestable ones. All checks of a body are counted: "
            "an interval says how far few checks can move a share, not how a sample was drawn."
        )
        unique = ["body_id"]
        metadata = {
            "grain": "one body",
            "rules": {"contradictions_are_facts": "contradicted_fact_count <= fact_count"},
        }


class FormBreaks(Table):
    """Mart: what each new form does to each measure."""

    measure: str = column("Code of the measure", zh="指标", allowed=measures())
    report_year: int = column("First report year of the new form", zh="报告年度", minimum=2008, maximum=2100)
    form_before: str = column("Form before", zh="原格式版本", allowed=("none", "2014", "2019"))
    form: str = column("New form", zh="格式版本", allowed=("2014", "2019", "2021"))
    comparability_before: str = column("What the form before offers", zh="原可比性", allowed=words.COMPARABILITIES)
    comparability: str = column("What the new form offers", zh="可比性", allowed=words.COMPARABILITIES)
    is_comparable: bool = column(
        "Whether a series goes on over the change: both forms count the same and no law cuts it", zh="是否可比"
    )
    legal_dates: str = column(
        "Dates of the `legal_breaks` that cut the measure in that year, separated by spaces",
        zh="法律变化日期",
        nullable=True,
    )
    reason: str = column(
        "What each form offers, in sentences, and what the law changed; of a quotient, its parts that break", zh="理由"
    )

    class Config:
        """Table facts."""

        name = "form_breaks"
        title = "格式变更影响"
        description = (
            "For each measure and change of form, whether its series goes on and why not. It speaks of what forms ask for first; a "
            "report that lacks its table can break elsewhere (see `trends`), and a law can cut where no form changed (see "
            "`legal_breaks`)."
        )
        unique = ["measure", "form"]
        metadata = {
            "grain": "one measure at one change of form",
            "rules": {"a_form_follows_another": "form <> form_before"},
        }

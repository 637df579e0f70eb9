"""The marts of the narrative: indicators by report and by year, themes of problems, problems over the years."""

from typing import Any

from expectations import vocabulary as words
from expectations.columns import Table, column, extended
from expectations.indicators import Indicator, groups, indicators

#: What became of a problem between two reports of a body.
PROBLEM_STATES = ("first_report", "new", "repeated", "no_longer_named")


class IndicatorByYear(Table):
    """Mart: the one figure that stands for an indicator in a report."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    indicator: str = column("Code of the dictionary", zh="指标代码", allowed=indicators())
    indicator_group: str = column("Group of the indicator", zh="指标组代码", allowed=groups())
    normalised_value: float = column("The quantity in `normalised_unit`; of a range the lower end", zh="标准化数值")
    normalised_unit: str = column("The indicator's unit", zh="标准化单位")
    qualifier: str = column("Word at the number: 余, 多, 近, 超, 约, 累计 …", zh="限定词", nullable=True)
    scope: str = column(
        "Whom the figure speaks for; `not_stated` is whom the report speaks for",
        zh="统计范围",
        allowed=words.FIGURE_SCOPES,
    )
    grade: str = column("Grade of the figure", zh="可信等级", allowed=words.FIGURE_GRADES)
    figure_id: str = column("The figure, which leads to its sentence", zh="陈述编号", unique=True)
    figure_count: int = column(
        "Amounts that the report states for the indicator, this one included", zh="陈述数", unit="figures", minimum=1
    )
    others_agree: bool = column(
        "Whether each other of them that could as well have been taken, of the same scope, says the same value",
        zh="数值是否一致",
    )

    class Config:
        """Table facts."""

        name = "indicator_by_year"
        title = "年度指标"
        description = (
            "One figure for each indicator that a report states as an amount. It is chosen, never added up: first of "
            "the report's own scope or of none stated, then of the widest; a whole before a part, a plain number before "
            "a range, the surer reading, the first in the text. A contradicted figure is shown and marked in `grade`."
        )
        unique = ["report_id", "indicator"]
        metadata = {
            "grain": "one indicator that one report states",
            "rules": {"a_single_figure_has_none_against_it": "others_agree or figure_count > 1"},
        }


class _Narrated(Table):
    """Holds what the wide mart says of each report, before the indicators."""

    report_id: str = column("Report", zh="报告编号", unique=True)
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    body_kind: str = column("What kind of organ the body is", zh="机关类别", allowed=words.BODY_KINDS)
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    government_code: str = column("GB/T 2260 code", zh="行政区划代码", nullable=True, pattern=r"^[0-9]{6}$")
    province_name: str = column("Province", zh="省份", nullable=True)
    scope: str = column(
        "Whole territory, the level's own organs, one organ, or not stated", zh="统计范围", allowed=words.SCOPES
    )
    figure_count: int = column("Figures that the narrative states", zh="陈述数", unit="figures", minimum=0)
    contradicted_indicators: str = column(
        "Codes of the indicators here whose figure is contradicted, with spaces between; null where none is",
        zh="矛盾指标",
        nullable=True,
    )
    differing_indicators: str = column(
        "Codes of the indicators here of which another figure says another value; null where there is none",
        zh="数值不一的指标",
        nullable=True,
    )


class _NarrativeConfig(_Narrated.Config):
    """Table facts."""

    name = "narrative_by_year"
    title = "年度文字数据"
    description = (
        "One line a report with the dictionary's main indicators, each in its own unit: the figures of "
        "`indicator_by_year`. A null is an indicator that the narrative does not state, not a zero. "
        "Reports of different scope must not be compared."
    )
    unique = ["report_id"]
    metadata = {"grain": "one report: one body and one year"}


def _indicator_column(indicator: Indicator) -> Any:
    return column(f"{indicator.en}: {indicator.definition}", zh=indicator.zh, unit=indicator.unit, nullable=True)


#: The wide table. Its columns are the dictionary's main indicators, so that they are reviewed in one place.
NarrativeByYear = extended(
    "NarrativeByYear",
    "Mart: one row a report, wide.",
    _Narrated,
    [(code, float, _indicator_column(indicator)) for code, indicator in indicators().items() if indicator.main],
    _NarrativeConfig,
)


class IndicatorCoverage(Table):
    """Mart: how many reports state each indicator."""

    report_year: int = column("Year that the reports are about", zh="报告年度", minimum=2008, maximum=2100)
    indicator: str = column("Code of the dictionary", zh="指标代码", allowed=indicators())
    indicator_group: str = column("Group of the indicator", zh="指标组代码", allowed=groups())
    indicator_zh: str = column("Chinese name", zh="指标")
    report_count: int = column("Reports of that year", zh="报告数", unit="reports", minimum=1)
    stating_report_count: int = column(
        "Reports that state it, be it as amount, share, change or rank", zh="陈述报告数", unit="reports", minimum=0
    )
    stating_share: float = column(
        "Stating, of all reports of that year",
        zh="陈述率",
        unit="share of 1",
        minimum=0,
        maximum=1,
        share_of=("stating_report_count", "report_count"),
    )
    stating_share_low: float = column(
        "Lower end of its Wilson interval (95 %)", zh="陈述率：95%区间下限", unit="share of 1", minimum=0, maximum=1
    )
    stating_share_high: float = column(
        "Upper end of that interval", zh="陈述率：95%区间上限", unit="share of 1", minimum=0, maximum=1
    )
    figure_count: int = column("Figures of it", zh="陈述数", unit="figures", minimum=0)
    contradicted_figure_count: int = column(
        "Figures of it that a sum, a share or a table cell contradicts", zh="矛盾陈述数", unit="figures", minimum=0
    )

    class Config:
        """Table facts."""

        name = "indicator_coverage"
        title = "指标覆盖率"
        description = (
            "In what share of a year's reports the narrative states each indicator. "
            "An indicator that a report does not state can still be what the body did."
        )
        unique = ["report_year", "indicator"]
        metadata = {
            "grain": "one indicator of the dictionary in one report year",
            "rules": {
                "stating_within_reports": "stating_report_count <= report_count",
                "every_stating_report_has_a_figure": "stating_report_count <= figure_count",
                "contradicted_within_figures": "contradicted_figure_count <= figure_count",
            },
        }


class UnmappedStatements(Table):
    """Mart: what the dictionary does not know, most frequent first."""

    frequency_rank: int = column("Place by reports, then by figures, 1 the most frequent", zh="排序", minimum=1)
    subject: str = column("What is counted, in the sentences' words", zh="陈述对象")
    unit: str = column("Measure word as printed; empty where there is none", zh="单位")
    report_count: int = column("Reports that state it", zh="报告数", unit="reports", minimum=1)
    figure_count: int = column("Figures of it", zh="陈述数", unit="figures", minimum=1)
    figure_id: str = column("One of them: the first by report and place", zh="示例陈述编号")
    sentence: str = column("Sentence of that one", zh="示例原句")

    class Config:
        """Table facts."""

        name = "unmapped_statements"
        title = "未归类陈述"
        description = (
            "Quantitative statements that no indicator of the dictionary covers, by subject and unit: what the "
            "dictionary could grow by. One subject can mean several things; look at the sentences first."
        )
        unique = ["frequency_rank"]
        metadata = {
            "grain": "one subject with one unit",
            "rules": {"every_report_has_a_figure": "report_count <= figure_count"},
        }


class ProblemThemesByYear(Table):
    """Mart: what reports of a level say goes badly."""

    report_year: int = column("Year that the reports are about", zh="报告年度", minimum=2008, maximum=2100)
    level: str = column("Level of the bodies in the state", zh="行政层级", allowed=words.LEVELS)
    theme: str = column("Theme", zh="主题", allowed=words.THEMES)
    theme_group: str = column(
        "Field of 国办公开办函〔2021〕30号 that it belongs to (see `themes`)", zh="领域", allowed=words.THEME_GROUPS
    )
    report_count: int = column(
        "Reports of that year and level that have a section 5", zh="报告数", unit="reports", minimum=1
    )
    naming_report_count: int = column(
        "Reports that name a problem whose first theme it is", zh="提及报告数", unit="reports", minimum=0
    )
    naming_share: float = column(
        "Naming, of those reports",
        zh="提及率",
        unit="share of 1",
        minimum=0,
        maximum=1,
        share_of=("naming_report_count", "report_count"),
    )
    naming_share_low: float = column(
        "Lower end of its Wilson interval (95 %)", zh="提及率：95%区间下限", unit="share of 1", minimum=0, maximum=1
    )
    naming_share_high: float = column(
        "Upper end of that interval", zh="提及率：95%区间上限", unit="share of 1", minimum=0, maximum=1
    )
    problem_count: int = column("Problems whose first theme it is", zh="问题数", unit="problems", minimum=0)
    answered_problem_count: int = column(
        "Problems that the text answers with a commitment", zh="有改进措施问题数", unit="problems", minimum=0
    )
    mentioning_report_count: int = column(
        "Reports that name it as the first or the second theme of a problem", zh="述及报告数", unit="reports", minimum=0
    )
    group_report_count: int = column(
        "Reports that name any theme of its field so; the same for every theme of the field",
        zh="述及领域报告数",
        unit="reports",
        minimum=0,
    )

    class Config:
        """Table facts."""

        name = "problem_themes_by_year"
        title = "年度问题主题"
        description = (
            "How often reports of a year and level name each theme among their problems. "
            "A theme that is named often is one that reports admit, not one that is worse than others."
        )
        unique = ["report_year", "level", "theme"]
        metadata = {
            "grain": "one theme of one level in one report year",
            "rules": {
                "naming_within_reports": "naming_report_count <= report_count",
                "every_naming_report_has_a_problem": "naming_report_count <= problem_count",
                "answered_within_problems": "answered_problem_count <= problem_count",
                "naming_within_mentioning": "naming_report_count <= mentioning_report_count",
                "themes_within_their_field": "mentioning_report_count <= group_report_count",
                "fields_within_reports": "group_report_count <= report_count",
            },
        }


class ProblemsOverYears(Table):
    """Mart: each problem against the body's report before."""

    report_id: str = column(
        "Report; of a problem that is no longer named the report that names it no more", zh="报告编号"
    )
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    state: str = column(
        "Named and not by the report before, named by both, named before and no longer, or nothing to compare with",
        zh="状态",
        allowed=PROBLEM_STATES,
    )
    problem_id: str = column("The problem; of one that is no longer named that of the report before", zh="问题编号")
    theme: str = column("Theme of the problem", zh="主题", allowed=words.THEMES)
    second_theme: str = column(
        "Another matter that it names besides; null where it names one",
        zh="第二主题",
        nullable=True,
        allowed=words.THEMES,
    )
    text: str = column("The problem as printed", zh="原文")
    previous_report_id: str = column(
        "The body's latest report before that names problems; null for `first_report`", zh="上次报告编号", nullable=True
    )
    previous_report_year: int = column(
        "Its year, which need not be the year before", zh="上次报告年度", nullable=True, minimum=2008, maximum=2100
    )
    previous_problem_id: str = column(
        "The problem of that report that it repeats; null unless `repeated`", zh="上次问题编号", nullable=True
    )
    similarity: float = column(
        "How alike the two texts are; of `new` and `no_longer_named` problems, how alike the most similar one of the other "
        "report is; null for `first_report`",
        zh="相似度",
        nullable=True,
        minimum=0,
        maximum=1,
    )

    class Config:
        """Table facts."""

        name = "problems_over_years"
        title = "历年问题对照"
        description = (
            "Each problem of a report, and each of the body's report before that has no counterpart. States follow from "
            "how alike the texts are: `no_longer_named` says that the body no longer names a problem, not that it is gone; "
            "before, this state was called `resolved`."
        )
        unique = ["report_id", "problem_id"]
        metadata = {
            "grain": "one problem of one report, or one of the body's report before that it no longer names",
            "rules": {
                "a_first_report_has_none_before": "(state = 'first_report') = (previous_report_id is null)",
                "only_what_is_repeated_has_a_counterpart": "(state = 'repeated') = (previous_problem_id is not null)",
                "compared_exactly_if_there_is_a_report_before": "(similarity is null) = (previous_report_id is null)",
                "before_is_before": "previous_report_year < report_year",
            },
        }

"""The harmonised core: the dictionaries of measures, and every measure of every report with how it came about."""

import polars as pl

from expectations import vocabulary as words
from expectations.columns import Table, column
from expectations.crosswalk import ASKED_OF, groups, measures
from expectations.indicators import indicators

TOTAL_BASES = ("printed", "summed_parts", "absent")
SIDES = ("numerator", "denominator")
UNITS = tuple(dict.fromkeys(measure.unit for measure in measures().values()))
_CODE = r"^[0-9]{6}$"


class Measures(Table):
    """One row a measure."""

    measure: str = column("Code of the measure", zh="指标", unique=True, allowed=measures())
    ordinal: int = column("Place in the list, from 1", zh="序号", minimum=1)
    measure_group: str = column("Matter that it is about", zh="指标组代码", allowed=groups())
    measure_zh: str = column("Chinese name", zh="指标名称")
    measure_en: str = column("English name", zh="指标英文名称")
    definition: str = column("What it counts or measures", zh="定义")
    unit: str = column("Unit of its values", zh="单位")
    part_of_measure: str = column(
        "The whole that it is a part of", zh="所属总量指标", nullable=True, allowed=measures()
    )
    is_main: bool = column("Whether bodies are ranked by it", zh="是否主要指标")
    in_comparison: bool = column("Whether it is a column of `comparison_by_year`", zh="是否列入年度比较")
    is_derived: bool = column("Whether it is a quotient of measures", zh="是否派生指标")
    derivation: str = column("The quotient, in codes of measures", zh="计算公式", nullable=True)
    main_until: int = column(
        "Last report year for which bodies are ranked by it; null where there is none",
        zh="主要指标截止年度",
        nullable=True,
        minimum=2008,
        maximum=2100,
    )
    asked_of: str = column(
        "Bodies that it applies to, where that is not all: `rule_makers` can make 规章 (立法法 of 2015, 第八十条、第八十二条)",
        zh="适用机关",
        nullable=True,
        allowed=ASKED_OF,
    )
    least_denominator: int = column(
        "With a smaller denominator a quotient is not ranked", zh="参与排名最小分母", nullable=True, minimum=1
    )
    best_comparability: str = column(
        "How comparable a quotient is at best; of a counted measure `crosswalk` says it",
        zh="可比性上限",
        nullable=True,
        allowed=("exact", "approximate"),
    )
    derivation_reason: str = column("Why, in a sentence", zh="派生理由", nullable=True)
    derivation_source: str = column("Notice and item that the reason rests on", zh="派生依据", nullable=True)

    class Config:
        """Table facts."""

        name = "measures"
        title = "统一指标"
        description = (
            "What can be compared over forms and bodies: `data/measures.csv`. How each form offers a counted measure is "
            "in `crosswalk`; a derived one is a quotient of counted ones."
        )
        unique = ["measure"]
        metadata = {
            "grain": "one measure",
            "rules": {
                "only_the_derived_have_a_derivation": "is_derived or derivation is null",
                "nothing_is_a_part_of_itself": "part_of_measure <> measure",
            },
        }


class Crosswalk(Table):
    """One row a way in which a form offers a measure."""

    measure: str = column("Code of the measure", zh="指标", allowed=measures())
    form: str = column("Statutory form; `none` for reports before form 2014", zh="格式版本", allowed=words.FORMS)
    alternative: int = column("Alternatives are tried in this order, from 1", zh="备选序号", minimum=1)
    form_first_year: int = column("First report year of the form", zh="首个报告年度", minimum=2008, maximum=2100)
    form_last_year: int = column(
        "Last report year of the form; null for the one in force", zh="末个报告年度", nullable=True, minimum=2008
    )
    basis: str = column(
        "Facts of the tables, figures of the narrative, or nothing", zh="数据来源", allowed=words.MEASURE_BASES
    )
    formula: str = column(
        "Cells `table/row/column` or `figures/<indicator>` to add up; empty where the form offers nothing",
        zh="计算公式",
    )
    comparability: str = column("How far that is the measure as defined", zh="可比性", allowed=words.COMPARABILITIES)
    series: str = column("Values of a measure with the same series are comparable", zh="可比序列")
    reason: str = column("Why, in a sentence", zh="理由")
    source: str = column("Notice and item that the reason rests on", zh="依据")

    class Config:
        """Table facts."""

        name = "crosswalk"
        title = "口径对照"
        description = (
            "Which facts or figures of each form make each counted measure, and how comparable that is: "
            "`data/crosswalk.csv`. An approximate line says what differs; do not draw a series through it."
        )
        unique = ["measure", "form", "alternative"]
        metadata = {
            "grain": "one measure, form and alternative",
            "rules": {
                "not_collected_has_no_formula": "(comparability = 'not_collected') = (formula = '')",
                "a_basis_exactly_with_a_formula": "(basis = 'none') = (formula = '')",
            },
        }


class CrosswalkTerms(Table):
    """One row an addend of a formula."""

    measure: str = column("Code of the measure", zh="指标", allowed=measures())
    form: str = column("Statutory form", zh="格式版本", allowed=words.FORMS)
    alternative: int = column("Alternative of the crosswalk", zh="备选序号", minimum=1)
    term: int = column("Place in the formula, from 1, wildcards spelt out", zh="项序号", minimum=1)
    basis: str = column("Fact or figure", zh="数据来源", allowed=("facts", "figures"))
    form_table: str = column("Statutory table of a fact", zh="表", nullable=True, allowed=words.FORM_TABLES)
    form_row: str = column("Its row code", zh="行代码", nullable=True)
    form_column: str = column("Its column code", zh="列代码", nullable=True)
    indicator: str = column("Indicator of a figure", zh="指标代码", nullable=True, allowed=indicators())

    class Config:
        """Table facts."""

        name = "crosswalk_terms"
        title = "口径对照明细"
        description = "The formulas of `crosswalk`, addend by addend, to be joined with `facts` and `figures`."
        unique = ["measure", "form", "alternative", "term"]
        metadata = {
            "grain": "one addend of one formula",
            "rules": {
                "a_figure_is_no_cell": "basis <> 'figures' or form_row is null",
                "a_fact_is_no_figure": "basis <> 'facts' or indicator is null",
            },
        }


class DerivedTerms(Table):
    """One row an addend of a derived measure's numerator or denominator."""

    measure: str = column("Code of the derived measure", zh="指标", allowed=measures())
    side: str = column("Side of the quotient", zh="分子或分母", allowed=SIDES)
    term: int = column("Place on that side, from 1", zh="项序号", minimum=1)
    part_measure: str = column("Measure that is added up there, or `residents`", zh="组成指标")

    class Config:
        """Table facts."""

        name = "derived_terms"
        title = "派生指标明细"
        description = "What derived measures are quotients of. `residents` is the `population` of the year."
        unique = ["measure", "side", "term"]
        metadata = {"grain": "one addend of one side of one derived measure"}


class Population(Table):
    """One row a government and a year of which the residents are known."""

    government_code: str = column("GB/T 2260 code", zh="行政区划代码", pattern=_CODE)
    government_name: str = column("Division", zh="行政区划名称")
    report_year: int = column("Year", zh="年度", minimum=2008, maximum=2100)
    resident_count: int = column("Residents (常住人口)", zh="常住人口", unit="人", minimum=1)
    is_interpolated: bool = column("Whether it lies on the line between two censuses", zh="是否插值")
    source: str = column("Census and day; of an interpolated count, both", zh="依据")

    class Config:
        """Table facts."""

        name = "population"
        title = "常住人口"
        description = (
            "Residents of provinces and the largest cities: census years, and the years between two censuses of an unchanged "
            "territory on the straight line between them. A year outside has no row: its residents are not known here."
        )
        unique = ["government_code", "report_year"]
        metadata = {"grain": "one government and year"}


class TerritoryChanges(Table):
    """One row a government and a division that it gained or lost."""

    government_code: str = column("GB/T 2260 code of the government", zh="行政区划代码", pattern=_CODE)
    government_name: str = column("Division", zh="行政区划名称")
    change_year: int = column("First report year of the changed territory", zh="变更年度", minimum=2007, maximum=2100)
    changed_division: str = column("Former division that it gained or lost, with its code", zh="变更的区划")
    source: str = column("What the change is known by", zh="依据")

    class Config:
        """Table facts."""

        name = "territory_changes"
        title = "辖区变更"
        description = (
            "Governments whose territory changed, by `data/divisions_history.csv`: counts of their whole territory do not go on "
            "over that year, and residents are not interpolated over it. Boundaries below the county are not known."
        )
        unique = ["government_code", "change_year", "changed_division"]
        metadata = {"grain": "one government and one division that it gained or lost"}


class PeerGroups(Table):
    """One row a government in a group of peers."""

    peer_group: str = column("Code of the group", zh="同类组代码")
    peer_group_zh: str = column("Chinese name of the group", zh="同类组")
    government_code: str = column("GB/T 2260 code", zh="行政区划代码", pattern=_CODE)
    government_name: str = column("Division, as it was called while it was in the group", zh="行政区划名称")

    class Config:
        """Table facts."""

        name = "peer_groups"
        title = "同类政府组"
        description = (
            "The groups that officials and scholars compare, and counties by kind: districts of municipalities, other districts, "
            "counties with banners, county-level cities. A city can be in several."
        )
        unique = ["peer_group", "government_code", "government_name"]
        metadata = {"grain": "one government in one group of peers"}


class LegalBreaks(Table):
    """One row a measure in a year that a change in law touches."""

    measure: str = column("Code of the measure", zh="指标", allowed=measures())
    report_year: int = column(
        "Report year that does not continue the one before: that of the change, and the next after a mixed year",
        zh="报告年度",
        minimum=2008,
        maximum=2100,
    )
    legal_date: pl.Date = column("Date since when the law is in force", zh="施行日期")
    legal_kind: str = column(
        "Whether the series is cut there, or goes on with a note", zh="影响类别", allowed=words.LEGAL_KINDS
    )
    reason_zh: str = column("Why, in Chinese", zh="理由（中文）")
    reason_en: str = column("Why, in English", zh="理由（英文）")
    source: str = column("Law, article or letter", zh="依据")
    needs_source: bool = column("Whether the source is still to be read and confirmed", zh="依据待核实")

    class Config:
        """Table facts."""

        name = "legal_breaks"
        title = "法律变化断点"
        description = (
            "法律变化使序列中断或需要注明的年度。 Changes in law that cut the series of a measure, or are to be known beside it. A change "
            "in the course of a year makes that year mixed: the series is cut before and after it. A line with `needs_source` is "
            "not yet confirmed."
        )
        unique = ["measure", "report_year", "legal_date"]
        metadata = {"grain": "one measure in one year that one change in law touches"}


class RowTotals(Table):
    """Core: the total of each row of the requests and disputes tables."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    form_table: str = column("Statutory table", zh="表", allowed=("requests", "disputes"))
    form_row: str = column("Row code of the form", zh="行代码")
    total_count: float = column("Total of the row; null where it is not known", zh="合计", unit="件", nullable=True)
    basis: str = column(
        "Whether the total is printed, or added up from the other columns because its cell is blank",
        zh="合计来源",
        allowed=TOTAL_BASES,
    )
    is_illegible: bool = column("Whether digits that are no number keep the total from being known", zh="是否无法辨认")
    is_closed: bool = column(
        "Whether the other columns add up to the printed total, so that a blank among them can only be a zero",
        zh="分项是否闭合",
    )
    grade: str = column(
        "Worst grade of the facts that make the total; null where there is none",
        zh="可信等级",
        nullable=True,
        allowed=words.GRADES,
    )
    row_grade: str = column("Worst grade of all facts of the row", zh="行可信等级", allowed=words.GRADES)
    fact_count: int = column("Facts that make the total", zh="数据项数", unit="facts", minimum=0)
    evidence_ids: str = column("Facts that make it, separated by spaces", zh="证据编号", nullable=True)

    class Config:
        """Table facts."""

        name = "row_totals"
        title = "行合计"
        description = (
            "The total column of the requests and disputes tables, and where its cell is blank the sum of the other columns. "
            "Do not call a sum of basis `summed_parts` printed."
        )
        unique = ["report_id", "form_table", "form_row"]
        metadata = {
            "grain": "one row of the requests or disputes table of one report",
            "rules": {
                "absent_is_null": "basis <> 'absent' or total_count is null",
                "what_is_known_has_evidence": "total_count is null or (evidence_ids is not null and grade is not null)",
            },
        }


class StandingFigures(Table):
    """Core: which figure stands for an indicator in a report."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    indicator: str = column("Code of the indicator", zh="指标代码", allowed=indicators())
    figure_id: str = column("Figure that stands for it", zh="陈述编号", unique=True)
    figure_count: int = column(
        "Figures of the report that state the indicator's amount", zh="陈述数", unit="figures", minimum=1
    )
    others_agree: bool = column(
        "Whether all that speak for the same scope, parts apart, state the same", zh="其他陈述是否一致"
    )

    class Config:
        """Table facts."""

        name = "standing_figures"
        title = "采用的文字数据"
        description = (
            "Of the figures that state one indicator in one report, the one that stands for it. Nothing is added up."
        )
        unique = ["report_id", "indicator"]
        metadata = {"grain": "one indicator that one report states"}


class MeasuresByReport(Table):
    """Core: every measure of every report, long."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    form: str = column("Statutory form", zh="格式版本", allowed=words.FORMS)
    measure: str = column("Code of the measure", zh="指标", allowed=measures())
    value: float = column(
        "The measure in `unit`; null unless `state` is `stated`, and null is no zero", zh="数值", nullable=True
    )
    unit: str = column("Unit of the measure", zh="单位", allowed=UNITS)
    state: str = column("Whether it has a value, and if not why", zh="状态", allowed=words.MEASURE_STATES)
    basis: str = column(
        "Facts of the tables, figures of the narrative, a quotient of both, or nothing",
        zh="数据来源",
        allowed=words.MEASURE_BASES,
    )
    comparability: str = column(
        "How far it is the measure as defined; of a quotient, the worst of its parts",
        zh="可比性",
        allowed=words.COMPARABILITIES,
    )
    series: str = column("Values of a measure with the same series are comparable over years and bodies", zh="可比序列")
    grade: str = column(
        "Worst grade of the facts and figures that make it; null without a value, but for what is doubtful",
        zh="可信等级",
        nullable=True,
        allowed=words.GRADES,
    )
    scope: str = column(
        "Whom it speaks for: the report's scope, or where the report does not say, the figure's",
        zh="统计范围",
        allowed=words.SCOPES,
    )
    alternative: int = column(
        "Line of the crosswalk that was used; null for quotients and where none could be",
        zh="备选序号",
        nullable=True,
        minimum=1,
    )
    formula: str = column("Formula that was used, else the first one; a quotient's derivation", zh="计算公式")
    evidence_count: int = column("Facts and figures that make it", zh="证据数", unit="facts and figures", minimum=0)
    blank_part_count: int = column(
        "Parts of a sum that are blank and added nothing; not those that the row's total proves to be zero",
        zh="空白组成项数",
        unit="parts",
        minimum=0,
    )
    numerator: float = column(
        "What a quotient divides; null without a value, and for counted measures", zh="分子", nullable=True
    )
    denominator: float = column("What it divides by", zh="分母", nullable=True)
    interval_low: float = column(
        "Lower end of the Wilson interval (95 %) of a share; null for what is no share",
        zh="95%区间下限",
        unit="share of 1",
        nullable=True,
        minimum=0,
        maximum=1,
    )
    interval_high: float = column(
        "Upper end of that interval", zh="95%区间上限", unit="share of 1", nullable=True, minimum=0, maximum=1
    )
    unranked_reason: str = column(
        "Why no rank is given by it; null where one can be",
        zh="不参与排名原因",
        nullable=True,
        allowed=words.UNRANKED_REASONS,
    )
    is_rankable: bool = column(
        "Whether a body can be ranked by it: a sound main measure from the tables, with enough cases", zh="是否可排名"
    )
    evidence_ids: str = column(
        "Ids of `facts` and `figures` that make it, separated by spaces", zh="证据编号", nullable=True
    )

    class Config:
        """Table facts."""

        name = "measures_by_report"
        title = "统一指标数据"
        description = (
            "Every measure of every report, on one scale over all forms. Compare only values of one series and one scope; a "
            "contradicted value is shown and graded, never left out; a sum with a missing part is null."
        )
        unique = ["report_id", "measure"]
        metadata = {
            "grain": "one measure of one report",
            "rules": {
                "a_value_exactly_if_stated": "(state = 'stated') = (value is not null)",
                "a_value_has_evidence": "value is null or (evidence_ids is not null and grade is not null)",
                "not_collected_has_no_value": "comparability <> 'not_collected' or value is null",
                "shares_are_shares": "unit <> 'share of 1' or value is null or value between 0 and 1",
                "a_share_has_its_parts_and_interval": (
                    "unit <> 'share of 1' or value is null or (numerator is not null and denominator is not null "
                    "and value between interval_low - 1e-9 and interval_high + 1e-9)"
                ),
                "no_rank_without_a_reason_or_with_one": "is_rankable = (unranked_reason is null)",
            },
        }

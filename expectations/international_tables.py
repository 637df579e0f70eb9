"""The tables beside other countries: the crosswalk of concepts, and the common measures of our side."""

from __future__ import annotations

from expectations import vocabulary as words
from expectations.columns import Table, column
from expectations.crosswalk import measures
from expectations.harmonised import UNITS

#: Annual reports under the US FOIA, and the statistics of UK central bodies.
SYSTEMS = ("foia_us", "foi_uk")
#: =, ≈ and ✗.
RELATIONS = ("equal", "near", "none")


class InternationalCrosswalk(Table):
    """One row a concept in another country's statistics."""

    concept: str = column("Code of the concept", zh="概念")
    system: str = column("Whose statistics", zh="对照统计", allowed=SYSTEMS)
    ordinal: int = column("Place of the concept in the list, from 1", zh="序号", minimum=1)
    concept_zh: str = column("Chinese name", zh="概念名称")
    concept_en: str = column("English name", zh="概念英文名称")
    measure: str = column(
        "Our measure; null where no Chinese form asks for it", zh="我国指标", nullable=True, allowed=measures()
    )
    our_source: str = column("Item of our form", zh="我国依据")
    their_field: str = column("Field of the other statistics; empty where they have none", zh="对方项目")
    relation: str = column("Whether both count alike, nearly, or not comparably", zh="对应关系", allowed=RELATIONS)
    reason_zh: str = column("Why, in Chinese", zh="中文理由")
    reason_en: str = column("Why, in English", zh="英文理由")
    source: str = column("Document and section that define their field", zh="对方依据")
    needs_source: bool = column("Whether the text of that definition could not be had", zh="依据是否待补")

    class Config:
        """Table facts."""

        name = "international_crosswalk"
        title = "国际对照"
        description = (
            "What the annual report data of FOIA.gov and the FOI statistics of the United Kingdom count alike, nearly or not: "
            "`data/international_crosswalk.csv`. It says which numbers may stand side by side; it ranks no country."
        )
        unique = ["concept", "system"]
        metadata = {
            "grain": "one concept in one system",
            "rules": {"a_relation_has_their_side": "relation = 'none' or their_field <> ''"},
        }


class CommonMeasures(Table):
    """Mart: the measures of our side that others count too."""

    report_id: str = column("Report", zh="报告编号")
    concept: str = column("Code of the concept", zh="概念")
    measure: str = column(
        "Measure that it is; every figure is that of `measures_by_report`", zh="指标", allowed=measures()
    )
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    form: str = column("Statutory form", zh="格式版本", allowed=words.FORMS)
    scope: str = column("Whom it speaks for", zh="统计范围", allowed=words.SCOPES)
    value: float = column("Value of the measure; null unless `state` is `stated`", zh="数值", nullable=True)
    unit: str = column("Unit of the value", zh="单位", allowed=UNITS)
    numerator: float = column("Numerator of a share; null for counts", zh="分子", nullable=True)
    denominator: float = column("Denominator of a share; null for counts", zh="分母", nullable=True)
    interval_low: float = column(
        "Lower end of the Wilson interval (95 %) of a share",
        zh="95%区间下限",
        unit="share of 1",
        nullable=True,
        minimum=0,
        maximum=1,
    )
    interval_high: float = column(
        "Upper end of that interval", zh="95%区间上限", unit="share of 1", nullable=True, minimum=0, maximum=1
    )
    state: str = column("Whether it has a value, and if not why", zh="状态", allowed=words.MEASURE_STATES)
    comparability: str = column(
        "How far it is the measure as defined; of a share, the worst of its parts",
        zh="可比性",
        allowed=words.COMPARABILITIES,
    )
    series: str = column("Values of a measure with the same series are comparable over years and bodies", zh="可比序列")
    grade: str = column(
        "Worst grade of its parts; null without any", zh="可信等级", nullable=True, allowed=words.GRADES
    )

    class Config:
        """Table facts."""

        name = "common_measures"
        title = "国际共同指标"
        description = (
            "Our side of the concepts that FOIA.gov or the UK counts too: each is a measure of `measures_by_report`. How near "
            "theirs is stands in `international_crosswalk`. Never rank bodies of several countries together: what is asked, of "
            "whom and under which law differs."
        )
        unique = ["report_id", "concept"]
        metadata = {
            "grain": "one concept of one report",
            "rules": {
                "a_value_exactly_where_stated": "(state = 'stated') = (value is not null)",
                "a_share_has_its_parts": "unit <> 'share of 1' or value is null or (numerator is not null "
                "and denominator > 0 and interval_low is not null and interval_high is not null)",
            },
        }

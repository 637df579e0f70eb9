"""The wide table that everybody opens first.

Belongs here: which columns there are, and in which order. Does not belong here: any figure
(`dbt_like_sql/marts/comparison_by_year.sql`), or the measures, which say of themselves whether they are in it
(`in_comparison` of `data/measures.csv`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from expectations import vocabulary as words
from expectations.columns import Declared, Table, column, columns, declared, extended
from expectations.crosswalk import Measure, measures

#: The blocks of the table: groups of measures, with their names. A group that is not here has no column.
BLOCKS: Mapping[str, tuple[str, str]] = {
    "requests": ("申请受理", "Requests"),
    "applicants": ("申请人", "Applicants"),
    "outcomes": ("办理结果", "Outcomes of requests"),
    "disputes": ("复议与诉讼", "Reconsiderations and lawsuits"),
    "documents": ("规章与规范性文件", "Regulations and normative documents"),
    "decisions": ("许可、处罚、强制与收费", "Licences, penalties, coercion and fees"),
    "disclosure": ("主动公开", "Proactive disclosure"),
}


class Identified(Table):
    """Whose report it is, of which year, and for whom it speaks."""

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
    scope: str = column(
        "Whole territory, the level's own organs, one organ, or not stated", zh="统计范围", allowed=words.SCOPES
    )
    published_on: pl.Date = column("Date of publication as printed", zh="公开日期", nullable=True)


class _Followed(Table):
    """Holds what follows the measures: the year before, the others of the level, and the report's own consistency."""

    requests_received_change: float = column(
        "New requests less those of the year before (`trends.value_change`); null where the two do not compare",
        zh="新收申请数同比增减",
        unit="件",
        nullable=True,
    )
    requests_received_change_share: float = column(
        "That change, of the year before (`trends.value_change_share`)",
        zh="新收申请数同比增长率",
        unit="share of 1",
        nullable=True,
    )
    granted_share_change: float = column(
        "Share granted less that of the year before (`trends.value_change`); null where the two do not compare",
        zh="予以公开占比同比增减",
        unit="share of 1",
        nullable=True,
    )
    carried_over_gap: float = column(
        "Carried in, less what the report of the year before carried out (check `years.carried_over` in "
        "`cross_year_checks`); 0 where the years join, null where that could not be tested",
        zh="结转衔接差额",
        unit="件",
        nullable=True,
    )
    requests_received_rank: int = column(
        "Rank by new requests among the bodies of the level, 1 the most (`peer_group_comparison.value_rank`); ties "
        "share a rank; null where not stated or doubtful, or where the level is unresolved",
        zh="新收申请数同级排名",
        nullable=True,
        minimum=1,
    )
    requests_received_member_count: int = column(
        "Reports in that ranking: of one year, level, kind of body and scope, with a sound number",
        zh="新收申请数参与排名报告数",
        unit="reports",
        nullable=True,
        minimum=1,
    )
    granted_share_rank: int = column(
        "Rank by the share granted, 1 the highest, in the same way",
        zh="予以公开占比同级排名",
        nullable=True,
        minimum=1,
    )
    granted_share_member_count: int = column(
        "Reports in that ranking", zh="予以公开占比参与排名报告数", unit="reports", nullable=True, minimum=1
    )
    fact_count: int = column("Facts read", zh="数据项数", unit="facts", minimum=0)
    contradicted_fact_count: int = column("Facts in an identity that fails", zh="矛盾数据项数", unit="facts", minimum=0)
    failed_check_count: int = column("Checks that fail", zh="未通过校验数", unit="checks", minimum=0)
    identity_from: str = column(
        "What told whose report of which year it is: the less certain of the two (see `reports`)",
        zh="身份依据",
        allowed=words.IDENTITY_FROM,
    )


class _Config(Table.Config):
    """Table facts."""

    name = "comparison_by_year"
    title = "年度比较"
    description = (
        "One line a report of any form, for comparison. Columns that have the code of a measure hold its value in "
        "`measures_by_report`, which says why one is null. A contradicted number is shown and marked in the grade of its "
        "block. Compare only reports of one scope, and blocks of which the comparability is `exact`."
    )
    unique = ["report_id"]
    metadata = {
        "grain": "one report: one body and one year",
        "rules": {
            "shares_add_up": (
                "outcomes_grade is distinct from 'verified' or outcomes_comparability <> 'exact' or "
                "abs(granted_share + partially_granted_share + denied_share + unavailable_share + "
                "not_processed_share + other_share - 1) < 1e-9"
            ),
            "rank_within_field": (
                "requests_received_rank is null or requests_received_rank <= requests_received_member_count"
            ),
        },
    }


def _blocks() -> Iterator[Declared]:
    """Name, type and declaration of each column of each block: its measures, how comparable, how certain."""
    for block, (zh, en) in BLOCKS.items():
        for code, measure in measures().items():
            if measure.compared and measure.group == block:
                yield code, float, _measured(measure)
        yield f"{block}_comparability", str, _comparability(zh, en)
        yield f"{block}_grade", str, _grade(zh, en)


def _measured(measure: Measure) -> Any:
    most = 1 if measure.unit == "share of 1" else None
    least = None if most is None else 0
    said = f"{measure.en}: {measure.definition}"
    return column(said, zh=measure.zh, unit=measure.unit, nullable=True, minimum=least, maximum=most)


def _comparability(zh: str, en: str) -> Any:
    said = (
        f"{en}: worst comparability of the measures of this block that have a value; null where the report states none"
    )
    return column(said, zh=f"{zh}：可比性", nullable=True, allowed=("exact", "approximate"))


def _grade(zh: str, en: str) -> Any:
    said = f"{en}: worst grade of the measures of this block that have a value; null where the report states none"
    return column(said, zh=f"{zh}：可信等级", nullable=True, allowed=words.GRADES)


ComparisonByYear = extended(
    "ComparisonByYear",
    "Mart: one row a report, wide.",
    Identified,
    [*_blocks(), *map(declared, columns(_Followed))],
    _Config,
)

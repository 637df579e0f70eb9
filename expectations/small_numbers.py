"""Marts of shares over small numbers: the grounds of refusal, and the problems that a body names again."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as words
from expectations.columns import Table, column
from expectations.crosswalk import SHARE, measures

_GROUNDS = tuple(m.numerator[0] for m in measures().values() if m.group == "refusals")


def _share(description: str, zh: str) -> Any:
    return column(description, zh=zh, unit=SHARE, minimum=0, maximum=1)


class RefusalGrounds(Table):
    """Mart: by which grounds requests were denied."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    form: str = column("Statutory form", zh="格式版本", allowed=words.FORMS)
    scope: str = column("Whom it speaks for", zh="统计范围", allowed=words.SCOPES)
    measure: str = column("Code of the ground", zh="指标", allowed=_GROUNDS)
    refusal_share: float = _share("Denied by the ground, of all denied", "占不予公开比重")
    refusal_share_numerator: float = column("Requests denied by the ground", zh="占不予公开比重：分子", minimum=0)
    refusal_share_denominator: float = column("Requests denied", zh="占不予公开比重：分母", minimum=1)
    refusal_share_low: float = _share("Lower end of its Wilson interval (95 %)", "占不予公开比重：95%区间下限")
    refusal_share_high: float = _share("Upper end of that interval", "占不予公开比重：95%区间上限")
    concentration: float = column(
        "Sum of the squared shares of the eight grounds (Herfindahl): 1 where one ground has all, 0.125 where all are "
        "alike; null unless all eight are known",
        zh="理由集中度",
        nullable=True,
        minimum=0.12,
        maximum=1.000001,
    )
    is_readable: bool = column("Whether at least 30 requests were denied", zh="是否达到30件")
    comparability: str = column("How far it is the ground as defined", zh="可比性", allowed=("exact", "approximate"))
    grade: str = column("Worst grade of what makes the share", zh="可信等级", allowed=words.GRADES)

    class Config:
        """Table facts."""

        name = "refusal_grounds"
        title = "不予公开理由"
        description = (
            "The grounds of refusal as shares of all refusals, with the concentration of the mix. Read a mix only from 30 refusals "
            "(`is_readable`). Compare mixes, never counts, with other countries: their tables count several grounds a request."
        )
        unique = ["report_id", "measure"]
        metadata = {"grain": "one ground of refusal of one report that says how many requests it denied"}


class RepeatedProblems(Table):
    """Mart: how many of a report's problems its report before named too."""

    report_id: str = column("Report", zh="报告编号", unique=True)
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    previous_report_id: str = column("Report before that names problems", zh="上一报告编号")
    previous_report_year: int = column("Its year", zh="上一报告年度", minimum=2008, maximum=2100)
    repeated_share: float = _share("Problems that the report before names too, of all", "重复问题占比")
    repeated_share_numerator: int = column("Problems named again", zh="重复问题占比：分子", minimum=0)
    repeated_share_denominator: int = column("Problems named", zh="重复问题占比：分母", minimum=1)
    repeated_share_low: float = _share("Lower end of its Wilson interval (95 %)", "重复问题占比：95%区间下限")
    repeated_share_high: float = _share("Upper end of that interval", "重复问题占比：95%区间上限")

    class Config:
        """Table facts."""

        name = "repeated_problems"
        title = "重复问题"
        description = (
            "How many of the problems that a report names its report before named too, by likeness of wording "
            "(`problems_over_years`). A body that repeats itself may be the candid one: no ranking."
        )
        unique = ["report_id"]
        metadata = {"grain": "one report that names problems and has one before it that does"}

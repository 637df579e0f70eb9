"""The tables of due dates: the rules, and how many days after its due date each report was published."""

import polars as pl

from expectations import vocabulary as words
from expectations.columns import Table, column


class DueRules(Table):
    """One row a kind of body and what else decides when its reports are due."""

    body_kind: str = column("What kind of organ the body is", zh="机关类别", allowed=words.BODY_KINDS)
    is_of_zone: bool = column("Whether a department is an organ of a development zone", zh="是否开发区机构")
    is_vertical: bool = column("Whether a department belongs to a vertical system", zh="是否垂直管理机关")
    has_own_report: bool = column("Whether an office's government reports itself", zh="所属政府是否另有报告")
    first_report_year: int = column("First report year of the rule", zh="首个报告年度", minimum=2008, maximum=2100)
    last_report_year: int = column(
        "Last report year; null for the rule in force", zh="末个报告年度", nullable=True, minimum=2008, maximum=2100
    )
    due_month: int = column(
        "Month of the last day, in the year after the report year", zh="截止月", minimum=1, maximum=12
    )
    due_day: int = column("Last day of that month on which the report is in time", zh="截止日", minimum=1, maximum=31)
    due_basis: str = column("What the day rests on", zh="截止日依据", allowed=words.DUE_BASES)
    source: str = column("Article that says it, or that our reading starts from", zh="依据")

    class Config:
        """Table facts."""

        name = "due_rules"
        title = "公布期限"
        description = (
            "By which day reports are due. The Regulation names departments and governments from the county up; for townships, zones, "
            "offices and vertical organs the day is our reading, by which nobody is late."
        )
        unique = ["body_kind", "is_of_zone", "is_vertical", "has_own_report", "first_report_year"]
        metadata = {"grain": "one kind of body and its rule over some report years"}


class PublicationDays(Table):
    """Mart: how many days after its due date each report was published, by the date that it prints."""

    report_id: str = column("Report", zh="报告编号", unique=True)
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    body_kind: str = column("What kind of organ the body is", zh="机关类别", allowed=words.BODY_KINDS)
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    due_on: pl.Date = column("Last day for the report (`due_rules`)", zh="截止日期")
    due_basis: str = column("What that day rests on", zh="截止日依据", allowed=words.DUE_BASES)
    due_source: str = column("Article that says it, or that our reading starts from", zh="截止日来源")
    published_on: pl.Date = column("Date of publication as printed", zh="公开日期", nullable=True)
    days_after_due: int = column(
        "`published_on` less `due_on`; negative before the due date; null where no date is printed, or one before the year "
        "was over",
        zh="公开日期距截止日天数",
        unit="days",
        nullable=True,
    )
    comparability: str = column(
        "Always approximate where there is a value: a page that was moved can bear the day of the move",
        zh="可比性",
        nullable=True,
        allowed=("approximate",),
    )
    timing: str = column(
        "How the printed date stands to the due date; only a statute says `after_due_date`",
        zh="公布时间",
        allowed=words.TIMINGS,
    )

    class Config:
        """Table facts."""

        name = "publication_days"
        title = "公布时间"
        description = (
            "Days from the due date to the printed date of publication. A report that bears a later date can have been there before: "
            "sites move, and pages are put up again. Where the day is our reading, nothing is said of lateness."
        )
        unique = ["report_id"]
        metadata = {
            "grain": "one report",
            "rules": {
                "no_lateness_by_our_reading": "timing <> 'after_due_date' or due_basis = 'statute'",
                "no_days_without_a_date": "days_after_due is null or published_on is not null",
                "after_is_after": "(timing = 'after_due_date') <= (days_after_due > 0)",
            },
        }

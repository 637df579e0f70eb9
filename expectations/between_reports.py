"""The checks between reports: one year against the next, a whole against its parts. Same words as `checks`."""

from expectations import vocabulary as words
from expectations.columns import Table, column


class CrossYearChecks(Table):
    """Core: what a report says against what the same body's other reports say."""

    check_id: str = column("Report, check and place: `<report_id>/<check_code>/<place>`", zh="校验编号", unique=True)
    report_id: str = column("Report of the later year, which the check is booked to", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    form: str = column("Statutory form", zh="格式版本", allowed=words.FORMS)
    previous_report_id: str = column(
        "The body's report of the year before; null where there is none", zh="上年报告编号", nullable=True
    )
    kind: str = column("Always `years`, so that the checks can be read together", zh="校验类别", allowed=("years",))
    check_code: str = column(
        "`years.carried_over`: carried in = carried out of the year before; `years.in_force`: in force = in force the "
        "year before + issued - repealed; `years.repeated`: the numbers are not those of the year before; "
        "`years.jump`: a number is within what the body's other years and its peers make plausible",
        zh="校验代码",
        allowed=("years.carried_over", "years.in_force", "years.repeated", "years.jump"),
    )
    place: str = column(
        "Column code (carried_over), row code (in_force), table or empty for the whole report (repeated), "
        "or `<form_table>/<form_row>/<form_column>` (jump)",
        zh="校验位置",
    )
    left_value: float = column(
        "This report's side: the number as printed; for `years.repeated` the cells that are the same",
        zh="左值",
        nullable=True,
    )
    right_value: float = column(
        "The other side: what the year before leads to; for `years.repeated` the cells that were compared; "
        "for `years.jump` what the body's other years and its peers lead to expect",
        zh="右值",
        nullable=True,
    )
    difference: float = column("Left minus right", zh="差值", nullable=True)
    statistic: float = column(
        "What the outcome was decided by, where it is a matter of degree: the share of cells that are the same; "
        "the distance from the expected number in powers of ten",
        zh="判定统计量",
        nullable=True,
    )
    threshold: float = column("What the statistic was held against", zh="判定阈值", nullable=True)
    outcome: str = column(
        "Whether it holds, fails, could not be tested, or is flagged as implausible (`years.jump` and "
        "`years.in_force`)",
        zh="校验结果",
        allowed=words.COMPARISON_OUTCOMES,
    )
    message: str = column("The finding in a sentence", zh="说明")
    left_evidence: str = column(
        "Ids of the facts on the left, separated by spaces; for `years.repeated` the report's id",
        zh="左值依据",
        nullable=True,
    )
    right_evidence: str = column(
        "Ids of the facts on the right, separated by spaces; for `years.repeated` the id of the report before",
        zh="右值依据",
        nullable=True,
    )

    class Config:
        """Table facts."""

        name = "cross_year_checks"
        title = "跨年校验"
        description = (
            "What a report says against the same body's other reports of the same scope. `not_testable` never counts "
            "as passed, and `flagged` is no error: the number can be right, and documents lapse without a line for it. A failing check does not say which of "
            "the two years is wrong."
        )
        unique = ["check_id"]
        metadata = {
            "grain": "one check between years at one place of one report",
            "rules": {
                "what_fails_differs": (
                    "check_code not in ('years.carried_over', 'years.in_force') or outcome not in ('fails', 'flagged') or "
                    "difference <> 0"
                ),
                "what_holds_does_not": (
                    "check_code not in ('years.carried_over', 'years.in_force') or outcome <> 'holds' or difference = 0"
                ),
                "only_jumps_and_stocks_are_flagged": (
                    "outcome <> 'flagged' or check_code in ('years.jump', 'years.in_force')"
                ),
                "no_jump_or_stock_is_an_error": (
                    "outcome <> 'fails' or check_code not in ('years.jump', 'years.in_force')"
                ),
                "what_is_flagged_is_beyond_its_threshold": (
                    "outcome <> 'flagged' or check_code = 'years.in_force' or abs(statistic) > threshold"
                ),
            },
        }


class HierarchyChecks(Table):
    """Core: a whole territory's report against those of the divisions in it."""

    check_id: str = column("Report, check and place: `<report_id>/<check_code>/<place>`", zh="校验编号", unique=True)
    report_id: str = column("Report for the whole territory", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    government_code: str = column("GB/T 2260 code of the territory", zh="行政区划代码", pattern=r"^[0-9]{6}$")
    form: str = column("Statutory form", zh="格式版本", allowed=words.FORMS)
    kind: str = column(
        "Always `hierarchy`, so that the checks can be read together", zh="校验类别", allowed=("hierarchy",)
    )
    check_code: str = column(
        "`hierarchy.within_whole`: the parts that are known add up to no more than the whole; "
        "`hierarchy.equals_whole`: all parts and the government's own level add up to the whole; "
        "`hierarchy.owner_agrees`: what the narrative says of an owner is what the owner's own report says",
        zh="校验代码",
        allowed=("hierarchy.within_whole", "hierarchy.equals_whole", "hierarchy.owner_agrees"),
    )
    place: str = column(
        "Cell: `<form_table>/<form_row>/<form_column>`; for an owner `figures/<indicator>/<ordinal>`", zh="校验位置"
    )
    left_value: float = column(
        "Sum of the parts, with the own level for `hierarchy.equals_whole`", zh="左值", nullable=True
    )
    right_value: float = column("The whole as printed", zh="右值", nullable=True)
    difference: float = column("Left minus right", zh="差值", nullable=True)
    division_count: int = column("Divisions that the territory has", zh="下辖区划数", unit="divisions", minimum=1)
    part_count: int = column(
        "Divisions of which a report of the same year and form has a number here",
        zh="有数据的区划数",
        unit="divisions",
        minimum=0,
    )
    outcome: str = column("Whether it holds, fails, or could not be tested", zh="校验结果", allowed=words.OUTCOMES)
    message: str = column("The finding in a sentence", zh="说明")
    left_evidence: str = column(
        "Ids of the parts' facts, and of the figure of the own level, separated by spaces", zh="左值依据", nullable=True
    )
    right_evidence: str = column("Id of the whole's fact", zh="右值依据", nullable=True)

    class Config:
        """Table facts."""

        name = "hierarchy_checks"
        title = "上下级校验"
        description = (
            "A report for a whole territory against the reports of the divisions in it. A sum of parts below the whole "
            "holds, however few parts are known; `not_testable` never counts as passed."
        )
        unique = ["check_id"]
        metadata = {
            "grain": "one check of one cell of one report for a whole territory",
            "rules": {
                "parts_within_divisions": "part_count <= division_count",
                "parts_that_hold_are_within": (
                    "check_code <> 'hierarchy.within_whole' or outcome <> 'holds' or difference <= 0"
                ),
                "parts_that_fail_are_not": (
                    "check_code <> 'hierarchy.within_whole' or outcome <> 'fails' or difference > 0"
                ),
                "equality_needs_all_parts": (
                    "check_code <> 'hierarchy.equals_whole' or outcome = 'not_testable' or part_count = division_count"
                ),
            },
        }

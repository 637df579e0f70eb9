"""The tables about who reports: the dictionaries of governments and functions, and the bodies that were seen."""

from expectations import vocabulary as words
from expectations.columns import Table, column
from expectations.functions import functions

_CODE = r"^[0-9]{6}$"


class Governments(Table):
    """Dictionary: one row a division, today's or former."""

    government_code: str = column(
        "GB/T 2260 code, or statistical code of a zone; of a former division that of its time, which can be another's today",
        zh="行政区划代码",
        pattern=_CODE,
    )
    government_name: str = column("Full name of the division", zh="行政区划名称")
    level: str = column("Level of the division", zh="行政层级", allowed=words.LEVELS)
    is_zone: bool = column("Whether it is a development zone, not a government", zh="是否开发区")
    parent_government_code: str = column(
        "Code of the division above it, at its time", zh="上级行政区划代码", nullable=True, pattern=_CODE
    )
    parent_government_name: str = column("Name of that division", zh="上级行政区划名称", nullable=True)
    province_code: str = column("GB/T 2260 code of the province", zh="省级代码", pattern=_CODE)
    province_name: str = column("Province", zh="省份")
    valid_to: int = column(
        "Year of the change that ended the division or its name; null for those of today",
        zh="变更年份",
        nullable=True,
        minimum=2007,
        maximum=2100,
    )
    change: str = column(
        "What happened then: renamed (the same government under another name or status), moved (under another parent), "
        "merged (into another government), abolished (divided among several)",
        zh="变更方式",
        nullable=True,
        allowed=words.DIVISION_CHANGES,
    )
    government_successor_code: str = column(
        "Code of the government of today that it is or is part of", zh="继任行政区划代码", nullable=True, pattern=_CODE
    )

    class Config:
        """Table facts."""

        name = "governments"
        title = "行政区划"
        description = (
            "The division tree of 2023, and the divisions that were renamed, moved, merged or abolished since 2007. "
            "A report's government is that of today where it was renamed or moved, and the former one where it was merged."
        )
        unique = ["government_code", "government_name"]
        metadata = {
            "grain": "one division under one name",
            "rules": {
                "what_changed_has_a_year": "(change is null) = (valid_to is null)",
            },
        }


class Functions(Table):
    """Dictionary: one row a name that the organ of a function has or had."""

    organ_name: str = column("Name of the organ, without its ending (局, 委员会 …)", zh="机构名称", unique=True)
    body_function: str = column("Function that it is the organ of", zh="部门职能", allowed=tuple(functions()))
    function_zh: str = column("Function in Chinese", zh="职能")
    function_en: str = column("Function in English", zh="职能（英文）")
    valid_from: int = column(
        "Year of the reform that made the name; null where it is older than the reports",
        zh="起始年份",
        nullable=True,
        minimum=1990,
        maximum=2100,
    )
    valid_until: int = column(
        "Year of the reform that ended the name; localities followed within about two years; null where it stands",
        zh="终止年份",
        nullable=True,
        minimum=1990,
        maximum=2100,
    )
    fit: str = column(
        "exact where the organ's tasks are the function; approximate where it had a part of it, or other tasks besides, "
        "so that a series has a break",
        zh="可比性",
        allowed=words.FUNCTION_FITS,
    )
    note: str = column("What is different, or what became of it", zh="说明", nullable=True)
    accountability: str = column(
        "Whom an organ of the name answers to below the state: its government (local), that and the organ above (dual), "
        "or a system of its own that is no part of the local government (vertical)",
        zh="领导体制",
        allowed=words.ACCOUNTABILITIES,
    )
    accountability_source: str = column(
        "Rule that says so; `needs_source` where no text was had; null for local", zh="领导体制依据", nullable=True
    )

    class Config:
        """Table facts."""

        name = "functions"
        title = "部门职能"
        description = (
            "Names of departments by function, over the reforms of 2008, 2013 and 2018. "
            "Several organs of one function in one year are predecessors that were merged later: do not count them twice."
        )
        unique = ["organ_name"]
        metadata = {
            "grain": "one name of the organ of one function",
            "rules": {
                "who_is_led_from_above_has_a_source": "accountability = 'local' or accountability_source is not null"
            },
        }


class Bodies(Table):
    """Core: one row a body that reported."""

    body_id: str = column("Stable id of the reporting body", zh="机关编号", unique=True)
    body_name: str = column("Body as its latest report prints it", zh="机关名称")
    body_kind: str = column("What kind of organ the body is", zh="机关类别", allowed=words.BODY_KINDS)
    body_function: str = column(
        "Function of a department; null for other bodies and unknown names",
        zh="部门职能",
        nullable=True,
        allowed=tuple(functions()),
    )
    accountability: str = column(
        "Whom a department answers to: its government (local), that and the organ above (dual), or a system of its own "
        "(vertical), which is no part of a territory; null for other bodies, organs of the state and unknown names",
        zh="领导体制",
        nullable=True,
        allowed=words.ACCOUNTABILITIES,
    )
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    government_code: str = column("GB/T 2260 code of its government", zh="行政区划代码", nullable=True, pattern=_CODE)
    government_name: str = column("Division", zh="行政区划名称", nullable=True)
    parent_government_code: str = column(
        "Code of the division above its government", zh="上级行政区划代码", nullable=True, pattern=_CODE
    )
    parent_government_name: str = column("Name of that division", zh="上级行政区划名称", nullable=True)
    province_code: str = column("GB/T 2260 code of the province", zh="省级代码", nullable=True, pattern=_CODE)
    province_name: str = column("Province", zh="省份", nullable=True)
    government_successor_code: str = column(
        "Code of the government that a merged one is part of today", zh="继任行政区划代码", nullable=True, pattern=_CODE
    )
    body_from: str = column(
        "The most certain of what told the body in its reports (see `reports`)",
        zh="机关名称依据",
        allowed=words.BODY_FROM,
    )
    first_year: int = column("First year reported on", zh="首个报告年度", minimum=2008, maximum=2100)
    last_year: int = column("Last year reported on", zh="最近报告年度", minimum=2008, maximum=2100)
    report_count: int = column("Reports", zh="报告数", unit="reports", minimum=1)
    names_printed: str = column("All names that its reports print, separated by 、", zh="曾用名称")

    class Config:
        """Table facts."""

        name = "bodies"
        title = "机关"
        description = (
            "Bodies that reported, whatever they were called. A department that was renamed in a reform is another body: "
            "follow it by `government_code` and `body_function`."
        )
        unique = ["body_id"]
        metadata = {"grain": "one body"}

"""The tables of the narrative: the dictionary of indicators, and what the sentences say, one statement a row."""

from expectations import vocabulary as words
from expectations.columns import Table, column
from expectations.indicators import groups, indicators
from expectations.narrative_words import classes, object_classes

SHA256 = r"^[0-9a-f]{64}$"


class Indicators(Table):
    """One row an indicator of the dictionary."""

    indicator: str = column("Code of the indicator", zh="指标代码", unique=True, allowed=indicators())
    ordinal: int = column("Place in the dictionary, from 1", zh="序号", minimum=1)
    indicator_group: str = column("Code of its group", zh="指标组代码", allowed=groups())
    group_zh: str = column("Chinese name of the group", zh="指标组")
    group_en: str = column("English name of the group", zh="指标组英文名称")
    indicator_zh: str = column("Chinese name", zh="指标")
    indicator_en: str = column("English name", zh="指标英文名称")
    definition: str = column("What it counts or measures", zh="定义")
    unit: str = column("Unit that figures are normalised to", zh="单位")
    part_of_indicator: str = column(
        "The whole that it is a part of", zh="所属总量指标", nullable=True, allowed=indicators()
    )
    is_main: bool = column("Whether it is a column of `narrative_by_year`", zh="是否主要指标")

    class Config:
        """Table facts."""

        name = "indicators"
        title = "指标字典"
        description = (
            "What the numbers of a narrative can be numbers of: the dictionary `data/indicators.yaml`. "
            "Codes never change meaning; that a report does not state an indicator says nothing of its value."
        )
        unique = ["indicator"]
        metadata = {
            "grain": "one indicator",
            "rules": {"nothing_is_a_part_of_itself": "part_of_indicator <> indicator"},
        }


class Themes(Table):
    """One row a theme of problems and commitments."""

    theme: str = column("Code of the theme", zh="主题代码", unique=True, allowed=words.THEMES)
    ordinal: int = column("Place in the dictionary, from 1", zh="序号", minimum=1)
    theme_zh: str = column("Chinese name", zh="主题")
    theme_en: str = column("English name", zh="主题英文名称")
    definition: str = column("What belongs to it, and what does not", zh="定义")
    theme_group: str = column(
        "Field of 国办公开办函〔2021〕30号 一（一） that it belongs to by our assignment",
        zh="领域代码",
        allowed=words.THEME_GROUPS,
    )
    group_zh: str = column("Chinese name of the field", zh="领域")
    group_en: str = column("English name of the field", zh="领域英文名称")
    source: str = column("Where the form names the field", zh="依据")

    class Config:
        """Table facts."""

        name = "themes"
        title = "问题主题字典"
        description = (
            "What problems and commitments are about: `data/problem_themes.yaml`. The form names the five fields; "
            "which theme belongs to which field is our assignment."
        )
        unique = ["theme"]
        metadata = {"grain": "one theme"}


class Figures(Table):
    """One row a quantitative statement of the narrative."""

    figure_id: str = column("Report and number: `<report_id>/figures/<ordinal>`", zh="陈述编号", unique=True)
    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    ordinal: int = column("Place among the report's figures, from 1", zh="序号", minimum=1)
    indicator: str = column(
        "Code of the dictionary, or `unmapped` for a statement that it does not know",
        zh="指标代码",
        allowed=(words.UNMAPPED, *indicators()),
    )
    indicator_group: str = column(
        "Group of the indicator; null for `unmapped`", zh="指标组代码", nullable=True, allowed=groups()
    )
    aspect: str = column(
        "Whether it gives the quantity itself, its share of a whole, its change, or a rank",
        zh="陈述方面",
        allowed=words.ASPECTS,
    )
    value: float = column(
        "Plain number in the printed measure word: 67.45万条 is 674500; null beyond what is exact (see `raw`)",
        zh="数值",
        nullable=True,
    )
    printed_value: float = column(
        "The number as printed, also where a line of `corrections` put `value` right", zh="原文数值", nullable=True
    )
    value_to: float = column("Upper end, where the sentence gives a range", zh="数值上限", nullable=True)
    unit: str = column("Measure word as printed; empty where there is none", zh="单位")
    normalised_value: float = column(
        "The same quantity in `normalised_unit`; null where it cannot be converted", zh="标准化数值", nullable=True
    )
    normalised_unit: str = column(
        "The indicator's unit; for shares, changes and ranks the printed one", zh="标准化单位", nullable=True
    )
    qualifier: str = column("Word at the number: 余, 多, 近, 超, 约, 累计 …", zh="限定词", nullable=True)
    change_kind: str = column(
        "Whether a change is a rise or a fall; the value is positive in both",
        zh="变化方向",
        nullable=True,
        allowed=words.CHANGE_KINDS,
    )
    change_base: str = column(
        "What a change is measured against", zh="变化基期", nullable=True, allowed=words.CHANGE_BASES
    )
    part_of_figure_id: str = column(
        "Figure that it is a part of, or that a share or a change speaks of", zh="所属陈述编号", nullable=True
    )
    scope: str = column(
        "Whom it speaks for: the whole territory (全市), the level's own organs (市本级), the reporting organ, not stated",
        zh="统计范围",
        allowed=words.FIGURE_SCOPES,
    )
    object: str = column("What is counted: the head noun as printed", zh="对象", nullable=True)
    object_class: str = column(
        "Class of the head noun in `data/narrative_words.yaml`: item, document, request …; null for nouns that say nothing",
        zh="对象类别",
        nullable=True,
        allowed=object_classes(),
    )
    action: str = column(
        "What is done with it: class of the verb", zh="动作", nullable=True, allowed=classes("actions")
    )
    channel: str = column(
        "Way of publishing or asking that the sentence names last before the number",
        zh="渠道",
        nullable=True,
        allowed=classes("channels"),
    )
    owner: str = column(
        "Of whom within the report it speaks, as printed: 市级, 东湖县, 市住建局; null where it is the whole body. "
        "A figure with an owner never stands for the body",
        zh="所属主体",
        nullable=True,
    )
    owner_code: str = column(
        "Government that the owner is, or is an organ of, where its name tells one", zh="所属政府代码", nullable=True
    )
    owner_body_id: str = column(
        "Body that the owner is, where its name tells one; it need not have a report", zh="所属机构编号", nullable=True
    )
    time: str = column(
        "Time that the clause names: this_year, last_year, cumulative; null where it names none",
        zh="时间",
        nullable=True,
        allowed=classes("times"),
    )
    modifier: str = column(
        "What narrows the quantity: part (其中), added (新增), repaired (整改) …",
        zh="修饰",
        nullable=True,
        allowed=classes("modifiers"),
    )
    rival_indicator: str = column(
        "Indicator that fits best where none is certain enough to be named; null for mapped figures",
        zh="候选指标",
        nullable=True,
        allowed=indicators(),
    )
    section: int = column("Number of the section that the sentence stands in", zh="章节序号", minimum=0, maximum=9)
    subject: str = column("What is counted, in the sentence's words", zh="陈述对象")
    raw: str = column("Literal number with its unit", zh="原文")
    sentence: str = column("Sentence that states it", zh="原句")
    sentence_start: int = column(
        "First character of the sentence in the section's `text`, from 0", zh="原句起始位置", minimum=0
    )
    sentence_end: int = column("Character behind the sentence", zh="原句结束位置", minimum=1)
    number_start: int = column("First character of the number in the section's `text`", zh="数字起始位置", minimum=0)
    number_end: int = column("Character behind the number", zh="数字结束位置", minimum=1)
    confidence: float = column(
        "How sure the indicator is: the share of such figures that were right on texts not used for tuning",
        zh="置信度",
        minimum=0,
        maximum=1,
    )
    grade: str = column(
        "Whether a sum, a share or a table cell bears it out, contradicts it, none could be tested, or a line of "
        "`corrections` put it right",
        zh="可信等级",
        allowed=words.FIGURE_GRADES,
    )
    document_sha256: str = column("Document that the sentence stands in", zh="文件哈希", pattern=SHA256)

    class Config:
        """Table facts."""

        name = "figures"
        title = "文字数据"
        description = (
            "Numbers of the narrative, each with its sentence. Do not add figures up: a part stands beside its whole, "
            "and a report can state one quantity several times, for several scopes."
        )
        unique = ["report_id", "ordinal"]
        metadata = {
            "grain": "one quantitative statement of one report",
            "rules": {
                "a_group_exactly_if_mapped": f"(indicator = '{words.UNMAPPED}') = (indicator_group is null)",
                "unmapped_is_not_normalised": f"indicator <> '{words.UNMAPPED}' or normalised_value is null",
                "a_normalised_value_has_a_unit": "(normalised_value is null) = (normalised_unit is null)",
                "a_change_exactly_if_the_aspect_is": "(aspect = 'change') = (change_kind is not null)",
                "a_change_has_a_base": "(change_kind is null) = (change_base is null)",
                "only_a_correction_changes_it": "grade = 'corrected' or value is not distinct from printed_value",
                "a_rival_only_if_unmapped": f"indicator = '{words.UNMAPPED}' or rival_indicator is null",
                "an_owner_is_told_only_of_an_owner": "owner is not null or (owner_code is null and owner_body_id is null)",
                "a_range_goes_up": "value_to is null or value_to >= value",
                "nothing_is_a_part_of_itself": "part_of_figure_id <> figure_id",
                "the_number_stands_in_its_sentence": (
                    "sentence_start <= number_start and number_start < number_end and number_end <= sentence_end"
                ),
                "it_stands_there_literally": (
                    "substring(sentence, number_start - sentence_start + 1, number_end - number_start) = raw"
                ),
            },
        }


class Problems(Table):
    """One row a shortcoming that section 5 names."""

    problem_id: str = column("Report and number: `<report_id>/problems/<ordinal>`", zh="问题编号", unique=True)
    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    ordinal: int = column("Place among the report's problems, from 1", zh="序号", minimum=1)
    theme: str = column("What it is about, or most about where it names two", zh="主题", allowed=words.THEMES)
    second_theme: str = column(
        "Another matter that it names besides, as 培训不足 in 更新不及时，培训不足; null where it names one",
        zh="第二主题",
        nullable=True,
        allowed=words.THEMES,
    )
    text: str = column("Statement as printed", zh="原文")
    section: int = column("Number of the section that it stands in", zh="章节序号", minimum=0, maximum=9)
    text_start: int = column("First character in the section's `text`, from 0", zh="起始位置", minimum=0)
    text_end: int = column("Character behind it", zh="结束位置", minimum=1)
    commitment_id: str = column("Commitment that answers it, where the text pairs them", zh="改进编号", nullable=True)
    document_sha256: str = column("Document that it stands in", zh="文件哈希", pattern=SHA256)

    class Config:
        """Table facts."""

        name = "problems"
        title = "存在的问题"
        description = (
            "Shortcomings that reports name themselves, each with a theme. "
            "A report that names none has not shown that it has none."
        )
        unique = ["report_id", "ordinal"]
        metadata = {
            "grain": "one problem of one report",
            "rules": {
                "the_text_has_a_length": "text_start < text_end",
                "a_second_theme_is_another": "second_theme is null or (second_theme <> theme and second_theme <> 'other')",
            },
        }


class Commitments(Table):
    """One row an improvement that section 5 promises."""

    commitment_id: str = column("Report and number: `<report_id>/commitments/<ordinal>`", zh="改进编号", unique=True)
    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    ordinal: int = column("Place among the report's commitments, from 1", zh="序号", minimum=1)
    theme: str = column("What it is about", zh="主题", allowed=words.THEMES)
    text: str = column("Statement as printed", zh="原文")
    section: int = column("Number of the section that it stands in", zh="章节序号", minimum=0, maximum=9)
    text_start: int = column("First character in the section's `text`, from 0", zh="起始位置", minimum=0)
    text_end: int = column("Character behind it", zh="结束位置", minimum=1)
    document_sha256: str = column("Document that it stands in", zh="文件哈希", pattern=SHA256)

    class Config:
        """Table facts."""

        name = "commitments"
        title = "改进措施"
        description = "Improvements that reports promise. That one is promised does not say that it was made."
        unique = ["report_id", "ordinal"]
        metadata = {
            "grain": "one commitment of one report",
            "rules": {"the_text_has_a_length": "text_start < text_end"},
        }

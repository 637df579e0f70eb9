"""The tables that parsing yields: what the documents say, cell by cell, before anything is compared."""

import polars as pl

from expectations import vocabulary as words
from expectations.columns import Table, column
from expectations.functions import functions

SHA256 = r"^[0-9a-f]{64}$"


class Documents(Table):
    """One row a document that was read."""

    document_sha256: str = column("SHA-256 of the document's bytes", zh="文件哈希", unique=True, pattern=SHA256)
    report_id: str = column("Report that the document states", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    file_name: str = column(
        "Name under which the document was first found; below the archive's name for a file in an archive", zh="文件名"
    )
    source_url: str = column(
        "Address that it, or the archive that it was in, was fetched from, where known; where it moved and was revised "
        "since, the address that it moved to",
        zh="来源网址",
        nullable=True,
    )
    fetched_at: str = column(
        "When that address first held these bytes, as far as is known: UTC, ISO form; null for files that were given",
        zh="抓取时间",
        nullable=True,
    )
    container_sha256: str = column(
        "SHA-256 of the ZIP archive that it was taken out of; null for a file of its own",
        zh="所在压缩包哈希",
        nullable=True,
        pattern=SHA256,
    )
    attached_to: str = column(
        "Name of the page that links it as the report, where the page is in the source too",
        zh="所属网页",
        nullable=True,
    )
    format: str = column("File format, told from the bytes", zh="文件格式", allowed=words.FORMATS)
    encoding: str = column("Character encoding used to decode it", zh="字符编码", nullable=True)
    size_bytes: int = column("Size of the document", zh="文件大小", unit="bytes", minimum=0)
    page_count: int = column("Pages; null for formats without pages", zh="页数", unit="pages", nullable=True, minimum=0)
    ocr_page_count: int = column(
        "Pages or pictures that were read by character recognition", zh="识别页数", unit="pages", minimum=0
    )
    block_count: int = column("Headings, paragraphs and tables read", zh="内容块数", unit="blocks", minimum=0)
    table_count: int = column("Tables read, statutory or not", zh="表格数", unit="tables", minimum=0)
    unused_table_count: int = column(
        "Tables that are neither statutory nor metadata and were left alone", zh="未用表格数", unit="tables", minimum=0
    )
    replacement_character_count: int = column(
        "Characters that could not be decoded (U+FFFD)", zh="乱码字符数", unit="characters", minimum=0
    )
    stands: bool = column("Whether the report's facts were taken from this document", zh="是否采用")
    parser_version: str = column("Hash of the code and forms that parsed it", zh="解析程序版本")

    class Config:
        """Table facts."""

        name = "documents"
        title = "文件"
        description = (
            "Files and pages that were read. Two documents can state one report (a page and its PDF, a revision): "
            "only one stands. Do not count reports here."
        )
        unique = ["document_sha256"]
        metadata = {"grain": "one document"}


class Reports(Table):
    """One row a report: what one body says of one year."""

    report_id: str = column("Body and year: `<body_id>-<report_year>`", zh="报告编号", unique=True)
    document_sha256: str = column("Document that stands for the report", zh="文件哈希", pattern=SHA256)
    report_year: int = column(
        "Year that the report is about, not the year it was published", zh="报告年度", minimum=2008, maximum=2100
    )
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    body_kind: str = column("What kind of organ the body is", zh="机关类别", allowed=words.BODY_KINDS)
    body_function: str = column(
        "Function of a department, by which its series can be followed over reforms and renamings (see `functions`); "
        "null for other bodies and for names that are not known",
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
    government_code: str = column(
        "GB/T 2260 code of the body's government, today's where it was renamed; the code of its time where it was merged "
        "or divided; null where the name is not in the division tree or is ambiguous",
        zh="行政区划代码",
        nullable=True,
        pattern=r"^[0-9]{6}$",
    )
    government_name: str = column("Full name of that government's division", zh="行政区划名称", nullable=True)
    government_successor_code: str = column(
        "Code of the government that a merged one is part of today",
        zh="继任行政区划代码",
        nullable=True,
        pattern=r"^[0-9]{6}$",
    )
    government_note: str = column(
        "Why the government is not told, or what became of it: renamed, merged, divided, a zone without a code",
        zh="行政区划说明",
        nullable=True,
    )
    level: str = column(
        "Level of the body's government; of a development zone without a code, and of its organs, the level next below "
        "the government that it belongs to",
        zh="行政层级",
        allowed=words.LEVELS,
    )
    province_code: str = column("GB/T 2260 code of the province", zh="省级代码", nullable=True, pattern=r"^[0-9]{6}$")
    province_name: str = column("Province", zh="省份", nullable=True)
    form: str = column("Statutory form that the tables follow", zh="格式版本", allowed=words.FORMS)
    scope: str = column(
        "Whom the report speaks for: the whole territory (全市各级行政机关), the level's own organs (本级政府及其部门), one organ "
        "(本机关), or it does not say",
        zh="统计范围",
        allowed=words.SCOPES,
    )
    scope_from: str = column(
        "What told the scope: a sentence on what the statistics cover, a count of requests, or, for departments and "
        "townships that say nothing else, the kind of body alone (a default)",
        zh="统计范围依据",
        allowed=words.SCOPE_FROM,
    )
    scope_sentence: str = column("That sentence as printed", zh="统计范围依据原文", nullable=True)
    published_on: pl.Date = column("Date of publication as printed", zh="公开日期", nullable=True)
    title: str = column("Title as printed", zh="标题", nullable=True)
    body_from: str = column(
        "What told the body. `source` is the register or the page that links the document, which itself is silent",
        zh="机关名称依据",
        allowed=words.BODY_FROM,
    )
    year_from: str = column(
        "What told the year",
        zh="年度依据",
        allowed=words.YEAR_FROM,
    )
    identity_from: str = column(
        "The less certain of `body_from` and `year_from`. A title is the most certain; look at the report before you rely "
        "on `text` or `source`",
        zh="身份依据",
        allowed=words.IDENTITY_FROM,
    )
    index_number: str = column("索引号 of the publication's metadata", zh="索引号", nullable=True)
    fact_count: int = column("Facts read, blank cells included", zh="数据项数", unit="facts", minimum=0)
    failed_check_count: int = column("Checks that fail", zh="未通过校验数", unit="checks", minimum=0)

    class Config:
        """Table facts."""

        name = "reports"
        title = "年度报告"
        description = (
            "Annual reports on open government information (政府信息公开工作年度报告). "
            "Reports of different scope are not comparable with one another."
        )
        unique = ["report_id"]
        metadata = {"grain": "one report: one body and one year"}


class Sections(Table):
    """One row a section of a report, the preamble being section 0."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    section: int = column(
        "Number of the section on the form since 2019; 0 is what stands before section 1. Reports for years before have "
        "other sections: those that mean the same have its number, all others are 7, and text around the annex is 8",
        zh="章节序号",
        minimum=0,
        maximum=9,
    )
    title: str = column("Heading as printed", zh="章节标题", nullable=True)
    text: str = column("Text of the section, one block a line, tables left out", zh="章节正文")
    character_count: int = column("Length of the text", zh="字数", unit="characters", minimum=0)

    class Config:
        """Table facts."""

        name = "sections"
        title = "章节"
        description = (
            "Text of the statutory sections as printed. A section that a report lacks has no row. Of sections that mean "
            "the same (in reports for years before 2019) the headings behind the first are lines of the text."
        )
        unique = ["report_id", "section"]
        metadata = {"grain": "one section of one report"}


class Facts(Table):
    """One row a cell of a statutory table."""

    fact_id: str = column(
        "Report, table, row and column: `<report_id>/<form_table>/<form_row>/<form_column>`",
        zh="数据项编号",
        unique=True,
    )
    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    form: str = column(
        "Statutory form whose codes `form_row` and `form_column` are", zh="格式版本", allowed=words.FORMS
    )
    form_table: str = column("Statutory table", zh="表", allowed=words.FORM_TABLES)
    form_row: str = column("Row code of the form, or `unmapped.<n>` for a row that no form knows", zh="行代码")
    form_column: str = column(
        "Column code of the form, or `unmapped.<n>`. In the annex `value` is this year of the whole body; `cumulative`, "
        "`previous_year` and `own_level` are what the header says, and other columns `unmapped.<n>` with `column_label`",
        zh="列代码",
    )
    value: float = column(
        "Number to use: as printed, but where `grade` is corrected; null where the cell is blank or holds no number "
        "(see `raw`)",
        zh="数值",
        nullable=True,
    )
    printed_value: float = column(
        "Number as printed, also where it was corrected; null where the cell is blank or holds no number",
        zh="原文数值",
        nullable=True,
    )
    unit: str = column("Unit as printed in cell or header, else the form's", zh="单位", nullable=True)
    raw: str = column("Literal text of the cell; empty where it is blank", zh="原文")
    row_label: str = column("Row label as printed", zh="行标签")
    column_label: str = column("Column label as printed; empty where the column was told by position", zh="列标签")
    grade: str = column(
        "How far the number can be trusted: every identity holds, none could be tested, one fails, two places differ, "
        "a line of `corrections` put it right",
        zh="可信等级",
        allowed=words.GRADES,
    )
    verified_by: str = column(
        "Identities of the form that bear a verified number out, with spaces between (`row_sum balance`; the checks are "
        "`<form_table>.<code>`); null for all other grades",
        zh="据以验证的勾稽关系",
        nullable=True,
    )
    untested_identities: str = column(
        "Identities that the cell takes part in and that could not be tested, as a side of them is blank or cannot be "
        "read; null where all could. A verified number with a code here is proven in part",
        zh="无法检验的勾稽关系",
        nullable=True,
    )
    prose_outcome: str = column(
        "Whether the narrative says the same number or another; null where it does not say it. Leaves the grade alone: "
        "a sentence often speaks of one office and the table of all",
        zh="文字核对结果",
        nullable=True,
        allowed=("holds", "fails"),
    )
    read_by: str = column(
        "Whether the characters were text or recognised in a picture", zh="读取方式", allowed=words.READ_BY
    )
    confidence: float = column(
        "Confidence of character recognition; null for text", zh="识别置信度", nullable=True, minimum=0, maximum=1
    )
    document_sha256: str = column("Document that the cell stands in", zh="文件哈希", pattern=SHA256)
    locator: str = column("Where in the document the table or line stands, in the document's own terms", zh="位置")
    grid_row: int = column(
        "Row of the cell in that table's grid, from 0; null outside a table", zh="网格行", nullable=True
    )
    grid_column: int = column("Column of the cell in the grid, from 0", zh="网格列", nullable=True)

    class Config:
        """Table facts."""

        name = "facts"
        title = "统计表数据"
        description = (
            "Cells of the three statutory tables since 2019, or of the annex (`statistics`) of 2014 to 2018, exactly as "
            "printed: a wrong sum is reported, never repaired, but by a line of `corrections`. "
            "A null value is not zero: blank, `/`, `—` and 无 stay apart in `raw`."
        )
        unique = ["fact_id"]
        metadata = {
            "grain": "one cell of a statutory table of one report",
            "rules": {
                "blank_has_no_value": "raw <> '' or printed_value is null",
                "only_a_correction_changes_it": "grade = 'corrected' or value is not distinct from printed_value",
            },
        }


class Checks(Table):
    """One row a check of a report."""

    check_id: str = column("Report, check and place: `<report_id>/<check_code>/<place>`", zh="校验编号", unique=True)
    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    form: str = column("Statutory form that the check belongs to", zh="格式版本", allowed=words.FORMS)
    kind: str = column(
        "Arithmetic of the form, structure of the tables, prose against table, identification, several documents, or "
        "the arithmetic again with corrected numbers (`corrections`); "
        "`years` and `hierarchy` are those of the tables `cross_year_checks` and `hierarchy_checks`",
        zh="校验类别",
        allowed=words.CHECK_KINDS,
    )
    check_code: str = column("Code of the check, e.g. `requests.balance`", zh="校验代码")
    place: str = column("Row or column code that it was applied to; empty for the whole report", zh="校验位置")
    left_value: float = column("Left side", zh="左值", nullable=True)
    right_value: float = column("Right side", zh="右值", nullable=True)
    difference: float = column("Left minus right", zh="差值", nullable=True)
    outcome: str = column(
        "Whether it holds, fails, could not be tested, or is flagged: the parts of a list in the narrative that is likely "
        "to be complete do not add up (`figures.list`, `figures.owners`)",
        zh="校验结果",
        allowed=words.COMPARISON_OUTCOMES,
    )
    message: str = column("The finding in a sentence", zh="说明")

    class Config:
        """Table facts."""

        name = "checks"
        title = "校验"
        description = (
            "Every check of every report, including those that could not be tested: "
            "`not_testable` never counts as passed, and `flagged` is no error."
        )
        unique = ["check_id"]
        metadata = {
            "grain": "one check at one place of one report",
            "rules": {
                "an_identity_that_fails_differs": "kind <> 'identity' or outcome <> 'fails' or difference <> 0",
                "an_identity_that_holds_does_not": "kind <> 'identity' or outcome <> 'holds' or difference = 0",
            },
        }


class Quarantine(Table):
    """One row a document that was turned away, with the reason."""

    document_sha256: str = column(
        "SHA-256 of the document's bytes; of a file that could not be taken out of its archive, that of "
        "`<container_sha256>/<file_name>`",
        zh="文件哈希",
        pattern=SHA256,
    )
    container_sha256: str = column(
        "SHA-256 of the ZIP archive that it is in; null for a file of its own",
        zh="所在压缩包哈希",
        nullable=True,
        pattern=SHA256,
    )
    file_name: str = column("Name under which the document was found", zh="文件名")
    report_year: int = column("Year, where it could be told", zh="报告年度", nullable=True, minimum=2008, maximum=2100)
    stage: str = column("Gate that turned it away", zh="阶段", allowed=words.STAGES)
    code: str = column("Short code of the reason", zh="原因代码", pattern=r"^[a-z0-9_]+$")
    message: str = column("The reason in a sentence", zh="原因")
    hint: str = column("What would help", zh="处理建议", nullable=True)

    class Config:
        """Table facts."""

        name = "quarantine"
        title = "隔离"
        description = "Documents that did not pass a gate. Nothing is lost: the bytes stay in the archive."
        unique = ["document_sha256", "stage", "code"]
        metadata = {"grain": "one document and one reason"}

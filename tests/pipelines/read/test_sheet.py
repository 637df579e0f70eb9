from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.parse import Hints, parse
from pipelines.read import Unreadable, html, read
from pipelines.read.document import UNREAD, Block, Cell, Document, Heading, Paragraph, Table
from pipelines.read.numberformat import shown
from tests.made.cases import folded
from tests.made.figures import made
from tests.made.layouts import disputes_html, page, proactive_html, requests_flat_html, requests_html
from tests.made.ooxml import c, rows, xlsx
from tests.pipelines.read.test_docx import merged_grids

#: Two styles: none, and a rule at the left.
RULED = (
    "<borders><border/><border><left style='thin'/></border></borders>"
    "<cellXfs><xf numFmtId='0' borderId='0'/><xf numFmtId='0' borderId='1'/></cellXfs>"
)


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks if not isinstance(b, Table)]


def grid(document: Document, number: int = 0) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in document.tables[number].grid]


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data)
    return caught.value.code


def lines(*found: list[str | None], style: int = 0) -> str:
    """Rows of values from A1; None for no cell."""
    return rows(
        *(
            "".join(c(f"{'ABCDEFGH'[j]}{i}", v, style=style) if v is not None else "" for j, v in enumerate(line))
            for i, line in enumerate(found, 1)
        )
    )


# ---------------------------------------------------------------- tables and lines


def test_lines_around_tables_are_paragraphs() -> None:
    sheet = lines(
        ["甲市2023年政府信息公开工作年度报告"],
        ["二、主动公开政府信息情况"],
        ["信息内容", "本年制发件数", "本年废止件数"],
        ["规章", "3", "0"],
        ["三、收到和处理政府信息公开申请情况"],
        ["项目", "自然人", "总计"],
        ["（一）予以公开", "1", "1"],
        ["甲市人民政府"],
    )
    document = read(xlsx(sheet))
    assert document.format == "xlsx"
    kinds = [type(b) for b in document.blocks]
    assert kinds == [Paragraph, Paragraph, Table, Paragraph, Table, Paragraph]
    assert grid(document) == [["信息内容", "本年制发件数", "本年废止件数"], ["规章", "3", "0"]]
    assert grid(document, 1) == [["项目", "自然人", "总计"], ["（一）予以公开", "1", "1"]]
    assert [b.locator for b in document.blocks][1:3] == ["sheet 表1 A2", "sheet 表1 A3:C4"]


def test_a_groups_label_amid_a_table_stays_in_it() -> None:
    sheet = lines(
        ["项目", "自然人", "总计"],
        ["（三）不予公开"],
        ["1.属于国家秘密", "1", "1"],
        ["三、本年度办理结果"],
        ["2.其他", "2", "2"],
    )
    assert [len(table.grid) for table in read(xlsx(sheet)).tables] == [5]


def test_prose_between_tables_is_prose() -> None:
    prose = "本节为测试文字，写得长一些以便看出它是正文而不是表格的标签。" * 5
    document = read(xlsx(lines(["规章", "3"], [prose], ["文件", "4"])))
    assert [type(b) for b in document.blocks] == [Table, Paragraph, Table]


def test_an_empty_row_ends_a_table() -> None:
    sheet = rows(c("A1", "规章") + c("B1", "3"), "", c("A3", "文件") + c("B3", "4"))
    assert [grid(read(xlsx(sheet)), i) for i in (0, 1)] == [[["规章", "3"]], [["文件", "4"]]]


def test_ruled_cells_without_text_are_blank_cells_of_the_table() -> None:
    blank = '<c r="B{0}" s="1"/><c r="C{0}" s="1"/>'
    sheet = rows(
        c("A1", "表格"),
        c("A2", "项目", style=1) + c("B2", "自然人", style=1) + c("C2", "总计", style=1),
        c("A3", "予以公开", style=1) + blank.format(3),
        c("A4", "其他处理", style=1) + blank.format(4),
        blank.format(5),
    )
    document = read(xlsx(sheet, styles=RULED))
    assert texts(document) == ["表格"]
    assert grid(document) == [["项目", "自然人", "总计"], ["予以公开", "", ""], ["其他处理", "", ""]]


def test_what_stands_beside_the_rules_is_text() -> None:
    sheet = rows(
        c("A1", "单位名称") + c("B1", "单位：件"),
        c("A2", "规章", style=1) + c("B2", "3", style=1),
        c("A3", "审核人") + c("B3", "填报人"),
    )
    document = read(xlsx(sheet, styles=RULED))
    assert texts(document) == ["单位名称", "单位：件", "审核人", "填报人"]
    assert grid(document) == [["规章", "3"]]


def test_merged_cells() -> None:
    sheet = lines(["申请人", None, "自然人"], [None, None, "总计"], ["甲", "乙", "3"])
    document = read(xlsx(sheet + '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'))
    assert grid(document) == [["申请人", "申请人", "自然人"], ["申请人", "申请人", "总计"], ["甲", "乙", "3"]]
    assert document.tables[0].grid[1][1] == Cell("申请人", 0, 0, 2, 2)


def test_what_a_merged_cell_covers_is_not_shown() -> None:
    sheet = lines(["规章", "3", "4"], ["文件", "5", "6"])
    document = read(xlsx(sheet + '<mergeCells><mergeCell ref="B1:B2"/></mergeCells>'))
    assert grid(document) == [["规章", "3", "4"], ["文件", "3", "6"]]


def test_a_report_in_one_frame_has_paragraphs() -> None:
    prose = "本节为测试文字，写得长一些以便看出它是正文而不是表格的标签。" * 5
    sheet = lines(["标题", ""], ["二、主动公开", ""], ["规章", "3"], [f"一、\n{prose}", ""], ["文件", "4"], style=1)
    merges = "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in (1, 2, 4))
    document = read(xlsx(f"{sheet}<mergeCells>{merges}</mergeCells>", styles=RULED))
    assert texts(document) == ["标题", "二、主动公开", "一、", prose]
    assert [type(b) for b in document.blocks] == [Paragraph, Paragraph, Table, Paragraph, Paragraph, Table]


# ---------------------------------------------------------------- what is shown


def test_hidden_sheets_rows_and_columns_are_not_shown() -> None:
    sheet = (
        '<cols><col min="2" max="2" hidden="1"/><col min="5" max="16384" hidden="1"/></cols>'
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>4</v></c><c r="C2"><v>5</v></c></row>'
        '<row r="3"><c r="A3"><v>6</v></c><c r="B3"><v>7</v></c><c r="C3"><v>8</v></c><c r="D3"><v>9</v></c></row>'
        '</sheetData><mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A2:A3"/></mergeCells>'
    )
    hidden, very = lines(["旧", "1"]), lines(["草稿", "2"])
    document = read(xlsx(sheet, hidden, very, states={1: "hidden", 2: "veryHidden"}))
    # B is hidden: of B1:C1 the column C is left, with the text of B1. Of A2:A3 the row 3 is left, with the text of A2.
    assert grid(document) == [["1", "2", ""], ["4", "8", "9"]]
    assert len(document.tables) == 1


@pytest.mark.parametrize(
    ("first", "last", "left"),
    [("0", "1", ["3"]), ("2", "1", ["规章", "3"]), ("9", "99999999", ["规章", "3"]), ("", "x", ["3"])],
)
def test_hidden_columns_that_make_no_sense(first: str, last: str, left: list[str]) -> None:
    sheet = f'<cols><col min="{first}" max="{last}" hidden="true"/></cols>' + lines(["规章", "3"])
    document = read(xlsx(sheet))
    assert [*texts(document), *(cell.text for table in document.tables for cell in table.cells())] == left


def test_sheets_that_have_names_are_headed_by_them() -> None:
    document = read(xlsx(lines(["规章", "3"]), lines(["文件", "4"])))
    assert [b.text for b in document.blocks if isinstance(b, Heading)] == []
    book = openpyxl.Workbook()
    for name in ("申请情况", "复议情况"):
        book.create_sheet(name).append(["规章", 3])
    book.remove(book["Sheet"])
    assert [b.text for b in read(saved(book)).blocks if isinstance(b, Heading)] == ["申请情况", "复议情况"]


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_values_of_every_kind() -> None:
    strings = (
        "<si><t>规章</t></si>"
        "<si><r><t>12</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>7</t></r><rPh><t>注音</t></rPh></si>"
        "<si><t>本年新_x000a_制作数量</t></si>"
    )
    cells = (
        c("A1", "0", "s") + c("B1", "1", "s") + c("C1", "2", "s") + c("D1", "1", "b") + c("E1", "#REF!", "e")
        + '<c r="F1" t="str"><f>A1&amp;"x"</f><v>公开</v></c><c r="G1"><f>1+1</f><v>2</v></c><c r="H1"/>'
        + '<c t="inlineStr"><is><t>3\n4</t></is></c>'
    )  # fmt: skip
    document = read(xlsx(rows(cells), strings=strings))
    assert grid(document) == [["规章", "12\n7", "本年新制作数量", "TRUE", "#REF!", "公开", "2", "", "3\n4"]]


def test_escaped_characters() -> None:
    cells = c("A1", "本年_x000D__x000a_新_x0008_制作") + c("B1", "_xD800_") + c("C1", "a_x005F_x0041_")
    assert grid(read(xlsx(rows(cells)))) == [["本年新制作", UNREAD, "a_x0041_"]]


def test_a_formula_without_its_value_is_not_a_blank() -> None:
    cells = c("A1", "规章") + '<c r="B1"><f>1+1</f></c><c r="C1"><v>2</v></c>'
    assert grid(read(xlsx(rows(cells)))) == [["规章", UNREAD, "2"]]


@folded(
    ("stored", "format", "printed"),
    [
        ("3119", "General", "3119"),
        ("3119.0", "General", "3119"),
        ("12.50", "0.00", "12.5"),
        ("0.30000000000000004", "General", "0.3"),
        ("12.3456", "0.00_ ", "12.35"),
        ("2.5", "0", "3"),
        ("1E-3", "General", "0.001"),
        ("1234567890", "#,##0", "1234567890"),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0"),
        ("-3", "0;[Red]-0", "-3"),
        ("0.125", "0.0%", "12.5%"),
        ("0.5", "0%", "50%"),
        ("12", '0"件"', "12件"),
        ("12", '0"万"', "12万"),
        ("1200", '0,"千"', "1千"),
        ("3", "0.00E+00", "3"),
        ("5", ";;;", ""),
        ("5", "@", "5"),
        # From 1899-12-30 it is 36,524 days to 1999-12-30, 24 years with 6 leap days (8,766) to 2023-12-30, and 21 more.
        ("45311", 'yyyy"年"m"月"d"日"', "2024年1月20日"),
        ("45311", "yyyy-mm-dd", "2024-01-20"),
        ("45311.5", "yyyy/m/d h:mm", "2024-01-20 12:00"),
        ("45311", 'yyyy"年"', "2024年"),
        ("45311", '[$-804]yyyy"年"m"月";@', "2024年1月"),
        ("文字", "0", "文字"),
        ("NaN", "0", "NaN"),
    ],
)
def test_numbers_as_shown(stored: str, format: str, printed: str) -> None:
    assert shown(stored, format) == printed


def test_the_date_system_of_1904() -> None:
    assert shown("0", "yyyy-mm-dd", is_1904=True) == "1904-01-01"


@given(st.integers(-(10**14), 10**14), st.sampled_from(["General", "0", "#,##0", "0_ ", "0.00"]))
def test_whole_numbers_never_change(number: int, format: str) -> None:
    assert shown(str(number), format) == str(number)
    assert shown(repr(float(number)), format) == str(number)


@given(st.text(max_size=30), st.floats(allow_nan=True, allow_infinity=True))
def test_any_format_shows_something(code: str, value: float) -> None:
    assert isinstance(shown(repr(value), code), str)


# ---------------------------------------------------------------- limits


def test_what_cannot_be_read_says_why() -> None:
    whole = xlsx(lines(["规章", "3"]))
    assert refused(whole[: len(whole) // 2]) == "damaged"
    assert refused(xlsx(rows('<c r="A1" t="s"><v>5</v></c>'))) == "damaged"
    assert refused(xlsx('<sheetData><row r="1048577"><c><v>1</v></c></row></sheetData>')) == "damaged"
    assert refused(xlsx(rows(c("XFE1", "1")))) == "damaged"
    assert refused(xlsx(rows(""))) == "no_text"
    assert refused(xlsx(*([rows("")] * 501))) == "too_large"


def test_far_cells_cost_nothing() -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>注</t></is></c></row>'
    near = '<row r="1"><c r="A1" t="inlineStr"><is><t>规章</t></is></c><c r="B1"><v>3</v></c></row>'
    document = read(xlsx(f'<dimension ref="A1:XFD1048576"/><sheetData>{near}{far}</sheetData>'))
    assert grid(document) == [["规章", "3"]]
    assert texts(document) == ["注"]
    assert refused(
        xlsx(f'<sheetData>{near}{far}</sheetData><mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>')
    ) == ("too_many_cells")


def test_columns_of_rules_without_end_are_trimmed() -> None:
    ruled = "".join(f'<row r="{i}"><c r="A{i}" s="1"/><c r="B{i}" s="1"/></row>' for i in range(2, 30_000))
    first = c("A1", "规章", style=1) + c("B1", "3", style=1)
    assert grid(read(xlsx(f'<sheetData><row r="1">{first}</row>{ruled}</sheetData>', styles=RULED))) == [["规章", "3"]]


@given(st.text(alphabet="<>crv:/&;\"'= 甲1A", max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_sheet_reads_or_says_why(sheet: str) -> None:
    try:
        read(xlsx(sheet))
    except Unreadable as why:
        assert why.code in ("damaged", "no_text")


# ---------------------------------------------------------------- whole reports and round trips


def as_xlsx(blocks: tuple[Block, ...]) -> bytes:
    """Blocks on one sheet without any rule, each right below the one before."""
    book = openpyxl.Workbook()
    sheet = book.active
    top = 1
    for block in blocks:
        if not isinstance(block, Table):
            sheet.cell(top, 1, block.text)
            top += 1
            continue
        for cell in block.cells():
            sheet.cell(top + cell.row, 1 + cell.column, int(cell.text) if cell.text.isdecimal() else cell.text)
            if cell.rowspan * cell.colspan > 1:
                first, left = top + cell.row, 1 + cell.column
                sheet.merge_cells(None, first, left, first + cell.rowspan - 1, left + cell.colspan - 1)
        top += block.height
    return saved(book)


def as_xls(blocks: tuple[Block, ...]) -> bytes:
    """The same in the old format."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("年报")
    top = 0
    for block in blocks:
        if not isinstance(block, Table):
            sheet.write(top, 0, block.text)
            top += 1
            continue
        for cell in block.cells():
            value = int(cell.text) if cell.text.isdecimal() else cell.text
            first, left = top + cell.row, cell.column
            sheet.write_merge(first, first + cell.rowspan - 1, left, left + cell.colspan - 1, value)
        top += block.height
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("layout", [requests_html, requests_flat_html])
@pytest.mark.parametrize("writer", [as_xlsx, as_xls])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_cell_of_a_whole_report(form: str, writer: object, layout: object) -> None:
    cells = made(form, 11)
    year = 2023 if form == "2021" else 2020
    source = page("甲市", year, proactive_html(form, cells), layout(form, cells), disputes_html(cells))  # type: ignore[operator]
    document = read(writer(html.read(source.encode()).blocks))  # type: ignore[operator]
    report = parse(document, Hints(file_name="made"))
    assert {(f.table, f.row, f.column): f.value for f in report.facts} == cells
    assert report.report_year == year
    assert [section.number for section in report.sections] == [0, 1, 2, 3, 4, 5, 6]


@given(merged_grids())
@settings(max_examples=30, deadline=None)
def test_any_merged_grid_comes_back(places: list[tuple[int, int, int, int]]) -> None:
    wanted = sorted(Cell(f"字{i}-{j}甲", i, j, d, a) for i, j, d, a in places)
    height, width = max(i + d for i, _, d, _ in places), max(j + a for _, j, _, a in places)
    # A row of numbers above and below makes every row between one of a table.
    frame = [Cell("1", i, j) for i in (0, height + 1) for j in range(width + 1)]
    side = [Cell("1", i, width) for i in range(1, height + 1)]
    moved = [Cell(t, i + 1, j, d, a) for t, i, j, d, a, *_ in wanted]
    block = Table(_grid([*frame, *side, *moved], height + 2, width + 1), "made")
    for writer in (as_xlsx, as_xls):
        table = read(writer((block,))).tables[0]
        assert sorted(table.cells()) == sorted(block.cells())


def _grid(cells: list[Cell], height: int, width: int) -> tuple[tuple[Cell | None, ...], ...]:
    made: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for cell in cells:
        for i in range(cell.row, cell.row + cell.rowspan):
            for j in range(cell.column, cell.column + cell.colspan):
                made[i][j] = cell
    return tuple(map(tuple, made))


def test_xls_shows_what_excel_shows() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    shown_sheet, hidden = book.add_sheet("甲"), book.add_sheet("乙")
    hidden.visibility = 1
    hidden.write(0, 0, "旧")
    for i, (value, format) in enumerate([(0.125, "0.0%"), (3119.0, "General"), (45311, 'yyyy"年"m"月"d"日"')]):
        shown_sheet.write(i, 0, f"项目{i}")
        shown_sheet.write(i, 1, value, xlwt.easyxf(num_format_str=format))
    shown_sheet.write(3, 0, "不显示")
    shown_sheet.write(3, 1, 9)
    shown_sheet.row(3).hidden = True
    buffer = BytesIO()
    book.save(buffer)
    document = read(buffer.getvalue())
    assert document.format == "xls"
    assert grid(document) == [["项目0", "12.5%"], ["项目1", "3119"], ["项目2", "2024年1月20日"]]


def test_a_broken_xls_says_so() -> None:
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "x" * 20_000)
    buffer = BytesIO()
    book.save(buffer)
    data = bytearray(buffer.getvalue())
    data[512:2048] = b"\xff" * 1536
    assert refused(bytes(data)) == "damaged"

"""What a person does not see on a sheet is not read; what stands there and cannot be read is marked."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlwt

from pipelines.read import read
from pipelines.read.document import UNREAD, Table
from tests.made.ooxml import OFFICE, c, package, relations, rows, xlsx

_XML = '<?xml version="1.0" encoding="UTF-8"?>'
DARK = '<fill><patternFill patternType="solid"><fgColor rgb="FF003399"/></patternFill></fill>'
WHITE = '<color rgb="FFFFFFFF"/>'


def styles(font: str = "", fill: str = "<fill/>", format: str = "General") -> str:
    """Two cell styles: the usual one, and one of a font, a fill and a number format."""
    return (
        f'<numFmts><numFmt numFmtId="170" formatCode="{format}"/></numFmts><fonts><font/><font>{font}</font></fonts>'
        f"<fills><fill/>{fill}</fills><borders><border/></borders>"
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170" fontId="1" fillId="1" borderId="0"/></cellXfs>'
    )


def read_cell(cell: str, style: str = "", more: str = "", strings: str = "") -> str:
    """The text of the cell B1, in a table of two rows."""
    sheet = rows(c("A1", "行政许可") + cell + c("C1", "1"), c("A2", "行政处罚") + c("B2", "8") + c("C2", "2"))
    (found,) = read(xlsx(sheet + more, styles=style, strings=strings)).tables
    place = found.grid[0][1]
    assert place is not None
    assert found.width == 3
    return place.text


def rich(*runs: tuple[str, str]) -> str:
    made = "".join(f"<r><rPr>{font}</rPr><t>{text}</t></r>" for text, font in runs)
    return f'<c r="B1" s="1" t="inlineStr"><is>{made}</is></c>'


# ---------------------------------------------------------------- whole cells


@pytest.mark.parametrize(
    "font",
    [
        WHITE,
        '<color rgb="FFFFFF"/>',
        '<color theme="0"/>',
        '<color indexed="9"/>',
        '<color rgb="FFFDFDFD"/>',
        '<sz val="1"/>',
    ],
)
def test_text_that_nobody_sees_is_no_text(font: str) -> None:
    for cell in (c("B1", "605", style=1), c("B1", "六百", style=1), c("B1", "605", "str", style=1)):
        assert read_cell(cell, styles(font)) == ""


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (WHITE, DARK),
        ('<color theme="0"/>', '<fill><patternFill patternType="solid"><fgColor theme="4"/></patternFill></fill>'),
        (WHITE, '<fill><patternFill patternType="gray125"/></fill>'),
        (WHITE, "<fill><gradientFill/></fill>"),
        ('<color rgb="FFFF0000"/><b/><u/>', "<fill/>"),
        ('<color theme="0" tint="-0.5"/>', "<fill/>"),
        ('<color theme="1"/>', "<fill/>"),
        ('<color rgb="FF000000"/>', DARK),
        ('<sz val="8"/><vertAlign val="superscript"/>', "<fill/>"),
        ('<strike val="0"/>', "<fill/>"),
    ],
)
def test_text_that_only_looks_unseen_is_read(font: str, fill: str) -> None:
    assert read_cell(c("B1", "605", style=1), styles(font, fill)) == "605"


def test_text_of_the_colour_of_its_fill_is_unseen() -> None:
    fill = '<fill><patternFill patternType="solid"><fgColor rgb="FF{}"/></patternFill></fill>'
    for colour in ("FFFFFF", "000000", "FFFF00"):
        assert read_cell(c("B1", "605", style=1), styles(f'<color rgb="FF{colour}"/>', fill.format(colour))) == ""


def test_white_numbers_under_rules_of_colour_are_in_doubt() -> None:
    rule = '<conditionalFormatting sqref="{}"/>'
    assert read_cell(c("B1", "605", style=1), styles(WHITE), rule.format("A1:C2")) == UNREAD
    assert read_cell(c("B1", "数量", style=1), styles(WHITE), rule.format("B1")) == "数量"
    assert read_cell(c("B1", "605", style=1), styles(WHITE), rule.format("D5:E6")) == ""
    assert read_cell(c("B1", "605", style=1), styles(WHITE, DARK), rule.format("A1:C2")) == "605"
    assert read_cell(rich(("19.5", ""), ("7", WHITE)), styles(), rule.format("B1")) == "19.5\n7"


def test_a_struck_number_is_no_blank_and_no_number() -> None:
    assert read_cell(c("B1", "605", style=1), styles("<strike/>")) == UNREAD


def test_digits_in_a_font_of_drawings_are_none() -> None:
    assert read_cell(c("B1", "605", style=1), styles('<name val="Wingdings"/>')) == UNREAD * 3
    assert read_cell(c("B1", "605", style=1), styles('<name val="Symbol"/>')) == "605"


@pytest.mark.parametrize(
    ("format", "cell", "shown"),
    [
        (";;;", c("B1", "605", style=1), ""),
        (";;;", c("B1", "六百", style=1), ""),
        (";;;", c("B1", "0", "s", style=1), ""),
        ("0!.0,", c("B1", "195000", style=1), "19.5"),
        ("0!.0,", c("B1", "0", "s", style=1), "605"),
        ("0;-0;;@", c("B1", "0", style=1), ""),
        ("#,##0", c("B1", "1605", style=1), "1605"),
    ],
)
def test_formats_of_cells(format: str, cell: str, shown: str) -> None:
    assert read_cell(cell, styles(format=format), strings="<si><t>605</t></si>") == shown


def test_zeros_that_the_view_hides() -> None:
    view = '<sheetViews><sheetView showZeros="{}"/></sheetViews>'
    assert read_cell(c("B1", "0"), more=view.format(0)) == ""
    assert read_cell(c("B1", "0"), more=view.format(1)) == "0"
    assert read_cell(c("B1", "0.4"), more=view.format(0)) == "0.4"


# ---------------------------------------------------------------- runs


@pytest.mark.parametrize("font", [WHITE, '<color theme="0"/>', '<sz val="1"/>', "<strike/>", '<strike val="1"/>'])
def test_runs_that_are_unseen_or_struck_are_not_read(font: str) -> None:
    assert read_cell(rich(("605", ""), ("7", font))) == "605"
    assert read_cell(rich(("7", font), ("605", "<b/>"))) == "605"


def test_a_white_run_on_a_dark_fill_is_read() -> None:
    string = f"<si><r><t>6</t></r><r><rPr>{WHITE}</rPr><t>05</t></r></si>"
    assert read_cell(c("B1", "0", "s", style=1), styles(fill=DARK), strings=string) == "605"
    assert read_cell(c("B1", "0", "s"), styles(fill=DARK), strings=string) == "6"


def test_marks_and_powers_of_runs() -> None:
    raised = '<vertAlign val="superscript"/>'
    assert read_cell(rich(("605", ""), ("1", raised))) == "605"
    assert read_cell(rich(("605", ""), ("[1]", raised), ("件", ""))) == "605件"
    assert read_cell(rich(("10", ""), ("3", raised))) == "10\n3"
    assert read_cell(rich(("5平方公里", ""), ("2", raised))) == "5平方公里2"
    assert read_cell(rich(("605", "<u/>"), ("7", '<color rgb="FFFF0000"/>'))) == "6057"


def test_a_string_struck_as_a_whole_is_no_blank() -> None:
    assert read_cell(rich(("605", "<strike/>"))) == UNREAD


# ---------------------------------------------------------------- formulas and pictures


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B1"><f>SUM(600,5)</f></c>',
        '<c r="B1"><f>SUM(600,5)</f><v></v></c>',
        '<c r="B1"><f>SUM(600,5)</f><v/></c>',
        '<c r="B1"><f>SUM(600,5)</f><v> </v></c>',
        '<c r="B1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
        '<c r="B1" t="e" vm="1"><v>#VALUE!</v></c>',
    ],
)
def test_what_was_never_calculated_is_unread(cell: str) -> None:
    assert read_cell(cell) == UNREAD


def test_formulas_with_their_values_are_read() -> None:
    assert read_cell('<c r="B1"><f>SUM(600,5)</f><v>605</v></c>') == "605"
    assert read_cell('<c r="B1" t="str"><f>""</f><v></v></c>') == ""
    assert read_cell('<c r="B1"><v></v></c>') == ""


def with_drawing(anchor: str) -> bytes:
    """A table A1:B2 whose B1 is blank, with a drawing over it."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = rows(c("A1", "行政许可") + c("C1", "1"), c("A2", "行政处罚") + c("B2", "8") + c("C2", "2"))
    drawn = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="a"'
    return package(
        {
            "_rels/.rels": relations({"d": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f'{_XML}<workbook {space} xmlns:r="{OFFICE}"><sheets><sheet name="a" r:id="s"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations({"s": ("worksheet", "worksheets/sheet1.xml")}),
            "xl/worksheets/sheet1.xml": f"{_XML}<worksheet {space}>{sheet}</worksheet>",
            "xl/worksheets/_rels/sheet1.xml.rels": relations({"d": ("drawing", "../drawings/drawing1.xml")}),
            "xl/drawings/drawing1.xml": f"{_XML}<xdr:wsDr {drawn}>{anchor}</xdr:wsDr>",
        }
    )


def anchor(row: int, column: int, last_row: int, last_column: int, inner: str = "<xdr:pic/>", reach: int = 9) -> str:
    def corner(name: str, r: int, k: int) -> str:
        places = ("col", k), ("colOff", reach), ("row", r), ("rowOff", reach)
        return f"<xdr:{name}>{''.join(f'<xdr:{n}>{v}</xdr:{n}>' for n, v in places)}</xdr:{name}>"

    ends = corner("from", row, column) + corner("to", last_row, last_column)
    return f"<xdr:twoCellAnchor>{ends}{inner}</xdr:twoCellAnchor>"


TEXT_BOX = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>605</a:t></a:r></a:p></xdr:txBody></xdr:sp>"


@pytest.mark.parametrize(
    ("drawing", "shown"),
    [
        (anchor(0, 1, 0, 1), UNREAD),
        (anchor(0, 1, 1, 2), UNREAD),
        (anchor(0, 1, 0, 1, TEXT_BOX), UNREAD),
        (anchor(0, 1, 0, 1, "<xdr:sp/>"), ""),
        (anchor(0, 1, 0, 1, "<xdr:cxnSp/>"), ""),
        # A seal over the table fills no cell, and neither does a picture elsewhere.
        (anchor(0, 1, 5, 3, reach=200_000), ""),
        (anchor(8, 1, 8, 1), ""),
    ],
)
def test_a_blank_cell_with_a_picture_is_unread(drawing: str, shown: str) -> None:
    document = read(with_drawing(drawing))
    assert [[cell.text if cell else None for cell in row] for row in document.tables[0].grid] == [
        ["行政许可", shown, "1"],
        ["行政处罚", "8", "2"],
    ]
    assert len(document.blocks) == 1


def test_a_picture_over_a_number_leaves_the_number() -> None:
    document = read(with_drawing(anchor(1, 1, 1, 1)))
    assert [cell.text for cell in document.tables[0].cells()][4] == "8"


def test_a_control_in_a_blank_cell_is_unread() -> None:
    place = "<from><col>1</col><row>0</row></from><to><col>1</col><row>0</row></to>"
    controls = f"<controls><control><controlPr><anchor>{place}</anchor></controlPr></control></controls>"
    assert read_cell("", more=controls) == UNREAD


def test_a_hidden_helper_column_shifts_nothing() -> None:
    columns = '<cols><col min="2" max="2" width="0.1" customWidth="1"/></cols>'
    sheet = rows(c("A1", "许可") + c("B1", "9") + c("C1", "605"), c("A2", "处罚") + c("B2", "9") + c("C2", "173"))
    (table,) = read(xlsx(columns + sheet)).tables
    assert [[cell.text for cell in row if cell] for row in table.grid] == [["许可", "605"], ["处罚", "173"]]


def test_raised_marks_in_lines_of_text() -> None:
    mark = "<r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>"
    line = f'<c r="A1" t="inlineStr"><is><r><t>全年发布560</t></r>{mark}<r><t>条。</t></r></is></c>'
    (block,) = read(xlsx(rows(line))).blocks
    assert not isinstance(block, Table)
    assert block.text == "全年发布560条。"


# ---------------------------------------------------------------- the old format


def xls(*cells: tuple[object, str]) -> list[str]:
    """The texts of the cells B1, B2 … of values and styles of xlwt."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("a")
    for row, (value, style) in enumerate(cells):
        sheet.write(row, 0, f"项目{row}")
        sheet.write(row, 1, value, xlwt.easyxf(style))
        sheet.write(row, 2, 1)
    buffer = BytesIO()
    book.save(buffer)
    (table,) = read(buffer.getvalue()).tables
    return [row[1].text for row in table.grid if row[1] is not None]


def test_the_old_format_hides_and_strikes_as_the_new_one() -> None:
    assert xls(
        (605, "font: colour white"),
        (605, "font: colour white; pattern: pattern solid, fore_colour dark_blue"),
        (605, "font: colour red, bold on, underline on"),
        (605, "font: struck_out on"),
        (605, "font: height 20"),
    ) == ["", "605", "605", UNREAD, ""]


def test_formats_and_runs_of_the_old_format() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("a")
    plain, raised, white = xlwt.Font(), xlwt.Font(), xlwt.Font()
    raised.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    white.colour_index = 1
    for row, font in enumerate((raised, white)):
        sheet.write(row, 0, f"项目{row}")
        sheet.write_rich_text(row, 1, [("605", plain), ("1", font)])
    for row, format in enumerate(("0!.0,", ";;;"), 2):
        sheet.write(row, 0, f"项目{row}")
        sheet.write(row, 1, 195000, xlwt.easyxf(num_format_str=format))
        sheet.write(row, 2, 1)
    buffer = BytesIO()
    book.save(buffer)
    (table,) = read(buffer.getvalue()).tables
    assert [row[1].text for row in table.grid if row[1] is not None] == ["605", "605", "19.5", ""]

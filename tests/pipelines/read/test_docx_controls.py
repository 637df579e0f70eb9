"""Fields and controls in cells: the value that they show, else `UNREAD`; never a plain blank, never their code."""

from __future__ import annotations

import pytest

from pipelines.read import read
from pipelines.read.document import UNREAD
from tests.made.ooxml import docx, p, r, tbl, tc, tr
from tests.pipelines.read.test_docx import picture
from tests.pipelines.read.test_docx_looks import cell, prose


def control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


LIST = '<w:dropDownList><w:listItem w:displayText="173" w:value="1"/></w:dropDownList>'
KINDS = [LIST, LIST.replace("dropDownList", "comboBox"), "<w:text/>", "<w:date/>", ""]


@pytest.mark.parametrize("kind", KINDS)
def test_a_control_shows_its_value_or_is_unread(kind: str) -> None:
    prompt = f"{kind}<w:showingPlcHdr/>"
    assert cell(control(kind, r("173"))) == "173"
    assert cell(control(prompt, r("选择一项。"))) == UNREAD
    assert prose(control(prompt, r("选择一项。"))) == "全年发布条。"
    assert cell(control(f'{kind}<w:showingPlcHdr w:val="0"/>', r("173"))) == "173"


@pytest.mark.parametrize("kind", KINDS[:4])
def test_a_control_without_content_is_unread(kind: str) -> None:
    assert cell(control(kind, "")) == UNREAD
    assert cell(control(kind, r(""))) == UNREAD


def test_a_control_around_paragraphs_or_a_cell() -> None:
    prompt = f"{LIST}<w:showingPlcHdr/>"
    block = tc(control(prompt, p("选择一项。")))
    whole = control(prompt, tc("选择一项。"))
    chosen = control(LIST, tc("173"))
    document = read(docx(tbl(tr("甲", block), tr("乙", whole), tr("丙", chosen))))
    assert [row[1].text for row in document.tables[0].grid if row[1]] == [UNREAD, UNREAD, "173"]


def test_a_control_around_a_report_is_no_prompt() -> None:
    whole = control("<w:showingPlcHdr/>", tbl(tr("规章", "3")) + p("总体情况" * 40))
    document = read(docx(whole))
    assert len(document.blocks) == 2


def test_a_box_with_a_tick_is_the_sign_that_it_shows() -> None:
    box = '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"/>'
    assert cell(control(box, r("☒"))) == "☒"
    assert cell(control(box, "")) == UNREAD


def field(data: str, result: str | None = None, code: str = "FORMTEXT") -> str:
    """A field as Word writes it: `data` is what the form says, `result` what stands behind the code."""
    made = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
    if result is not None:
        made += f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}'
    return made + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def form(inner: str) -> str:
    return f"<w:ffData>{inner}</w:ffData>"


ENTRIES = '<w:listEntry w:val="605"/><w:listEntry w:val="173"/>'


@pytest.mark.parametrize(
    ("data", "result", "shown"),
    [
        (f"<w:ddList>{ENTRIES}</w:ddList>", None, "605"),
        (f'<w:ddList><w:result w:val="1"/>{ENTRIES}</w:ddList>', None, "173"),
        (f'<w:ddList><w:default w:val="1"/>{ENTRIES}</w:ddList>', "", "173"),
        (f'<w:ddList><w:result w:val="1"/>{ENTRIES}</w:ddList>', "173", "173"),
        ('<w:ddList><w:result w:val="7"/></w:ddList>', None, UNREAD),
        ("<w:checkBox><w:checked/></w:checkBox>", None, "☑"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', None, "☐"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', None, "☐"),
        ("<w:textInput/>", "605", "605"),
    ],
)
def test_form_fields_show_their_value(data: str, result: str | None, shown: str) -> None:
    assert cell(field(form(data), result)) == shown


@pytest.mark.parametrize("code", ["=SUM(ABOVE)", " EQ \\f(1,2)", "MERGEFIELD n", "DOCVARIABLE n", "REF a"])
def test_a_field_that_was_never_calculated_is_unread(code: str) -> None:
    assert cell(field("", None, code)) == UNREAD
    assert cell(field("", "", code)) == UNREAD
    assert cell(field("", "605", code)) == "605"
    assert cell(f'<w:fldSimple w:instr="{code}"/>') == UNREAD
    assert cell(f'<w:fldSimple w:instr="{code}">{r("605")}</w:fldSimple>') == "605"


@pytest.mark.parametrize("code", ["XE 许可", "TC 目录", "HYPERLINK x", "PRIVATE"])
def test_a_field_that_shows_nothing_is_nothing(code: str) -> None:
    assert cell(r("605") + field("", None, code)) == "605"
    assert cell(field("", None, code)) == ""


def test_a_field_inside_a_fields_code_is_code() -> None:
    inner = field("", "7", "MERGEFIELD n")
    outer = field("", "605", f"IF </w:instrText></w:r>{inner}<w:r><w:instrText> = 7 605 8")
    assert cell(outer) == "605"


# ---------------------------------------------------------------- pictures


def drawn(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


@pytest.mark.parametrize(
    "inner",
    [
        picture("missing", 300_000, 200_000),
        '<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:object>',
        '<w:pict><v:shape><v:textpath string="605"/></v:shape></w:pict>',
        '<w:drawing><wp:inline><a:graphic><c:chart xmlns:c="c"/></a:graphic></wp:inline></w:drawing>',
    ],
)
def test_a_drawing_alone_in_a_cell_is_unread(inner: str) -> None:
    assert cell(drawn(inner)) == UNREAD
    assert cell(r("605") + drawn(inner)) == "605"


@pytest.mark.parametrize(
    "inner",
    [
        "<w:pict><v:line/></w:pict>",
        "<w:drawing><wp:anchor><a:graphic><wps:wsp/></a:graphic></wp:anchor></w:drawing>",
        picture("missing", 12_700, 12_700),
        picture("missing", 300_000, 200_000).replace("<wp:extent", '<wp:docPr hidden="1"/><wp:extent'),
    ],
)
def test_a_line_a_gap_or_a_hidden_drawing_leaves_a_blank(inner: str) -> None:
    assert cell(drawn(inner)) == ""

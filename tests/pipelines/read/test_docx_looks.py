"""What a person does not see in a Word document is not read; what is only coloured, large or underlined is."""

from __future__ import annotations

import pytest

from pipelines.read import read
from pipelines.read.document import UNREAD, Table
from tests.made.ooxml import docx, levels, num, numbered, p, r, tbl, tc, tr

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:shd w:val="clear" w:color="auto" w:fill="003399"/>'


def cell(inner: str, styles: str = "", properties: str = "", table: str = "", numbering: str = "") -> str:
    """The text of a number's cell whose paragraph holds `inner`."""
    content = inner if inner.startswith("<w:p>") else f"<w:p>{inner}</w:p>"
    made = tbl(tr("行政许可", tc(content, properties=properties)), tr("行政处罚", "8"))
    made = made.replace("<w:tblPr/>", f"<w:tblPr>{table}</w:tblPr>")
    (found,) = read(docx(made, styles=styles, numbering=numbering)).tables
    place = found.grid[0][1]
    assert place is not None
    return place.text


def prose(inner: str, styles: str = "") -> str:
    body = f"<w:p>{r('全年发布')}{inner}{r('条。')}</w:p>"
    (block,) = read(docx(body, styles=styles)).blocks
    assert not isinstance(block, Table)
    return block.text


def style(properties: str, name: str = "x", kind: str = "character", more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}">{more}<w:rPr>{properties}</w:rPr></w:style>'


BY_STYLE = '<w:rStyle w:val="x"/>'

UNSEEN = [
    "<w:vanish/>",
    WHITE,
    '<w:color w:val="FEFEFE"/>',
    '<w:color w:val="ffffff" w:themeColor="background1"/>',
    '<w:sz w:val="2"/>',
    '<w:sz w:val="1"/>',
    '<w:color w:val="FF0000"/><w:shd w:val="clear" w:fill="FF0000"/>',
    '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>',
    f"<w14:textFill {W14}><w14:noFill/></w14:textFill>",
    "<w:strike/>",
    "<w:dstrike/>",
]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_is_unseen_or_struck_beside_a_number_is_not_read(unseen: str) -> None:
    for inner in (r("7", unseen) + r("605"), r("605") + r("7", unseen)):
        assert cell(inner) == "605"
        assert prose(inner) == "全年发布605条。"
    for base in ("", style("<w:b/>", "y", more='<w:basedOn w:val="x"/>')):
        by = '<w:rStyle w:val="y"/>' if base else BY_STYLE
        assert cell(r("7", by) + r("605"), style(unseen) + base) == "605"


@pytest.mark.parametrize(
    "seen",
    [
        "<w:b/>",
        '<w:u w:val="single"/>',
        '<w:color w:val="FF0000"/>',
        '<w:color w:val="auto"/>',
        '<w:color w:val="000000"/>',
        '<w:color w:val="D9D9D9"/>',
        '<w:vanish w:val="0"/>',
        '<w:strike w:val="false"/><w:dstrike w:val="0"/>',
        '<w:vertAlign w:val="baseline"/>',
        '<w:position w:val="2"/>',
        '<w:position w:val="-1"/>',
        '<w:sz w:val="12"/>',
        '<w:highlight w:val="yellow"/>',
        WHITE + DARK,
        WHITE + '<w:highlight w:val="black"/>',
        '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>',
        '<w:rStyle w:val="x"/><w:vanish w:val="0"/>',
    ],
)
def test_what_only_looks_apart_is_read(seen: str) -> None:
    assert cell(r("7", seen) + r("605"), style("<w:vanish/>")) == "7605"


def test_white_on_a_dark_ground_is_read() -> None:
    white = r("6", WHITE) + r("05", WHITE)
    paragraph = f"<w:p><w:pPr>{DARK}</w:pPr>{white}</w:p>"
    assert cell(white, properties=DARK) == "605"
    assert cell(paragraph) == "605"
    assert cell(white, table=DARK) == "605"
    assert cell(white) == ""


def test_white_on_the_ground_of_a_tables_style() -> None:
    shaded = f'<w:style w:type="table" w:styleId="t"><w:tblStylePr w:type="firstRow"><w:tcPr>{DARK}</w:tcPr></w:tblStylePr></w:style>'
    based = '<w:style w:type="table" w:styleId="u"><w:basedOn w:val="t"/></w:style>'
    for name in ("t", "u"):
        table = f'<w:tblStyle w:val="{name}"/>'
        assert cell(r("6", WHITE) + r("05", WHITE), shaded + based, table=table) == "605"
        # The row may be dark or light: in doubt, the number is not joined with the other.
        assert cell(r("19.5") + r("7", WHITE), shaded + based, table=table) == "19.5\n7"
    assert cell(r("19.5") + r("7", WHITE), shaded, table='<w:tblStyle w:val="v"/>') == "19.5"


def test_styles_of_paragraphs_and_tables_hide_too() -> None:
    hiding = style("<w:vanish/>", "h", "paragraph")
    hidden = f'<w:p><w:pPr><w:pStyle w:val="h"/></w:pPr>{r("7")}</w:p>'
    assert cell(hidden + p("605"), hiding) == "605"
    table = style("<w:vanish/>", "t", "table")
    assert cell(r("7") + r("605", '<w:vanish w:val="0"/>'), table, table='<w:tblStyle w:val="t"/>') == "605"


MARKS = [
    r("1", '<w:vertAlign w:val="superscript"/>'),
    r("1", '<w:vertAlign w:val="subscript"/>'),
    r("1", '<w:position w:val="8"/><w:sz w:val="12"/>'),
    r("1", BY_STYLE),
    r("[", BY_STYLE) + r("1", BY_STYLE) + r("]", BY_STYLE),
    r("注1", BY_STYLE),
    r("①", BY_STYLE),
    r("*", BY_STYLE),
    '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>',
    '<w:r><w:endnoteReference w:customMarkFollows="true" w:id="2"/></w:r><w:r><w:t>1</w:t></w:r>',
    '<w:r><w:footnoteReference w:id="2"/></w:r>',
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_footnotes_mark_is_no_part_of_its_number(mark: str) -> None:
    styles = style('<w:vertAlign w:val="superscript"/>')
    assert cell(r("605") + mark, styles) == "605"
    assert cell(r("8") + mark + r("件"), styles) == "8件"
    assert prose(r("560") + mark, styles) == "全年发布560条。"


@pytest.mark.parametrize(("before", "raised"), [("19", "50"), ("10", "3"), ("6", "05"), ("6", "a")])
def test_what_is_raised_and_no_footnote_stays_apart_from_the_number(before: str, raised: str) -> None:
    lifted = r(raised, '<w:vertAlign w:val="superscript"/>')
    assert cell(r(before) + lifted) == f"{before}\n{raised}"
    assert prose(r(before) + lifted) == f"全年发布{before} {raised}条。"


def test_a_mark_amid_digits_joins_nothing() -> None:
    assert cell(r("8") + r("1", '<w:vertAlign w:val="superscript"/>') + r("2")) == "8\n1\n2"


@pytest.mark.parametrize("unit", ["平方公里", "m", "CO"])
def test_what_is_raised_at_a_word_stays(unit: str) -> None:
    lifted = r("2", '<w:vertAlign w:val="superscript"/>')
    assert prose(r(f"5次，{unit}") + lifted) == f"全年发布5次，{unit}2条。"
    assert cell(r(f"5{unit}") + lifted) == f"5{unit}2"


def test_a_number_that_is_raised_as_a_whole_is_a_number() -> None:
    assert cell(r("605", '<w:position w:val="6"/>')) == "605"
    assert cell(r("6", '<w:vertAlign w:val="subscript"/>') + r("05", '<w:vertAlign w:val="subscript"/>')) == "605"


def test_a_cell_that_is_struck_as_a_whole_is_no_blank() -> None:
    assert cell(r("605", "<w:strike/>")) == UNREAD
    assert cell(r("605", "<w:vanish/>")) == ""


def test_text_that_only_the_web_hides_is_set_apart() -> None:
    assert cell(r("605") + r("7", "<w:webHidden/>")) == "605\n7"
    assert cell(r("6", "<w:webHidden/>") + r("05", "<w:webHidden/>")) == "605"


def test_a_lists_number_stays_apart_from_doubtful_text() -> None:
    lists = levels(("decimal", "%1."), suffix="tab") + num("1")
    inner = f"<w:p><w:pPr>{numbered('1')}</w:pPr>{r('5', '<w:webHidden/>')}</w:p>"
    assert cell(inner, numbering=lists) == "1.\n5"


# ---------------------------------------------------------------- formulas and symbols


def math(inner: str) -> str:
    return f"<m:oMath {MATH}>{inner}</m:oMath>"


def mr(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def test_powers_and_fractions_of_formulas_are_no_digits_of_the_number() -> None:
    power = math(f"<m:sSup><m:e>{mr('43')}</m:e><m:sup>{mr('1')}</m:sup></m:sSup>")
    assert cell(power) == "43\n1"
    nested = f"<m:sSup><m:e>{mr('1')}</m:e><m:sup>{mr('2')}</m:sup></m:sSup>"
    assert cell(math(f"<m:sSub><m:e>{mr('43')}</m:e><m:sub>{nested}</m:sub></m:sSub>")) == "43\n12"
    assert cell(math(f"<m:f><m:num>{mr('60')}</m:num><m:den>{mr('5')}</m:den></m:f>")) == "60/5"
    assert cell(math(mr("605"))) == "605"
    assert cell(math(f"<m:rad><m:deg/><m:e>{mr('9')}</m:e></m:rad>")) == "√9"
    assert cell(math(f"<m:d><m:e>{mr('605')}</m:e></m:d>")) == "(605)"
    phantom = f'<m:phant><m:phantPr><m:show m:val="0"/></m:phantPr><m:e>{mr("7")}</m:e></m:phant>'
    assert cell(math(mr("605") + phantom)) == "605"
    struck = f'<m:borderBox><m:borderBoxPr><m:strikeH m:val="1"/></m:borderBoxPr><m:e>{mr("7")}</m:e></m:borderBox>'
    assert cell(math(mr("605") + struck)) == "605"
    assert cell(math(f"<m:r><w:rPr><w:vanish/></w:rPr><m:t>7</m:t></m:r>{mr('605')}")) == "605"


def test_a_unit_in_a_formula_stays_at_its_number() -> None:
    assert cell(r("5") + math(f"<m:sSup><m:e>{mr('m')}</m:e><m:sup>{mr('2')}</m:sup></m:sSup>")) == "5m2"


def test_digits_in_fonts_of_drawings_are_none() -> None:
    drawn = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert cell(r("605", drawn)) == UNREAD * 3
    assert cell(r("6", BY_STYLE) + r("05"), style(drawn)) == f"{UNREAD}05"
    assert cell('<w:r><w:sym w:font="Wingdings 2" w:char="0036"/></w:r>') == UNREAD
    assert cell('<w:r><w:sym w:font="Symbol" w:char="F036"/></w:r>' + r("05")) == "605"
    assert "1" not in cell(r("605") + '<w:r><w:sym w:font="Wingdings" w:char="F081"/></w:r>')
    assert cell(r("605", '<w:rFonts w:eastAsia="Wingdings" w:ascii="宋体"/>')) == "605"


def test_symbols_are_hidden_struck_and_raised_like_text() -> None:
    def sign(properties: str) -> str:
        return f'<w:r><w:rPr>{properties}</w:rPr><w:sym w:font="宋体" w:char="0031"/></w:r>'

    for properties in ("<w:vanish/>", "<w:strike/>", '<w:vertAlign w:val="superscript"/>'):
        assert cell(r("605") + sign(properties)) == "605"


def test_revisions_that_take_away_are_not_read() -> None:
    gone = f"<w:del>{r('7')}</w:del><w:moveFrom>{r('8')}</w:moveFrom><w:ins><w:del>{r('9')}</w:del></w:ins>"
    assert cell(gone + r("605")) == "605"
    assert cell(f"<w:ins>{r('6')}</w:ins>" + r("05")) == "605"

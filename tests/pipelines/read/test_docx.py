from __future__ import annotations

import re
import sys
import types
import zipfile
from io import BytesIO

import docx as writer
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.parse import Hints, parse
from pipelines.read import NeedsTool, Unreadable, html, read
from pipelines.read.document import UNREAD, Block, Cell, Document, Heading, Paragraph, Table
from pipelines.read.numbering import write
from tests.made.cases import folded
from tests.made.figures import made
from tests.made.layouts import disputes_html, page, proactive_html, requests_html
from tests.made.ooxml import docx, levels, num, numbered, p, package, r, relations, tbl, tc, tr

PROSE = "全年主动公开政府信息，办理申请，接受监督。" * 20


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks if not isinstance(b, Table)]


def grid(document: Document, number: int = 0) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in document.tables[number].grid]


def cell_text(content: str) -> str | None:
    return grid(read(docx(tbl(tr("规章", tc(content))))))[0][1]


# ---------------------------------------------------------------- paragraphs


def test_blocks_stand_in_reading_order() -> None:
    document = read(docx(p("标题") + tbl(tr("规章", "3")) + p(PROSE)))
    assert document.format == "docx"
    assert [type(b) for b in document.blocks] == [Paragraph, Table, Paragraph]


def test_runs_of_a_paragraph_join() -> None:
    body = f"<w:p>{r('收到')}<w:bookmarkStart/>{r('1')}<w:proofErr/>{r('3')}<w:hyperlink>{r('件')}</w:hyperlink></w:p>"
    assert texts(read(docx(body))) == ["收到13件"]


def test_tracked_changes_are_read_as_accepted() -> None:
    gone = f'<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r>{r("旧")}</w:del><w:moveFrom>{r("移走")}</w:moveFrom>'
    come = f"<w:ins>{r('新')}</w:ins><w:moveTo>{r('移来')}</w:moveTo>"
    assert texts(read(docx(f"<w:p>{gone}{come}</w:p>"))) == ["新移来"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = p("收到申请", "<w:rPr><w:del/></w:rPr>") + p("3件。")
    assert texts(read(docx(body))) == ["收到申请3件。"]


def test_a_deleted_mark_before_a_table_or_the_end_joins_nothing() -> None:
    last = p("收到申请", "<w:rPr><w:del/></w:rPr>")
    document = read(docx(last + tbl(tr("规章", "3")) + last))
    assert texts(document) == ["收到申请", "收到申请"]
    assert grid(document) == [["规章", "3"]]


def test_hidden_text_is_no_text() -> None:
    styles = '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = r("密", "<w:vanish/>") + r("密", '<w:rStyle w:val="h"/>')
    shown = r("公开", '<w:vanish w:val="0"/>') + r("。", '<w:rStyle w:val="h"/><w:vanish w:val="false"/>')
    assert texts(read(docx(f"<w:p>{hidden}{shown}</w:p>", styles=styles))) == ["公开。"]


def test_a_fields_result_is_text_and_its_code_is_not() -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>DATE</w:instrText></w:r>" + char("begin") + char("separate") + r("内") + char("end")
    body = f"<w:p>{char('begin')}{code}{char('separate')}{r('2024')}{char('end')}{r('年')}<w:fldSimple>{r('1')}</w:fldSimple></w:p>"
    assert texts(read(docx(body))) == ["2024年1"]


def test_a_table_of_contents_is_not_the_text() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>"
    contents += p("一、总体情况 1", '<w:pStyle w:val="11"/>')
    assert texts(read(docx(contents + p("一、总体情况"), styles=styles))) == ["一、总体情况"]


def test_a_line_break_begins_a_line_and_signs_have_their_characters() -> None:
    body = '<w:p><w:r><w:t>甲</w:t><w:br/><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:tab/><w:sym w:font="宋体" w:char="2014"/></w:r></w:p>'
    assert texts(read(docx(body))) == ["甲", "1-2 —"]


def test_headings_by_outline_level_of_paragraph_or_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    )
    body = p("甲", '<w:outlineLvl w:val="0"/>') + p("乙", '<w:pStyle w:val="b"/>') + p("丙", '<w:pStyle w:val="t"/>')
    document = read(docx(body, styles=styles))
    assert [(b.text, b.level) for b in document.blocks if isinstance(b, Heading)] == [("甲", 1), ("乙", 2)]
    assert document.title == "丙"


def test_text_in_content_controls_ruby_and_math_is_text() -> None:
    math = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>7</m:t></m:r></m:oMath>'
    ruby = f"<w:r><w:ruby><w:rt>{r('gōng')}</w:rt><w:rubyBase>{r('公')}</w:rubyBase></w:ruby></w:r>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处')}</w:sdtContent></w:sdt>"
    body = f"<w:p><w:sdt><w:sdtContent>{r('甲')}</w:sdtContent></w:sdt>{ruby}{math}{empty}</w:p>"
    wrapped = f"<w:sdt><w:sdtContent><w:customXml>{p('乙')}</w:customXml></w:sdtContent></w:sdt>"
    assert texts(read(docx(body + wrapped))) == ["甲公7", "乙"]


def test_the_title_of_the_properties_counts_where_the_text_bears_it_out() -> None:
    lines = p("甲市人民政府") + p("2023年政府信息公开工作年度报告") + p(PROSE)
    title = "甲市人民政府2023年政府信息公开工作年度报告"
    assert read(docx(lines, title=title)).title == title
    assert read(docx(lines, title="乙县2019年政府信息公开工作年度报告")).title is None


# ---------------------------------------------------------------- numbering


def test_automatic_numbers_are_printed_and_so_read() -> None:
    lists = levels(("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
    body = "".join(
        p(text, numbered("1", level))
        for text, level in [
            ("总体情况", 0),
            ("公开", 1),
            ("制发", 2),
            ("废止", 2),
            ("申请", 1),
            ("规章", 2),
            ("其他", 0),
        ]
    )
    assert texts(read(docx(body, numbering=lists + num("1")))) == [
        "一、总体情况", "（一）公开", "1.制发", "2.废止", "（二）申请", "1.规章", "二、其他",
    ]  # fmt: skip


def test_a_number_never_runs_into_a_digit_behind_it() -> None:
    lists = levels(("decimal", "%1."), suffix="tab") + num("1")
    assert texts(read(docx(p("5件", numbered("1")), numbering=lists))) == ["1. 5件"]
    cell = tc(p("5", numbered("1")))
    assert grid(read(docx(tbl(tr("规章", cell)), numbering=lists))) == [["规章", "1.\n5"]]


def test_a_running_number_is_the_text_of_an_empty_cell() -> None:
    lists = levels(("decimal", "%1")) + num("1")
    table = tbl(*(tr(tc(p("", numbered("1"))), "规章") for _ in range(3)))
    assert [row[0] for row in grid(read(docx(table, numbering=lists)))] == ["1", "2", "3"]


def test_lists_count_on_restart_and_are_inherited_from_styles() -> None:
    lists = levels(("chineseCounting", "%1、"))
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    styles = f'<w:style w:type="paragraph" w:styleId="h"><w:pPr>{numbered("1")}</w:pPr></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="i"><w:basedOn w:val="h"/></w:style>'
    body = p("甲", '<w:pStyle w:val="h"/>') + p("乙", '<w:pStyle w:val="i"/>') + p("丙", numbered("2"))
    body += p("丁", numbered("3")) + p("戊", '<w:pStyle w:val="h"/>' + numbered("0")) + p("己", numbered("9"))
    document = read(docx(body, numbering=lists + num("1") + num("2") + num("3", overrides=override), styles=styles))
    assert texts(document) == ["一、甲", "二、乙", "三、丙", "五、丁", "戊", "己"]


def test_a_style_stands_for_its_level_of_the_list() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="3"/><w:pStyle w:val="h"/><w:lvlText w:val="%1.%2 "/></w:lvl></w:abstractNum>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="h"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    document = read(docx(p("甲", '<w:pStyle w:val="h"/>'), numbering=lists + num("1"), styles=styles))
    assert texts(document) == ["1.3 甲"]


@folded(
    ("format", "number", "written"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 15, "十五"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 2008, "二千零八"),
        ("japaneseCounting", 11, "十一"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 2, "乙"),
        ("ideographZodiac", 12, "亥"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircleChinese", 21, "21"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("upperRoman", 4, "IV"),
        ("lowerRoman", 1999, "mcmxcix"),
        ("upperLetter", 27, "AA"),
        ("none", 3, ""),
        ("thaiCounting", 3, "3"),
    ],
)
def test_number_formats(format: str, number: int, written: str) -> None:
    assert write(number, format) == written


# ---------------------------------------------------------------- tables


def test_merged_cells_stand_at_every_place_they_cover() -> None:
    table = tbl(
        tr(tc("申请人", 2, "restart"), "自然人", "总计"),
        tr(tc("不显示", 2, "continue"), "1", "2"),
        tr("（一）", tc("予以公开", merge="restart"), "3", "4"),
        tr("（二）", tc("", merge="continue"), "5", "6"),
    )
    document = read(docx(table))
    assert grid(document) == [
        ["申请人", "申请人", "自然人", "总计"],
        ["申请人", "申请人", "1", "2"],
        ["（一）", "予以公开", "3", "4"],
        ["（二）", "予以公开", "5", "6"],
    ]
    assert document.tables[0].grid[0][0] == Cell("申请人", 0, 0, 2, 2)
    assert document.tables[0].grid[3][1] is document.tables[0].grid[2][1]


def test_a_merge_that_nothing_above_began_is_a_cell_of_its_own() -> None:
    assert grid(read(docx(tbl(tr("甲", "1"), tr(tc("乙", merge="continue"), "2"))))) == [["甲", "1"], ["乙", "2"]]


def test_rows_that_begin_late_and_end_early_leave_places_without_a_cell() -> None:
    late = tr("3", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    assert grid(read(docx(tbl(tr("甲", "1", "2"), late)))) == [["甲", "1", "2"], [None, "3", None]]


def test_rows_and_cells_in_wrappers_count_and_deleted_ones_do_not() -> None:
    row = f"<w:sdt><w:sdtContent>{tr('甲', '1')}</w:sdtContent></w:sdt><w:customXml>{tr('乙', '2')}</w:customXml>"
    cell = tr("<w:sdt><w:sdtContent>" + tc("丙") + "</w:sdtContent></w:sdt>", tc("9", properties="<w:cellDel/>"), "3")
    gone = tr("丁", "4", properties="<w:del/>") + tr("戊", "5", properties="<w:hidden/>")
    assert grid(read(docx(tbl(row, cell, gone)))) == [["甲", "1"], ["乙", "2"], ["丙", "3"]]


def test_edges_a_hair_apart_are_one() -> None:
    # The second row's middle edge stands 2 pt right of the first row's.
    table = tbl(tr(tc("甲"), tc("1", 2)), tr(tc("乙", 2), tc("2")), widths=(2000, 40, 2000))
    document = read(docx(table))
    assert grid(document) == [["甲", "1"], ["乙", "2"]]
    # A column that a cell consists of stays, however narrow.
    kept = tbl(tr("甲", "", "1"), tr(tc("乙", 2), tc("2")), widths=(2000, 40, 2000))
    assert read(docx(kept)).tables[0].width == 3


def test_old_horizontal_merges() -> None:
    merged = tr(tc("甲", properties='<w:hMerge w:val="restart"/>'), tc("", properties="<w:hMerge/>"), "1")
    assert grid(read(docx(tbl(merged, tr("乙", "丙", "2"))))) == [["甲", "甲", "1"], ["乙", "丙", "2"]]


def test_lines_of_a_label_join_and_two_numbers_never_do() -> None:
    assert cell_text(p("本年新") + p("制作数量")) == "本年新制作数量"
    assert cell_text(p("12") + p("7")) == "12\n7"
    assert cell_text("<w:p><w:r><w:t>12</w:t><w:br/><w:t>7</w:t></w:r></w:p>") == "12\n7"
    assert cell_text("<w:p><w:r><w:t>12</w:t><w:tab/><w:t>7</w:t></w:r></w:p>") == "12\n7"
    raised = r("7", '<w:vertAlign w:val="superscript"/>')
    assert cell_text(f"<w:p>{r('10')}{raised}</w:p>") == "10\n7"
    assert cell_text(p("12") + p("7件")) == "12\n7件"
    assert cell_text(p("") + p(" 12 ") + p("")) == "12"


def test_a_cell_that_holds_nothing_but_a_picture_is_not_blank() -> None:
    drawing = f"<w:p><w:r>{picture('i', 300_000, 200_000)}</w:r></w:p>"
    document = read(docx(tbl(tr("规章", tc(drawing))), parts={"i": b"picture"}))
    assert grid(document) == [["规章", UNREAD]]


def test_layout_tables_are_walked_and_the_data_table_kept_whole() -> None:
    inner = tbl(tr("规章", "1"), tr("行政规范性文件", "2"))
    frame = tbl(tr(tc(p(PROSE) + inner + p("此页为测试。")), tc("")))
    document = read(docx(tbl(tr(tc(frame)))))
    assert [type(b) for b in document.blocks] == [Paragraph, Table, Paragraph]
    assert grid(document) == [["规章", "1"], ["行政规范性文件", "2"]]


def test_a_small_table_in_a_cell_is_part_of_its_text() -> None:
    inner = tbl(tr("其中", "1"))
    document = read(
        docx(tbl(tr("一类内容说明文字", tc(inner)), tr("二类内容说明文字", "2"), tr("三类内容说明文字", "3")))
    )
    assert grid(document)[0] == ["一类内容说明文字", "其中1"]


def test_a_header_table_is_fields() -> None:
    document = read(docx(tbl(tr("索引号", "X-1"), tr("发布机构", "甲市")) + p(PROSE) + p("发布日期：2024年1月20日")))
    assert document.metadata == {"索引号": "X-1", "发布机构": "甲市", "公开日期": "2024年1月20日"}
    assert not document.tables


# ---------------------------------------------------------------- text boxes and pictures


def box(content: str) -> str:
    """A text box as Word writes it: once for new programs, once for old ones."""
    new = f"<w:drawing><wp:anchor><a:graphic><wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


def picture(key: str, across: int, down: int) -> str:
    """A picture of a size in EMU."""
    return (
        f'<w:drawing><wp:inline><wp:extent cx="{across}" cy="{down}"/><a:graphic><a:blip r:embed="{key}"/></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    content = p("框内") + tbl(tr("规章", "3"))
    document = read(docx(f"<w:p>{r('前')}{box(content)}{r('后')}</w:p>" + p("下段")))
    assert texts(document) == ["前后", "框内", "下段"]
    assert [type(b) for b in document.blocks] == [Paragraph, Paragraph, Table, Paragraph]


def test_a_box_in_a_cell_is_the_cells_and_a_table_in_one_is_not() -> None:
    table = tbl(
        tr("规章", tc(f"<w:p>{box(p('3'))}</w:p>")), tr("文件", tc(f"<w:p>{box(tbl(tr('乙', '9')))}{r('4')}</w:p>"))
    )
    document = read(docx(table))
    assert grid(document) == [["规章", "3"], ["文件", "4"]]
    assert grid(document, 1) == [["乙", "9"]]


A4_WIDE, A4_HIGH = 7_560_000, 10_690_000


def scanned(*, table: bool, text: str = "") -> bytes:
    """Two scanned pages and a seal, with a title and perhaps a table as text."""
    pages = "".join(f"<w:p><w:r>{picture(key, A4_WIDE - 2_000_000, A4_HIGH // 2)}</w:r></w:p>" for key in ("i", "j"))
    seal = f"<w:p><w:r>{picture('k', 1_000_000, 1_000_000)}</w:r></w:p>"
    return docx(
        (p(text) if text else "") + pages + (tbl(tr("规章", "3")) if table else "") + seal,
        parts={"i": b"one", "j": b"two", "k": b"seal"},
    )


def test_scanned_pages_in_word_need_ocr() -> None:
    with pytest.raises(NeedsTool) as caught:
        read(scanned(table=False, text="甲市年度报告"))
    assert caught.value.code == "needs_ocr"
    assert "2 large pictures" in caught.value.message


def test_pictures_beside_tables_of_text_do_without_ocr() -> None:
    assert [type(b) for b in read(scanned(table=True)).blocks] == [Table]


def test_a_watermark_is_no_scan_unless_there_is_nothing_else() -> None:
    inline = picture("i", A4_WIDE, A4_HIGH)
    behind = inline.replace("wp:inline", "wp:anchor").replace("<wp:anchor>", '<wp:anchor behindDoc="1">')
    mark = f"<w:p><w:r>{behind}</w:r></w:p>"
    assert texts(read(docx(mark + p(PROSE), parts={"i": b"x"}))) == [PROSE]
    with pytest.raises(NeedsTool):
        read(docx(mark + p("甲市"), parts={"i": b"x"}))


def test_drawings_of_windows_are_no_pictures_for_ocr() -> None:
    drawing = f"<w:p><w:r>{picture('i', A4_WIDE, A4_HIGH)}</w:r></w:p>"
    parts = {"i": b"\x01\x00\x00\x00".ljust(40, b"\x00") + b" EMF"}
    assert texts(read(docx(drawing + p(PROSE), parts=parts))) == [PROSE]
    assert refused(docx(drawing + p("甲市"), parts=parts)) == "format_not_supported"


def test_what_ocr_sees_stands_in_the_pictures_place(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = types.ModuleType("pipelines.read.picture")

    def blocks_of(data: bytes, number: int) -> list[Block]:
        return [Paragraph(f"{data.decode()} {number}", f"picture {number}", 0.9)]

    seen.blocks_of = blocks_of  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pipelines.read.picture", seen)
    monkeypatch.setattr("pipelines.read.picture", seen, raising=False)
    document = read(scanned(table=True, text="标题"), tools=frozenset({"ocr"}))
    assert texts(document) == ["标题", "one 1", "two 2"]
    assert document.ocr_page_count == 2


# ---------------------------------------------------------------- containers


def test_the_strict_variant_and_utf_16_read_the_same() -> None:
    plain = docx(p("甲") + tbl(tr(tc("规章", 2), "3"), tr("一", "二", "4")))
    wanted = read(plain).blocks

    def rewritten(change: object) -> bytes:
        with zipfile.ZipFile(BytesIO(plain)) as old:
            return package({name: change(old.read(name)) for name in old.namelist()})  # type: ignore[operator]

    address = b"http://schemas.openxmlformats.org/%b/2006/%b"
    strict = b"http://purl.oclc.org/ooxml/%b/%b"

    def as_strict(data: bytes) -> bytes:
        for pair in ((b"wordprocessingml", b"main"), (b"officeDocument", b"relationships")):
            data = data.replace(address % pair, strict % pair)
        return data

    assert read(rewritten(as_strict)).blocks == wanted
    assert read(rewritten(lambda d: d.decode().replace("UTF-8", "UTF-16").encode("utf-16"))).blocks == wanted


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(encoding: str) -> None:
    part = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "1">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    made_of = {
        "_rels/.rels": relations({"d": ("officeDocument", "word/document.xml")}),
        "word/document.xml": part.encode(encoding),
    }
    assert refused(package(made_of)) == "xml_entities"


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data)
    return caught.value.code


def test_what_cannot_be_read_says_why() -> None:
    whole = docx(p(PROSE))
    assert refused(whole[: len(whole) // 2]) == "damaged"
    assert refused(package({"[Content_Types].xml": "<Types/>", "word/styles.xml": "<a/>"})) == "damaged"
    assert refused(docx("<w:p>")) == "damaged"
    assert refused(docx("")) == "no_text"
    assert refused(docx('<w:altChunk r:id="x"/>')) == "embedded_document"


def test_limits_of_depth_and_cells() -> None:
    deep = "<w:sdt><w:sdtContent>" * 100 + p("甲") + "</w:sdtContent></w:sdt>" * 100
    assert refused(docx(deep)) == "too_deep"
    wide = tbl(*(tr(tc("甲", 1000), "乙") for _ in range(201)))
    assert refused(docx(wide)) == "too_many_cells"


def test_a_part_that_unpacks_to_more_than_it_says_is_refused() -> None:
    data = docx(p("甲" * 50_000))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    short = data[: at + 24] + (100).to_bytes(4, "little") + data[at + 28 :]
    assert refused(short) == "damaged"


# ---------------------------------------------------------------- whole reports and round trips


def written(blocks: tuple[Block, ...]) -> bytes:
    """Blocks as python-docx writes them."""
    document = writer.Document()
    for block in blocks:
        if not isinstance(block, Table):
            document.add_paragraph(block.text)
            continue
        table = document.add_table(block.height, block.width)
        places = [list(row.cells) for row in table.rows]
        for cell in block.cells():
            place = places[cell.row][cell.column]
            if cell.rowspan * cell.colspan > 1:
                place = place.merge(places[cell.row + cell.rowspan - 1][cell.column + cell.colspan - 1])
            place.text = cell.text
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_cell_of_a_whole_report(form: str) -> None:
    cells = made(form, 7)
    year = 2023 if form == "2021" else 2020
    source = page("甲市", year, proactive_html(form, cells), requests_html(form, cells), disputes_html(cells))
    report = parse(read(written(html.read(source.encode()).blocks)), Hints(file_name="made.docx"))
    assert {(f.table, f.row, f.column): f.value for f in report.facts} == cells
    assert report.report_year == year
    assert [section.number for section in report.sections] == [0, 1, 2, 3, 4, 5, 6]


def test_a_report_whose_numerals_are_words_own() -> None:
    """Headings, and the labels of section 3, as Word numbers them: the text holds no 一、, no （一） and no 1."""
    cells = made("2021", 5)
    source = page("甲市", 2023, proactive_html("2021", cells), requests_html("2021", cells), disputes_html(cells))
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = levels(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))
    lists += levels(("decimal", "%1."), abstract="1", suffix="space") + num("1")
    kinds = ((r"[一二三四五六]、", 0), (r"（[一二三四五六七]）", 1), (r"\d\.", 2))
    count = 1

    def content(text: str) -> str:
        nonlocal count, lists
        for numeral, level in kinds:
            if found := re.match(numeral, text):
                if found[0] == "1.":
                    count += 1
                    lists += num(str(count), "1", again)
                return p(text[found.end() :], numbered(str(count)) if level == 2 else numbered("1", level))
        return p(text)

    def row(line: tuple[Cell | None, ...], i: int, is_requests: bool) -> str:
        own = [cell for j, cell in enumerate(line) if cell is not None and cell.column == j]
        merges = ("" if c.rowspan == 1 else "restart" if c.row == i else "continue" for c in own)
        # 一、 to 四、 are labels of section 3 too, but of no list that the headings go on with.
        is_new = [is_requests and c.row == i and not re.match(r"[一二三四]、", c.text) for c in own]
        inner = (content(c.text) if new else p(c.text) for c, new in zip(own, is_new, strict=True))
        return tr(*(tc(text, c.colspan, merge) for text, c, merge in zip(inner, own, merges, strict=True)))

    body = ""
    for block in html.read(source.encode()).blocks:
        if isinstance(block, Table):
            body += tbl(*(row(line, i, block.height > 20) for i, line in enumerate(block.grid)))
        else:
            body += content(block.text)
    document = read(docx(body, numbering=lists))
    report = parse(document, Hints(file_name="made.docx"))
    assert {(f.table, f.row, f.column): f.value for f in report.facts} == cells
    assert [section.number for section in report.sections] == [0, 1, 2, 3, 4, 5, 6]
    assert grid(document, 1)[5][:3] == ["三、本年度办理结果", "（一）予以公开", "（一）予以公开"]


@st.composite
def merged_grids(draw: st.DrawFn) -> list[tuple[int, int, int, int]]:
    """A grid cut into merged cells: row, column, rows and columns of each."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    free = {(i, j) for i in range(height) for j in range(width)}
    found = []
    for i in range(height):
        for j in range(width):
            if (i, j) not in free:
                continue
            across = draw(st.integers(1, 3))
            while not all((i, k) in free for k in range(j, j + across)):
                across -= 1
            down = min(draw(st.integers(1, 3)), height - i)
            found.append((i, j, down, across))
            free -= {(y, x) for y in range(i, i + down) for x in range(j, j + across)}
    return found


@given(merged_grids())
@settings(max_examples=40, deadline=None)
def test_any_merged_grid_comes_back(places: list[tuple[int, int, int, int]]) -> None:
    height, width = max(i + d for i, _, d, _ in places), max(j + a for _, j, _, a in places)
    lines: list[str] = []
    for i in range(height):
        own = sorted((j, d, a, top) for top, j, d, a in places if top <= i < top + d)
        cells = (tc(f"字{top}-{j}", a, "" if d == 1 else "restart" if top == i else "continue") for j, d, a, top in own)
        # A column of single cells on the right makes it no table of full-width rows.
        lines.append(tr(*cells, str(i)))
    table = read(docx(tbl(*lines, widths=(1000,) * (width + 1)))).tables[0]
    wanted = [Cell(f"字{i}-{j}", i, j, d, a) for i, j, d, a in places]
    assert sorted(table.cells()) == sorted([*wanted, *(Cell(str(i), i, width) for i in range(height))])


def test_a_report_in_one_table_keeps_its_lines() -> None:
    section = tc(p("一、总体情况") + p(PROSE) + p("二、主动公开政府信息情况"), 2)
    document = read(docx(tbl(tr(tc("标题", 2)), tr(section), tr("规章", "3"), tr("文件", "4"), tr(tc("三、收到", 2)))))
    assert texts(document) == ["标题", "一、总体情况", PROSE, "二、主动公开政府信息情况", "三、收到"]
    assert [(grid(document), t.locator) for t in document.tables] == [
        ([["规章", "3"], ["文件", "4"]], "table 1 from row 2")
    ]


def test_a_column_of_cells_is_a_frame() -> None:
    assert texts(read(docx(tbl(tr("甲"), tr("乙"), tr(tc(p("丙") + p("丁"))))))) == ["甲", "乙", "丙", "丁"]


def test_a_real_table_in_a_cell_is_a_table_however_much_stands_around_it() -> None:
    inner = tbl(tr("项目", "自然人", "总计"), tr("（一）", "1", "1"), tr("（二）", "2", "2"))
    document = read(docx(tbl(tr("二、", tc(p(PROSE))), tr("三、", tc(inner)), tr("四、", tc(p(PROSE))))))
    assert grid(document) == [["项目", "自然人", "总计"], ["（一）", "1", "1"], ["（二）", "2", "2"]]
    assert texts(document) == ["二、", PROSE, "三、", "四、", PROSE]


@given(st.text(alphabet="<>wptcr:/&;\"'= 甲1\n", max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_body_reads_or_says_why(body: str) -> None:
    try:
        read(docx(body))
    except Unreadable as why:
        assert why.code in ("damaged", "no_text")

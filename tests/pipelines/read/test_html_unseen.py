"""What a person does not see on a page is not read; what a script shows, and what only looks hidden, is."""

from __future__ import annotations

from pipelines.read.document import Paragraph, Table
from pipelines.read.html import read
from tests.made.cases import folded

PROSE = "本机关认真贯彻落实条例，主动公开政府信息。" * 4
ROWS = "".join(f"<tr><td>行政许可{i}</td><td>{i}</td></tr>" for i in range(4))


def cell(inner: str, head: str = "", attributes: str = "") -> str:
    """The text of a number's cell, which holds `inner`."""
    markup = (
        f"<table><tr><td>行政许可</td><td {attributes}>{inner}</td></tr><tr><td>行政处罚</td><td>8</td></tr></table>"
    )
    document = read(f"<html><head>{head}</head><body><p>{PROSE}</p>{markup}</body></html>".encode())
    (table,) = document.tables
    found = table.grid[0][1]
    assert found is not None
    return found.text


def prose(inner: str, head: str = "") -> str:
    """The paragraph that holds `inner`."""
    document = read(f"<html><head>{head}</head><body><p>{PROSE}</p><p>全年发布{inner}条。</p></body></html>".encode())
    return next(b.text for b in document.blocks if isinstance(b, Paragraph) and b.text.startswith("全年"))


UNSEEN = [
    '<span style="display:none">7</span>',
    '<span style="DISPLAY : NONE !important">7</span>',
    "<span hidden>7</span>",
    '<span style="visibility:hidden">7</span>',
    '<span style="mso-hide:all">7</span>',
    '<span style="font-size:0">7</span>',
    '<font style="font-size:0px">7</font>',
    '<span style="opacity:0">7</span>',
    '<span style="position:absolute;left:-9999px">7</span>',
    '<span style="position:absolute; clip: rect(0 0 0 0)">7</span>',
    '<span style="width:0;height:0;overflow:hidden;display:inline-block">7</span>',
    '<span style="color:transparent">7</span>',
    '<span style="color:#FFFFFF">7</span>',
    "<del>7</del>",
    "<s>7</s>",
    "<strike>7</strike>",
    '<span style="text-decoration:line-through">7</span>',
    '<span style="text-decoration: underline line-through red">7</span>',
    "<b><i><del>7</del></i></b>",
]


@folded("unseen", UNSEEN)
def test_what_is_unseen_or_struck_beside_a_number_is_not_read(unseen: str) -> None:
    assert cell(f"{unseen}605") == "605"
    assert cell(f"605{unseen}") == "605"
    assert prose(f"{unseen}560") == "全年发布560条。"
    assert prose(f"560{unseen}") == "全年发布560条。"


RULES = [
    ".x{display:none}",
    "span.x { display : none ; }",
    "/* twin */ .a, .x { color:red; visibility:hidden }",
    "<!-- .x{text-decoration:line-through} -->",
    "@media screen{.x{display:none}}",
    ".x{font-size:0pt}",
    "#t .x{display:none} .x{display:inline}",
    ".x{display:none!important} #t .x{display:inline}",
]


@folded("rule", RULES)
def test_rules_of_the_pages_own_styles_hide(rule: str) -> None:
    assert cell('<span id="t"><span class="x">7</span></span>605', f"<style>{rule}</style>") == "605"


SHOWING = [
    ".x{display:inline-block}",
    "@media print{.x{display:none}}",
    "@media (max-width:600px){.x{display:none}}",
    ".x:hover{display:none}",
    ".x::after{display:none}",
    ".y{display:none}",
    ".x{display:none} .x{display:inline}",
    ".x{display:none} #t .x{display:inline}",
    ".x{line-height:0;color:#333;text-indent:0;opacity:0.9;font-size:0.9em}",
    ".x{background:#06c;color:#fff}",
]


@folded("rule", SHOWING)
def test_rules_that_hide_nothing_here_are_harmless(rule: str) -> None:
    assert cell('<span id="t"><span class="x">7</span></span>605', f"<style>{rule}</style>") == "7605"


@folded(
    "seen",
    [
        '<span style="display:inline">7</span>',
        '<span style="font-size:0.8em">7</span>',
        '<span style="color:#fff;background:#00f">7</span>',
        '<span style="visibility:visible">7</span>',
        '<span style="vertical-align:middle">7</span>',
        '<span style="text-decoration:underline">7</span>',
        '<span aria-hidden="true">7</span>',
        "<ins>7</ins>",
    ],
)
def test_what_only_looks_hidden_is_read(seen: str) -> None:
    assert cell(f"{seen}605") == "7605"


def test_white_on_a_coloured_ground_is_read() -> None:
    assert cell('<span style="color:#fff">605</span>', attributes='bgcolor="#003399"') == "605"


def test_a_hidden_cell_leaves_no_column_and_an_invisible_one_a_blank() -> None:
    def row(style: str) -> list[str]:
        markup = f'<table><tr><td>规章</td><td style="{style}">1</td><td>3</td></tr><tr><td>甲</td><td>4</td><td>5</td></tr></table>'
        (table,) = read(f"<p>{PROSE}</p>{markup}".encode()).tables
        return [c.text for c in table.grid[0] if c is not None]

    assert row("display:none") == ["规章", "3"]
    assert row("visibility:hidden") == ["规章", "", "3"]


@folded(
    "mark",
    [
        "<sup>1</sup>",
        "<sup>[2]</sup>",
        "<sup>①</sup>",
        "<sup>注1</sup>",
        "<sup><a href='#f1'>3</a></sup>",
        "<a href='#f1'><sup>3</sup></a>",
        '<span style="vertical-align:super">1</span>',
        '<font style="vertical-align:4pt">1</font>',
        '<span style="position:relative;top:-5pt">1</span>',
        "<sub>1</sub>",
    ],
)
def test_a_footnotes_mark_is_no_part_of_its_number(mark: str) -> None:
    assert cell(f"173{mark}") == "173"
    assert cell(f"8{mark}件") == "8件"
    assert prose(f"560{mark}") == "全年发布560条。"


def test_a_raised_mark_by_a_class_of_the_page() -> None:
    assert cell('173<span class="note">1</span>', "<style>.note{vertical-align:super}</style>") == "173"


@folded("raised", ["19<sup>50</sup>", "10<sup>3</sup>", "4.3×10<sup>4</sup>"])
def test_what_is_raised_and_no_footnote_stays_apart_from_the_number(raised: str) -> None:
    assert "\n" in cell(raised)


@folded("unit", ["平方公里<sup>2</sup>", "m<sup>2</sup>", "CO<sub>2</sub>"])
def test_what_is_raised_at_a_word_stays(unit: str) -> None:
    assert prose(f"5次，{unit}").endswith("2条。")


def test_a_ruby_says_the_number_once() -> None:
    assert cell("<ruby>605<rp>(</rp><rt>606</rt><rp>)</rp></ruby>") == "605"


@folded("hide", ['style="display:none"', "hidden", 'class="tab"', 'style="visibility:hidden"'])
def test_a_report_in_a_tab_that_a_script_shows_is_read(hide: str) -> None:
    page = f"<style>.tab{{display:none}}</style><ul><li>正文</li></ul><div {hide}><p>{PROSE}</p><table>{ROWS}</table></div>"
    document = read(page.encode())
    (table,) = document.tables
    assert table.height == 4
    assert any(isinstance(b, Paragraph) and "贯彻" in b.text for b in document.blocks)


def test_a_hidden_twin_of_a_whole_table_is_not_read() -> None:
    twin = ROWS.replace("<td>3</td>", "<td>33</td>")
    page = f"<p>{PROSE}</p><table>{ROWS}</table><div style='display:none'><table>{twin}</table></div>"
    (table,) = read(page.encode()).tables
    assert [row[1].text for row in table.grid if row[1]] == ["0", "1", "2", "3"]


def test_a_page_that_is_struck_as_a_whole_by_an_open_element_is_read() -> None:
    document = read(f"<s><p>{PROSE * 4}</p><table>{ROWS}</table>".encode())
    assert any(isinstance(b, Table) for b in document.blocks)


def test_nested_unseen_elements_are_taken_out_once() -> None:
    assert cell('<span style="display:none">1<del>2<sup>3</sup></del></span>605<del><s>4</s></del>') == "605"

"""A section's text as one run of characters, and the way back to the stored text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.parse.narrative.prose import prose
from pipelines.parse.report import Section
from tests.made.cases import folded


def plain(text: str) -> str:
    return prose(Section(1, None, text)).plain


@folded(
    ("text", "expected"),
    [
        ("公开 信息 5500 余条", "公开信息5500余条"),
        ("申请３１１９件，占９５．２％", "申请3119件，占95.2%"),
        ("(含上年结转34件);办结:3050件", "（含上年结转34件）；办结：3050件"),
        # A line's end within a sentence is a reader's; behind a full stop it ends a paragraph.
        ("让信息“看\n得懂”。\n下一段", "让信息“看得懂”。\n下一段"),
        ("（一）主动公开情况\n全年公开3条", "（一）主动公开情况\n全年公开3条"),
        ("全年受理申请3\n119件", "全年受理申请3119件"),
        ("公开15 366条", "公开15366条"),
        ("收到3 1 1 9件", "收到3119件"),
        # A row of a table that lost its rules stays a row of numbers.
        ("新收 705 3 0 0 5 0 713", "新收705 3 0 0 5 0 713"),
        ("0 12件", "0 12件"),
        ("不予处理 7 0 0 0 0 0 7 重复申请", "不予处理7 0 0 0 0 0 7重复申请"),
        ("重复申请 3 1 信访", "重复申请3 1信访"),
    ],
)
def test_plain_text(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text(alphabet="公开信息条0123456789 ,.，。；\n（）　１２", max_size=80))
def test_every_place_leads_back_to_its_character(text: str) -> None:
    made = prose(Section(1, None, text))
    assert len(made.plain) == len(made.places)
    for i, character in enumerate(made.plain):
        if character not in " \n":
            span = made.span(i, i + 1)
            original = text[span.start : span.end]
            assert len(original) == 1 and not original.isspace()
            assert original == character or not original.isascii() or original in ",.();:?!~-"


def test_sentences_end_with_their_mark() -> None:
    made = prose(Section(1, None, "第一句。第二句！\n第三句"))
    starts = {made.sentence(i) for i in range(len(made.plain))}
    assert [made.plain[a:b].strip() for a, b in sorted(starts)] == ["第一句。", "第二句！", "", "第三句"]

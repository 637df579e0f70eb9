"""Problems and commitments of section 5. The sentences are our own; what they hold is asserted by hand."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.parse.report import Section
from pipelines.parse.shortcomings.problems import read
from tests.made.cases import folded


def said(text: str, *others: Section) -> tuple[list[str], list[str], list[int | None]]:
    """Texts of the problems, texts of the commitments, and each problem's answer."""
    problems, commitments = read([Section(5, "五、存在的主要问题及改进情况", text), *others])
    assert all(text[p.span.start : p.span.end] == p.text for p in (*problems, *commitments))
    return [p.text for p in problems], [c.text for c in commitments], [p.commitment for p in problems]


def themes(text: str) -> list[str]:
    return [p.theme for p in read([Section(5, None, text)])[0]]


P1, P2, P3 = "信箱里的留言答得慢", "解读只有文字没有图", "经办人手不够，一人兼三职"
C1, C2, C3 = "三天内答完每条留言", "每份文件配一张图解", "给每个镇添一名专人"
THREE = ([P1, P2, P3], [C1, C2, C3], [0, 1, 2])


@folded(
    "text",
    [
        f"一是{P1}；二是{P2}；三是{P3}。\n下一步，我们将：一是{C1}；二是{C2}；三是{C3}。",
        f"主要问题有三个：一是{P1}；二是{P2}；三是{P3}。改进措施有：一是{C1}；二是{C2}；三是{C3}。",
        f"（一）主要问题\n一是{P1}；二是{P2}；三是{P3}。\n（二）改进情况\n一是{C1}；二是{C2}；三是{C3}。",
        f"（一）存在的不足。1.{P1}；2.{P2}；3.{P3}。（二）下一步打算。1.{C1}；2.{C2}；3.{C3}。",
        f"（一）存在问题：①{P1}；②{P2}；③{P3}。（二）改进措施：①{C1}；②{C2}；③{C3}。",
        f"一、存在问题\n（一）{P1}。\n（二）{P2}。\n（三）{P3}。\n二、改进措施\n（一）{C1}。\n（二）{C2}。\n（三）{C3}。",
        f"存在的问题\n1．{P1}\n2．{P2}\n3．{P3}\n改进措施\n1．{C1}\n2．{C2}\n3．{C3}",
        f"还有三处短板。第一，{P1}。第二，{P2}。第三，{P3}。\n为此，第一，{C1}。第二，{C2}。第三，{C3}。",
        f"工作中的不足：首先，{P1}；其次，{P2}；最后，{P3}。今后要做到：首先，{C1}；其次，{C2}；最后，{C3}。",
        f"存在的主要问题：\n（1）{P1}；\n（2）{P2}；\n（3）{P3}。\n整改措施：\n（1）{C1}；\n（2）{C2}；\n（3）{C3}。",
        f"其一，{P1}；其二，{P2}；其三，{P3}。\n针对上述问题，2026年我局将：其一，{C1}；其二，{C2}；其三，{C3}。",
        f"问题一：{P1}。问题二：{P2}。问题三：{P3}。措施一：{C1}。措施二：{C2}。措施三：{C3}。",
        f"问题一：{P1}。措施一：{C1}。\n问题二：{P2}。措施二：{C2}。\n问题三：{P3}。措施三：{C3}。",
        f"不足之处：一是{P1}；二是{P2}；三是{P3}。\n2026年工作计划\n一是{C1}；二是{C2}；三是{C3}。",
        f"主要问题：{P1}；{P2}；{P3}。\n下一步将这样做：{C1}；{C2}；{C3}。",
        f"主要存在以下不足：一是{P1}；二是{P2}；三是{P3}。\n（一）{C1}。\n（二）{C2}。\n（三）{C3}。",
    ],
)
def test_every_style_of_enumeration_tells_the_same(text):
    problems, commitments, answers = said(text)
    assert (problems, commitments) == THREE[:2]
    assert answers[1:] == [1, 2]


def test_themes_and_answers_of_the_three():
    text = f"一是{P1}；二是{P2}；三是{P3}。\n下一步：一是{C1}；二是{C2}；三是{C3}。"
    problems, commitments = read([Section(5, None, text)])
    assert [p.theme for p in problems] == ["participation", "interpretation", "staff_and_training"]
    assert [c.theme for c in commitments] == ["participation", "interpretation", "staff_and_training"]
    assert [p.commitment for p in problems] == [0, 1, 2]


def test_two_sides():
    text = f"存在的问题：一方面{P2}，另一方面{P3}。"
    assert said(text) == ([P2, P3], [], [None, None])


def test_clauses_without_marks_are_told_apart_where_they_are_listed():
    text = "工作虽有进展，但还有不足，主要是：公开目录更新不及时，答复文书不够规范，网站检索不便等。"
    assert said(text)[0] == ["公开目录更新不及时", "答复文书不够规范", "网站检索不便"]
    assert themes(text) == ["proactive_scope", "request_handling", "platform"]


def test_clauses_joined_by_enumeration_commas():
    text = "我局主要存在更新不及时、人员配备不足、群众参与度不高等问题。"
    assert said(text)[0] == ["更新不及时", "人员配备不足", "群众参与度不高"]


def test_a_consequence_is_no_problem_of_its_own():
    text = "主要表现在：乡镇一级人手不足，导致栏目长期空白，答复文书不够规范。"
    assert said(text)[0] == ["乡镇一级人手不足，导致栏目长期空白", "答复文书不够规范"]


def test_a_reason_belongs_to_its_problem():
    text = "存在的主要问题是由于机构改革，信息员没有补齐，公众号停更半年。"
    assert said(text)[0] == ["由于机构改革，信息员没有补齐", "公众号停更半年"]


def test_items_are_never_taken_apart():
    item = "培训不够，有的乡镇没有办过一次；新来的人不熟悉流程"
    assert said(f"一是{item}；二是网站老旧。")[0] == [item, "网站老旧"]


def test_headings_of_their_own_line_keep_their_text():
    first, second = "（一）解读形式单一\n多数文件只配文字。", "（二）培训不足\n全年只办了一次。"
    assert said(f"{first}\n{second}")[0] == ["解读形式单一\n多数文件只配文字", "培训不足\n全年只办了一次"]


def test_a_heading_without_a_mark_keeps_its_text():
    text = "存在问题\n解读形式单一\n多数文件只配文字，没有图表，也没有短片，读起来很费劲。"
    assert said(text)[0] == ["解读形式单一\n多数文件只配文字，没有图表，也没有短片，读起来很费劲"]


def test_lines_cut_by_the_page_are_one_statement():
    text = "还有两个问题：一是部分村居的公开\n栏更新断断续续；二是依申请公开的\n答复不够规范。\n下一步准备这样改：一是每月巡查公\n开栏；二是统一答复文书。"
    problems, commitments, answers = said(text)
    assert problems == ["部分村居的公开\n栏更新断断续续", "依申请公开的\n答复不够规范"]
    assert commitments == ["每月巡查公\n开栏", "统一答复文书"]
    assert answers[1] == 1


def test_a_problem_and_its_answer_in_one_item_are_paired():
    text = (
        "（一）解读形式单一。改进措施：每份文件配图。\n"
        "（二）基层培训不足。改进措施：到每个镇讲一课。\n"
        "（三）网站检索不便。改进措施：换一套搜索。"
    )
    assert said(text) == (
        ["解读形式单一", "基层培训不足", "网站检索不便"],
        ["每份文件配图", "到每个镇讲一课", "换一套搜索"],
        [0, 1, 2],
    )


def test_alternating_paragraphs_are_paired_by_their_rounds():
    text = (
        "存在问题：解读跟不上文件。\n改进措施：没有解读稿的不签发。\n存在问题：各镇进度不一。\n改进措施：按月通报进度。"
    )
    assert said(text) == (["解读跟不上文件", "各镇进度不一"], ["没有解读稿的不签发", "按月通报进度"], [0, 1])


def test_an_item_can_turn_to_its_answer_in_a_later_clause():
    text = "一是公众号停更两个月，下一步将每周更新；二是答复超期一件，今后逐件提醒。"
    problems, commitments, answers = said(text)
    assert problems == ["公众号停更两个月", "答复超期一件"]
    assert commitments == ["下一步将每周更新", "今后逐件提醒"]
    assert answers == [0, 1]


def test_labels_pair_against_the_themes():
    text = "问题一：培训不足。问题二：网站检索不便。措施二：多办几次培训。措施一：把搜索框放大。"
    problems, commitments, answers = said(text)
    assert len(problems) == len(commitments) == 2
    assert answers == [commitments.index("把搜索框放大"), commitments.index("多办几次培训")]


def test_equal_numbers_pair_only_where_the_themes_agree():
    text = "一是培训不足；二是网站检索不便。\n下一步：一是改造网站搜索；二是多办培训班。"
    assert said(text)[2] == [1, 0]


def test_a_promise_that_names_its_problem_answers_it():
    text = (
        "一是村级公开栏内容陈旧；二是镇级公开栏位置偏僻。\n下一步：一是针对镇级公开栏位置偏僻的问题，选新址；二是培训。"
    )
    assert said(text)[2] == [None, 0]


def test_between_two_equals_there_is_no_answer():
    text = "一是政策解读不够深入。\n下一步：（一）多办培训。（二）多做政策解读。（三）给政策解读配图。"
    assert said(text)[2] == [None]


def test_a_problem_that_nothing_answers_has_no_answer():
    text = "一是公众号停更；二是培训不足。\n下一步：一是加强培训。"
    assert said(text)[2] == [None, 0]


@pytest.mark.parametrize(
    "text",
    ["无", "无。", "暂无。", "不存在问题。", "我单位不存在问题。", "本年度未发现问题。", "没有存在的主要问题。", ""],
)
def test_a_report_without_problems_has_none(text):
    assert said(text) == ([], [], [])


@pytest.mark.parametrize(
    "text",
    [
        "2024年，我局政务公开工作取得一定成效，但仍存在一些问题和不足。",
        "我局工作虽取得一定成绩，但与上级要求和群众期盼还有一定差距。",
        "针对存在的问题，我们将采取有效措施，切实加以改进，不断提高政府信息公开工作水平。",
    ],
)
def test_preambles_and_closing_words_say_nothing(text):
    assert said(text) == ([], [], [])


def test_preambles_before_lists_are_left_out():
    text = (
        "今年工作虽有进展，但对照上级要求，仍有不足。主要表现为以下两点：一是目录太旧；二是答复偏慢。\n"
        "2026年，我局将认真落实条例，重点做好以下工作：一是重编目录；二是逐件催办答复。\n"
        "以上问题，我们将认真加以解决，推动工作再上新台阶。"
    )
    assert said(text)[:2] == (["目录太旧", "答复偏慢"], ["重编目录", "逐件催办答复"])


def test_what_was_done_about_earlier_problems_is_left_out():
    text = (
        "（一）上年度问题整改情况\n一是已补齐人手；二是已改版网站。\n"
        "（二）存在的主要问题\n一是解读偏少。\n（三）改进措施\n一是多做解读。"
    )
    assert said(text) == (["解读偏少"], ["多做解读"], [0])


def test_an_earlier_year_is_told_from_the_year_of_the_report():
    text = "2023年存在问题的改进情况：已补齐人手。\n2024年存在的主要问题：解读偏少。\n下一步将多做解读。"
    other = Section(1, None, "2024年，我局公开信息。2024年共答复申请3件。")
    assert said(text, other)[:2] == (["解读偏少"], ["下一步将多做解读"])


def test_one_sentence_holds_problem_and_promise():
    text = "存在的主要问题是公开内容不够全面，下一步将扩大公开的范围。"
    assert said(text) == (["公开内容不够全面"], ["下一步将扩大公开的范围"], [0])


def test_the_first_of_a_list_can_lack_its_mark():
    text = (
        "存在的主要问题是：人手不足；二是网站老旧；三是解读偏少。下一步，我局将：充实人手；二是改版网站；三是多做解读。"
    )
    assert said(text)[:2] == (["人手不足", "网站老旧", "解读偏少"], ["充实人手", "改版网站", "多做解读"])


def test_headings_without_a_list_are_no_statements():
    text = "一是人手不足；二是网站老旧。\n六、改进措施\n充实人手，改版网站，让群众少跑路。\n七、整改情况"
    assert said(text)[:2] == (["人手不足", "网站老旧"], ["充实人手，改版网站，让群众少跑路"])


def test_clauses_behind_a_general_lack_are_told_apart():
    text = "我局工作虽有进展，但总体上还存在一些问题与不足，目录更新不及时，答复文书不够规范。"
    assert said(text)[0] == ["目录更新不及时", "答复文书不够规范"]


def test_an_item_keeps_the_list_inside_it():
    text = "一是培训不足，体现在：（1）次数少；（2）内容旧。二是网站老旧。"
    assert said(text)[0] == ["培训不足，体现在：（1）次数少；（2）内容旧", "网站老旧"]


def test_matters_over_inner_lists_are_no_problems():
    text = "存在问题\n（一）平台方面\n1.网站改版未完成\n2.公众号停更\n（二）人员方面\n1.人手不足"
    assert said(text)[0] == ["网站改版未完成", "公众号停更", "人手不足"]


def test_signatures_and_page_numbers_are_left_out():
    text = "一是人手不足；二是网站老旧。\n下一步将充实人手，改版网站。\n某某局\n2025年1月8日"
    assert said(text)[:2] == (["人手不足", "网站老旧"], ["下一步将充实人手，改版网站"])
    assert said("一是人手不足；二是网站老旧\n- 7 -")[0] == ["人手不足", "网站老旧"]


def test_radicals_that_stand_for_characters_are_read():
    text = "⼀是⼈⼿不⾜；⼆是网站⽼旧。"
    problems, _ = read([Section(5, None, text)])
    assert [(p.text, p.theme) for p in problems] == [("⼈⼿不⾜", "staff_and_training"), ("网站⽼旧", "platform")]


def test_other_sections_are_not_read():
    assert read([Section(1, None, "一是人手不足；二是网站老旧。"), Section(6, None, "存在问题：培训不足。")]) == (
        (),
        (),
    )


@folded(
    ("statement", "theme"),
    [
        ("个别单位公开意识不强", "awareness"),
        ("一些干部思想认识不到位，培训也少", "awareness"),
        ("重点领域公开不够深入", "proactive_scope"),
        ("有的栏目更新不及时", "proactive_scope"),
        ("政策解读形式单一，视频偏少", "interpretation"),
        ("依申请公开答复不够规范", "request_handling"),
        ("政府网站栏目设置不够合理", "platform"),
        ("政务新媒体账号维护不足", "new_media"),
        ("业务人员流动频繁，能力有待提升", "staff_and_training"),
        ("考核机制不够健全", "supervision"),
        ("公开信息有错别字，格式不统一", "data_quality"),
        ("公众参与渠道不多，互动偏少", "participation"),
        ("整体仍不理想", "other"),
    ],
)
def test_themes(statement, theme):
    assert themes(f"一是{statement}；二是某事未做好。")[0] == theme


# fmt: off
_PIECES = st.sampled_from(
    [
        "一是", "二是", "三是", "（一）", "（二）", "1.", "2.", "首先，", "其次，", "最后，", "问题一：", "措施一：", "①", "②",
        "●", "存在问题：", "主要是：", "下一步，", "我局将", "改进措施\n", "针对解读不足的问题，", "上年度问题整改情况：", "但", "由于",
        "解读形式单一", "培训不足", "加强培训", "更新不及时、人手少", "提高水平", "等问题", "无", "2024年", "今后", "差距", "，", "。",
        "；", "：", "\n", "、", " ", "”", "（", "\u3000",
    ]
)
# fmt: on


def check(text: str) -> None:
    problems, commitments = read([Section(0, None, "2024年"), Section(5, None, text)])
    both = (*problems, *commitments)
    spans = sorted((p.span.start, p.span.end) for p in both)
    assert all(text[p.span.start : p.span.end] == p.text and p.text.strip() and p.span.section == 5 for p in both)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for kind in (problems, commitments):
        assert [p.span.start for p in kind] == sorted(p.span.start for p in kind)
    assert all(p.commitment is None or 0 <= p.commitment < len(commitments) for p in problems)


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_mixture_gives_literal_stretches_in_order(text):
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text):
    check(text)


@pytest.mark.parametrize(
    "piece", ["（一）", "一、", "一是", "问题一：", "1.", "存在问题：", "不足、", "下一步，", "但", "\n"]
)
def test_endless_repetition_is_read(piece):
    check(piece * 3000)
    check(f"{piece}培训不足" * 600)

"""What a statement is about: its theme, and a second one where two matters are named. The sentences are our own."""

from __future__ import annotations

from pipelines.parse.report import Section
from pipelines.parse.shortcomings.problems import read
from pipelines.parse.shortcomings.theming import matter
from tests.made.cases import folded


@folded(
    ("text", "theme", "second"),
    [
        # Two matters: 人手 4 of the first clause; 公开内容 3 and 更新慢 4 of the second are 7, more than the 4 that are wanted.
        ("乡镇一级人手少，公开内容更新慢", "staff_and_training", "proactive_scope"),
        ("公开目录更新不及时，业务培训不足", "proactive_scope", "staff_and_training"),
        ("政策解读形式单一、政务新媒体更新断断续续", "new_media", "interpretation"),
        ("各部门政务公开发展不平衡，答复文书不够规范", "uneven_development", "request_handling"),
        (
            "保密审查把关不严，有一份名单没有脱敏，网站因此停了两天，培训力度不够",
            "secrecy_and_privacy",
            "staff_and_training",
        ),
        # The matter in which places differ is the theme that weighs most, that they differ is the second.
        ("部分乡镇的解读质量、解读形式参差不齐", "interpretation", "uneven_development"),
        # One matter, however many of its words: 栏目 3 alone names no platform, 网站 3 only says where.
        ("公开目录更新不及时，有的栏目半年没有新内容", "proactive_scope", None),
        ("网站上的政策解读形式单一", "interpretation", None),
        ("答复文书写得太简单，申请人看不出检索过哪些地方", "request_handling", None),
        ("学校公开的内容深浅不一", "proactive_scope", None),
        # A second word of the theme itself is no second theme.
        ("业务培训不足，专题培训更少", "staff_and_training", None),
        # Said before the turn: it goes well, and is no matter. Without praise, 但 only goes on; 不但 turns nothing.
        ("业务培训已办四期，但解读材料要改进", "interpretation", None),
        ("虽然政府网站建设取得进展，但业务培训不足", "staff_and_training", None),
        ("人手少，但专项工作多，解读材料少", "staff_and_training", "interpretation"),
        ("虽然网站改了版，但效果还不明显", "platform", None),
        ("解读材料不但形式单一，业务培训也没有跟上", "interpretation", "staff_and_training"),
        # Nothing is known of it.
        ("工作还有不少地方要改进", "other", None),
    ],
)
def test_two_matters_are_told_where_two_are_named(text: str, theme: str, second: str | None) -> None:
    found = matter(text)
    assert (found.theme, found.second) == (theme, second)


@folded(
    ("text", "theme"),
    [
        ("政府信息管理不够细，源头认定公开属性没有做到位", "information_management"),
        ("历史文件的公开属性尚未全部标注", "information_management"),
        ("文件清理不彻底，失效文件仍在库中", "information_management"),
        ("区县之间政务公开工作发展不平衡", "uneven_development"),
        ("各镇街工作进展不一，差距较大", "uneven_development"),
        ("行政复议被纠正的案件偏多", "dispute_resolution"),
        ("败诉率较高，争议化解办法不多", "dispute_resolution"),
        ("保密审查程序走得太快", "secrecy_and_privacy"),
        ("公示名单时个人隐私没有去标识化", "secrecy_and_privacy"),
        # Neighbours of the new themes keep their own.
        ("申请答复不够规范", "request_handling"),
        ("监督检查不够，责任追究少", "supervision"),
        ("错别字较多，三审三校走过场", "data_quality"),
        ("政府信息公开平台建设滞后", "platform"),
        ("信息公开意识不强", "awareness"),
        ("信息内容单一", "proactive_scope"),
    ],
)
def test_the_theme_of_a_statement(text: str, theme: str) -> None:
    assert matter(text).theme == theme


def test_the_second_theme_comes_with_the_problem() -> None:
    problems, _ = read([Section(5, None, "主要问题：一是乡镇一级人手少，公开内容更新慢；二是解读形式单一。")])
    assert [(p.theme, p.second_theme) for p in problems] == [
        ("staff_and_training", "proactive_scope"),
        ("interpretation", None),
    ]

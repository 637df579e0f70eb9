"""Section 5 as older reports write it: other marks, no marks, one line, problems and promises in one paragraph."""

from __future__ import annotations

import pytest

from pipelines.parse.report import Section
from pipelines.parse.shortcomings.enumeration import outline
from pipelines.parse.shortcomings.problems import read

P = ["公开内容不够全面", "信息更新不及时", "工作人员业务不熟"]
C = ["扩大公开范围", "每周更新栏目", "开展业务培训"]


def said(text: str) -> tuple[list[str], list[str]]:
    problems, commitments = read([Section(5, "五、存在的主要问题及改进情况", text)])
    return [p.text for p in problems], [c.text for c in commitments]


@pytest.mark.parametrize(
    "marks",
    [
        ["● "] * 3,
        ["■"] * 3,
        ["▲"] * 3,
        ["➢ "] * 3,
        ["√"] * 3,
        ["·"] * 3,
        ["- "] * 3,
        ["——"] * 3,
        ["Ⅰ.", "Ⅱ.", "Ⅲ."],
        ["a.", "b.", "c."],
        ["A、", "B、", "C、"],
        ["01 ", "02 ", "03 "],
        ["1)", "2)", "3)"],
        ["第一是", "第二是", "第三是"],
        ["", "", ""],
    ],
    ids=lambda marks: marks[0] or "lines",
)
@pytest.mark.parametrize("stop", ["。", "；", ""])
def test_every_mark_makes_the_same_list(marks: list[str], stop: str) -> None:
    lines = [mark + words + stop for mark, words in zip(marks * 2, P + C, strict=True)]
    assert said("\n".join(["存在的主要问题", *lines[:3], "改进措施", *lines[3:]])) == (P, C)


@pytest.mark.parametrize("mark", ["●", "■", "◆", "①②③", "★"])
def test_signs_inside_a_paragraph(mark: str) -> None:
    marks = mark if len(mark) > 1 else mark * 3
    one, other = ("；".join(m + w for m, w in zip(marks, words, strict=True)) for words in (P, C))
    assert said(f"存在以下问题：{one}。下一步，我们将从以下方面改进：{other}。") == (P, C)


@pytest.mark.parametrize(
    "turn",
    [
        "下一步，",
        "为此，",
        "鉴于此，我局将",
        "因此，",
        "针对上述问题，",
        "面对这些问题，我们将",
        "为解决上述问题，我局将",
        "今后，我局将",
        "在今后的工作中，我们将",
        "明年我们将",
        "根据以上问题，我局拟采取以下改进措施：",
        "改进措施：",
    ],
)
def test_the_turn_from_problems_to_promises(turn: str) -> None:
    text = f"工作中还存在一些不足，主要表现在：一是{P[0]}；二是{P[1]}；三是{P[2]}。{turn}一是{C[0]}；二是{C[1]}；三是{C[2]}。"
    assert said(text) == (P, C)


def test_what_follows_from_a_problem_is_no_promise() -> None:
    """因此 turns only to something to be done."""
    problems, commitments = said("一是信息更新不及时。因此群众查询不便。二是工作人员业务不熟。")
    assert len(problems) == 2
    assert commitments == []


@pytest.mark.parametrize(
    ("text", "problems", "commitments"),
    [
        (
            "存在公开意识不够强、公开内容不够全面、信息更新不够及时等问题，下一步将加强学习，及时更新。",
            ["公开意识不够强", "公开内容不够全面", "信息更新不够及时"],
            ["下一步将加强学习，及时更新"],
        ),
        ("存在信息更新不及时的问题，下一步我镇将及时更新信息。", 1, 1),
        ("存在问题：公开内容不全面。改进措施：扩大公开范围。", ["公开内容不全面"], ["扩大公开范围"]),
        ("公开内容不够全面，今后将扩大公开范围。", 1, 1),
    ],
)
def test_texts_of_one_line(text: str, problems: list[str] | int, commitments: list[str] | int) -> None:
    found = said(text)
    for told, expected in zip(found, (problems, commitments), strict=True):
        assert (len(told) if isinstance(expected, int) else told) == expected


def test_problems_and_promises_in_one_paragraph() -> None:
    text = "".join(f"{k}是{p}。下一步，{c}。" for k, p, c in zip("一二三", P, C, strict=True))
    assert said(text) == (P, C)


@pytest.mark.parametrize(
    "text",
    [
        "无",
        "/",
        "——",
        "没有。",
        "无此类情况。",
        "本年度政府信息公开工作不存在问题，无改进情况。",
        "2021年度本机关政府信息公开工作没有存在的主要问题及改进情况。",
        "没有需要说明的问题",
    ],
)
def test_no_problem_is_said_in_many_words(text: str) -> None:
    assert said(text) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "截至2024.5月底共更新信息。\n2024.6月起由专人负责。",
        "全年办理1.2万件，同比增长3.5%。",
        "2023年5月10日\n2023年6月1日\n",
        "- 3 -\n- 4 -\n",
        "——2024年12月",
        "买买提·艾力同志负责，古丽·阿不都同志协助。",
        "达到A级、B级标准的各占一半。",
        "统一是前提，唯一要做的是坚持。",
    ],
)
def test_look_alikes_are_no_list(text: str) -> None:
    assert outline(text) == []


def test_a_signature_is_no_promise() -> None:
    text = f"存在问题：{P[0]}。\n改进措施：\n{C[0]}。\n{C[1]}。\n青岭县财政局\n2024年1月20日"
    assert said(text) == (P[:1], C[:2])

from __future__ import annotations

import pytest

from pipelines.read.layout.lines import Line, lines
from pipelines.read.layout.margins import without_margins
from pipelines.read.layout.shapes import Glyph, Page

HEIGHT = 800.0


def line(text: str, y: float, page: int) -> Line:
    glyphs = [Glyph(c, 10.0 * k, y, 10.0 * k + 10, y + 10, 10.0) for k, c in enumerate(text)]
    return lines(glyphs, page)[0]


def kept(*pages: list[tuple[str, float]]) -> list[list[str]]:
    """The texts that stay of pages of lines (text, distance from the top)."""
    numbers = range(1, len(pages) + 1)
    found = [[line(text, y, n) for text, y in page] for n, page in zip(numbers, pages, strict=True)]
    left = without_margins([Page(n, 600.0, HEIGHT) for n in numbers], found)
    return [[one.text for one in page] for page in left]


@pytest.mark.parametrize("form", ["{}", "-{}-", "—{}—", "第{}页", "{}/3", "第{}页共3页"])
def test_page_numbers_go(form: str) -> None:
    pages = [[("本年度公开信息", 400.0), (form.format(n), 780.0)] for n in (1, 2, 3)]
    assert kept(*pages) == [["本年度公开信息"]] * 3


def test_page_numbers_that_begin_elsewhere_go() -> None:
    assert kept(*([("正文在此", 400.0), (str(n + 4), 780.0)] for n in (1, 2, 3))) == [["正文在此"]] * 3


def test_a_number_of_the_text_stays() -> None:
    """The end of a sentence at the top of a page, and a number that does not count the pages."""
    assert kept([("正文在此", 400.0)], [("4件。", 30.0), ("正文在此", 400.0), ("3119", 780.0)]) == [
        ["正文在此"],
        ["4件。", "正文在此", "3119"],
    ]


def test_running_heads_go_and_a_title_stays() -> None:
    head = ("某市政府信息公开工作年度报告", 20.0)
    assert kept(*([head, ("正文在此", 400.0)] for _ in range(3))) == [["正文在此"]] * 3
    assert kept([head, ("正文在此", 400.0)], [("正文在此", 400.0)]) == [[head[0], "正文在此"], ["正文在此"]]


@pytest.mark.parametrize(
    "edge",
    [
        "2024/1/26 15:30",
        "2024/1/26 下午3:30",
        "1/26/24, 3:30 PM",
        "https://www.example.gov.cn/art/2024/1/26/art_1.html",
        "file:///C:/年报.html",
    ],
)
def test_what_a_browser_prints_around_a_page_goes_even_from_one_page(edge: str) -> None:
    assert kept([(edge, 20.0), ("本年度公开信息", 400.0)]) == [["本年度公开信息"]]


def test_the_date_of_publication_at_the_top_stays() -> None:
    assert kept([("发布时间：2024/1/26 15:30", 60.0)]) == [["发布时间：2024/1/26 15:30"]]

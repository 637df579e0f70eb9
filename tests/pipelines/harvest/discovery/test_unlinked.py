"""Years that a page speaks of and that lead nowhere."""

from __future__ import annotations

from pipelines.harvest.discovery.pages_said import pages_said
from pipelines.harvest.discovery.unlinked import years_unlinked
from tests.made.cases import folded

TITLE = "永嘉县人民政府2025年政府信息公开工作年度报告"


@folded(
    ("inner", "expected"),
    [
        (f"<li>{TITLE}</li>", {2025}),
        (f"<a href='javascript:;' onclick='show(7)'>{TITLE}</a>", {2025}),
        (f"<a data-id=7 @click='go(7)'>{TITLE}</a>", {2025}),
        ("<li onclick='turn(2025)'>2025年</li>", {2025}),
        ("<select onchange='q()'><option value=2025>2025年</option></select>", {2025}),
        ("<h2>2025年</h2><embed src='/nb/1.pdf'>", {2025}),
        # Neighbours: what leads somewhere, days, sentences, the choice of a search.
        (f"<li><a href='/nb/1.html'>{TITLE}</a></li>", set()),
        ("<li><a href='/nb/2025/'><span>2025年</span></a></li>", set()),
        ("<p>今天是2025年12月31日</p><p>Copyright © 2025 永嘉县</p><p>庆祝2025年全国两会</p>", set()),
        ("<form><select name=y><option>2025</option></select><button>搜索</button></form>", set()),
        ("<p>永嘉县2025年法治政府建设年度报告</p>", set()),
    ],
)
def test_a_year_without_an_address(inner: str, expected: set[int]) -> None:
    assert years_unlinked(f"<html><body>{inner}</body></html>".encode()) == expected


def test_an_answer_of_a_server_speaks_of_none() -> None:
    assert years_unlinked(b'{"year": "2025"}') == frozenset()


@folded(
    ("inner", "expected"),
    [
        ('<div class="pagination"><a class="cur">1</a><a data-p="2">2</a></div>', 2),
        ('<ul id="pager"><li><span>1</span></li><li><a href="javascript:;">2</a></li></ul>', 2),
        ('<div class="pagination"><a class="cur">1</a></div>', 1),
        ('<table class="main"><tr><td>1</td><td>甲</td></tr><tr><td>2</td><td>乙</td></tr></table>', 1),
        ("<span>下 一 页</span>", 2),
        ("<span>下 一 篇</span>", 1),
    ],
)
def test_a_pager_of_numbers_speaks_of_pages(inner: str, expected: int) -> None:
    assert pages_said(f"<html><body>{inner}</body></html>".encode()) == expected

"""Pagers whose links call a function, stand in a folder of their own or say nothing, and neighbours that are none."""

from __future__ import annotations

from pipelines.harvest.discovery.listing import read_listing
from tests.made.cases import folded

FOLDER = "http://www.a.gov.cn/nb/"
GO = '<a href="javascript:go(2)">下一页</a><a href="javascript:go(3)">尾页</a>'


def pages(inner: str, path: str = "") -> list[str]:
    listing = read_listing(f"<html><title>年报</title><body>{inner}</body></html>".encode(), FOLDER + path)
    return [page.removeprefix(FOLDER) for page in listing.next_pages]


@folded(
    ("inner", "expected"),
    [
        (f'<script>function go(n){{location.href="list_"+n+".html"}}</script>{GO}', ["list_2.html", "list_3.html"]),
        (f'<script>var go=function(i){{window.location="index_"+(i-1)+".html";}}</script>{GO}', ["index_1.html", "index_2.html"]),
        (f"<script>var c='7';function go(p){{location.replace('?id='+c+'&page='+p)}}</script>{GO}", ["?id=7&page=2", "?id=7&page=3"]),
        ("<select onchange=\"location.href='index_'+this.value+'.html'\"><option value=1>第1页<option value=2>第2页</select>", ["index_2.html"]),
        # What a function needs besides is not known; what it opens is no page of the list; nobody calls it.
        (f'<script>function go(n){{location.href="list_"+made+n+".html"}}</script>{GO}', []),
        (f'<script>function go(n){{location.href="/xw/"+n+".html"}}</script>{GO}', []),
        ('<script>function go(n){location.href="list_"+n+".html"}</script><a href="javascript:go(2)">教育局</a>', []),
    ],
)  # fmt: skip
def test_functions_that_put_a_number_into_an_address(inner: str, expected: list[str]) -> None:
    assert pages(inner) == expected


@folded(
    ("inner", "expected"),
    [
        ('<a href="/nb/page/2/">»</a>', ["page/2/"]),
        ('<a href="/xw/page/2/">»</a>', []),
        ('<a href="index_1.html"><img src="/n.gif" alt="下一页"></a>', ["index_1.html"]),
        ('<a class="next" href="index_1.html"><i></i></a>', ["index_1.html"]),
        ('<a class="next" href="/zt/2.html"></a>', []),
        ('<link rel="next" href="index_1.html">', ["index_1.html"]),
        ('<a href="index_1.html">下 一 页</a>', ["index_1.html"]),
        ('<a href="index_1.html">下一篇</a>', []),
    ],
)
def test_links_that_say_little(inner: str, expected: list[str]) -> None:
    assert pages(inner) == expected


@folded(
    ("script", "expected"),
    [
        ('/* createPageHTML(1, 0, "index", "html"); */createPageHTML(2, 0, "index", "html")', ["index_1.html"]),
        ('//createPageHTML(9, 0, "index", "html");\nvar x = 1;', []),
        ('var n = 2; createPageHTML(n, 0, "index", "html")', ["index_1.html"]),
        ('createPageHTML(n, 0, "index", "html")', []),
        ('var _PAGE_COUNT="2";var _PAGE_INDEX="0";var _PAGE_NAME="index";var _PAGE_EXT="htm";', ["index_1.htm"]),
        ("$.jqPaginator('#p',{totalPages:2,currentPage:1,onPageChange:function(n){location.href='index_'+n+'.html'}})", ["index_2.html"]),
        ("$('#p').bootstrapPaginator({currentPage:1,totalPages:2,pageUrl:function(t,p){return '/nb/list?page='+p}})", ["list?page=2"]),
    ],
)  # fmt: skip
def test_calls_in_other_spellings(script: str, expected: list[str]) -> None:
    assert pages(f"<script>{script}</script>") == expected


def test_a_form_is_sent_by_any_function_whose_link_turns_pages() -> None:
    form = '<form action="list.jsp" method="get"><input type="hidden" name="id" value="7"><input type="hidden" name="pageNo" value="1"></form>'
    assert pages(form + '<a href="javascript:go(2)">下一页</a>') == ["list.jsp?id=7&pageNo=2"]
    assert pages(form + '<a href="javascript:go(2)">教育局</a>') == []

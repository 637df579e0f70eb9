"""Links of a page to documents: in anchors, frames and viewers, in scripts, as pictures."""

from pipelines.read import read
from pipelines.read.document import Link
from tests.made.cases import folded

PAGE = "<html><body><p>示例县人民政府2023年政府信息公开工作年度报告</p>{}</body></html>"


def links(markup: str) -> tuple[Link, ...]:
    return read(PAGE.format(markup).encode()).links


@folded(
    ("markup", "found"),
    [
        ('<a href="./P020240131.pdf">报告 全文</a>', [("./P020240131.pdf", "报告 全文")]),
        ('<a href="/a/b.DOCX?v=1">x</a><a href="/a/b.DOCX?v=1">y</a>', [("/a/b.DOCX?v=1", "x")]),
        ('<a href="/down.jsp?id=7">年报.wps</a>', [("/down.jsp?id=7", "年报.wps")]),
        ('<a href="/down?file=/up/%E5%B9%B4.pdf&amp;n=1">下载</a>', [("/up/年.pdf", "下载")]),
        ('<iframe src="/web/viewer.html?file=%2Fup%2Fa.pdf#page=2"></iframe>', [("/up/a.pdf", "")]),
        ('<embed src="a.pdf"><object data="b.pdf"></object>', [("a.pdf", ""), ("b.pdf", "")]),
        ('<script>show("/up/a.pdf?t=1", "x.js")</script>', [("/up/a.pdf", "")]),
        ('<a href="next.html">下一篇</a><a href="javascript:open(\'a.pdf\')">y</a>', [("a.pdf", "")]),
        ('<a href="next.html">a.pdf 的说明</a>', []),
        ('<a href="http://[bad/a.pdf">x</a>', []),
        ('<img src="1.jpg" alt="第一页"><img src="data:image/png;base64,AA=="><img src="2.png">', [("1.jpg", "第一页"), ("2.png", "")]),
        ('<table><tr><td>a</td><td>1</td></tr></table><img src="1.jpg">', []),
    ],
)  # fmt: skip
def test_what_counts_as_a_link_to_a_document(markup: str, found: list[tuple[str, str]]) -> None:
    assert links(markup) == tuple(Link(*each) for each in found)


def test_a_page_of_nothing_but_a_viewer_is_a_page() -> None:
    document = read(b'<html><body><iframe src="a.pdf"></iframe></body></html>')
    assert (document.blocks, document.links) == ((), (Link("a.pdf", ""),))


def test_a_list_of_documents_is_cut() -> None:
    assert len(links("".join(f'<a href="{n}.pdf">{n}</a>' for n in range(200)))) == 50

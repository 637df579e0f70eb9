"""What of a page is fetched next, and whether a page that was asked for as a list is a report."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.harvest.walk import page_links
from pipelines.harvest.walk.page_links import attachments, report_title

URL = "http://www.a.gov.cn/zwgk/2024/t1.html"


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def found(data: bytes, most: int = 10) -> list[str]:
    return [address for address, _ in attachments(data, URL, most)]


def test_documents_are_taken_by_their_absolute_address_once() -> None:
    links = (
        '<a href="./P1.pdf">附件</a><a href="/files/2.docx">2024年政府信息公开工作年度报告</a><a href="P1.pdf">下载</a>'
    )
    assert found(page(links)) == ["http://www.a.gov.cn/zwgk/2024/P1.pdf", "http://www.a.gov.cn/files/2.docx"]


def test_a_base_moves_relative_addresses() -> None:
    assert found(page('<a href="P1.pdf">附件</a>', '<base href="/other/">')) == ["http://www.a.gov.cn/other/P1.pdf"]


def test_what_says_that_it_is_something_else_is_left() -> None:
    links = '<a href="1.pdf">2024年政府信息公开年报图解</a><a href="2.pdf">年度报告模板</a><a href="3.pdf">关于做好年度报告编制的通知</a>'
    assert found(page(links + '<a href="4.pdf">附件1</a>')) == ["http://www.a.gov.cn/zwgk/2024/4.pdf"]


def test_no_more_are_taken_than_may_be() -> None:
    assert len(found(page("".join(f'<a href="{n}.pdf">附件{n}</a>' for n in range(40))), most=10)) == 10


def test_a_page_with_a_report_under_its_title_is_one() -> None:
    text = "<p>本机关全年共收到政府信息公开申请三件,均已按时答复。</p>" * 30
    title = report_title(page(f"<h1>杭州市人民政府2024年政府信息公开工作年度报告</h1>{text}"))
    assert title is not None
    assert title.report_year == 2024
    assert report_title(page('<h1>2024年政府信息公开工作年度报告</h1><a href="1.pdf">附件</a>')) is not None


def test_a_list_of_reports_is_none() -> None:
    rows = "".join(f'<li><a href="{y}.html">杭州市{y}年政府信息公开工作年度报告</a></li>' for y in range(2010, 2024))
    assert report_title(page(f"<title>政府信息公开年报</title><ul>{rows}</ul>")) is None
    assert report_title(page(f"<title>2024年政府信息公开年报</title><ul>{rows}</ul>")) is None
    assert report_title(b'{"rows": []}') is None


@given(st.binary(max_size=400))
def test_nothing_raises_on_any_bytes(data: bytes) -> None:
    for address in found(b"<a href=" + data + b">x.pdf</a>"):
        assert address.startswith(("http://", "https://"))
    assert report_title(data) is None or data


def test_a_page_that_is_nested_without_end_is_read_in_time() -> None:
    started = time.perf_counter()
    hostile = page("<div>" * 100_000 + '<a href="P1.pdf">附件</a>')
    assert found(hostile) == ["http://www.a.gov.cn/zwgk/2024/P1.pdf"]
    assert report_title(hostile) is None
    assert time.perf_counter() - started < 20  # it took minutes


@pytest.mark.parametrize(
    ("page", "day"),
    [
        (
            "<html><head><meta name='PubDate' content='2026-03-20 09:30'></head><body>2026-05-01</body></html>",
            (2026, 3, 20),
        ),
        (
            "<html><head><meta property='article:published_time' content='2026-03-20T09:30'></head></html>",
            (2026, 3, 20),
        ),
        ("<html><body><h1>年度报告</h1><p>发布时间：2026年3月20日 来源：本局</p></body></html>", (2026, 3, 20)),
        ("<html><body><h1>年度报告</h1><p>发布日期 2026-03-20</p></body></html>", (2026, 3, 20)),
        # Days of the text are not those of the page.
        ("<html><body><p>统计期限自2025年1月1日起，成文日期：2026-01-05</p></body></html>", None),
        ("<html><head><meta name='PubDate' content=''></head><body></body></html>", None),
        ("%PDF-1.4 发布时间：2026-03-20", None),
    ],
)
def test_a_page_says_when_it_was_published_or_does_not(page: str, day: tuple[int, int, int] | None) -> None:
    assert page_links.published_on(page.encode()) == (date(*day) if day else None)


def test_a_page_was_published_on_the_earlier_of_its_days() -> None:
    field, said = '<meta name="PubDate" content="2026-07-20 10:00">', "<p>发布时间：2026-03-20</p>"
    assert page_links.published_on(page(said, field)) == date(2026, 3, 20)
    assert page_links.published_on(page("", field)) == date(2026, 7, 20)
    assert page_links.published_on(page("<p>更新时间：2026-03-20</p>", field)) == date(2026, 7, 20)

"""What a robots.txt forbids, and how slowly it wants to be asked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.harvest.fetch.address import canonical
from pipelines.harvest.fetch.robots import ABSENT, LARGEST_BYTES, UNREACHABLE, address, read
from tests.made.cases import folded

FORBIDS_ALL = b"User-agent: *\nDisallow: /"


@folded(
    ("status", "allows"),
    [(200, False), (304, False), (401, True), (403, True), (404, True), (500, False), (503, False)],
)
def test_the_status_decides_before_the_text(status: int, allows: bool) -> None:
    assert read(status, FORBIDS_ALL).allows("http://a.cn/x") is allows


def test_no_rules_allow_all_and_no_answer_forbids_all() -> None:
    assert (read(404, b""), read(500, b"")) == (ABSENT, UNREACHABLE)
    assert read(200, b"").allows("http://a.cn/x")
    assert not UNREACHABLE.allows("http://a.cn/x")


@folded("start", ["", "\ufeff", "\ufeff\r\n ", "# 政府网站\n"])
def test_the_first_line_counts_whatever_stands_before_it(start: str) -> None:
    assert not read(200, start.encode() + FORBIDS_ALL).allows("http://a.cn/x")


@folded("start", ["", "\ufeff", "\n\n  "])
def test_a_page_that_stands_for_every_address_forbids_nothing(start: str) -> None:
    page = f"{start}<!doctype html><html><body><p>您访问的页面不存在</p><a href='/'>Disallow</a></body></html>"
    assert read(200, page.encode()).allows("http://a.cn/x")


FORBIDS_A_FOLDER = "User-agent: *\nDisallow: /zwgk/\n"


@folded(
    "body",
    [
        *(FORBIDS_A_FOLDER.encode(encoding) for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")),
        b"<!-- robots -->\n" + FORBIDS_A_FOLDER.encode(),
        f"<!--\n站点\n--> {FORBIDS_A_FOLDER}".encode(),
        f"<!doctype html><pre>{FORBIDS_A_FOLDER}</pre>".encode(),
        *(
            f"User-agent: {name}\nDisallow: /zwgk/\nUser-agent: *\nDisallow:\n".encode()
            for name in ("gongkai", "Gongkai/0.1", "gongkai/2.0 (open data)  # ours")
        ),
    ],
)
def test_what_is_forbidden_is_forbidden_however_it_is_written(body: bytes) -> None:
    rules = read(200, body)
    assert not rules.allows("https://www.example.gov.cn/zwgk/a.html")
    assert rules.allows("https://www.example.gov.cn/other/a.html")


@folded("other", ["other/0.1", "gongkaibot", "not-gongkai/1"])
def test_the_rules_of_another_agent_are_not_ours(other: str) -> None:
    assert read(200, f"User-agent: {other}\nDisallow: /\n".encode()).allows("http://a.cn/x")


def test_the_group_of_our_name_goes_before_that_of_all() -> None:
    rules = read(200, b"User-agent: *\nDisallow: /\n\nUser-agent: GongKai\nDisallow: /private\nCrawl-delay: 3")
    assert rules.allows("http://a.cn/zwgk") and not rules.allows("http://a.cn/private/x")
    assert rules.delay_seconds == 3
    assert read(200, b"User-agent: gongkai-not\nDisallow: /").allows("http://a.cn/")


@folded(
    ("line", "seconds"),
    [
        ("Crawl-delay: 10", 10),
        ("Crawl-delay: 0.5", 0.5),
        ("Request-rate: 1/5m", 300),
        ("Request-rate: 2/1s\nCrawl-delay: 4", 4),
        *((line, 0) for line in ("Crawl-delay: -4", "Crawl-delay: inf", "Crawl-delay: nan", "Crawl-delay: slow")),
        *((line, 0) for line in ("Request-rate: 0/1", "Request-rate: 1/0", "Request-rate: x")),
    ],
)
def test_how_slowly(line: str, seconds: float) -> None:
    assert read(200, f"User-agent: *\n{line}".encode()).delay_seconds == seconds


def test_quoted_paths_are_compared_whatever_their_encoding() -> None:
    rules = read(200, "User-agent: *\nDisallow: /%C4%EA\nDisallow: /年报".encode())
    asked = [
        "http://a.cn/%C4%EA/x",
        "http://a.cn/%c4%ea/x",
        "http://a.cn/%E5%B9%B4%E6%8A%A5.html",
        "http://a.cn/%E5%B9%B4",
    ]
    assert [rules.allows(url) for url in asked] == [False, False, False, True]


def test_no_more_is_read_than_a_robots_txt_may_be_long() -> None:
    late = b"User-agent: *\nAllow: /\n" + b"#" * LARGEST_BYTES + b"\nDisallow: /x"
    assert read(200, late).allows("http://a.cn/x")


@settings(deadline=None)
@given(
    st.binary()
    | st.text().map(lambda text: f"User-agent: *\nDisallow: {text}\nCrawl-delay: {text}".encode("utf-8", "replace")),
    st.text(),
)
def test_any_bytes_are_read_and_any_address_is_judged(body: bytes, path: str) -> None:
    rules = read(200, body)
    assert rules.delay_seconds >= 0
    url = canonical("http://a.cn/" + path)
    assert url is None or rules.allows(url) in (True, False)


def test_where_it_lies() -> None:
    assert address("http://a.cn:81/b/c?d") == "http://a.cn:81/robots.txt"

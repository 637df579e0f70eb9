"""How far a list was read, by what a walk over it saw."""

from __future__ import annotations

import pytest

from pipelines.harvest.discovery.listing import read_listing
from pipelines.harvest.discovery.within import Within
from pipelines.harvest.ledger.database import Fetch
from pipelines.harvest.ledger.readings import Gap, Reading
from pipelines.harvest.register.sources import Source
from pipelines.harvest.walk.tally import Tally
from tests.made.fetched import fetch
from tests.web.situations.pages import COLUMN, html, items_of, links, title_of

URL = "http://www.a.gov.cn/nb/"
SOURCE = Source("永嘉县", "浙江", "county", "list", "body", None, URL, "added")


def seen(tally: Tally, inner: str, url: str = URL, title: str = COLUMN) -> Tally:
    """A page of the list, as the walk shows it to the tally."""
    data = html(title, inner)
    tally.page(fetch(url=url, kind="list"), data, read_listing(data, url), Within())
    return tally


def walked(*pages: str) -> Tally:
    tally = Tally(SOURCE, URL)
    for number, inner in enumerate(pages):
        seen(tally, inner, f"{URL}index_{number}.html" if number else URL)
    return tally


def read(tally: Tally) -> Reading:
    return tally.reading("1", "2026-02-01T03:00:00Z")


def failed(code: str) -> Fetch:
    return fetch(url=URL, outcome="failed", kind="list", code=code, message="why")


def test_reports_of_all_years_are_counted_whichever_are_asked_for() -> None:
    found = read(walked(links(items_of((2024, 2023))), links(items_of((2022, 2021)))))
    assert (found.state, found.years, found.gaps, found.requests) == ("read", (2021, 2022, 2023, 2024), (), 2)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("challenge", "challenge"),
        ("wants_cookie", "wants_cookie"),
        ("forbidden", "forbidden"),
        ("robots_disallowed", "forbidden"),
        ("script_shell", "script"),
        ("http_404", "dead"),
        ("connection_failed", "dead"),
    ],
)
def test_a_list_that_could_not_be_had_says_why(code: str, state: str) -> None:
    tally = Tally(SOURCE, URL)
    tally.lacked(failed(code))
    found = read(tally)
    assert (found.state, found.code, found.message) == (state, code, "why")


@pytest.mark.parametrize(
    ("pages", "gap"),
    [
        # Newest first: what was not seen is older than what was.
        ([links(items_of((2024, 2023))) + "<span>共3页</span>"], Gap(URL, "in_part", None, 2022)),
        # Oldest first: it may be anything.
        ([links(items_of((2023, 2024))) + "<span>共3页</span>"], Gap(URL, "in_part")),
        ([links(items_of((2023, 2024))) + "<a href='#'>下一页</a>"], Gap(URL, "in_part")),
    ],
)
def test_pages_that_a_list_speaks_of_and_that_were_not_seen_are_a_gap(pages: list[str], gap: Gap) -> None:
    assert read(walked(*pages)).gaps == (gap,)


@pytest.mark.parametrize("words", ["<span>共2页</span>", "<a href='#'>下一页</a>"])
def test_pages_that_were_all_seen_are_none(words: str) -> None:
    assert read(walked(*(links(items_of([year])) + words for year in (2023, 2024)))).gaps == ()


def test_a_second_page_that_shows_the_first_one_was_not_seen() -> None:
    tally = walked(*[links(items_of((2023, 2024)))] * 2)
    tally.repeated()
    assert read(tally).gaps == (Gap(URL, "in_part"),)
    # Behind the second page it is the end of the list.
    tally = walked(links(items_of([2022])), links(items_of([2023])), links(items_of([2023])))
    tally.repeated()
    assert read(tally).gaps == ()


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ((f"{URL}t9202501_1.html", title_of(2025, "永嘉市"), ""), "other_name"),
        ((f"{URL}t9202501_1.html", "一图读懂2025年政府信息公开工作年度报告", ""), "spoken_of"),
        ((f"{URL}t9202501_1.html", "永嘉县2025年年报附件", ""), "spoken_of"),
    ],
)
def test_what_may_be_the_report_under_another_title_is_a_gap(item: tuple[str, str, str], why: str) -> None:
    found = read(walked(links([item, *items_of((2024, 2023))])))
    assert found.gaps == (Gap(item[0], why, 2025, 2025),)


def test_news_and_reports_on_other_things_are_no_gap() -> None:
    others = [
        (f"{URL}t9202502_1.html", "2025年法治政府建设年度报告", "2026-02-01"),
        (f"{URL}t9202504_1.html", "2025年部门决算年度报告", "2026-02-03"),
        (f"{URL}t9202503_1.html", "关于做好节日值班的通知", "2026-02-02"),
    ]
    assert read(walked(links([*others, *items_of((2024, 2023))]))).gaps == ()


def test_a_folder_that_gave_nothing_is_a_gap_of_its_year() -> None:
    tally = walked(links([(f"{URL}2025n/", "2025年", ""), (f"{URL}2024n/", "2024年", "")]))
    for year in (2025, 2024):
        child = tally.into(f"{URL}{year}n/")
        seen(child, links(items_of([2024])) if year == 2024 else "<p>栏目建设中</p>", f"{URL}{year}n/", f"{year}年")
    found = read(tally)
    assert (found.state, found.years) == ("read", (2024,))
    assert found.gaps == (Gap(f"{URL}2025n/", "empty", 2025, 2025),)


def test_a_folder_that_was_not_gone_into_is_one_too() -> None:
    tally = walked(links([(f"{URL}2025n/", "2025年", ""), *items_of((2024, 2023))]))
    assert read(tally).gaps == (Gap(f"{URL}2025n/", "not_gone_into", 2025, 2025),)


def test_the_list_of_one_year_says_nothing_of_others() -> None:
    tally = Tally(SOURCE, "http://www.a.gov.cn/2024nb/")
    seen(tally, links(items_of([2024])), "http://www.a.gov.cn/2024nb/")
    assert Gap("http://www.a.gov.cn/2024nb/", "one_year") in read(tally).gaps
    # A folder that was made in 2021 and holds more is a list like any other.
    tally = Tally(SOURCE, "http://www.a.gov.cn/2021/nb/")
    seen(tally, links(items_of((2024, 2023))), "http://www.a.gov.cn/2021/nb/")
    assert read(tally).gaps == ()


def test_days_that_stand_beside_many_years_are_doubtful() -> None:
    tally = walked(links(items_of((2024, 2023, 2022), "2026-07-01")))
    assert [day.isoformat() for day in tally.doubtful] == ["2026-07-01"]
    assert walked(links(items_of((2024, 2023), "2026-07-01"))).doubtful == set()


def test_a_report_that_leads_nowhere_may_be_there() -> None:
    found = read(walked(f"<ul><li>{title_of(2025)}</li></ul>" + links(items_of((2024, 2023)))))
    assert found.gaps == (Gap(URL, "spoken_of", 2025, 2025),)
    # A heading of a year whose report is linked below it says nothing more.
    assert read(walked("<h3>2025年</h3>" + links(items_of((2025, 2024))))).gaps == ()


def test_only_pages_that_go_down_throughout_hide_nothing_newer() -> None:
    pager = "<span>共3页</span>"
    mixed = read(walked(links(items_of((2024, 2022, 2023))) + pager))
    assert mixed.gaps == (Gap(URL, "in_part", None, None),)
    sorted_ = read(walked(links(items_of((2024, 2023, 2022))) + pager))
    assert sorted_.gaps == (Gap(URL, "in_part", None, 2021),)

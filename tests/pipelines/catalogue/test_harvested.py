"""What refreshes have archived, as a source: every revision, under a name that stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.catalogue.folder import FoundDocument
from pipelines.catalogue.harvested import found, name_of
from pipelines.harvest.fetch.address import canonical
from pipelines.harvest.ledger.database import Fetch
from tests.made.fetched import URL, fetch

TIMES = [f"2026-0{month}-01T03:00:00.000Z" for month in range(1, 8)]


def history(contents: str, url: str = URL) -> list[Fetch]:
    """The good fetches of an address that held these contents, a letter a refresh."""
    rows, before = [], ""
    for at, letter in zip(TIMES, contents, strict=False):
        outcome = "new" if not before else "unchanged" if letter == before else "changed"
        run = at.replace("-", "").replace(":", "").replace(".000Z", ".000000Z")
        rows.append(fetch(run, url, outcome, requested_at=at, sha256=letter * 64, body_name="某市", report_year=2025))
        before = letter
    return rows


def told(each: FoundDocument) -> tuple[str, str, str]:
    return (each.sha256 or "")[0], each.hints.file_name, each.hints.fetched_at or ""


def test_a_document_is_named_by_its_address() -> None:
    (one,) = found(history("a"))
    assert (one.path, one.size, one.sha256, one.holds_files) == (None, 3, "a" * 64, False)
    assert one.hints.file_name == "www.a.gov.cn/zwgk/t1.html"
    assert (one.hints.source_url, one.hints.report_year, one.hints.body_name) == (URL, 2025, "某市")
    assert one.hints.fetched_at == TIMES[0]


def test_what_does_not_change_is_one_document_as_it_was_first_seen() -> None:
    assert list(found(history("aaaa"))) == list(found(history("a")))


@pytest.mark.parametrize("contents", ["ab", "abb", "abc", "aabbcc", "abcd"])
def test_a_later_revision_changes_nothing_of_the_earlier_ones(contents: str) -> None:
    """A document with other hints would be parsed again."""
    for end in range(1, len(contents)):
        earlier = list(found(history(contents[:end])))
        assert list(found(history(contents)))[: len(earlier)] == earlier


def test_revisions_but_the_first_are_named_by_their_time() -> None:
    assert [told(each) for each in found(history("aab"))] == [
        ("a", "www.a.gov.cn/zwgk/t1.html", TIMES[0]),
        ("b", f"www.a.gov.cn/zwgk/t1@{TIMES[2]}.html", TIMES[2]),
    ]


def test_an_address_that_came_back_to_a_content_holds_it_last() -> None:
    assert [told(each) for each in found(history("abaa"))] == [
        ("b", f"www.a.gov.cn/zwgk/t1@{TIMES[1]}.html", TIMES[1]),
        ("a", f"www.a.gov.cn/zwgk/t1@{TIMES[2]}.html", TIMES[2]),
    ]
    assert [told(each)[0] for each in found(history("ababc"))] == ["a", "b", "c"]


def test_two_addresses_do_not_mix() -> None:
    other = "http://www.b.gov.cn/"
    assert [told(each)[:2] for each in found([*history("ab"), *history("a", other)])] == [
        ("a", "www.a.gov.cn/zwgk/t1.html"),
        ("a", "www.b.gov.cn/index"),
        ("b", f"www.a.gov.cn/zwgk/t1@{TIMES[1]}.html"),
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.cn", "a.cn/index"),
        ("http://a.cn:81/", "a.cn:81/index"),
        ("http://a.cn/a/", "a.cn/a"),
        ("http://a.cn/x.pdf?id=1", "a.cn/x.pdf?id=1"),
        ("http://a.cn/%E5%B9%B4%20%E6%8A%A5.pdf", "a.cn/年 报.pdf"),
        ("http://a.cn/%C4%EA%B1%A8.pdf", "a.cn/年报.pdf"),
        ("http://a.cn/%FF%FF.pdf", "a.cn/%FF%FF.pdf"),
        ("http://a.cn/a%0Ab%00.pdf", "a.cn/a%0Ab%00.pdf"),
        ("http://a.cn/x?t=%C4%EA", "a.cn/x?t=年"),
    ],
)
def test_names_can_be_read(url: str, expected: str) -> None:
    assert name_of(url) == expected


def test_names_of_what_cannot_be_read_stay_apart() -> None:
    assert name_of("http://a.cn/%FF%01.pdf") != name_of("http://a.cn/%FE%01.pdf")


@settings(deadline=None)
@given(
    st.text() | st.binary().map(lambda raw: "".join(f"%{byte:02X}" for byte in raw)), st.sampled_from(["", TIMES[0]])
)
def test_any_address_has_a_name(path: str, at: str) -> None:
    url = canonical("http://a.cn/" + path)
    if url is not None:
        name = name_of(url, at)
        assert name.isprintable() and name.startswith("a.cn/")
        assert at in name


# --- addresses that lead on

NEW = "http://www.a.gov.cn/a/new.html"


def test_the_same_bytes_at_another_address_do_not_take_the_name_of_the_first() -> None:
    """What they are named by is what they are parsed under: it would be done again."""
    both = sorted(history("a") + history("-aa", NEW)[1:], key=lambda each: each.url)
    assert [each.hints.source_url for each in found(both, {URL: NEW})] == [URL, NEW]


def test_what_moved_and_was_revised_is_a_revision_of_where_it_stands_now() -> None:
    moved = history("-bc", NEW)[1:] + history("a")
    assert [(told(each)[0], each.hints.source_url) for each in found(moved)] == [("a", URL), ("b", NEW), ("c", NEW)]
    assert [(told(each)[0], each.hints.source_url) for each in found(moved, {URL: NEW})] == [
        ("a", NEW),
        ("b", NEW),
        ("c", NEW),
    ]


def test_addresses_that_lead_to_each_other_or_nowhere_stay_what_they_are() -> None:
    rows = history("-b", NEW)[1:] + history("a")
    for moved in ({URL: URL}, {URL: "http://www.a.gov.cn/x", "http://www.a.gov.cn/x": URL}):
        assert [each.hints.source_url for each in found(rows, moved)] == [URL, NEW]

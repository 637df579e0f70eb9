"""Requests that send a form, as addresses and back."""

from __future__ import annotations

import gzip

from pipelines.archive import warc
from pipelines.archive.posts import address_of_post, filed_as, is_post, request_of
from pipelines.archive.response import Response

URL = "http://a.gov.cn/queryList"


def test_an_address_holds_what_was_sent() -> None:
    address = address_of_post(URL, [("page", "1"), ("code[]", "年报")])
    assert address == f"{URL}?__wb_method=POST&page=1&code%5B%5D=%E5%B9%B4%E6%8A%A5"
    assert request_of(address) == (URL, b"page=1&code%5B%5D=%E5%B9%B4%E6%8A%A5")
    assert request_of(address_of_post(f"{URL}?id=1", [("a", "b")])) == (f"{URL}?id=1", b"a=b")


def test_other_addresses_send_nothing() -> None:
    for url in (URL, f"{URL}?page=1", f"{URL}?x=a__wb_method=POST"):
        assert request_of(url) == (url, None)
        assert not is_post(url)


def test_a_long_form_is_filed_under_its_hash() -> None:
    one, other = (address_of_post(URL, [("__VIEWSTATE", letter * 5000)]) for letter in "ab")
    assert len(filed_as(one)) < 200
    assert filed_as(one) == filed_as(one) != filed_as(other)
    assert filed_as(f"{URL}?page=1") == f"{URL}?page=1"
    short = address_of_post(URL, [("a", "b")])
    assert filed_as(short) == short


def test_the_archive_says_that_a_form_was_sent() -> None:
    address = address_of_post(URL, [("page", "2")])
    response = Response(address, 200, "OK", (("Content-Type", "text/html"),), b"<p>x</p>", "2026-01-20T03:00:00.123Z")
    file = warc.compose(response)
    assert warc.read(file).url == address

    text = gzip.decompress(file)
    assert b"POST /queryList HTTP/1.1" in text
    assert text.rstrip().endswith(b"page=2")

"""A response as a WARC file: read back by us and by an independent library, and every damage noticed."""

from __future__ import annotations

import gzip
import io
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.archive.warc import WarcError, compose, read
from pipelines.harvest.fetch.address import canonical
from tests.made.fetched import AT, response

HEADERS = st.lists(st.tuples(st.text(max_size=12), st.text(max_size=30)), max_size=4).map(tuple)
ADDRESSES = st.text(max_size=20).map(lambda text: canonical(f"http://政府.cn:81/{text}") or "http://a.cn/")
#: What a site can send as a header is a token and a line; all text is tried besides, since nothing may break the file.
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=30)


def records(data: bytes) -> list[tuple[WarcRecordType, dict[str, str], bytes]]:
    """The records as fastwarc reads them, all digests verified."""
    found = []
    for record in ArchiveIterator(io.BytesIO(data), parse_http=False):
        assert record.verify_block_digest()
        found.append((record.record_type, dict(record.headers), record.reader.read()))
    for record in ArchiveIterator(io.BytesIO(data), parse_http=True):
        assert record.verify_payload_digest()
    return found


def test_what_is_written_stands_in_the_file() -> None:
    came = response(b"a\r\n\r\nb", headers=(("ETag", '"1"'), ("Content-Encoding", "gzip"), ("X-Name", "年 报")))
    text = gzip.decompress(compose(came)).decode()
    assert text.count("WARC/1.1\r\n") == 2 and text.count(f"WARC-Date: {AT}\r\n") == 2
    assert text.count("WARC-Target-URI: http://www.a.gov.cn/zwgk/t1.html\r\n") == 2
    head = 'HTTP/1.1 200 OK\r\nETag: "1"\r\nX-Archive-Orig-Content-Encoding: gzip\r\nX-Name: 年 报\r\nContent-Length: 6'
    assert f"\r\n\r\n{head}\r\n\r\na\r\n\r\nb\r\n\r\n" in text
    assert text.endswith("\r\n\r\nGET /zwgk/t1.html HTTP/1.1\r\nHost: www.a.gov.cn\r\n\r\n\r\n\r\n")


def test_it_is_read_by_another_library() -> None:
    came = response("年报\r\n\r\n".encode("gbk"), url="http://a.cn/%C4%EA?q=1")
    (kind, head, block), (second, asked, request) = records(compose(came))
    assert (kind, second) == (WarcRecordType.response, WarcRecordType.request)
    assert head["WARC-Target-URI"] == asked["WARC-Target-URI"] == "http://a.cn/%C4%EA?q=1"
    assert asked["WARC-Concurrent-To"] == head["WARC-Record-ID"]
    assert block.partition(b"\r\n\r\n")[2] == came.body
    assert request == b"GET /%C4%EA?q=1 HTTP/1.1\r\nHost: www.a.gov.cn\r\n\r\n"


def test_it_comes_back_as_it_was() -> None:
    came = response(b"\0\xff\r\n", status=404, reason="没有", request_headers=(("User-Agent", "g"), ("X", "")))
    back = read(compose(came))
    assert (back.url, back.status, back.reason, back.body) == (came.url, 404, "没有", came.body)
    assert back.headers == (("Content-Type", "text/html"), ("Content-Length", "4"))
    assert (back.request_headers, back.requested_at) == (came.request_headers, AT)


@settings(deadline=None)
@given(ADDRESSES, st.integers(100, 999), LINES, st.lists(LINES, max_size=3), st.binary(max_size=200))
@example("http://a.cn/", 304, "", [], b"")
@example("http://a.cn/", 200, "OK", ["%E5%B9%B4", "年"], b"\r\n\r\nWARC/1.0\r\n\r\n")
def test_lines_of_any_text_and_any_bytes_come_back(
    url: str, status: int, reason: str, values: list[str], body: bytes
) -> None:
    headers = tuple((f"X-{n}", value) for n, value in enumerate(values))
    data = compose(response(body, url, status=status, reason=reason, headers=headers))
    back = read(data)
    assert (back.url, back.status, back.reason, back.body) == (url, status, reason, body)
    assert back.headers == (*headers, ("Content-Length", str(len(body))))
    assert len(records(data)) == 2


@settings(deadline=None)
@given(st.text(max_size=30), HEADERS, HEADERS, st.binary(max_size=60))
@example("\ud800", (("a:b\r\nX", "\0\r\n\r\n"), ("", ""), ("年", "\u2028")), (("GET", "\r\n\r\n"),), b"")
@example("", (("Content-Length", "99"), ("Transfer-Encoding", "chunked"), ("WARC-Type", "x")), (), b"x")
def test_no_text_of_a_site_breaks_the_file(
    reason: str, headers: tuple[tuple[str, str], ...], asked: tuple[tuple[str, str], ...], body: bytes
) -> None:
    came = response(body, reason=reason, headers=headers, request_headers=asked)
    data = compose(came)
    back = read(data)
    assert (back.body, back.status, len(back.headers)) == (body, 200, len(headers) + 1)
    assert len(back.request_headers) == len(asked)
    assert [kind for kind, _, _ in records(data)] == [WarcRecordType.response, WarcRecordType.request]


def test_the_same_response_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = compose(response())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert compose(response(attempts=3, seconds=9.9)) == first
    assert compose(response(requested_at="2026-01-20T03:00:00.124Z")) != first


def test_every_flipped_bit_is_noticed_or_changes_nothing() -> None:
    data = compose(response(b"report\r\n" * 9))
    whole, without_effect, noticed = read(data), set(), 0
    for at in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[at] ^= 1 << bit
            try:
                assert read(bytes(flipped)) == whole
                without_effect.add(at)
            except WarcError:
                noticed += 1
    # Of the two gzip heads: flags of no meaning, time, level and system; and the last bits of a packed stream.
    second = data.index(b"\x1f\x8b\x08", 1)
    heads = {start + at for start in (0, second) for at in (3, *range(4, 10))}
    ends = {second - 9, len(data) - 9}
    assert without_effect <= heads | ends
    assert noticed > 8 * (len(data) - len(heads | ends)) - 1


def test_every_cut_is_noticed() -> None:
    data = compose(response())
    for end in range(len(data)):
        with pytest.raises(WarcError):
            read(data[:end])


def _other(data: bytes, old: bytes, new: bytes) -> bytes:
    return gzip.compress(gzip.decompress(data).replace(old, new))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda data: b"", "holds nothing"),
        (lambda data: gzip.compress(b""), "holds nothing"),
        (lambda data: data + data, "holds response and request and response and request"),
        (lambda data: data[data.index(b"\x1f\x8b\x08", 1) :], "holds request"),
        (lambda data: data[: data.index(b"\x1f\x8b\x08", 1)], "holds response, not"),
        (lambda data: _other(data, b"report", b"rapport"), "damaged"),
        (lambda data: _other(data, b"text/html", b"text/xxxx"), "damaged"),
        (lambda data: _other(data, b"Payload-Digest: sha256", b"Payload-Digest: none"), "damaged"),
        (lambda data: gzip.compress(b"<html>no warc</html>"), "damaged"),
        (lambda data: b"<html>no gzip</html>", "damaged"),
    ],
)
def test_what_is_no_whole_response_is_told(make: Any, says: str) -> None:
    with pytest.raises(WarcError, match=says):
        read(make(compose(response())))

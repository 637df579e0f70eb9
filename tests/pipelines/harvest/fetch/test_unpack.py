"""Packed bodies come out whole, or not at all, and never larger than is wanted."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.harvest.fetch.unpack import BadCoding, TooLarge, unpacked


def unpack(data: bytes, coding: str | None, largest: int = 1 << 20, piece: int = 1 << 16) -> bytes:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(data), piece):
            yield data[start : start + piece]

    return asyncio.run(unpacked(pieces(), coding, largest))


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@settings(deadline=None)
@given(st.binary(), st.integers(1, 40))
def test_what_was_packed_comes_out_however_it_is_cut_into_pieces(data: bytes, piece: int) -> None:
    two = gzip.compress(data) + gzip.compress(data[:7])
    assert unpack(two, "gzip", piece=piece) == data + data[:7]
    assert unpack(gzip.compress(data), "X-GZIP", piece=piece) == data
    assert unpack(zlib.compress(data), "deflate", piece=piece) == data
    assert unpack(raw_deflate(data), "deflate", piece=max(2, piece)) == data
    assert unpack(data, None, piece=piece) == data


@pytest.mark.parametrize("coding", [None, "", "identity", " Identity "])
def test_what_is_not_packed_stays(coding: str | None) -> None:
    assert unpack(b"\x1f\x8babc", coding) == b"\x1f\x8babc"


def test_every_cut_of_a_packed_body_is_noticed() -> None:
    for coding, packed in (("gzip", gzip.compress(b"report" * 9)), ("deflate", zlib.compress(b"report" * 9))):
        for end in range(1, len(packed)):
            with pytest.raises(BadCoding):
                unpack(packed[:end], coding, piece=5)


def test_nothing_at_all_is_whole() -> None:
    # As of an answer without a body that names a coding all the same.
    assert unpack(b"", "gzip") == b""


@pytest.mark.parametrize("filling", [b"\0", b"\0\0\0", b"\x1f", b"junk"])
def test_filling_behind_a_whole_body_is_passed_over(filling: bytes) -> None:
    assert unpack(gzip.compress(b"report") + filling, "gzip") == b"report"


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "gzip,br", "chinese"])
def test_a_coding_that_was_not_asked_for_is_no_body(coding: str) -> None:
    with pytest.raises(BadCoding, match="not asked for"):
        unpack(b"x", coding)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_what_is_no_packed_body_is_told(coding: str) -> None:
    with pytest.raises(BadCoding, match="cannot be unpacked"):
        unpack(b"<html>this is a page", coding)


@pytest.mark.parametrize("coding", [None, "gzip"])
def test_the_largest_size_is_kept_to_the_byte(coding: str | None) -> None:
    packed = gzip.compress(b"x" * 1000) if coding else b"x" * 1000
    assert unpack(packed, coding, largest=1000) == b"x" * 1000
    with pytest.raises(TooLarge) as raised:
        unpack(packed, coding, largest=999)
    assert raised.value.start == b"x" * 999

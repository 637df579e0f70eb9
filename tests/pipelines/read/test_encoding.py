from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.encoding import decode, detect
from tests.made.cases import folded

TEXT = "沭阳县政府信息公开工作年度报告，予以公开件数。"


def page(charset: str | None) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}</head><body>{TEXT}</body></html>"


@folded("label", ["gb2312", "GBK", "gb18030", "utf-8", "iso-8859-1", None])
@folded("real", ["gb18030", "utf-8"])
def test_a_right_wrong_or_missing_label(label: str | None, real: str) -> None:
    text, encoding, bad = decode(page(label).encode(real))
    assert TEXT in text
    assert bad == 0
    assert encoding == real


def test_rare_characters_of_gb18030_under_a_gb2312_label() -> None:
    text, _, bad = decode(("<meta charset=gb2312><p>" + TEXT + "𠮷㐀</p>").encode("gb18030"))
    assert "𠮷㐀" in text
    assert bad == 0


def test_byte_order_marks() -> None:
    assert decode(TEXT.encode("utf-8-sig"))[0] == TEXT
    assert decode(TEXT.encode("utf-16"))[0].lstrip("\ufeff") == TEXT


def test_a_damaged_utf8_page_stays_utf8_and_its_loss_is_counted() -> None:
    data = TEXT.encode() * 3 + b"\xe6\x88" + TEXT.encode()
    text, encoding, bad = decode(data)
    assert (encoding, bad > 0) == ("utf-8", True)
    assert text.count(TEXT) == 4


def test_big5_with_its_label() -> None:
    text, _, bad = decode(b"<meta charset=big5>" + "政府資訊公開".encode("big5"))
    assert "政府資訊公開" in text
    assert bad == 0


@given(st.binary(max_size=400))
def test_any_bytes_decode(data: bytes) -> None:
    assert isinstance(decode(data)[0], str)
    assert detect(data)

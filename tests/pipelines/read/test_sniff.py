from __future__ import annotations

import pytest

from pipelines.read import Unreadable, read
from pipelines.read.sniff import sniff


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\r\n\r\n%PDF-1.4", "pdf"),
        (b"PK\x03\x04....word/document.xml", "docx"),
        (b"PK\x03\x04....xl/workbook.xml", "xlsx"),
        (b"PK\x03\x04....a.txt", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "doc"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"<p style='x'>a</p><table>", "html"),
        ("# 标题\n\n<table><tr><td>1</td></tr></table>".encode(), "text"),
        ("甲县年度报告\n一、总体情况\n<table><tr><td>1</td></tr></table>\n".encode(), "text"),
        ("# 甲\n# 乙\n<div>图</div>\n# 丙\n".encode(), "text"),
        ("| 规章 | 0 |\n".encode(), "text"),
        ("一、总体情况".encode("gb18030"), "text"),
        (b"\x00\x01\x02\x00\x00\x00\x05", "unknown"),
        (b" \n\t ", "empty"),
        (b"", "empty"),
    ],
)
def test_formats_are_told_from_the_bytes(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "format_not_supported"),
        (b"<html><body></body></html>", "no_text"),
        (b"<html></html>", "no_text"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, "x.html")
    assert caught.value.code == code
    assert caught.value.message

"""Tells what a page carries besides its text: numbers at the foot, as converters leave them, and what browsers print around it."""

from __future__ import annotations

import re

#: — 3 —, - 3 -, 第3页, 第 3 页 共 9 页, Page 3 of 9.
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–－·]\s*\d{1,3}\s*[-—–－·]|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d{1,3}\s*页)?|page\s+\d{1,3}(?:\s+of\s+\d+)?)$",
    re.IGNORECASE,
)


def is_page_number(line: str) -> bool:
    """Tell whether a line is a page's number and nothing else. A bare number is not taken for one."""
    return len(line) < 24 and _PAGE_NUMBER.match(line) is not None


#: 2024/1/26 15:30, 2024/1/26 下午3:30, 1/26/24, 3:30 PM; an address.
_STAMP = re.compile(
    r"^(?:\d{4}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/(?:20)?\d{2}),?\s*(?:[上下]午\s*)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?$"
    r"|^(?:https?|file)://\S+$",
    re.IGNORECASE,
)


def is_printed_by_browser(line: str) -> bool:
    """Tell whether a line with tabs between its parts is one that browsers print at a page's edge: date and title, address and number."""
    return any(_STAMP.match(part.strip()) for part in line.split("\t"))

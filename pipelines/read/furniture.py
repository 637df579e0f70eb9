"""What a page carries besides its text: numbers at the foot, as converters leave them."""

from __future__ import annotations

import re

#: — 3 —, - 3 -, 第3页, 第 3 页 共 9 页, Page 3 of 9.
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–－·]\s*\d{1,3}\s*[-—–－·]|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d{1,3}\s*页)?|page\s+\d{1,3}(?:\s+of\s+\d+)?)$",
    re.IGNORECASE,
)


def is_page_number(line: str) -> bool:
    """Whether a line is a page's number and nothing else. A bare number is not taken for one."""
    return len(line) < 24 and _PAGE_NUMBER.match(line) is not None

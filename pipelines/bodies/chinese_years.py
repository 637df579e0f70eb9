"""Years that are printed in Chinese numerals, as titles of reports and of links have them."""

from __future__ import annotations

import re

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "Ｏ": "0", "O": "0"}


_CHINESE_YEAR = re.compile(r"([二2][〇○零0OＯ][一二三四五六七八九〇○零]{2})(?=年)")


def western_years(text: str) -> str:
    """`二〇二四年` → `2024年`."""
    if "年" not in text:
        return text
    return _CHINESE_YEAR.sub(lambda m: "".join(_DIGITS.get(c, c) for c in m[1].replace("二", "2")), text)

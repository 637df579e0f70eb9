"""The organ that a report's title names.

Belongs here: taking it out of the title as printed. Does not belong here: which body that is (`pipelines.bodies.naming`),
and whether it is the one whose list it is (`same_body`).
"""

from __future__ import annotations

import re

from pipelines.bodies.divisions import resolve
from pipelines.harvest.discovery import title_words as words
from pipelines.harvest.discovery.title_years import BLANK

_LONGEST = 40
_WRAPPING = re.compile(r"^[《》“”\"'‘’【】\[\]()〔〕·_:、,./|>~*+—–-]+|[《》“”\"'‘’【】\[\](〔〕·_:、,./|>~*+—–-]+$")
_LEADING = re.compile(r"^(?:关于|印发|发布|公布|公开|年度|年|度|的|上?半?年)+")
_TRAILING = re.compile(r"(?:关于|印发|发布|公布|公开|年度|年|度|的|工作|贯彻|落实|实施|执行|年终|开展|主动|《)+$")
_EMPTY = re.compile(r"\(\)|\[\]|【】|《》|〔〕")
_PARTS = re.compile(r"[:_|>()\[\]【】]|--|—")
_CHINESE = re.compile(r"^[一-鿿()·、\d]+$")
_WRAPPED = re.compile(r"^[-—–_:]*[(【\[](.*)[)】\]]$")
_BRACKET = re.compile(r"\([^()]*\)$")
_SITE = re.compile(r"(?:网|网站|门户|平台)$")
_DIVISION = ("省", "市", "县", "区", "州", "盟", "旗", "镇", "乡")


def spoken_of(before: str) -> str | None:
    """Tell what is left of a title before 信息公开 when years and filling words are gone; None where nothing is."""
    text = _EMPTY.sub("", before.replace(BLANK, ""))
    for _ in range(3):
        text = _TRAILING.sub("", _LEADING.sub("", _WRAPPING.sub("", text)))
    return text or None


def organ_before(before: str, core: str) -> str | None:
    """The organ named before 信息公开. `core` tells a government that shares its last word: 某县人民|政府信息公开."""
    text = spoken_of(before)
    if text is None:
        return None
    if core.startswith("政府") and (text.endswith("人民") or text in _DIVISION):
        text += "政府"
    if organ := _organ(text):
        return organ
    return next((organ for part in reversed(_PARTS.split(text)) if (organ := _organ(part))), None)


def organ_behind(behind: str) -> str | None:
    """The organ named behind 年度报告, in brackets or behind a dash; None where several are, as in a site's titles."""
    behind = behind.replace(BLANK, "")
    if whole := _organ(_WRAPPED.sub(r"\1", behind)):
        return whole
    found = []
    for part in _PARTS.split(behind):
        left = spoken_of(part) or ""
        found.append(left if _organ(left) else spoken_of(words.DECORATION.sub("", left)))
    parts = [part for part in found if part]
    return _organ(parts[0]) if len(parts) == 1 else None


def _organ(text: str) -> str | None:
    """The text where it is a name of one organ, or of a division."""
    if not 2 <= len(text) <= _LONGEST or not _CHINESE.match(text) or words.NO_BODY.match(text) or _SITE.search(text):
        return None
    plain = _BRACKET.sub("", text)
    if words.COLLECTIVE.search(text):
        return None
    if words.ORGAN_END.search(plain):
        return text
    division, rest = resolve(plain)
    return text if division and not rest else None

"""Labels of the annex: what a printed label may be, by its words alone. Its place is for `annex_codes` to judge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from expectations.forms import FormTable, Label, forms
from pipelines.parse.contrary import says_another
from pipelines.parse.labels import full_key, key, unnumbered

FORM, NAME = "2014", "statistics"
#: A misspelt label is taken for a spelling when their similarity (0-100) is at least this.
NEAR = 80.0
#: How alike the parts must be in which two labels differ: 政府公告栏 and 政府公报 share all but what tells them apart.
NEAR_CORE = 50.0
#: How much of a label may be lost or added in one place.
_LOST = 0.4
#: Footnote marks. They go before compatibility forms are resolved, which would make digits of them.
_MARKS = re.compile(r"[①-⑳*＊※★▲△☆#†]")
_REMARK = re.compile(r"\((?![一二三四五六七八九十\d]{1,3}\))[^()]*(?:\)|$)|\[[^\[\]]*\]|〔[^〔〕]*〕")
_AMONG = re.compile(r"^其中[:,、]?")
#: The annex's first heading is no longer than this, white space and all.
_LONGEST_FIRST = 60
_NOT = ("不", "非", "未")


@dataclass(frozen=True, slots=True)
class FormLabel:
    """A row of the form or a heading (`is_row` False) at its place in the form; `under` are the codes it stands below."""

    code: str
    is_row: bool
    under: tuple[str, ...]
    official: str


@lru_cache(maxsize=65536)
def own_words(text: str) -> str:
    """A label's own words: without number, 其中：, remarks in brackets, footnote marks and punctuation.

    `1.其中：涉及国家秘密（件）①` → `涉及国家秘密`; "" for a bare number.
    """
    words = _AMONG.sub("", unnumbered(_REMARK.sub("", unnumbered(_MARKS.sub("", text)))))
    return key(words)


def form_table() -> FormTable:
    """The annex as the form has it."""
    return forms()[FORM].tables[NAME]


@cache
def entries() -> tuple[FormLabel, ...]:
    """The form from top to bottom: each heading before the first row that stands below it."""
    table = form_table()
    groups = {group.code: group for group in table.groups}
    found: dict[str, FormLabel] = {}
    for row in table.rows:
        for depth, code in enumerate(row.under):
            if code in groups and code not in found:
                found[code] = FormLabel(code, False, row.under[:depth], groups[code].official)
        found[row.code] = FormLabel(row.code, True, row.under, row.official)
    return tuple(found.values())


@cache
def _spellings() -> dict[str, dict[str, frozenset[str]]]:
    """Bare spelling → the codes that it may mean (被依法纠错数: two), each with its spellings that have a number."""
    found: dict[str, dict[str, set[str]]] = {}
    table = form_table()
    labels: tuple[Label, ...] = (*table.rows, *table.groups)
    for label in labels:
        for spelling in label.spellings:
            found.setdefault(own_words(spelling), {}).setdefault(label.code, set()).add(full_key(spelling))
    return {words: {code: frozenset(full) for code, full in codes.items()} for words, codes in found.items()}


def is_known_label(text: str) -> bool:
    """Tell whether a text is a spelling of some row or heading of the annex."""
    return own_words(text) in _spellings()


def is_first(text: str) -> bool:
    """Tell whether a line is the annex's first heading, with its number: in text without rules it begins the annex."""
    return len(text) <= _LONGEST_FIRST and full_key(text) == full_key(entries()[0].official)


@lru_cache(maxsize=16384)
def scores(text: str) -> dict[str, float]:
    """Tell how well each code's label fits a text: 100 for a known spelling, a little more with its number, less if misspelt.

    A known spelling is never taken for another one: 专职人员数 and 兼职人员数 differ in one character.
    """
    words = own_words(text)
    exact = _spellings().get(words)
    if exact is not None:
        return {code: 100.0 + 5.0 * (full_key(text) in full) for code, full in exact.items()}
    found: dict[str, float] = {}
    for spelling, codes in _spellings().items():
        score = _near(words, spelling)
        for code in codes if score else ():
            found[code] = max(found.get(code, 0.0), score)
    best = max(found.values(), default=0.0)
    return {code: score for code, score in found.items() if score >= best - 3.0}


def _near(one: str, other: str) -> float:
    """The similarity of a misspelt label and a spelling, 0.0 where they differ in what tells labels apart."""
    if min(len(one), len(other)) < 4 or one.startswith(_NOT) != other.startswith(_NOT):
        return 0.0
    if says_another(one, other):
        return 0.0
    score = fuzz.ratio(one, other)
    left, right = _differing(one, other)
    if not left or not right:
        longest = max(len(one), len(other))
        lost = max(len(left), len(right)) / longest
        ends = one.startswith(other) or other.startswith(one)
        fits = lost <= _LOST and (ends or score >= NEAR) and not (left + right).startswith(_NOT)
        return max(score, NEAR) if fits else 0.0
    if len(left) == len(right) == 1:
        return score if score >= NEAR and min(len(one), len(other)) >= 6 else 0.0
    return score if score >= NEAR and fuzz.ratio(left, right) >= NEAR_CORE else 0.0


def _differing(one: str, other: str) -> tuple[str, str]:
    """Tell what is left of both when what they begin and end with alike is taken away."""
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    one, other = one[head:], other[head:]
    tail = 0
    while tail < min(len(one), len(other)) and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return one[: len(one) - tail], other[: len(other) - tail]

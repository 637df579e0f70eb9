"""Printed labels → codes of a form: exact after normalisation, else the nearest spelling if it is near enough."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from unicodedata import normalize

from rapidfuzz import fuzz, process

from expectations.forms import Form, Label, forms
from pipelines.parse.contrary import says_another

#: A label is taken for a spelling when their similarity (0-100) is at least this.
NEAR = 82.0
#: What is shorter is near nothing but itself.
LEAST_NEAR = 3
#: Of a label that is cut short so much at least is left.
_CUT_SHORT = 6
_REMEMBERED = 65536
_NUMERALS = re.compile(r"^[一二三四五六七八九十\d]+|[一二三四五六七八九十\d]+$")
#: Two labels in one cell are told apart where each has so many characters.
_LEAST_APART = 4
_ENUMERATOR = re.compile(
    r"^(?:[(]?[一二三四五六七八九十]{1,3}[)、.,:]|第[一二三四五六七八九十]+[、项]?(?=[^条项])|\d{1,2}[.、),:]|[(]\d{1,2}[)]|[①-⑳])+"
)
#: 规章（设区的市、自治州人民政府应提供相关数据）: what the form says of a label stands in brackets behind it.
_EXPLAINED = re.compile(r"^(?P<label>.{2,}?)[（(](?P<remark>[^（）()]{6,})[)）]?\s*$")
#: An explanation that makes the label another one.
_OTHER_SCOPE = re.compile(r"上一?年|去年|累计|历年|不含|不包括|除外|20\d\d年")
_NOISE = re.compile(r"[^\w]+|_+")
#: 本年总计 is 总计, where no label of the form begins so.
_THIS_YEAR = re.compile(r"^本年度?的?(?=..)")


@lru_cache(maxsize=65536)
def full_key(text: str) -> str:
    """A label without white space and punctuation, its number kept: `（六）其他处理` → `六其他处理`."""
    return _NOISE.sub("", normalize("NFKC", text))


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """A label without its number: `（六）其他处理` → `其他处理`. "" for a bare number."""
    folded = "".join(normalize("NFKC", text).split())
    return _NOISE.sub("", _ENUMERATOR.sub("", folded))


def unnumbered(text: str) -> str:
    """A label without white space and its number, punctuation kept: `1. 其中：甲` → `其中:甲`."""
    return _ENUMERATOR.sub("", "".join(normalize("NFKC", text).split()))


def is_numbered(text: str) -> bool:
    """Tell whether a text is words behind a number, as labels of rows are: `1.属于国家秘密`."""
    return len(key(text)) > 1 and key(text) != full_key(text)


class Lexicon:
    """Labels by their normalised spellings. `exact` holds the spellings that mean one code, with and without numbers."""

    def __init__(self, exact: Mapping[str, str], spellings: Sequence[tuple[str, str]]) -> None:
        self.exact = exact
        self.spellings = tuple(spellings)
        self._seen: dict[str, str | None] = {}
        self._alike: dict[tuple[str, float], dict[str, float]] = {}
        #: The spellings that can be near a text, their codes, and all that a text can be the beginning of, as one text.
        self._long = [(spelling, code) for spelling, code in spellings if len(spelling) >= LEAST_NEAR]
        self._texts = [spelling for spelling, _ in self._long]
        self._beginnings = tuple(spelling for spelling in self._texts if len(spelling) >= _CUT_SHORT)
        self._lines = "".join(f"\n{spelling}" for spelling in self._texts)

    def code(self, text: str) -> str | None:
        """The code that a label means: exact, or the one near spelling; None where none or two codes are as near."""
        if text not in self._seen:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[text] = self.known(text) or _nearest(self, key(text))
        return self._seen[text]

    def known(self, text: str) -> str | None:
        """The code of a known spelling, with or without an explanation in brackets behind it; None for any other."""
        found = self.exact.get(full_key(text)) or self.exact.get(key(text))
        if found is None and (explained := _EXPLAINED.match(text)) and not _OTHER_SCOPE.search(explained["remark"]):
            found = self.exact.get(full_key(explained["label"])) or self.exact.get(key(explained["label"]))
        return found or self.exact.get(_THIS_YEAR.sub("", key(text)))

    def alike(self, bare: str, least: float) -> Mapping[str, float]:
        """The codes with a spelling that is near a bare text, each with the best similarity (0-100), `least` or more.

        In the order of the form. A spelling that says something else is not near. Nothing is near a text of two characters.
        """
        place = (bare, least)
        if place not in self._alike:
            if len(self._alike) > _REMEMBERED:
                self._alike.clear()
            self._alike[place] = self._compared(bare, least) if len(bare) >= LEAST_NEAR else {}
        return self._alike[place]

    def _compared(self, bare: str, least: float) -> dict[str, float]:
        """As `similarity` and `says_another` tell one by one. Most texts are near nothing, and are done in three calls."""
        near = {
            k: score
            for _, score, k in process.extract(bare, self._texts, scorer=fuzz.ratio, score_cutoff=least, limit=None)
        }
        if bare.startswith(self._beginnings) or (len(bare) >= _CUT_SHORT and f"\n{bare}" in self._lines):
            near |= {k: score for k, text in enumerate(self._texts) if (score := similarity(bare, text)) >= least}
        found: dict[str, float] = {}
        for k in sorted(near):
            spelling, code = self._long[k]
            if near[k] > found.get(code, 0.0) and not says_another(bare, spelling):
                found[code] = near[k]
        return found


def _nearest(lexicon: Lexicon, wanted: str) -> str | None:
    """The code of the nearest spelling of at least three characters, unless another code's is as near."""
    ranked = sorted(lexicon.alike(wanted, NEAR).items(), key=lambda item: -item[1])
    if ranked and holds_another(wanted, ranked[0][0], lexicon.spellings):
        return None
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 3):
        return None
    return ranked[0][0]


def holds_another(printed: str, code: str, spellings: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a printed label holds that of a code and the label of another behind or before it: two in one cell."""
    inside = [s for s, other in spellings if other == code and s and s in printed]
    left = _NUMERALS.sub("", printed.replace(max(inside, key=len), "", 1)) if inside else ""
    if len(left) > 1 and any(other != code and s == left for s, other in spellings):
        return True
    begins = [s for s, other in spellings if other == code and len(s) >= _LEAST_APART and printed.startswith(s)]
    rest = printed[max(map(len, begins)) :] if begins else ""
    return any(other != code and len(s) >= _LEAST_APART and s in rest for s, other in spellings)


def similarity(wanted: str, spelling: str) -> float:
    """0-100. A long label cut short, or followed by a remark, is still near."""
    if len(wanted) < LEAST_NEAR or len(spelling) < LEAST_NEAR:
        return 100.0 if wanted == spelling else 0.0
    shorter, longer = (spelling, wanted) if len(spelling) < len(wanted) else (wanted, spelling)
    if len(shorter) >= _CUT_SHORT and longer.startswith(shorter):
        return 96.0
    return fuzz.ratio(wanted, spelling)


def lexicon(labels: Iterable[Label]) -> Lexicon:
    """Index labels. A spelling that two labels share without their numbers counts only with its number."""
    exact: dict[str, str] = {}
    shared: set[str] = set()
    spellings: list[tuple[str, str]] = []
    for label in labels:
        for spelling in label.spellings:
            exact.setdefault(full_key(spelling), label.code)
            bare = key(spelling)
            spellings.append((bare, label.code))
            if exact.setdefault(bare, label.code) != label.code:
                shared.add(bare)
    numbered = {full_key(s) for label in labels for s in label.spellings if full_key(s) != key(s)}
    return Lexicon({k: v for k, v in exact.items() if k not in shared or k in numbered}, spellings)


@cache
def rows_of(form: str, table: str) -> Lexicon:
    """The row labels of a table of a form."""
    return lexicon(forms()[form].tables[table].rows)


@cache
def columns_of(form: str, table: str) -> Lexicon:
    """The column labels of a table of a form, all blocks together."""
    return lexicon(forms()[form].tables[table].columns)


@cache
def block_columns(form: str, table: str, block: int) -> Lexicon:
    """The column labels of one block."""
    return lexicon(forms()[form].tables[table].blocks[block].columns)


def annual_forms() -> Sequence[Form]:
    """The forms with the six sections and three tables, newest first."""
    return [form for form in forms().values() if "requests" in form.tables]

"""A section's text as one run of characters: white space out, width levelled, and the way back to the stored text.

Readers leave spaces inside numbers (5500 余条) and line ends inside words; no pattern should have to know of them.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import NamedTuple

from pipelines.parse.report import Section, Span

#: Characters and their plain twins, one for one, so that places stay: digits and letters narrow, punctuation wide.
_TWINS = {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F) if chr(wide - 0xFEE0).isalnum()}
_TWINS |= dict(zip("％﹪．(),;:?!–～〜∼", "%%.（），；：？！-~~~", strict=True))
_TWIN = re.compile(f"[{re.escape(''.join(_TWINS))}]")
_WORD = re.compile(r"\S+")
#: A line that ends so ends a sentence.
_ENDS = tuple("。！？；：")
#: （一）, 一、, 1., 1）, 一是, 第一，: what begins a line of its own.
_ENUMERATED = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、是要]|\d{1,2}[.．、)）](?!\d)"
    r"|第[一二三四五六七八九十]|[①-⑳]|#)"
)
#: 市公安局：报送30条, below another such line.
_LABELLED = re.compile(r"[一-鿿（）]{2,16}[：:]")
#: A sum of money that is a whole line.
_MONEY_LINE = re.compile(r"^[\d,.]+[万亿]?元$")
#: A line no longer than this that holds no punctuation is a heading.
_LONGEST_HEADING = 30
#: Groups of digits with white space between them.
_DIGIT_GROUPS = re.compile(r"\d(?<!\d\d)[\d,.，．]{0,20}(?:\s+\d{1,20})+")
#: What a number in prose is followed by: a measure word, 万, 余, %.
_COUNTING = frozenset("条件个次场期篇项家人名位份册本宗起例部封通批轮集张套幅处所座台户元字万亿余多%％")
#: In the plain text: ends a sentence where the stored one ends a paragraph, or keeps two numbers apart.
PARAGRAPH = "\n"
APART = " "
_SENTENCE_END = re.compile(r"[。！？\n]")
#: A longer sentence is cut, at a comma where there is one: no text makes the work grow with its square.
LONGEST_SENTENCE = 800
_CUT = re.compile(r"[，；、：）][^，；、：）]*$")


class Prose(NamedTuple):
    """A section's text without white space. `places[i]` is where `plain[i]` stands in `text`."""

    section: int
    text: str
    plain: str
    places: array[int]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the stored text that a stretch of the plain one stands for."""
        return Span(self.section, self.places[start], self.places[end - 1] + 1)

    def sentence(self, place: int) -> tuple[int, int]:
        """Tell where the sentence around a place of the plain text begins and ends, its full stop included."""
        k = bisect_right(self.ends, place)
        start = self.ends[k - 1] if k else 0
        end = self.ends[k] if k < len(self.ends) else len(self.plain)
        return start, end


def prose(section: Section) -> Prose:
    """The plain text of a section. Line ends within a sentence are a reader's and go; those of paragraphs stay."""
    text = _TWIN.sub(lambda twin: _TWINS[twin[0]], section.text)
    kept = _kept_breaks(text)
    pieces: list[str] = []
    places = array("l")
    for word in _WORD.finditer(text):
        start, end = word.span()
        mark = kept.get(start)
        if mark and pieces:
            pieces.append(mark)
            places.append(places[-1])
        pieces.append(word[0])
        places.extend(range(start, end))
    plain = "".join(pieces)
    return Prose(section.number, section.text, plain, places, _ends(plain))


def _ends(plain: str) -> tuple[int, ...]:
    """Tell where sentences end, behind their mark."""
    ends: list[int] = []
    start = 0
    for end in [*(m.end() for m in _SENTENCE_END.finditer(plain)), len(plain)]:
        while end - start > LONGEST_SENTENCE:
            comma = _CUT.search(plain, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
            start = comma.start() + 1 if comma else start + LONGEST_SENTENCE
            ends.append(start)
        ends.append(end)
        start = end
    return tuple(ends)


def _kept_breaks(text: str) -> dict[int, str]:
    """Tell where white space means something: the place of the word after it, and the mark that stands for it."""
    kept = dict.fromkeys(_paragraphs(text), PARAGRAPH)
    for groups in _DIGIT_GROUPS.finditer(text):
        if not _is_one_number(groups[0], text[groups.end() : groups.end() + 3]):
            for word in _WORD.finditer(text, groups.start() + 1, groups.end()):
                kept.setdefault(word.start(), APART)
    return kept


def _paragraphs(text: str) -> list[int]:
    """The places where a line begins that is no continuation of the one before. Two cells below each other are none."""
    starts: list[int] = []
    before, place = "", 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            if before and (
                _are_cells(before, stripped)
                or before.endswith(_ENDS)
                or _ENUMERATED.match(stripped)
                or _is_heading(before)
                or (_LABELLED.match(before) and _LABELLED.match(stripped))
            ):
                starts.append(place + len(line) - len(line.lstrip()))
            before = stripped
        place += len(line) + 1
    return starts


def _are_cells(before: str, line: str) -> bool:
    """Tell whether a number and a sum of money stand below each other, each a line of its own: 4, then 98760元."""
    return before.isdecimal() and bool(_MONEY_LINE.match(line))


def _is_heading(line: str) -> bool:
    """Tell whether a line stands alone: it is short, and no sentence is broken off in it."""
    if line.startswith("#"):
        return True
    return len(line) <= _LONGEST_HEADING and not re.search(r"[，；“]", line) and not line[-1].isdigit()


def _is_one_number(groups: str, behind: str) -> bool:
    """Tell whether digits with white space between them are one number that a page's line or spacing took apart.

    1 5366 and 3 1 1 9 are, when a measure word follows; so is what a line's end divides, and thousands set apart
    (15 366). Without one they can be the cells of a table that lost its rules.
    """
    pieces = groups.split()
    follows = behind.lstrip()[:1]
    if follows not in _COUNTING or pieces[0] == "0":
        return False
    if len(pieces) == 2:
        return "\n" in groups or len(pieces[1]) == 3 or min(map(len, pieces)) == 1
    return all(len(piece) == 1 for piece in pieces) or all(len(piece) == 3 for piece in pieces[1:])

"""Sentences of a stored section text, as stretches of it: where one ends, and which clauses of it stand for themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from pipelines.parse.shortcomings.cues import TURN, generic, is_bare_heading, lacking, nothing

Stretch = tuple[int, int]

_END = re.compile(r"[。！？!?；;]+[”\"』」）)]*\s*|\n\s*")
_STOPS = "。！？!?；;：:"
#: A line that ends without punctuation is a heading where it is short, and not where all lines are cut at one width.
_LONGEST_HEADING = 30
#: No page is so narrow: where all lines are so short, each says something for itself.
_NARROW = 24
_EDGE = " \t\r\n\u3000\xa0，,、。；;：:"
_BLANK = frozenset(_EDGE)
#: A dash or a dot begins a line.
_LEADING = _EDGE + "·—–"
_BUT = re.compile(r"(?:(?:但是?|然而|不过)(?=[^，。；])|(?:同时|此外|另外|其中)[，,])")


def trim(text: str, start: int, end: int) -> Stretch:
    """A stretch without white space and punctuation at its ends."""
    while start < end and text[start] in _LEADING:
        start += 1
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    return start, end


#: The same stretch is looked at for where its item ends, for its heading, and for what it says.
@lru_cache(maxsize=256)
def sentences(text: str, start: int, end: int) -> tuple[Stretch, ...]:
    """The sentences of a stretch. A semicolon ends one, and so does a clause behind which a promise begins."""
    cuts = [start, *_ends(text, start, end), end]
    cuts = sorted({*cuts, *_turns(text, start, end)})
    return tuple((a, b) for a, b in pairwise(cuts) if not set(text[a:b]) <= _BLANK)


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    width = _width(text)
    for match in _END.finditer(text, start, end):
        if match[0][0] != "\n" or _is_break(text, match.start(), width):
            yield match.end()


@lru_cache(maxsize=8)
def _width(text: str) -> int:
    """The longest line: where lines are cut at the page's width, that width."""
    return max((len(line) for line in text.splitlines()), default=0)


def _is_break(text: str, at: int, width: int) -> bool:
    """Tell whether a line end ends a sentence, too; one inside a sentence comes from the page's width."""
    if at == 0 or text[at - 1] in _STOPS:
        return True
    return (
        width <= _NARROW
        or is_heading(text, at, width)
        or any(len(line) >= 4 and is_bare_heading(line) for line in _around(text, at))
    )


def _around(text: str, at: int) -> tuple[str, str]:
    """The lines before and behind a line end, where they have no stop at their ends, or a colon."""
    before = text[text.rfind("\n", 0, at) + 1 : at].strip()
    behind = text[at:].lstrip().split("\n", 1)[0].strip()
    return before, "" if behind[-1:] in "。；;，,、" else behind


def is_narrow(text: str) -> bool:
    """Tell whether all lines of a text are so short that each stands for itself."""
    return _width(text) <= _NARROW


def is_heading(text: str, at: int, width: int | None = None) -> bool:
    """Tell whether the line that ends here is a heading: short for this text, and without a stop."""
    line = text[text.rfind("\n", 0, at) + 1 : at].strip()
    width = _width(text) if width is None else width
    return 0 < len(line) <= min(_LONGEST_HEADING, 0.6 * width) and line[-1] not in _STOPS + "，,、"


def _turns(text: str, start: int, end: int) -> Iterator[int]:
    for match in TURN.finditer(text, start, end):
        if match.start() > start and text[match.start() - 1] in "，, \n":
            yield match.start()


def paragraph_end(text: str, start: int, end: int) -> int:
    """Tell where the paragraph of a stretch ends: behind a line end that follows a full stop."""
    match = re.compile(r"[。；;！!？?][”\"』」）)]*[^\S\n]*\n\s*").search(text, start, end)
    return match.end() if match else end


# A clause that only goes on with the one before: its consequence, or a second verb of the same subject.
_GOES_ON = re.compile(
    r"(?:导致|影响|使得?|造成|以致|致使|从而|进而|因此|不能|难以|仍|还|也|且|而|并|但|与|均|都|没有|未能|无法|尚|有待)"
)
_LEADS_ON = re.compile(r"(?:由于|因|对|在|随着|受|面对|有的|部分|个别|一些|特别是|尤其是?|虽然?|尽管)")
_TAIL = re.compile(r"(?:等(?:等)?)?(?:方面|几个方面)?(?:的)?(?:问题|不足|情况|现象|困难)?$")


def clauses(text: str, start: int, end: int) -> list[Stretch]:
    """The shortcomings that a sentence lists with commas: each clause that has a subject and a lack of its own."""
    found: list[Stretch] = []
    head: int | None = None
    for a, b in _pieces(text, start, end, "，,"):
        piece = text[a:b].strip()
        if found and is_bare_heading(piece) and (_GOES_ON.match(piece) or not lacking(piece)):
            # 均有待解决 and the like belong to none.
            continue
        if not found and _BUT.match(piece):
            head = None
        piece = _BUT.sub("", piece, count=1) if _BUT.match(piece) else piece
        if _stands_alone(piece):
            found.append((a if head is None else head, b))
            head = None
        elif (found and not (_LEADS_ON.match(piece) or head is not None)) or (found and b == end):
            found[-1] = (found[-1][0], b)
        elif head is None:
            head = a
    if not found:
        return [(start, end)]
    return [part for stretch in found for part in _listed(text, *stretch)]


def _stands_alone(piece: str) -> bool:
    return lacking(piece) and not _GOES_ON.match(piece) and not _LEADS_ON_ONLY.match(piece) and len(piece) >= 4


_LEADS_ON_ONLY = re.compile(r"(?:由于|因为?|随着|虽然?|尽管)")


def _listed(text: str, start: int, end: int) -> list[Stretch]:
    """The parts of 认识不足、更新不及时 where each tells a lack; else the stretch as it is."""
    parts: list[Stretch] = []
    for a, b in _pieces(text, start, end, "、"):
        # 发布不规范、不及时 is one: the second has no subject.
        if parts and text[a:b].startswith(("不", "欠")):
            parts[-1] = (parts[-1][0], b)
        else:
            parts.append((a, b))
    both = re.search("和|以及|及(?!时)", text[start:end]) if len(parts) == 1 else None
    if both and not text.startswith(("不", "欠"), start + both.end()):
        parts = [(start, start + both.start()), (start + both.end(), end)]
    if len(parts) > 1 and all(len(text[a:b].strip()) >= 4 and lacking(text[a:b]) for a, b in parts):
        return parts
    return [(start, end)]


def _pieces(text: str, start: int, end: int, separators: str) -> list[Stretch]:
    cuts = [m.end() for m in re.compile(f"[{separators}]").finditer(text, start, end)]
    return list(pairwise([start, *cuts, end]))


def without_tail(text: str, start: int, end: int) -> Stretch:
    """A listed clause without 等问题 at its end and 但 at its beginning."""
    start, end = trim(text, start, end)
    but = _BUT.match(text, start, end)
    start = but.end() if but else start
    tail = _TAIL.search(text, start, end)
    if tail and "等" in tail[0]:
        end = tail.start()
    return trim(text, start, end)


def skip_preamble(text: str, start: int, end: int) -> int:
    """Tell where a sentence comes to its problem: behind clauses that say nothing, and behind the praise before 但."""
    pieces = _pieces(text, start, end, "，,")
    for k, (a, b) in enumerate(pieces):
        if _BUT.match(text, a, b) and not any(lacking(text[c:d]) and not nothing(text[c:d]) for c, d in pieces[:k]):
            return a
    return next((a for a, b in pieces if not generic(text[a:b])), end)

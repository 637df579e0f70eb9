"""The words around a number, by nearness: its own words to the left and right, its clause, what came before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.parse.narrative.listings import Listed, listed, together
from pipelines.parse.narrative.numerals import Numeral
from pipelines.parse.narrative.prose import PARAGRAPH, Prose

#: How far back words may stand that a number still leans on.
REACH = 160
#: A heading is no longer.
LONGEST_HEADING = 20
_NUMBERED = re.compile(r"(?:（[一二三四五六七八九十\d]+）|[一二三四五六七八九十]+[、是]|\d+[.、])")
_LEFT_ENDS = frozenset("，；。！？\n（ ")
_RIGHT_ENDS = frozenset("，；。：！？\n（）、 ")
#: Words between what is counted and its number that tell nothing.
_FILLERS = (
    "主动公开|公开|发布|稿件|：|政府|政务|各类|类|方面|领域|的|信息|消息|内容|共计|总计|合计|总数|总量|数量|件数|条数|人数|次数|数|共|"
    "为|有|达|约|累计|分别|新增|全年|等|，共|”|活动|工作"
)
_FILLING = re.compile(f"(?:{_FILLERS})+$")
_FILLERS_END = frozenset(word[-1] for word in _FILLERS.split("|"))
#: A list of examples ends so: what is counted are not they, but all of them.
_EXAMPLES = re.compile(r"、[^、]+等")
#: Examples before a noun: 教育、就业等重点领域信息; they are no words of the number.
_BEFORE_NOUN = re.compile(r"、[^，；]{1,60}(?=等(?!共|合计|总计|各|一|$)[^\d、]{2,})")
#: How far before the first mark the first example may begin.
_FIRST_EXAMPLE = 6
#: A clause of nothing but a total: …政府网站，共计20家.
_ONLY_TOTAL = re.compile(r"(?:共|共计|合计|总计|累计|总共|计|达|约|有|为|全年)+")
#: What follows the measure word so belongs to the next number.
_NEXT = frozenset("和与及并以或且而其另占按较比同")
_LISTED = ("、", "和", "及")
#: Behind 等5个 no noun follows.
_NO_NOUN = frozenset("，；。、）！\n 和与及以其并")
_OPENINGS = {"）": "（", "》": "《", "”": "“"}


class Window(NamedTuple):
    """Places in the plain text around a number at `begin` to `resume`.

    Its own words are `left` to `begin` and `resume` to `right`: up to a punctuation mark or another number; those to the
    left touch it at `anchor`, where words that tell nothing are passed over. Its clause is `clause` to `clause_end`,
    its sentence `sentence` to `sentence_end`, with the heading right before it from `lead`; `reach` is the farthest that
    counts. For an item of a list (、…3件) the
    clause begins with it: the words of the items before it are theirs. A number of a list with 分别 stands, for its
    words, right behind its noun; the words before the list's first number end at `led`, and `listed` tells its place.
    The nouns at `examples` (教育、就业等重点领域信息) are not what is counted.
    """

    begin: int
    resume: int
    left: int
    right: int
    clause: int
    clause_end: int
    sentence: int
    sentence_end: int
    lead: int
    reach: int
    anchor: int
    led: int
    listed: Listed | None = None
    examples: tuple[int, int] | None = None


def windows(prose: Prose, found: Sequence[Numeral]) -> list[Window]:
    """The window of each number of a section."""
    made: list[Window] = []
    lists = listed(prose.plain, found)
    for k, numeral in enumerate(found):
        before = found[k - 1].end if k else 0
        after = next((n.begin for n in found[k + 1 : k + 3] if n.begin >= numeral.resume), len(prose.plain))
        window = _window(prose, numeral, before, after)
        made.append(_in_list(prose.plain, window, lists[k]) if k in lists else window)
    return made


def stretches(made: Sequence[Window]) -> list[tuple[int, int]]:
    """The parts of a section whose words can count for one of its numbers, in order and apart from one another."""
    found: list[tuple[int, int]] = []
    for window in made:
        if found and window.reach <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], window.sentence_end)
        else:
            found.append((window.reach, window.sentence_end))
    return found


def said_of(plain: str, numeral: Numeral, window: Window) -> list[Window]:
    """The windows of one percentage that is said of several rates (办结率、满意率均为100%); else its window alone."""
    nouns = together(plain, window.clause, window.begin) if numeral.unit == "%" else None
    return [_in_list(plain, window, noun) for noun in nouns] if nouns else [window]


def _in_list(plain: str, window: Window, place: Listed) -> Window:
    """The window of a number in a list with 分别: its own words are those of its noun."""
    if place.noun is None:
        return window._replace(led=place.led, listed=place)
    start, end = place.noun
    return window._replace(
        begin=end,
        left=start,
        right=window.resume,
        clause=min(start, _back(plain, start, window.sentence)),
        anchor=_anchor(plain, start, end),
        led=place.led,
        listed=place,
    )


def _window(prose: Prose, numeral: Numeral, before: int, after: int) -> Window:
    plain = prose.plain
    sentence, sentence_end = prose.sentence(numeral.start)
    clause = _back(plain, numeral.begin, max(sentence, numeral.begin - REACH))
    if plain[clause - 1 : clause] == "，" and _ONLY_TOTAL.fullmatch(plain, clause, numeral.begin):
        earlier = _back(plain, clause - 1, sentence)
        clause = clause if before > earlier else earlier
    right = _forth(plain, numeral.resume, min(sentence_end, numeral.resume + REACH))
    own = numeral.resume if plain[numeral.resume : numeral.resume + 1] in _NEXT else min(right, after)
    left = min(max(clause, before), numeral.begin)
    if plain[left : left + 1] == "）":
        left += 1
    if plain[numeral.begin - 1 : numeral.begin] in _LISTED and before >= clause:
        # 7件建议和5件提案: what stands between is what the number before counts.
        left = numeral.begin
    examples = _examples(plain, clause, left, numeral)
    lead = _lead(prose, sentence)
    return Window(
        begin=numeral.begin,
        resume=numeral.resume,
        left=left,
        right=max(own, numeral.resume),
        clause=left if plain[left : left + 1] in _LISTED else clause,
        clause_end=right,
        sentence=sentence,
        sentence_end=sentence_end,
        lead=lead,
        reach=max(lead, numeral.begin - REACH),
        anchor=_anchor(plain, left, numeral.begin),
        led=numeral.begin,
        examples=examples,
    )


def _examples(plain: str, clause: int, left: int, numeral: Numeral) -> tuple[int, int] | None:
    """The stretch of nouns that are examples of what is counted: 教育、就业等重点领域信息5条, 教育、就业等12个领域."""
    found = plain.find("等", left, numeral.begin) >= 0 and _BEFORE_NOUN.search(plain, left, numeral.begin)
    if found:
        return max(clause, found.start() - _FIRST_EXAMPLE), found.end()
    if plain[numeral.begin - 1 : numeral.begin] == "等" and plain[numeral.resume : numeral.resume + 1] not in _NO_NOUN:
        return left, numeral.begin
    return None


def _lead(prose: Prose, sentence: int) -> int:
    """Tell where the heading right before a sentence begins: a short line, or a short numbered sentence (（三）政府网站。)."""
    if not sentence:
        return sentence
    start, end = prose.sentence(sentence - 1)
    said = prose.plain[start:end]
    heading = end - start <= LONGEST_HEADING and (said.endswith(PARAGRAPH) or _NUMBERED.match(said) is not None)
    return start if heading else sentence


def _anchor(plain: str, left: int, begin: int) -> int:
    """Tell where the words to the left touch the number. Examples (教育、就业等信息) do not touch it."""
    filling = _FILLING.search(plain, left, begin) if plain[begin - 1] in _FILLERS_END and begin > left else None
    if filling is None:
        return begin
    examples = "等" in filling[0] and _EXAMPLES.search(plain, left, begin)
    return begin if examples else filling.start()


def _back(plain: str, place: int, limit: int) -> int:
    """The mark before a place that ends its clause; brackets and titles on the way are passed over whole."""
    while place > limit and plain[place - 1] not in _LEFT_ENDS:
        opening = _OPENINGS.get(plain[place - 1])
        opened = plain.rfind(opening, limit, place) if opening else -1
        place = opened if opened >= 0 else place - 1
    return place


def _forth(plain: str, place: int, limit: int) -> int:
    while place < limit and plain[place] not in _RIGHT_ENDS:
        place += 1
    return place

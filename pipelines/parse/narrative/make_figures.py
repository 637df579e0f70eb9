"""Numbers with their windows → figures: the indicator, what part of what, whose share or change, whom it speaks for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from expectations.indicators import Indicator, indicators
from pipelines.parse.narrative import glued_tables
from pipelines.parse.narrative.changes import change, share_words
from pipelines.parse.narrative.context import Window, said_of, stretches, windows
from pipelines.parse.narrative.matching import Candidate, Hits, matcher
from pipelines.parse.narrative.numerals import Numeral, numerals
from pipelines.parse.narrative.prose import APART, PARAGRAPH, Prose, prose
from pipelines.parse.report import Change, Figure, Section, Span

#: The measure "rank" of the dictionary: a place in a ranking.
RANK = "rank"
#: A phrasing must fit at least so well.
_LEAST = 1.2
#: A percentage after 占 that fits an indicator of its own so well is that, and no share of another.
_RATE = 2.0
#: A number without measure word is a statement where a phrasing fits so well.
_BARE = 2.5
#: What an indicator gains that the dictionary knows as part of the whole that the sentence names.
_PART_GAIN = 1.0
#: How much better than the next a phrasing must fit to be certain.
_CLEAR = 1.5
#: Measures that seldom count anything reported (time, ranks, kinds): a statement only where the dictionary knows it.
_SELDOM = re.compile(
    "[年月日天周秒分级届号大层星步点路款章样片只单对省市县区镇乡科村部类种遍支块队米频档节段]"
    "|分钟|(?:个)?(?:小时|月|季度|工作日|自然日)"
)
#: Small numbers in characters (三项任务) are set phrases more often than statements.
_SMALL_HAN = 20
#: What says that a part follows; of brackets only one that is still open.
_PARTS = re.compile(r"其中|包括|包含|含|（(?![^（）]*）)")
#: What stands before a number that says of the amount before it how many they are together, or have become.
_SAME = re.compile(
    r"(?:[，、]|现|又|已|将|后|则|为|至|到|共|总计|合计|总共|共计|累计|计|达|总数|总量|(?:调整|增加|减少|精简|压减|提高|提升|上升|扩大"
    r"|增长|降低|缩减|升|降|增|减|扩)(?=[为至到]))+"
)
#: Words before 占 that name nothing.
_UNNAMING = re.compile(r"其中|分别|两者|合计|共|约|均|各|总体|全年|所|也|[，、。（）：；的]|(?:件|条|个|项)?数?量?比例")
#: Indicators that are falls themselves.
_CUTS = frozenset({"approval_time_cut_pct"})
#: Whose sentences speak of other business than a group of indicators; what says that they speak of ours all the same.
_OTHER_BUSINESS = {
    "requests": re.compile(
        "服务大厅|政务大厅|办事大厅|审批服务|审批事项|行政审批|入驻|减免税|便民服务中心|行政服务中心"
    ),
    "fees": re.compile("减免税|税收|税款|退税|办税"),
}
_REQUESTS = re.compile("信息公开|公开申请|依申请|申请公开|信息处理费")
_PEOPLE = frozenset({"人", "人次", "名", "余人", "位"})
#: What may stand between an event and the people who took part in it.
_ATTENDED = re.compile(r"余?[，、；]?(?:共|共计|合计|累计|总计|约|近|超|达)*(?:有)?(?:参加|参与|参训|参会)?")
#: Whom a sentence speaks for; the office counts where it is the one that acts.
_SCOPE = re.compile(
    r"(?P<own_level>[市县区省州]本级|[市县区省]级)|(?P<territory>全[市省县区州国系]统?|各[级区县市]|各地|各部门|全镇|全街道|全域)"
    r"|(?P<organ>本机关|[我本][局委办厅处署]|局机关|政府办(?:公[厅室])?(?:代表|共|收到|受理|答复|办理|主动)"
    r"|[市县区省州旗][一-鿿]{0,8}?(?:局|委|公开办|中心)(?=(?:共|累计|全年)?(?:主动公开|受理|收到|答复|办理)))"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number with all that tells what it means."""

    prose: Prose
    numeral: Numeral
    window: Window
    hits: Hits
    sentence: Span

    @property
    def sentence_words(self) -> str:
        """The whole sentence that it stands in."""
        return self.prose.plain[self.window.sentence : self.window.sentence_end]

    @property
    def own_left(self) -> str:
        """Its own words to the left."""
        return self.prose.plain[self.window.left : self.window.begin]

    @property
    def own_right(self) -> str:
        """Its own words to the right."""
        return self.prose.plain[self.window.resume : self.window.right]


def figures(sections: Sequence[Section]) -> list[Figure]:
    """The quantitative statements of a report, in the order of the text.

    The preamble (section 0) speaks of the report itself; it counts only where no section was found.
    """
    found: list[Figure] = []
    narrative = [s for s in sections if s.number > 0] or sections
    for section in narrative:
        for reading in _readings(prose(section)):
            figure = _figure(reading, found)
            if figure:
                found.append(figure)
    return found


def _readings(text: Prose) -> Iterator[_Reading]:
    tables = glued_tables.stretches(text.plain)
    found = [n for n in numerals(text) if not _is_cell(text.plain, n) and not glued_tables.is_within(n.begin, tables)]
    if not found:
        return
    made = windows(text, found)
    hits = matcher().hits(text.plain, stretches(made))
    sentences: dict[int, Span] = {}
    for numeral, window in zip(found, made, strict=True):
        if window.sentence not in sentences:
            sentences[window.sentence] = text.span(window.sentence, window.sentence_end)
        for each in said_of(text.plain, numeral, window):
            yield _Reading(text, numeral, each, hits, sentences[window.sentence])


def _is_cell(plain: str, numeral: Numeral) -> bool:
    """Tell whether a number stands among others, or a sum below one: a row of a table that lost its rules."""
    around = plain[numeral.begin - 1 : numeral.begin], plain[numeral.end : numeral.end + 1]
    if numeral.unit:
        return (
            "元" in numeral.unit and around[0] == PARAGRAPH and plain[numeral.begin - 2 : numeral.begin - 1].isdigit()
        )
    return APART in around


def _figure(reading: _Reading, before: Sequence[Figure]) -> Figure | None:
    numeral = reading.numeral
    if numeral.rank:
        return _ranked(reading)
    changed = change(reading.prose.plain, numeral, reading.window)
    if changed and not _is_cut(reading, changed):
        return _changed(reading, before, changed)
    place = share_words(reading.prose.plain, numeral, reading.window)
    wholes = _wholes(reading, before)
    options = _options(reading, numeral.unit, [before[k].indicator for k in wholes], _marked(reading, before, wholes))
    if place is not None and not (options and options[0].score >= _RATE):
        return _share(reading, before, place)
    return _amount(reading, options, before, wholes)


def _is_cut(reading: _Reading, changed: Change) -> bool:
    """Tell whether a fall against no earlier time is what an indicator measures: 办理时限压缩75%."""
    options = _options(reading, reading.numeral.unit) if changed.base == "not_stated" else []
    return bool(options) and options[0].score >= _RATE and options[0].indicator.code in _CUTS


def _amount(
    reading: _Reading, options: Sequence[Candidate], before: Sequence[Figure], wholes: Sequence[int]
) -> Figure | None:
    numeral = reading.numeral
    if options and (numeral.unit or options[0].score >= _BARE):
        indicator = options[0].indicator
        whole = _whole(reading, indicator, before, wholes)
        if whole is not None and not options[0].named and indicator.part_of != before[whole].indicator:
            # 制发规范性文件18件，其中主动公开16件: the words say what was done with some of them, not what they are.
            return _made(reading, before[whole].indicator or indicator, 0.5, part_of=whole)
        return _made(reading, indicator, _confidence(options), part_of=whole)
    small = numeral.han and numeral.value <= _SMALL_HAN
    if not (numeral.unit or _is_round(reading)) or _SELDOM.fullmatch(numeral.unit) or small:
        return None
    whole = _whole(reading, None, before, wholes)
    if whole is None:
        whole = _next_part(before, numeral)
    # 共314个（市直单位53个）: a part without a name of its own is counted in the same thing as its whole.
    like = whole if whole is not None else _same(reading, wholes)
    inherited = before[like].indicator if like is not None else _attendance(reading, before)
    return _made(reading, inherited, 0.5, part_of=whole)


def _attendance(reading: _Reading, before: Sequence[Figure]) -> str | None:
    """People without a name right behind an event are those who took part in it: 培训3期、240人次."""
    last = before[-1] if before else None
    if last is None or last.indicator is None or reading.numeral.unit not in _PEOPLE:
        return None
    between = reading.prose.plain[_plain_end(reading, last) : reading.numeral.begin]
    if not _same_sentence(reading, last) or last.aspect != "amount" or not _ATTENDED.fullmatch(between):
        return None
    return indicators()[last.indicator].attended_by


def _plain_end(reading: _Reading, figure: Figure) -> int:
    """Tell where a figure's number ends in the plain text."""
    return bisect_left(reading.prose.places, figure.number.end, reading.window.sentence, reading.numeral.begin)


def _next_part(before: Sequence[Figure], numeral: Numeral) -> int | None:
    """The whole of the part right before it in a list (其中镇5个、村9个), where there is room for another part."""
    last = before[-1] if before else None
    if last is None or last.part_of is None or last.unit != numeral.unit or last.aspect != "amount":
        return None
    parts = sum(f.value for f in before[last.part_of :] if f.part_of == last.part_of and f.aspect == "amount")
    return last.part_of if parts + numeral.value <= before[last.part_of].value else None


def _same(reading: _Reading, wholes: Sequence[int]) -> int | None:
    """The amount before it in the sentence whose sum or later state it is: 各2名，共计30名, 由80个精简为64个."""
    own = reading.prose.plain[reading.window.left : reading.numeral.begin]
    return wholes[0] if wholes and _SAME.fullmatch(own) else None


def _wholes(reading: _Reading, before: Sequence[Figure]) -> list[int]:
    """The amounts before it in the sentence with its measure word, the last first: what it may be part of."""
    found: list[int] = []
    for index in range(len(before) - 1, -1, -1):
        figure = before[index]
        if not _same_sentence(reading, figure):
            break
        if figure.aspect == "amount" and figure.unit == reading.numeral.unit:
            found.append(index)
    return found


def _whole(
    reading: _Reading, indicator: Indicator | None, before: Sequence[Figure], wholes: Sequence[int]
) -> int | None:
    """The whole that a number is part of: the one that the dictionary knows, else the one before 其中 in its clause."""
    if indicator is not None and indicator.part_of is not None:
        known = next((k for k in wholes if before[k].indicator == indicator.part_of), None)
        if known is not None:
            return known
    plain, window = reading.prose.plain, reading.window
    marks = [m.start() for m in _PARTS.finditer(plain, max(window.clause - 1, 0), window.begin)]
    if not marks and not reading.numeral.inside:
        return None
    place = reading.prose.places[marks[-1] if marks else window.begin]
    return next((k for k in wholes if before[k].number.start < place), None)


def _marked(reading: _Reading, before: Sequence[Figure], wholes: Sequence[int]) -> str | None:
    """The indicator of the whole before 其中 or in whose list of parts the number stands."""
    if not wholes:
        return None
    whole = _whole(reading, None, before, wholes)
    if whole is None:
        whole = _next_part(before, reading.numeral)
    return before[whole].indicator if whole is not None else None


def _is_round(reading: _Reading) -> bool:
    """Tell whether a number is written with 万 or 亿: a quantity even without measure word."""
    plain, numeral = reading.prose.plain, reading.numeral
    return not numeral.han and plain[numeral.start : numeral.end].endswith(("万", "亿"))


def _options(
    reading: _Reading, measure: str | None, wholes: Sequence[str | None] = (), marked: str | None = None
) -> list[Candidate]:
    """Tell what the dictionary offers for a number, the best first.

    A part of a whole in the sentence gains, and behind 其中 (`marked` is the whole's indicator) the whole itself does.
    """
    found = matcher().candidates(reading.hits, reading.window, measure)
    parts = {c.indicator.code for c in found if c.indicator.part_of is not None and c.indicator.part_of in wholes}
    parts.update([marked] if marked else ())
    if parts:
        found = [c._replace(score=c.score + _PART_GAIN) if c.indicator.code in parts else c for c in found]
        found.sort(key=lambda c: (-c.score, c.indicator.code))
    said = reading.sentence_words
    return [c for c in found if c.score >= _LEAST and not _is_other_business(c.indicator.group, said)]


def _is_other_business(group: str, sentence: str) -> bool:
    """Tell whether a sentence is about approvals at a service hall, or taxes, and says nothing of requests for information."""
    other = _OTHER_BUSINESS.get(group)
    return other is not None and bool(other.search(sentence)) and not _REQUESTS.search(sentence)


def _confidence(options: Sequence[Candidate]) -> float:
    """Tell how far the best option stands out: from 0.5 where the next fits as well, to 1."""
    lead = options[0].score - (options[1].score if len(options) > 1 else 0.0)
    return round(0.5 + 0.25 * min(lead / _CLEAR, 1.0) + 0.25 * min((options[0].score - _LEAST) / 3, 1.0), 2)


def _ranked(reading: _Reading) -> Figure | None:
    options = [c for c in matcher().candidates(reading.hits, reading.window, RANK) if c.score >= _LEAST]
    if not options:
        return None
    return _made(reading, options[0].indicator, _confidence(options), aspect="rank")


def _changed(reading: _Reading, before: Sequence[Figure], changed: Change) -> Figure | None:
    """A change of what the clause names, else of the amount before it in the sentence."""
    points = reading.numeral.unit.endswith("百分点")
    options = _options(reading, "%" if points else reading.numeral.unit) or ([] if points else _options(reading, None))
    last = _last_rate(reading, before) if points else None
    last = _shared_amount(reading, before) if last is None else last
    if points and last is not None and options and options[0].score < _RATE:
        options = []
    named = options[0].indicator if options else None
    indicator = named or (before[last].indicator if last is not None else None)
    if indicator is None and before and before[-1].aspect == "change" and _same_sentence(reading, before[-1]):
        # 增加23件，增幅38.3%
        indicator = before[-1].indicator
    if last is not None and before[last].indicator != (
        indicator.code if isinstance(indicator, Indicator) else indicator
    ):
        last = None
    confidence = _confidence(options) if options else 0.6
    return _made(reading, indicator, confidence, aspect="change", part_of=last, changed=changed)


def _share(reading: _Reading, before: Sequence[Figure], place: int) -> Figure:
    """A share: of what stands before 占 in the clause, else of the amount before it in the sentence."""
    window = reading.window
    place = min(place, window.begin)
    if place > window.left and not reading.prose.plain[window.left : place].endswith(("中", "内")):
        narrow = replace(window, begin=place, resume=place, right=place, clause=window.left, clause_end=place)
        options = [c for c in matcher().candidates(reading.hits, narrow, None) if c.score >= _LEAST]
        if options:
            return _made(reading, options[0].indicator, _confidence(options), aspect="share")
    last = _shared_amount(reading, before)
    if _names(reading.prose.plain[window.left : place]):
        # 其他形式占比: of something that the dictionary does not know.
        last = None
    code = before[last].indicator if last is not None else None
    return _made(reading, code, 0.8 if code else 0.5, aspect="share", part_of=last)


def _names(words: str) -> bool:
    """Tell whether words before 占 name what the share is of."""
    return len(_UNNAMING.sub("", words)) >= 2 and not words.endswith(("中", "内"))


def _shared_amount(reading: _Reading, before: Sequence[Figure]) -> int | None:
    """The amount that a share is of: the last one, or the one at its place in a list (信函6件、传真2件，分别占75%和25%)."""
    place = reading.window.listed
    if place is None or place.noun is not None:
        return _last_amount(reading, before)
    amounts = [k for k, f in enumerate(before) if f.aspect == "amount" and f.unit != "%" and _same_sentence(reading, f)]
    return amounts[place.place - place.size] if len(amounts) >= place.size else None


def _last_amount(reading: _Reading, before: Sequence[Figure]) -> int | None:
    """The last amount or rank in the same sentence."""
    for index in range(len(before) - 1, -1, -1):
        figure = before[index]
        if not _same_sentence(reading, figure):
            return None
        if figure.aspect == "rank" or (figure.aspect == "amount" and figure.unit != "%"):
            return index
    return None


def _last_rate(reading: _Reading, before: Sequence[Figure]) -> int | None:
    """The last percentage in the same sentence, which a number of 百分点 can change."""
    rates = [k for k, f in enumerate(before) if f.unit == "%" and _same_sentence(reading, f)]
    place = reading.window.listed
    if place is None or place.noun is not None:
        return len(before) - 1 if rates and rates[-1] == len(before) - 1 else None
    return rates[place.place - place.size] if len(rates) >= place.size else None


def _same_sentence(reading: _Reading, figure: Figure) -> bool:
    return figure.sentence is reading.sentence


def _made(
    reading: _Reading,
    indicator: Indicator | str | None,
    confidence: float,
    *,
    aspect: str = "amount",
    part_of: int | None = None,
    changed: Change | None = None,
) -> Figure:
    text, numeral, window = reading.prose, reading.numeral, reading.window
    code = indicator.code if isinstance(indicator, Indicator) else indicator
    sentence = reading.sentence
    number = text.span(numeral.start, numeral.end)
    return Figure(
        indicator=code,
        aspect=aspect,
        value=numeral.value,
        value_to=numeral.value_to,
        unit=numeral.unit,
        normalised_value=numeral.value if code else None,
        qualifier=numeral.qualifier or ("累计" if "累计" in reading.own_left else ""),
        change=changed,
        part_of=part_of,
        scope=_scope(text.plain, window),
        subject=_subject(reading),
        raw=text.text[number.start : number.end],
        sentence_text=text.text[sentence.start : sentence.end],
        sentence=sentence,
        number=number,
        confidence=confidence,
    )


def _subject(reading: _Reading) -> str:
    """Tell what is counted, in the document's words: the noun behind the measure word, else the words before the number."""
    right = reading.own_right.removeprefix("的")
    return right[:12] if len(right) >= 2 else reading.own_left[-12:]


def _scope(plain: str, window: Window) -> str:
    """Whom the number speaks for: what its sentence says last before it."""
    scope = "not_stated"
    for match in _SCOPE.finditer(plain, window.sentence, window.begin):
        scope = match.lastgroup or scope
    return scope

"""Makes a figure of a reading and what it was found to mean: its evidence, its parts, whom it speaks for."""

from __future__ import annotations

import re
from functools import lru_cache

from expectations.indicators import Indicator, bound
from pipelines.parse.narrative.parts import circumstances
from pipelines.parse.narrative.readings import Reading
from pipelines.parse.report import Change, Figure

#: Measures that seldom count anything reported (time, ranks, kinds): a statement only where the dictionary knows it.
_SELDOM = re.compile(
    "[年月日天周秒分级届号大层星步点路款章样片只单对省市县区镇乡科村部类种遍支块队米频档节段]"
    "|分钟|(?:个)?(?:小时|月|季度|工作日|自然日)"
)
#: Small numbers in characters (三项任务) are set phrases more often than statements.
_SMALL_HAN = 20
#: Percentages that are no share of a whole.
_NO_SHARES = frozenset({"satisfaction_pct", "assessment_weight_pct", "approval_time_cut_pct"})
#: Whom a sentence speaks for; the office counts where it is the one that acts.
_SCOPE = re.compile(
    r"(?P<own_level>[市县区省州]本级|[市县区省]级)|(?P<territory>全[市省县区州国系]统?|各[级区县市]|各地|各部门|全镇|全街道|全域)"
    r"|(?P<organ>本机关|[我本][局委办厅处署]|局机关|政府办(?:公[厅室])?(?:代表|共|收到|受理|答复|办理|主动)"
    r"|[市县区省州旗][一-鿿]{0,8}?(?:局|委|公开办|中心)(?=(?:共|累计|全年)?(?:主动公开|受理|收到|答复|办理)))"
)


def is_no_statement(reading: Reading) -> bool:
    """Tell whether a number counts what is seldom reported (time, kinds), or is a set phrase (三项任务)."""
    numeral = reading.numeral
    return bool(_SELDOM.fullmatch(numeral.unit)) or (numeral.han and numeral.value <= _SMALL_HAN)


def made(
    reading: Reading,
    indicator: Indicator | str | None,
    confidence: float,
    *,
    aspect: str = "amount",
    part_of: int | None = None,
    changed: Change | None = None,
    owner: str = "",
) -> Figure:
    """The figure of a reading. Below the dictionary's bound it is unmapped, and the indicator is its rival."""
    text, numeral, window, thing = reading.prose, reading.numeral, reading.window, reading.thing
    code = indicator.code if isinstance(indicator, Indicator) else indicator
    sentence = reading.sentence
    number = text.span(numeral.start, numeral.end)
    if aspect == "amount" and numeral.unit == "%" and code not in _NO_SHARES:
        aspect = "share"
    sure = code is not None and confidence >= bound()
    said = circumstances(text.plain, window, reading.tracks)
    return Figure(
        indicator=code if sure else None,
        aspect=aspect,
        value=numeral.value,
        value_to=numeral.value_to,
        unit=numeral.unit,
        normalised_value=numeral.value if sure else None,
        qualifier=numeral.qualifier or ("累计" if "累计" in reading.own_left else ""),
        change=changed,
        part_of=part_of,
        scope=_scope(text.plain, reading),
        subject=_subject(reading),
        raw=text.text[number.start : number.end],
        sentence_text=text.text[sentence.start : sentence.end],
        sentence=sentence,
        number=number,
        confidence=confidence,
        object=thing.noun,
        object_class=thing.kind,
        action=said.action,
        channel=said.channel,
        owner=owner,
        time=said.time,
        modifier=said.modifier,
        rival=None if sure else code,
    )


def _subject(reading: Reading) -> str:
    """Tell what is counted, in the document's words: the noun behind the measure word, else the words before the number."""
    right = reading.own_right.removeprefix("的")
    return right[:12] if len(right) >= 2 else reading.own_left[-12:]


def _scope(plain: str, reading: Reading) -> str:
    """Whom the number speaks for: what its sentence says last before it."""
    window = reading.window
    length = window.begin - window.sentence
    scope = "not_stated"
    for end, said in _scopes(plain[window.sentence : window.sentence_end]):
        if end > length:
            break
        scope = said
    return scope


@lru_cache(maxsize=16)
def _scopes(sentence: str) -> tuple[tuple[int, str], ...]:
    """All that a sentence says of whom it speaks for, with the places where that ends."""
    return tuple((match.end(), match.lastgroup or "") for match in _SCOPE.finditer(sentence))

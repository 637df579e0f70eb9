"""Ranks, changes and shares: numbers that speak of another number."""

from __future__ import annotations

import re

from pipelines.parse.narrative import confidence
from pipelines.parse.narrative.making import made
from pipelines.parse.narrative.naming import table
from pipelines.parse.narrative.options import LEAST, offered
from pipelines.parse.narrative.readings import Before, Reading
from pipelines.parse.report import Change, Figure

#: The measure "rank" of the dictionary: a place in a ranking.
RANK = "rank"
#: A percentage after 占 that fits an indicator of its own so well is that, and no share of another.
RATE = 2.0
#: Words before 占 that name nothing.
_UNNAMING = re.compile(r"其中|分别|两者|合计|共|约|均|各|总体|全年|所|也|[，、。（）：；的]|(?:件|条|个|项)?数?量?比例")
#: So near stands a change to the rate that it is of.
_NEAR = 12
#: Indicators that are falls themselves.
_CUTS = frozenset({"approval_time_cut_pct"})


def ranked_figure(reading: Reading) -> Figure | None:
    """A place in a ranking; None where the dictionary knows none."""
    options = [c for c in table().candidates(reading.tracks, reading.window, RANK) if c.score >= LEAST]
    if not options:
        return None
    return made(reading, options[0].indicator, 0.85, aspect="rank")


def is_cut(reading: Reading, changed: Change) -> bool:
    """Tell whether a fall against no earlier time is what an indicator measures: 办理时限压缩75%."""
    options = offered(reading, reading.numeral.unit) if changed.base == "not_stated" else []
    return bool(options) and options[0].score >= RATE and options[0].indicator.code in _CUTS


def changed_figure(reading: Reading, before: Before, changed: Change) -> Figure | None:
    """A change of what the clause names, else of the amount before it in the sentence."""
    points = reading.numeral.unit.endswith("百分点")
    options = offered(reading, "%" if points else reading.numeral.unit) or ([] if points else offered(reading, None))
    last = _last_rate(reading, before) if points else _shared_amount(reading, before)
    if points and last is not None and options and options[0].score < RATE:
        options = []
    rate = None if points else _rate_before(reading, before)
    if rate is not None:
        return made(reading, before[rate].figure.indicator, 0.9, aspect="change", part_of=rate, changed=changed)
    code = options[0].indicator.code if options else None
    if code is None and last is not None:
        code = before[last].figure.indicator
    stated = before.in_sentence(reading)
    if code is None and stated and before[stated[-1]].figure.aspect == "change":
        # 增加23件，增幅38.3%
        code = before[stated[-1]].figure.indicator
    if last is not None and before[last].figure.indicator != code:
        last = None
    sure = confidence.of_change(options, reading) if options else 0.9
    return made(reading, code, sure, aspect="change", part_of=last, changed=changed)


def share_figure(reading: Reading, before: Before, place: int) -> Figure:
    """A share: of what stands before 占 in the clause, else of the amount before it in the sentence."""
    window = reading.window
    place = min(place, window.begin)
    if place > window.left and not reading.prose.plain[window.left : place].endswith(("中", "内")):
        narrow = window._replace(begin=place, resume=place, right=place, clause=window.left, clause_end=place)
        options = [c for c in table().candidates(reading.tracks, narrow, None) if c.score >= LEAST]
        if options:
            return made(reading, options[0].indicator, 0.85, aspect="share")
    last = _shared_amount(reading, before)
    if _names(reading.prose.plain[window.left : place]):
        # 其他形式占比: of something that the dictionary does not know.
        last = None
    figure = before[last].figure if last is not None else None
    code = figure.indicator if figure else None
    owner = figure.owner if figure else ""
    return made(reading, code, 0.8 if code else 0.5, aspect="share", part_of=last, owner=owner)


def _names(words: str) -> bool:
    """Tell whether words before 占 name what the share is of."""
    return len(_UNNAMING.sub("", words)) >= 2 and not words.endswith(("中", "内"))


def _shared_amount(reading: Reading, before: Before) -> int | None:
    """The amount that a share is of: the last one, or the one at its place in a list (信函6件、传真2件，分别占75%和25%)."""
    stated = [
        k
        for k in before.in_sentence(reading)
        if before[k].figure.aspect == "rank" or (before[k].figure.aspect == "amount" and before[k].figure.unit != "%")
    ]
    place = reading.window.listed
    if place is None or place.noun is not None:
        # 1420件（市政府212件），增长12%: what a bracket holds is closed by it.
        outside = [k for k in stated if before[k].bracket in (-1, reading.bracket)]
        return next(reversed(outside or stated), None)
    return stated[place.place - place.size] if len(stated) >= place.size else None


def _rate_before(reading: Reading, before: Before) -> int | None:
    """The rate right before a change in percent that names nothing itself: 回复率88.7%，较上月提升1.6%."""
    stated = before.in_sentence(reading)
    if reading.numeral.unit != "%" or reading.thing.kind or not stated:
        return None
    last = before[stated[-1]]
    is_rate = (
        last.figure.unit == "%" and last.figure.aspect != "change" and (last.figure.indicator or "").endswith("_pct")
    )
    return stated[-1] if is_rate and len(reading.prose.plain[last.end : reading.numeral.begin]) <= _NEAR else None


def _last_rate(reading: Reading, before: Before) -> int | None:
    """The last percentage in the same sentence, which a number of 百分点 can change."""
    stated = before.in_sentence(reading)
    rates = [k for k in stated if before[k].figure.unit == "%"]
    place = reading.window.listed
    if place is None or place.noun is not None:
        return stated[-1] if rates and rates[-1] == stated[-1] else None
    return rates[place.place - place.size] if len(rates) >= place.size else None

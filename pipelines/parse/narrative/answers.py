"""Answers without a noun of their own: of what was counted right before, the dictionary knows which were answered.

收到留言90件，…。已办结85件，办结率94%: the verb and the rate belong to the family of the last amount of the paragraph.
"""

from __future__ import annotations

import re

from expectations.indicators import Indicator, indicators
from pipelines.parse.narrative.prose import PARAGRAPH
from pipelines.parse.narrative.readings import Before, Reading
from pipelines.parse.narrative.trees import above

#: No farther back than this the amount may stand.
_FARTHEST = 80
#: All that the own words of an answered amount may hold besides its verbs.
_BARE = re.compile(
    "[，；、：和并]|均|都|已|共|全部|全年|依法|依规|按时|按期|及时|规定|期限|当年|其中|完毕|目前|总计|合计|累计|为|达|约"
)
#: A share of those answered.
_RATE = re.compile("(?:办结|答复|回复|办复|结案|办理)率(?:均|都)?(?:已)?(?:为|达到?|是|：)?$")
#: The verb behind a share of those answered.
_DONE = re.compile("办结|答复|回复|办复")


def answered_of(reading: Reading, before: Before) -> str | None:
    """The indicator of the answered ones of what was counted last; None where the words name anything else."""
    is_rate = reading.numeral.unit == "%"
    if not (is_rate_of_answers(reading) if is_rate else _is_bare_answer(reading)):
        return None
    asked = _asked(reading, before)
    if asked is None:
        return None
    return asked.rate_as if is_rate else asked.answered_as


def is_rate_of_answers(reading: Reading) -> bool:
    """Tell whether a percentage is the share of those answered, and names nothing: 办结率100%, 已全部100%办结."""
    words = _RATE.sub("", reading.own_left)
    if words == reading.own_left and not _DONE.match(reading.own_right):
        return False
    return not _BARE.sub("", words)


def _is_bare_answer(reading: Reading) -> bool:
    """Tell whether a number's own words are verbs of answering and nothing more."""
    window = reading.window
    hits = [hit for hit in reading.tracks.parts.within(window.left, window.begin) if hit.word.action]
    if not hits or any(hit.word.action != "answer" for hit in hits):
        return False
    words = reading.own_left
    for hit in hits:
        words = words.replace(hit.word.text, "")
    return not _BARE.sub("", words)


def _asked(reading: Reading, before: Before) -> Indicator | None:
    """The indicator that the last amount of the paragraph is of, or one above it, of which some can be answered."""
    if not before.placed:
        return None
    last = before.placed[-1]
    between = reading.prose.plain[last.end : reading.numeral.begin]
    code = last.figure.indicator
    if code is None or PARAGRAPH in between or len(between) > _FARTHEST:
        return None
    named = (indicators()[one] for one in (code, *above(code)))
    return next((one for one in named if one.answered_as or one.rate_as), None)

"""What the dictionary offers for a reading, and how far the best of it is to be trusted."""

from __future__ import annotations

import re

from expectations.indicators import Indicator
from pipelines.parse.narrative.naming import Candidate, table
from pipelines.parse.narrative.parts import own_verb
from pipelines.parse.narrative.readings import Before, Reading

#: A combination must fit at least so well.
LEAST = 1.2
#: What an indicator gains that the dictionary knows as part of the whole that the sentence names.
_PART_GAIN = 1.0
#: Whose sentences speak of other business than a group of indicators; what says that they speak of ours all the same.
_OTHER_BUSINESS = {
    "requests": re.compile(
        "服务大厅|政务大厅|办事大厅|审批服务|审批事项|行政审批|入驻|减免税|便民服务中心|行政服务中心"
    ),
    "fees": re.compile("减免税|税收|税款|退税|办税"),
}
_OWN_BUSINESS = frozenset({"request", "fee"})
_REQUESTS = re.compile("信息公开|公开申请|依申请|申请公开|信息处理费")
#: What is done is no item on it: 实施行政处罚25起.
_OF_INFORMATION = frozenset({"proactive", "documents"})
_DONE = re.compile("[，；：（、]?(?:共|已|全年)*(?:实施|查处|立案|作出|处罚)(?!.*(?:公开|发布|公示))")
#: What was asked for was not disclosed of one's own accord: 从申请内容看，政策法规类1件.
_ASKED_FOR = re.compile("申请[^，；。]{0,6}内容")
#: Who is praised is not inspected: 20家单位和16名个人受到通报表扬.
_PRAISE = re.compile("表扬|表彰|授予")


def offered(reading: Reading, measure: str | None, before: Before | None = None) -> list[Candidate]:
    """Tell what the dictionary offers for a number, the best first. A part of a whole in the sentence gains."""
    tracks, window, thing = reading.tracks, reading.window, reading.thing
    found = table().candidates(tracks, window, measure, thing, own_verb(window, tracks, thing))
    if not found:
        return found
    wholes = {before[k].figure.indicator for k in before.amounts(reading)} if before else set()
    if wholes:
        found = [c._replace(score=c.score + _PART_GAIN) if c.indicator.part_of in wholes else c for c in found]
        found.sort(key=lambda c: (-c.score, c.indicator.code))
    said = reading.sentence_words
    return [
        c
        for c in found
        if c.score >= LEAST
        and not _is_other_business(c.indicator, said)
        and not (c.indicator.group == "supervision" and _PRAISE.search(said))
        and not _is_of_nothing(c.indicator, reading)
    ]


def _is_of_nothing(indicator: Indicator, reading: Reading) -> bool:
    """Tell whether a kind is named (咨询类441件, 社会保障287件) of what is neither said to be items nor to be disclosed."""
    thing = reading.thing
    if indicator.group in _OF_INFORMATION and (
        _DONE.match(reading.own_left) or (reading.numeral.unit == "件" and _ASKED_FOR.search(reading.sentence_words))
    ):
        return True
    if thing.place == "category" and indicator.group in ("response", "participation"):
        return indicator.code != "hotline_cases_by_kind"
    if indicator.part_of != "items_disclosed" or reading.numeral.unit != "件" or thing.kind:
        return False
    window = reading.window
    said = reading.tracks.parts.within(window.sentence, window.begin)
    return not any(hit.word.action == "disclose" for hit in said)


def _is_other_business(indicator: Indicator, sentence: str) -> bool:
    """Tell whether a sentence is about approvals at a service hall, or taxes, and says nothing of requests for information."""
    if indicator.objects.isdisjoint(_OWN_BUSINESS):
        return False
    other = _OTHER_BUSINESS.get(indicator.group)
    return other is not None and bool(other.search(sentence)) and not _REQUESTS.search(sentence)

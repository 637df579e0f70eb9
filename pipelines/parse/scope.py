"""Tells whom a report's numbers speak for: the whole territory, the level's own organs, or one organ.

Only two kinds of sentence say it: one that states a count of requests (全市各级行政机关共收到申请1200件), and one that says what
the statistics cover (统计范围为市政府及其部门). Of several counts, that of the requests table decides. 全市范围内组织培训 says nothing.
Source: 国办发〔2014〕32号 二(二), which asks for two totals, 本级政府及其部门 and 本行政区域汇总.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from expectations.identities import Number
from pipelines.bodies.body import Body
from pipelines.parse.report import Fact

#: Kinds of body that speak for themselves unless they say otherwise.
_OF_THEMSELVES = frozenset({"department", "township"})
_LEVEL = "省|市|州|盟|县|区|旗|自治[区州县旗]|兵团"
_ORGANS = "行政机关|政府机关|政府系统|机关|政府|部门|单位|系统|公安机关"
#: Whom a clause names, by scope. The longer meaning comes first: 市政府及其部门 is the level, 市政府 alone one organ.
_WHO = re.compile(
    rf"(?P<territory>全(?:{_LEVEL})(?!本级|政府(?:办|及))|[本我]?(?:{_LEVEL})?各级(?:{_ORGANS})"
    rf"|各(?:县|区|旗)(?:[（(]?(?:[、]?[市区县旗]){{0,3}}[)）]?)?(?!级)|各(?:地|市州|州市|乡镇|镇街|区县|市县|市)(?!级)|[本该]行政区域|[本我](?:{_LEVEL})(?:域|境)内|两级(?:{_ORGANS}))"
    rf"|(?P<own_level>(?:{_LEVEL})本级|本级(?:政府|{_ORGANS})|(?:{_LEVEL})(?:级|直)(?:各|行政|政府)*(?:{_ORGANS})"
    rf"|(?:{_LEVEL})(?:人民)?政府(?:本级)?(?:及|和|、|与)(?:其|所属|各|下属|工作|组成|市级|区级|县级)*部门|(?:{_LEVEL})政府各(?:工作)?部门)"
    rf"|(?P<organ>本(?:行政)?机关|[本我](?:单位|局|委|厅|办|院|镇|乡|街道|所|中心|署|处|会|分局|支队|管委会|办事处)(?!系统)"
    rf"|(?:局|委|厅|办|署)机关|(?:{_LEVEL})(?:人民)?政府(?:办公?[室厅]|办)?(?!及|和|、|各|部门|网|门户|信息|工作|公报)|(?:镇|乡)(?:人民)?政府|街道办事处|管委会"
    rf"|(?:{_LEVEL})[一-鿿]{{0,8}}?(?:局|委|厅|分局)(?!属|系统|直))"
)
#: What is counted are requests for information, and no other business.
_REQUESTS = re.compile(r"公开[^。；，]{0,4}申请|申请[^。；，]{0,4}公开|依申请|信息[^。；，]{0,3}申请")
_COUNT = re.compile(
    r"(?<!点)(?<!窗口)(?<!场所)(?<!渠道)(?<!平台)(?<![\d.])(\d[\d,，]*)\s*(?:余|多)?(?:件|宗|条|份|起|个|次|例|人次|项)"
)
_NONE = re.compile(r"(?:未|没有|无)(?:收到|接到|接收|受理|新收)|申请[^。；，]{0,6}为?零|零申请")
#: What the statistics cover.
_COVERS = re.compile(
    r"统计(?:范围|口径|对象)|(?:数据|统计|数字)[^。；]{0,24}?(?:包括|涵盖|包含|覆盖|仅|只|不含|不包括|汇总|来源于|来自|均?[为系])"
    r"|(?:汇总|综合)[^。；]{0,80}?(?:编制|编写|形成|而成)"
)
_LEAVES_OUT = re.compile(r"(?:不含|不包括|未包括|未含)[^。；，]{0,6}(?:各|下[辖属级]|县|区|乡|镇|街道|直属)")
#: 指导各县办理: who is named there does not count.
_IS_OBJECT = re.compile(r"(?:指导|督促|组织|推动|协助|帮助|要求)$")
#: What is counted says nothing of a deed.
_OBJECT = re.compile(r"(?:政府)?信息公开(?:申请)?|依申请公开|公开申请")
_SENTENCE = re.compile(r"[^。；！\n]+")
#: Between whom a clause names and its verb stands no more than this.
_FAR = 40
#: In a coverage sentence one organ is meant only right behind one of these.
_ONLY = re.compile(r"(?:仅|只|[为系是：:]|均为|限于)[^。；，]{0,6}$")
#: Words between who and the verb that are a time or a total, and no other deed.
_OTHER_DEED = re.compile(
    r"组织|开展|举办|召开|培训|通报|排名|位列|推进|公开(?!申请)|发布|印发|开通|检查|考核|督|指导|部署"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Holds a report's scope, what told it (`coverage`, `count`, `body_kind` or `none`), and the sentence, where one did."""

    code: str
    told_by: str
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class _Statement:
    scope: str
    sentence: str
    count: int | None = None


def scope_of(text: str, body: Body | None, totals: Collection[Number] = ()) -> Scope:
    """The scope of a report by its text. `totals` are the requests table's: received, carried in and received, processed."""
    kind = body.kind if body is not None else "unresolved"
    covered = list(_coverage(text, kind))
    if covered and len({s.scope for s in covered}) == 1:
        return Scope(covered[0].scope, "coverage", covered[0].sentence)
    counted = list(_counts(text, kind))
    chosen = [s for s in counted if s.count is not None and s.count in totals] or counted
    if chosen and len({s.scope for s in chosen}) == 1:
        return Scope(chosen[0].scope, "count", chosen[0].sentence)
    if not chosen and kind in _OF_THEMSELVES:
        return Scope("organ", "body_kind")
    return Scope("not_stated", "none")


def totals(facts: Sequence[Fact]) -> set[Number]:
    """The numbers that a sentence can state of the whole requests table: received, with those carried in, and processed."""
    column = {f.row: f.value for f in facts if f.table == "requests" and f.column == "total" and f.value is not None}
    received, before = column.get("received_new"), column.get("carried_in", 0)
    annex = {f.row: f.value for f in facts if f.table == "statistics" and f.column == "value" and f.value is not None}
    found = [received, column.get("total_processed"), annex.get("requests.received"), annex.get("requests.answered")]
    found.append(None if received is None else received + before)
    return {number for number in found if number is not None}


def _coverage(text: str, kind: str) -> Iterator[_Statement]:
    """What sentences say of the statistics' coverage."""
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        marked = _COVERS.search(sentence)
        if marked is None:
            continue
        if _LEAVES_OUT.search(sentence):
            yield _Statement("own_level" if kind in ("government", "government_office") else "organ", sentence)
            continue
        named = list(_named(sentence, marked.start()))
        wider = [scope for scope, _ in named if scope in ("territory", "own_level")]
        if wider:
            yield _Statement("territory" if "territory" in wider else "own_level", sentence)
        elif any(_ONLY.search(sentence, marked.start(), place) for _, place in named):
            yield _Statement("organ", sentence)


def _counts(text: str, kind: str) -> Iterator[_Statement]:
    """Whom the sentences name that state a count of requests."""
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        if not _REQUESTS.search(sentence):
            continue
        count = _COUNT.search(sentence)
        none = _NONE.search(sentence)
        if count is None and none is None:
            continue
        scope = _subject(sentence, min(m.start() for m in (count, none) if m is not None))
        if scope is not None:
            number = (
                int(re.sub(r"\D", "", count[1]))
                if count is not None and (none is None or count.start() < none.start())
                else 0
            )
            yield _Statement(scope, sentence, number)


def _subject(sentence: str, end: int) -> str | None:
    """Whom a count speaks for: who is named last before it, if no other deed stands between.

    What follows 其中 is a part of the count before.
    """
    found: str | None = None
    for scope, place in _named(sentence, 0):
        between = _OBJECT.sub("", sentence[place:end])
        if place <= end and len(between) <= _FAR and not _OTHER_DEED.search(between):
            found = scope
    return found


def _named(sentence: str, start: int) -> Iterator[tuple[str, int]]:
    """The scopes that a sentence names, each with the place behind its words."""
    for match in _WHO.finditer(sentence, start):
        if match.lastgroup is not None and not _IS_OBJECT.search(sentence, 0, match.start()):
            yield match.lastgroup, match.end()

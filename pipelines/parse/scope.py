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
#: 我市 is the territory where the next words handle requests: 我市2023年共收到. 我市公安局 is not.
_WHEN = r"(?:20\d\d|全|本|今|当|年|度|，|共|总|累计|一)*"
_HANDLES = "(?:新?收|接|受理|办理|办结|答复|新增|未|没有)"
#: Whom a clause names, by scope. The longer meaning comes first: 市政府及其部门 is the level, 市政府 alone one organ.
#: 局系统 is more than one organ, and does not say how much more.
_WHO = re.compile(
    rf"(?P<territory>全(?:{_LEVEL})(?!本级|政府(?:办|及))|[本我]?(?:{_LEVEL})?各级(?:{_ORGANS})"
    rf"|各(?:县|区|旗)(?:[（(]?(?:[、]?[市区县旗]){{0,3}}[)）]?)?(?![级直])|各(?:地|市州|州市|乡镇|镇街|街镇|街道|乡|镇|区县|市县|市)(?![级直])"
    rf"|\d+\s*个(?:设区市|地级市|[市州县区旗](?![级直属])|乡镇|镇街|街道)|[本我](?:{_LEVEL})(?={_WHEN}{_HANDLES})|(?:乡镇|镇街|街道|县区|区县)(?={_WHEN}{_HANDLES})|[本该]行政区域|[本我](?:{_LEVEL})(?:域|境)内|两级[一-鿿]{{0,6}}?(?:{_ORGANS}))"
    rf"|(?P<own_level>(?:{_LEVEL})本级|本级(?:政府|{_ORGANS})|(?:{_LEVEL})(?:级|直)(?:各|行政|政府)*(?:{_ORGANS})"
    rf"|(?:{_LEVEL})(?:人民)?政府(?:本级)?(?:及|和|、|与)(?:其|所属|各|下属|工作|组成|市级|区级|县级)*部门|(?:{_LEVEL})政府各(?:工作)?部门"
    r"|[局委厅办](?:机关|系统)?(?:[（(]含[局委厅]|[及和与、]其?)[所直下]?属(?:各|事业)*单位)"
    r"|(?P<not_stated>[局委厅全本]系统)"
    rf"|(?P<organ>(?:{_LEVEL})(?:人民)?政府信息公开(?:工作)?(?:领导小组)?办(?:公室)?|本(?:行政)?机关|[本我](?:单位|局|委|厅|办|院|镇|乡|街道|所|中心|署|处|会|分局|支队|管委会|办事处)(?!系统)"
    rf"|(?:局|委|厅|办|署)机关|(?:{_LEVEL})(?:人民)?政府(?:办公?[室厅]|办)?(?!及|和|、|各|部门|网|门户|信息|工作|公报)|(?:镇|乡)(?:人民)?政府|街道办事处|管委会"
    rf"|(?:{_LEVEL})[一-鿿]{{0,8}}?(?:局|委|厅|分局)(?!属|系统|直))"
)
#: What is counted are requests for information, and no other business.
_REQUESTS = re.compile(r"公开[^。；，]{0,4}申请|申请[^。；，]{0,4}公开|依申请|信息[^。；，]{0,3}申请")
#: In these reports 收到申请12件 is of requests too, unless the sentence is about other business.
_BARE = re.compile(r"(?:新?收到?|接收|受理|办理|办结|答复)(?:公民|各类|群众)?申请(?:共|总?计)?\d")
_BUSINESS = re.compile(r"审批|许可|登记|备案|救助|补贴|热线|复议|仲裁|诉求|贷款|公积金|业务|资格|证照")
_COUNT = re.compile(
    r"(?<!点)(?<!窗口)(?<!场所)(?<!渠道)(?<!平台)(?<![\d.])(\d[\d,，]*)(?P<rounded>(?:\.\d+)?万)?\s*(?:余|多)?(?P<unit>件|宗|条|份|起|个|次|例|人次|项)"
)
_NONE = re.compile(r"(?:未|没有|无)(?:收到|接到|接收|受理|新收)|申请[^。；，]{0,6}为?零|零申请")
#: What the statistics cover.
_COVERS = re.compile(
    r"统计(?:范围|口径|对象)|(?:数据|统计|数字)[^。；]{0,24}?(?:包括|涵盖|包含|覆盖|仅|只|不含|不包括|汇总|来源于|来自|均?[为系]|由)"
    r"|(?:汇总|综合)[^。；]{0,80}?(?:编制|编写|形成|而成)"
)
_LEAVES_OUT = re.compile(r"(?:不含|不包括|未包括|未含)[^。；，]{0,6}(?:各|下[辖属级]|县|区|乡|镇|街道|直属)")
#: 指导各县办理: who is named there does not count.
_IS_OBJECT = re.compile(r"(?:指导|督促|组织|推动|协助|帮助|要求)$")
#: What is counted says nothing of a deed.
_OBJECT = re.compile(r"(?:政府)?信息公开(?:申请)?|依申请公开|公开申请|其他(?:社会)?组织")
#: Who are named in one breath count together: 各乡镇、县直各单位 is the territory.
_TOGETHER = re.compile(r"(?:[（(][^（()）]*[)）]|[、和及与以市县区州旗乡镇]|人民政府|政府|其|所属|各)*")
#: Words of what follows a count that can say what was counted: 收到41件政府信息公开申请.
_BEHIND = 12
#: Units of requests; in others (3次, 5条) no part of a count of requests is told.
_OF_CASES = frozenset("件宗份起")
#: From the widest to the narrowest.
_WIDTHS = ("territory", "own_level", "organ", "not_stated")
_SENTENCE = re.compile(r"[^。；！\n]+")
#: A line that goes on in the next one is so long at least, has a comma or a full stop in it, and no mark at its end.
_LONG = 20
_ENDS = "。；！？：:"
_BEGINS = re.compile(r"[（(一二三四五六七八九十]")
#: Between whom a clause names and its verb stands no more than this.
_FAR = 40
#: With what is counted, which is named once or twice, no more than this.
_FARTHEST = 80
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
    is_part: bool = False


def scope_of(text: str, body: Body | None, totals: Collection[Number] = ()) -> Scope:
    """The scope of a report by its text. `totals` are the requests table's: received, carried in and received, processed."""
    kind = body.kind if body is not None else "unresolved"
    text = _unwrapped(text)
    covered = list(_coverage(text, kind))
    if covered and len({s.scope for s in covered}) == 1:
        return Scope(covered[0].scope, "coverage", covered[0].sentence)
    counted = list(_counts(text))
    chosen = [s for s in counted if s.count is not None and s.count in totals] or [s for s in counted if not s.is_part]
    if chosen and len({s.scope for s in chosen}) == 1:
        return Scope(chosen[0].scope, "count", chosen[0].sentence)
    if not chosen and kind in _OF_THEMSELVES:
        return Scope("organ", "body_kind")
    return Scope("not_stated", "none")


def _unwrapped(text: str) -> str:
    """A text whose sentences are not broken over lines, as those of text files are."""
    found: list[str] = []
    for line in text.split("\n"):
        before = found[-1] if found else ""
        goes_on = len(before) >= _LONG and before[-1] not in _ENDS and ("，" in before or "。" in before)
        if goes_on and line and not _BEGINS.match(line):
            found[-1] += line
        else:
            found.append(line)
    return "\n".join(found)


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
        wider = [scope for scope, _, _ in named if scope in ("territory", "own_level")]
        if wider:
            yield _Statement("territory" if "territory" in wider else "own_level", sentence)
        elif any(_ONLY.search(sentence, marked.start(), place) for _, _, place in named):
            yield _Statement("organ", sentence)


def _counts(text: str) -> Iterator[_Statement]:
    """Whom the sentences name that state a count of requests."""
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        if not _is_of_requests(sentence):
            continue
        none = _NONE.search(sentence)
        counts = list(_COUNT.finditer(sentence))
        first = _first(sentence, counts)
        if none is not None and (first is None or none.start() < counts[first].start()):
            scope = _subject(sentence, none.start())
            if scope is not None:
                yield _Statement(scope, sentence, 0)
        elif first is not None:
            yield from _parts(sentence, counts[first:])


def _first(sentence: str, counts: Sequence[re.Match[str]]) -> int | None:
    """The place of the first count that is of requests: of 培训2次，收到申请5件 the second."""
    begin = 0
    for place, count in enumerate(counts):
        if _is_of_requests(sentence[begin : count.end() + _BEHIND]):
            return place
        begin = count.end()
    return None


def _parts(sentence: str, counts: Sequence[re.Match[str]]) -> Iterator[_Statement]:
    """What a count says, and where others follow of other organs (县本级29件，乡镇29件), that all together are one, too.

    What follows 其中 is a part of the count before.
    """
    first, *others = counts
    scope = _subject(sentence, first.start())
    if scope is None:
        return
    parts = [(scope, _number(first))]
    begin, end = first.end(), sentence.find("其中", first.end())
    for count in others:
        piece = sentence[begin : count.start()]
        named = _subject(piece, len(piece)) if count["unit"] in _OF_CASES and not _BUSINESS.search(piece) else None
        if named is not None and (end < 0 or count.start() < end):
            parts.append((named, _number(count)))
        begin = count.end()
    is_one = len({named for named, _ in parts}) == 1
    if not is_one:
        numbers = [number for _, number in parts]
        total = None if None in numbers else sum(number for number in numbers if number is not None)
        yield _Statement(min((named for named, _ in parts), key=_WIDTHS.index), sentence, total)
    for named, number in parts if not is_one else parts[:1]:
        yield _Statement(named, sentence, number, is_part=not is_one)


def _number(count: re.Match[str]) -> int | None:
    """The number of a count; None for a rounded one, such as 4.8万件."""
    return None if count["rounded"] else int(re.sub(r"\D", "", count[1]))


def _is_of_requests(sentence: str) -> bool:
    """Tell whether a sentence is about requests for information, and no other business."""
    if "申请" not in sentence:
        return False
    return bool(_REQUESTS.search(sentence) or (_BARE.search(sentence) and not _BUSINESS.search(sentence)))


def _subject(sentence: str, end: int) -> str | None:
    """Whom a count speaks for: who is named last before it, if no other deed stands between."""
    found: str | None = None
    before = 0
    for scope, start, place in _named(sentence, 0):
        is_far = not place <= end <= place + _FARTHEST
        if not is_far:
            between = _OBJECT.sub("", sentence[place:end])
            is_far = len(between) > _FAR or _OTHER_DEED.search(between) is not None
        is_within = scope == "not_stated" or _TOGETHER.fullmatch(sentence, before, start) is not None
        if not is_far and not (found == "territory" and is_within):
            found = scope
        before = place
    return found


def _named(sentence: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The scopes that a sentence names, each with where its words begin and end."""
    for match in _WHO.finditer(sentence, start):
        if match.lastgroup is not None and not _IS_OBJECT.search(sentence, 0, match.start()):
            yield match.lastgroup, match.start(), match.end()

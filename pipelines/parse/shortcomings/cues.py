"""The words that tell, in section 5, whether what follows are problems, promises, or what was done about last year's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

PROBLEM, COMMITMENT, PAST, UNSET = "problem", "commitment", "past", "unset"

_NOUN = r"(?:问题|不足|短板|弱项|差距|薄弱环节|困难|欠缺|缺点|难点)"
_BODY = (
    r"(?:我(?:们|国|省|市|州|盟|县|区|旗|镇|乡|村|局|厅|委|办|院|校|处|所|部|署|站|室|街道|街|中心|单位|机关|政府|社区|队|馆|会|公司)"
    r"|本(?:机关|单位|局|厅|委|办|镇|乡|街道|部门|中心|级|市|县|区|府)|全[省市州县区旗镇乡局国系][统区市县]?"
    r"|各[^，。；]{0,6}(?:部门|单位)|[^\s，。；：]{1,10}(?:局|厅|委|办|办公室|街道|镇|乡|县|市|区|政府|部|中心|院|办事处))"
)
_LATER = r"下一?步|下(?:一?个?)?阶段|下一年度?|下年度?|下一?步工作|接下来|今后|明年|来年|未来|后续|新的?一年里?|后期|以后|往后"
_ANSWER = r"(?:改进|整改|解决|应对|完善|提升|优化)"
_PLAN = r"(?:情况|措施|方向|办法|打算|意见|思路|计划|举措|方法|建议|方案|对策|落实|安排|目标|要求|做法)"
#: 因此，我们考虑从以下两个方面作进一步的改进: what is thought of, or planned from several sides, is promised.
_FROM_SIDES = rf"(?:考虑|打算|拟|计划|准备|应|将|要)?(?:着重|重点)?从(?:以下|下列|如下)?[^，。；：]{{0,6}}(?:方面|几点|入手|着手)[^。；：]{{0,12}}{_ANSWER[:-1]}|加强|努力|推进|深化)"
#: How far into a sentence the problems may begin, in characters.
LONGEST_PREAMBLE = 300
#: Where a promise can begin inside a sentence.
TURN = re.compile(
    rf"(?:{_LATER}|(?:因此|所以)[，,]?(?:{_BODY})?(?:{_FROM_SIDES}|(?:考虑|打算|拟|计划|准备|将))|对此|为此|(?:有)?鉴于此|据此|(?:面对|为了?(?:解决|克服|弥补|改进|改变))[^，。；：]{{0,20}}(?:{_NOUN}|情况|现状)|针对(?!性)[^，。；：]{{0,40}}(?:{_NOUN}|情况|方面|现状|现象|实际)|(?:具体)?{_ANSWER}{_PLAN}(?=[是：:为如]))"
)
_PROMISE = re.compile(
    rf"""^(?:同时|另外|此外|因此|总之|所以|故)?[，,]?(?:
      [在]?(?:{_LATER})
    | (?:在?(?:20\d\d\s*年度?|[^，。；：]{{0,8}}今后[^，。；：]{{0,8}}|今年)[，,]?)?(?:{_BODY})?(?<![未没不能])(?:将(?!.{{0,12}}(?:当作|视为|等同|混同))|拟(?!公开|发|稿)|计划|准备|打算|决心|要(?!求|点|件|闻)|会(?=[继进在以按加])|争取|力争)
    | 对此|为此|(?:有)?鉴于此|据此|对策
    | (?:具体|主要|整改)?(?:措施|举措|办法|做法|整改)[：:]
    | (?:面对|为了?(?:解决|克服|弥补|改进|改变))[^，。；：]{{0,20}}(?:{_NOUN}|情况|现状)[^，。；：]{{0,4}}[，,]
    | (?:{_BODY})?{_FROM_SIDES}
    | (?:进一步|持续)?(?:整改|改进)(?:如下|要求)?(?=[：:\s。]|$)
    | (?:针对|对照|围绕|结合|根据|就|对于?)(?!性)[^，。；：]{{0,40}}(?:{_NOUN}|情况|薄弱点)[^，。；：]{{0,6}}[，,：:]
    | 针对(?!性)[^，。；：]{{0,30}}(?:{_NOUN}|情况|现状|现象|方面)
    | 20\d\d\s*年(?:度)?(?:[，,]?(?:{_BODY}))?(?:将|计划|准备|拟|要|的?(?:重点)?(?:工作)?(?:计划|打算|安排|思路|重点|目标|任务))
    | [^，。；]{{0,12}}(?<!需)(?<!待){_ANSWER}(?:工作|的)?(?:主要)?(?:的)?{_PLAN}
    | [^，。；]{{0,8}}(?:工作(?:的)?(?:计划|打算|安排|思路|重点|目标|措施)|努力方向|主要措施|具体措施|采取(?:以下|如下|的)?措施)
    )""",
    re.VERBOSE,
)
#: 因此，要加强…: what follows from the problems is promised where it is something to be done.
_THEREFORE = re.compile(rf"(?:因此|所以|故此?|由此)[，,]?(?:{_BODY})?(?:还|仍)?(?:必须|有必要|需要?|要|应当?)?")
#: Headings and colons that announce problems even among promises.
_ANNOUNCED = re.compile(
    rf"^[^，。；：:]{{0,24}}(?:存在|主要|突出|的)?{_NOUN}(?:主要)?(?:是|有|为|在于|如下|和原因|及原因|分析|和不足|与不足|方面)?(?:[：:]|\s*$)"
)
_EXISTS = re.compile(
    rf"(?:存在|仍有|还有|尚有|有着|有待|主要|不少|一些|一定的?|面临|诸多|突出){{1,3}}[^。；]{{0,24}}{_NOUN}|{_NOUN}(?:是|如|有|主要|也|仍|依然|和不足|与)|{_NOUN}.{{0,12}}(?:表现|体现|集中)|不足之处|{_NOUN}[：:]"
    rf"|(?:存在|面临|有)(?:着|了)?[^。；：:]{{0,100}}等(?:方面|几个方面)?的?(?:突出)?{_NOUN}"
)
_BOTH = re.compile(
    rf"{_NOUN}(?:及|和|与|、|以及|暨)(?:其|下一?步|主要|相关|今后的?)?(?:工作)?(?:的)?(?:{_ANSWER}|打算|措施|计划|工作)"
)
_PAST = re.compile(
    rf"(?:上一?年度?|去年|往年|上一?年度?报告|前期|20\d\d\s*年度?)[^。；：]{{0,24}}(?:{_NOUN}|年报)[^。；]{{0,16}}(?:{_ANSWER}|落实|完成)"
)
#: The number of a heading that belongs to no list: 六、改进措施.
_MARK = re.compile(r"(?:(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)])\s*)+")
_STOP = re.compile(r"[，,：:\n]\s*|\Z")
_YEAR = re.compile(r"(20\d\d)\s*年")
#: Behind these words of a sentence about problems the problems themselves are told.
_TOLD = re.compile(
    rf"(?:主要|目前|还|仍|普遍)*(?:存在|面临)(?:着|了)?(?=[^，。；：:]*、[^。；：:]*(?:问题|不足|现象|情况))|(?:主要|具体|集中|突出|其中|仍然?|还|普遍|依然)*(?:表现|体现|反映|集中|集中表现|集中体现)(?:在(?:于)?|为|是|有)?(?:以下|如下)?[^，。；：:]{{0,6}}?[：:，,]?\s*"
    rf"|{_NOUN}(?:和{_NOUN})?[^，。；：:]{{0,8}}[：:]\s*|主要(?:是|有|为|在于|存在|包括)(?:的)?(?:{_NOUN})?(?:如下|有|是)?[：:，,]?\s*|{_NOUN}(?:是|如|有|在于|主要)[：:，,]?\s*|(?:如下|以下)[^，。；]{{0,8}}[：:]\s*|(?:比如|例如|诸如|如)[：:，,]?\s*|[：:]\s*"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Holds what a sentence says of what follows: the mode, and where its own substance begins (None: it has none)."""

    mode: str
    content: int | None


#: A sentence is asked about several times while one text is read.
@lru_cache(maxsize=512)
def cue(sentence: str, year: int | None = None, inside: bool = False) -> Cue | None:
    """The cue that a sentence gives, or None. `inside` is for the middle of an item, where only plain words count.

    `year` is the year of the report: problems of an earlier one that were dealt with are no promises.
    """
    mark = _MARK.match(sentence)
    if mark and mark.end() < len(sentence):
        found = cue(sentence[mark.end() :], year, inside)
        return found and Cue(found.mode, None if found.content is None else found.content + mark.end())
    if _is_past(sentence, year):
        return Cue(PAST, None)
    if not inside and _BOTH.search(sentence) and len(sentence) <= 30 and generic(sentence):
        return Cue(UNSET, None)
    if _is_promise(sentence):
        return Cue(COMMITMENT, _promise_content(sentence))
    if _ANNOUNCED.search(sentence) or (not inside and _EXISTS.search(sentence)):
        return Cue(PROBLEM, _problem_content(sentence))
    return None


def _is_past(sentence: str, year: int | None) -> bool:
    match = _PAST.search(sentence[:60])
    if match is None or _PROMISE.match(sentence[match.end() :]):
        return False
    printed = _YEAR.match(match[0])
    return printed is None or (year is not None and int(printed[1]) < year)


def _is_promise(sentence: str) -> bool:
    """Tell whether the first clause promises, or a later one when those before say nothing: 结合工作实际，我局将…"""
    therefore = _THEREFORE.match(sentence)
    if therefore and (promising(sentence[therefore.end() :]) or not sentence[therefore.end() :].strip("，,：: ")):
        return True
    start = 0
    for stop in _STOP.finditer(sentence):
        if _PROMISE.match(sentence[start:]):
            return True
        if not generic(sentence[start : stop.start()]):
            return False
        start = stop.end()
    return False


def _promise_content(sentence: str) -> int | None:
    """Tell where a promise's own words begin: behind 下一步，针对存在问题， and a heading's colon."""
    start = _skip_generic(sentence)
    return start if start is not None and not generic(sentence[start:]) else None


def _skip_generic(sentence: str) -> int | None:
    """Tell where the first clause with something to say begins; None where there is none."""
    start = 0
    for stop in _STOP.finditer(sentence):
        if not generic(sentence[start : stop.start()]):
            return start
        start = stop.end()
    return None


def _problem_content(sentence: str) -> int | None:
    """Tell where the problems begin in a sentence that speaks of problems."""
    # No preamble is longer; an endless one would be read again for every word.
    for match in islice(_TOLD.finditer(sentence, 0, LONGEST_PREAMBLE), 20):
        rest = sentence[match.end() :]
        if rest.strip("。；;：: \n等") and _is_preamble(sentence[: match.start()]) and not generic(rest):
            return match.end()
    start = _skip_generic(sentence)
    if start is None or generic(sentence) or sentence.rstrip().endswith(("：", ":")):
        return None
    return start


def announces(text: str) -> bool:
    """Tell whether the beginning of a sentence says that there are problems, so that its clauses list them."""
    return bool(_EXISTS.search(text))


def _is_preamble(text: str) -> bool:
    """Tell whether what stands before 如 or 主要是 tells no problem of its own; its last clause says nothing at all."""
    *before, last = re.split("[，,]", text)
    return generic(last) and not any(lacking(clause) and not generic(clause) for clause in before)


_GENERIC = re.compile(
    r"以上|上述|这些|为此|对此|因此|鉴于此?|根据|面对|今后|今年|20\d\d|[一二两三四五六七八九十几\d]+(?=[个点条大方])|年度?|年来|今|本|上|过去|总体|总的来?看|整体|来看|看|"
    r"我[们国省市州盟县区旗镇乡村局厅委办院校处所部街署站队馆会]|街道|单位|机关|部门|办事处|全[省市州县区旗镇乡局]|政府|信息|政务|公开|"
    r"工作|开展|推进|各项|顺利|有序|正常|一步|虽然?|尽管|取得|得|了|这样|一定|较好|明显|积极|成绩|成效|效果|成果|进展|进步|但是?|然而|不过|是|和|与|及|以及|"
    r"距离?|对照|对比|对标|相比|比较|相较|较|相对|于|上级|要求|(?<!更)新|任务|时代|形势|群众|人民|公众|社会|企业|各界|期[盼待望]|需求|需要|日益|增长|"
    r"高质量|发展|标准|规范|仍|还|尚|然|依|旧|存在|有待?|一些|少数?|许多|诸多|不少|部分|个别|以下|如下|几个|方面|主要|突出|集中|"
    r"表现|体现|反映|问题|不足|短板|弱项|差距|薄弱|环节|困难|之处|地方|处|点|在|为|加强|改进|整改|改善|完善|解决|克服|进一步|的|等|也|都|"
    r"下一?步|下阶段|接下来|今后|明年|来年|未来|后续|中|里|后期|将|会|拟|要|计划|打算|准备|做到|做好|做|认真|采取|有效|有力|切实|措施|加以|予以|"
    r"不断|持续|继续|努力|推动|再?上|新?台阶|水平|质量|质效|实效|提高|提升|情况|办法|思路|方向|举措|重点|着力|着重|从|下列|针对|结合|实际|围绕|"
    r"均|并|予以|以上|上述|这些|此类|相关|实现|更好|更(?!新)|满足|服务|法规|《条例》|条例|《中华人民共和国》|中华人民共和国|规定|目前|当前|现阶段|同时|此外|另外|其|对此|为此|对|"
    r"因此|所以|由于|原因|和|其中|客观|主观|上面|上|下|抓好|落实|落细|到位|坚持|导向|目标|结果|精准|施策|靶向|发力|查找|自查|发现|经|分析|梳理|与此|与|高度|重视|"
    r"[\s，,。；;：:、（）()“”\"《》！!]"
)


@lru_cache(maxsize=512)
def generic(text: str) -> bool:
    """Tell whether a stretch says nothing of its own: that the work goes well, that something is lacking, that it will improve."""
    left = len(_GENERIC.sub("", text))
    return left <= len(text) // 10 or (left <= 2 and len(text) >= 16)


def is_bare_heading(text: str) -> bool:
    """Tell whether a heading consists of such words only: 存在的主要问题, 下一步工作打算."""
    return not _GENERIC.sub("", text)


#: What a shortcoming is told with.
_LACKING = re.compile(
    r"不(?:足|够|高|强|深|细|全|准|严|清|快|多|大|广|实|力|畅|熟|精|齐|均|平衡|规范|及时|到位|完善|完整|健全|充分|明确|统一|一致|丰富|主动|理想|明显|突出|合理|能|适应|符合|同步|一|顺|佳|紧|稳|便|积极|重视|太|善|懂|新)|"
    r"有待|尚待|尚需|仍需|仍要|还需|还要|还应|仍应|亟[待需]|急需|(?:(?<!所)(?<!实际)(?<!群众)(?<!的)需(?!求)要?(?:进一步|继续|不断|持续|更|再|加|提|改|完|强|增|优))|"
    r"跟不上|赶不上|达不到|做不到|停更|停办|错别字|差错|尚未|未能|未(?=[及完全建形做按有达充经上公进落严标配])|没有|没|缺[乏少失位]?|欠|薄弱|单[一调]|滞后|偏[少低弱慢多差]|较[少低弱慢差窄浅]|少[。，；\s]|过于|差距|短板|弱项|困难|很难|较难|难[度点以题于]|吃力|"
    r"参差|不等|疏漏|错误|遗漏|漏[报发]|隐患|局限|有限|空间|空白|问题|仅限|只[限到有]|临近|断断续续|薄|忽视|僵化|随意|迟|拖延|晚|慢|偏多|被纠正|仍是|年年|笼统|太|当作|重.轻.|"
    r"(?:较|偏|更|最)?少$|(?:较长|不长|流动(?:性)?(?:大|较大|过快|频繁))|频繁|压力|矛盾|落后"
)
_VERB = re.compile(
    r"^(?:[和并]|同时|一是|二是|要|应|在|进一步|持续|不断|继续|切实|着力|全面|大力|深入|积极|扎实|严格|主动|及时|充分|稳步|有效|深|再|重点|加快|高度|认真|努力|更加|我们|[，,])*"
    r"(?:加强|强化|提高|提升|完善|健全|优化|推进|推动|拓宽|拓展|丰富|创新|加大|规范|细化|深化|建立|开展|抓好|做好|抓|落实|明确|压实|充实|增强|增加|扩大|改进|改善|组织|制定|制订|编制|梳理|坚持|严|用好|发挥|建好|统一|"
    r"聚焦|紧扣|围绕|打造|构建|培育|培养|配备|配齐|利用|借助|探索|实行|实施|执行|贯彻|学习|引导|督促|公开|发布|更新|整合|保障|注重|突出|结合|畅通|巩固|调整|选派|安排|指定|请|给|把|将|每|对|定期|分批|按月)"
)


def lacking(text: str) -> bool:
    """Tell whether a stretch tells a shortcoming."""
    return bool(_LACKING.search(text))


def promising(text: str) -> bool:
    """Tell whether a stretch begins as promises do, with what will be done, and its first clause tells no shortcoming."""
    first = re.split(r"[，,。；;]", text.strip(), maxsplit=1)[0]
    return bool(_VERB.match(text.strip())) and not lacking(first)


_NOTHING = re.compile(
    r"^[^，。；]{0,30}?(?:无|没有|暂无|未发现|不存在|未存在|暂未发现)(?:明显|突出|重大|其他|相关|需要?说明的?|应当?说明的?|需要?报告的?|存在的?|主要|任何)*"
    r"(?:问题|不足|情况|事项|以上|改进情况|改进措施)?(?:及改进情况|和不足|及不足)?[。；;\s]*$"
)
_CLAUSE = re.compile("[，,；;]")
_NAUGHT = re.compile(r"[/／\\—\-–无\s。]*")


def nothing(text: str) -> bool:
    """Tell whether a statement says that there is no problem: 无, 不存在问题，无改进情况."""
    said = text.strip()
    return len(said) <= 45 and (
        _NAUGHT.fullmatch(said) is not None or all(_NOTHING.match(c) for c in _CLAUSE.split(said) if c)
    )

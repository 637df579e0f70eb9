"""Of whom within the report a number speaks: 市政府349件、沭阳县477件, 各镇街道发布信息500条.

An owner is printed: a level (市级), organs of a kind (各部门), a named division or organ (沭阳县, 市住建局). The whole body
(全市, 我局, 本机关) is none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from expectations.narrative_words import narrative_words
from pipelines.bodies.divisions import divisions, short_name
from pipelines.parse.narrative.context import Window

_PLACE = r"(?:人民政府|政府|村屯|村居|街道|街镇|镇街|省|市|州|盟|县|区|旗|镇|乡|村|社区|管委会|管理区|开发区|高新区|新区|园区|兵团|师)"
_ORGAN = r"(?:部门|单位|机关|局|委员会|委(?!员?会)|厅|办公室|办公厅|办(?![理结复公])|馆|信息室|机构|支队|大队|总队|分局|院|中心|科室|科(?!技)|处室|处(?![理罚])|所(?![有属])|(?<!网)站|公安|学校|医院)"
_LEVEL = r"(?:[省市州县区镇乡村盟旗]级|[省市州县区盟旗]本级|本级|[省市州县区盟旗]直)"
_END = rf"(?:{_LEVEL}|{_PLACE}|{_ORGAN}|县（市）|市（区）|（市、区）)(?:（[市区州县旗、镇乡街道社区村]{{1,8}}）)?+"
#: Owners of a list stand between these; 和 may stand within one (人力资源和社会保障局).
_BETWEEN = re.compile(r"、(?![^（]*）)")
_OWNER = re.compile(rf"(?![和及与])[一-鿿（）]{{0,16}}?{_END}(?:{_END})*+")
#: Before the owner of an item of a list stand only marks and words that open the list.
_OPENING = r"(?:交办|转办|分办|交由|转由|其中|包括|包含|分别[为是]|，|、|；|：|（|和|及|另|还有|。|\s)*"
#: Between the owner and its number nothing that names another thing.
_FILLING = r"(?:等)?(?:共计|总计|合计|共|累计|全年|分别)?(?:收到|受理|办理|答复|公开|发布|主动公开|报送|完成|制作|举办|召开|开展|回复|直办|逾期|按期|占|设|有|为|达|约|各|：|设立|建成)*"
#: No list of owners is longer.
_LONGEST = 160
_BEGUN = re.compile(_OPENING)
_FILLED = re.compile(rf"{_FILLING}$")
#: What follows an owner that number's words begin with: its verb, or what it has.
_VERB = (
    r"(?:就|共|均|已|全年|累计|通过|主动公开|发布|公开|受理|收到|新收|接收|接待|接受|处理|答复|回复|办理|开展|举办|召开|组织|利用|分别|除"
    r"|设立|制作|印发|被采用|报送|涉|未发生|没有)"
)
_HEAD = re.compile(
    rf"(?P<owner>[一-鿿、（）]{{0,60}}?{_END})(?:（不?含[^（）]{{1,12}}）)?(?!以上)(?={_VERB}|政府网站|门户网站|网站|留言|诉求|工单|来信|政务新媒体|政务微博|政务微信|行政许可|行政处罚)"
)
#: Organs below the body, by kind or by what they are for.
_LOWER = (
    r"(?:(?:二级|基层|下属|所属|直属|责任|成员|承办|县区|区县|市县|乡镇|镇街|街道|县直|区直|市直|省直|州直)(?:责任|成员|承办)?(?:单位|部门|机关|科室)?"
    r"|[市县区省州]?(?:[一-鿿]{0,6}(?:档案馆|图书馆|查阅中心|热线办|接待窗口)))"
)
#: Subjects of kinds: each of many, those below the body, a level, several together.
_MANY = re.compile(rf"[一-鿿]{{0,4}}?各.+|{_LOWER}|[一-鿿]{{0,4}}(?:本级|级)|.*(?:、|和|及|与).*")
#: A sentence or clause whose subject is not the body but those below it.
_SUBJECT = re.compile(
    rf"(?:^|[。；，\n])(?:其中|同时|此外|全年|年内|目前|据不完全统计|当天)?，?(?P<owner>[一-鿿、（）]{{0,60}}?{_END})(?:（不?含[^（）]{{1,12}}）)?"
    rf"(?:的[一-鿿]{{2,10}}|(?:主要)?负责人|各个[一-鿿]{{2,6}})?(?=，?{_VERB})"
)
#: Words with such an ending that own nothing.
_NO_OWNER = re.compile(
    r"或|^(?:发布|公开|主动|更新|收到|受理|城乡|编制|组织|督促|指导|要求|推动|协调|督导|各级各|各地各|在|通过|向|对|由|经(?!济)|从|以|为|按|与|到|于)|网站|专区|场所|查阅|栏|站点|子站|平台|服务区|信息(?!化|室|中心)|申请|科研机构|法律服务机构|服务机构|试点|领域|[一二三四]级(?!责任单位|单位)|政策|公开|全[市县区省州镇]|我[市县区省州局委厅办]|本[机单市县区省]"
    r"|当面|现场|会议|公开办|网上|工作|热线(?!办)|案件|上级|国家|部委|行政|规范|主管|电视|新闻|媒体|传真|以上|团委|党委|纪委|妇联|办结|答复|处理|社会(?!保障|事务)|上年|去年|同比|其中|转办|承办|交办|主办|会办|分办|协办|代办|帮办|联办|督办|催办"
)
#: 凉山 for 凉山彝族自治州.
_ETHNIC = re.compile(
    "(?:(?:土家|布依|景颇|傈僳|哈尼|蒙古|朝鲜|[藏羌彝傣白苗侗壮回])族|蒙古|哈萨克|柯尔克孜)+自治州$|地区$|盟$"
)
#: These alone are part of a noun: 部门规章, 政府网站.
_PLAIN = frozenset({"部门", "政府", "单位", "机关", "人民政府"})
#: The body's own site is a channel.
_OWN_SITE = re.compile("[省市县区镇乡州]?(?:人民)?政府(?:门户|官方)?网")
_WHOLE = re.compile(r"^(?:全|本|我)")


@lru_cache(maxsize=256)
def of_item(words: str) -> str:
    """The owner that is all that a number's own words name (其中市级30期, 、南充250件); "" where they name something else."""
    if len(words) > _LONGEST:
        return ""
    words = words.rpartition("：")[2] or words
    bare = words.strip("、，；（")
    if bare in place_names():
        return bare
    begun = _BEGUN.match(words)
    filled = _FILLED.search(words)
    owner = words[begun.end() if begun else 0 : filled.start() if filled else None]
    return _checked(owner) if _are_owners(owner) else ""


def _are_owners(words: str) -> bool:
    """Tell whether words are names of owners and nothing else: 市、县政府及其部门."""
    return all(_OWNER.fullmatch(one) for one in _BETWEEN.split(words))


@cache
def place_names() -> frozenset[str]:
    """The names of the divisions of today, those of provinces and prefectures also in short: 南充, 凉山."""
    named = divisions().values()
    short = {short_name(d.name) for d in named if d.level != "county"}
    short |= {_ETHNIC.sub("", d.name) for d in named if d.level == "prefecture"}
    return frozenset({d.name for d in named} | {name for name in short if len(name) > 1})


@lru_cache(maxsize=256)
def of_head(words: str) -> str:
    """The owner that a number's own words begin with (州直部门政府网站34个); "" where they do not."""
    words = words[:_LONGEST]
    begun = _BEGUN.match(words)
    match = _HEAD.match(words, begun.end() if begun else 0)
    owner = _checked(match["owner"]) if match and _are_owners(match["owner"]) else ""
    if not match or _OWN_SITE.match(words, match.start("owner")):
        return ""
    behind = words[match.end("owner") :]
    owner = owner.removesuffix("政府") if behind.startswith("网站") and len(owner) > len("县政府") else owner
    return "" if owner in _PLAIN else owner


def of_subject(plain: str, window: Window, since: int) -> str:
    """The owner that is the subject of the number's sentence: 各镇街道全年发布信息500条.

    A later subject (，各县区收到20件) has only the next number; `since` is where the number before ends.
    """
    found = ""
    start = max(window.sentence - 1, 0)
    for place, end, owner in _subjects(plain[start : window.sentence_end]):
        if start + end <= window.begin and (not place or start + place >= since - 1):
            found = owner or found
    return found


@lru_cache(maxsize=64)
def _subjects(sentence: str) -> tuple[tuple[int, int, str], ...]:
    """The subjects of a sentence that are owners, with their places."""
    return tuple((m.start(), m.end(), _subject(m["owner"])) for m in _SUBJECT.finditer(sentence))


def _subject(words: str) -> str:
    """The owner that a subject is, where it is of those below the body."""
    return _checked(words) if _are_owners(words) and _MANY.fullmatch(words) else ""


def _checked(owner: str) -> str:
    refused = _NO_OWNER.search(owner) or _WHOLE.search(owner) or _verbs().match(owner) or len(owner) < 2
    return "" if refused else owner


@cache
def _verbs() -> re.Pattern[str]:
    """A verb at the beginning of what looks like an owner: 邀请市, 组织部门."""
    return re.compile("|".join(sorted({*narrative_words().actions, "邀请", "引导", "服务"}, key=len, reverse=True)))

"""Of whom within the report a number speaks: 市政府349件、沭阳县477件, 各镇街道发布信息500条.

An owner is printed: a level (市级), organs of a kind (各部门), a named division or organ (沭阳县, 市住建局). The whole body
(全市, 我局, 本机关) is none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from expectations.narrative_words import narrative_words
from pipelines.bodies.divisions import divisions, short_name

_PLACE = r"(?:人民政府|政府|村屯|村居|街道|街镇|镇街|省|市|州|盟|县|区|旗|镇|乡|村|社区|管委会|管理区|开发区|高新区|新区|园区|兵团|师)"
_ORGAN = r"(?:部门|单位|机关|局|委员会|委(?!员?会)|厅|办公室|办公厅|办(?![理结复公件])|馆|信息室|机构|支队|大队|总队|分局|院|中心|科室|科(?!技)|处室|处(?![理罚])|所(?![有属])|(?<!网)站|公安|学校|医院)"
_LEVEL = r"(?:[省市州县区镇乡村盟旗]级|[省市州县区盟旗]本级|本级|[省市州县区盟旗]直)"
END = rf"(?:{_LEVEL}|{_PLACE}|{_ORGAN}|县（市）|市（区）|（市、区）)(?:（[市区州县旗、镇乡街道社区村]{{1,8}}）)?+"
#: With these all of them begin, so that most places of a text are passed over at once.
_BEGINS = "人政村居街镇省市州盟县区旗乡社管开高新园兵师部单机局委厅办馆信支大总分院中科处所站公学医本（"
#: The last characters of all of them.
_MAY_END = re.compile("[府屯居道街省市州盟县区旗镇乡村会团师门位关局委厅室办馆构队院心科处所站安校级直）]")
#: Owners of a list stand between these; 和 may stand within one (人力资源和社会保障局).
_BETWEEN = re.compile(r"、(?![^（]*）)")
OWNER = re.compile(rf"(?![和及与])[一-鿿（）]{{0,16}}?(?=[{_BEGINS}]){END}(?:{END})*+")
#: Before the owner of an item of a list stand only marks and words that open the list.
_OPENING = r"(?:交办(?:相关)?|转办|分办|相关|交由|转由|其中|包括|包含|分别[为是]|，|、|；|：|（|和|及|另|还有|。|\s)*"
#: Between the owner and its number nothing that names another thing.
_FILLING = r"(?:等)?(?:共计|总计|合计|共|累计|全年|分别)?(?:收到|受理|办理|答复|公开|发布|主动公开|报送|完成|制作|举办|召开|开展|回复|直办|逾期|按期|占|设|有|为|达|约|各|：|设立|建成)*"
#: No list of owners is longer.
_LONGEST = 160
_BEGUN = re.compile(_OPENING)
_FILLED = re.compile(rf"{_FILLING}$")
#: What follows an owner that number's words begin with: its verb, or what it has.
_VERB = (
    r"(?:就|共|均|已|全年|累计|通过|主动公开|发布|公开|受理|收到|新收|接收|接待|接受|处理|答复|回复|办理|开展|举办|召开|组织|利用|分别|除"
    r"|设立|制作|印发|被采用|报送|上报|公示|查处|处置|查办|调查|审查|审核|检查|督办|巡查|推送|转载|更新|编发|刊发|采编|回应|解决|解读|梳理|修订|清理|公布|征集|举行|承办|使用|运用|依托|在|对|已经|先后|虽|仅|涉|未|没有|向|新增|完成|编制|参加|按时|提交|建立|建成|配备|收取|减免|转来|培训)"
)
_HEAD = re.compile(
    rf"(?P<owner>[一-鿿、（）]{{0,60}}?(?=[{_BEGINS}]){END})(?:（不?含[^（）]{{1,12}}）)?(?!以上)(?={_VERB}|政府网站|门户网站|网站|留言|诉求|工单|来信|政务新媒体|政务微博|政务微信|行政许可|行政处罚)"
)
#: Organs below the body, by kind or by what they are for.
_LOWER = (
    r"(?:(?:二级|基层|下属|所属|直属|责任|成员|承办|县区|区县|市县|乡镇|镇街|社区|村居|县直|区直|市直|省直|州直)(?:责任|成员|承办)?(?:单位|部门|机关|科室)?"
    r"|[市县区省州]?(?:[一-鿿]{0,6}(?:档案馆|图书馆|查阅中心|热线办|接待窗口)))"
)
_COUNTED = re.compile(r"\d{1,3}[个家]")
#: The government and its office are the body: 区政府及区政府办公室.
_OWN_OFFICE = re.compile(r"([省市州县区旗]?)(?:人民)?政府(?:和|及|与|、)\1(?:人民)?政府办公?[室厅]?")
#: Subjects of kinds: each of many, those below the body, a level, several together.
_MANY = re.compile(
    rf"[一-鿿]{{0,4}}?各.+|{_LOWER}|[一-鿿]{{0,4}}(?:本级|级)|[一-鿿]{{0,4}}[级直](?:党政|政府|行政|预算)?(?:部门|单位|机关)|.*(?:、|和|及|与).*"
)
#: The police, the courts … of the whole territory: 全州公安机关. The body itself is none.
_FIELD = r"全[省市州盟县区旗](?:各级)?(?!各|政府|行政|党政|党委|政务|机关|级)[一-鿿]{2,8}?(?:系统|机关|部门)"
#: What stands before the subject of a clause.
_LEAD = r"(?:其中|同时|此外|另外|全年|年内|目前|据不完全统计|当天|今年|上半年|下半年|(?:20\d\d年?)?(?:\d{1,2}月份?|\d年度?)?|如|有|并)?"
#: 甲局、乙局等9个单位, 北京、辽宁等地.
_AND_OTHERS = r"等(?:地区?|[区市县]|\d{1,3}[个家][一-鿿]{0,4}?(?:单位|部门|地区|乡镇|街道)|单位|部门)?"
#: Matches where a clause begins whose subject is the body, or those below it.
CLAUSE = re.compile(
    rf"{_LEAD}，?(?:(?P<field>{_FIELD})(?=，?{_VERB}|[一-鿿]{{0,14}}(?:率|比例|满意度|得分|评分|量为))"
    rf"|(?P<body>(?:全|我|本)(?:[省市州盟县区旗镇乡街局厅委办院校关所站]|机关|单位|部门))"
    rf"|(?P<owner>[一-鿿、（）]{{0,60}}?(?:\d{{1,3}}[个家][一-鿿]{{0,6}})?(?=[{_BEGINS}]){END})(?:（不?含[^（）]{{1,12}}）)?"
    rf"(?P<others>{_AND_OTHERS})?(?P<of>的[一-鿿]{{2,10}}|(?:主要)?负责人|各个[一-鿿]{{2,6}})?(?=：|，?{_VERB}|[一-鿿]{{0,14}}(?:率|比例|满意度|得分|评分|量为)))"
)
#: Words with such an ending that own nothing.
_NO_OWNER = re.compile(
    r"或|了|包括|内设|^(?:共|均|已|先后|全年)*(?:依托|成员|有|发布|公开|主动|更新|收到|受理|城乡|编制|组织|督促|指导|要求|推动|协调|督导|各级各|各地各|在|通过|向|对|由|经(?!济)|从|以|为|按|与|到|于)|网站|专区|场所|查阅|栏|站点|子站|平台|服务区|信息(?!化|室|中心)|申请|科研机构|法律服务机构|服务机构|试点|领域|[一二三四]级(?!责任单位|单位)|政策|公开|全[市县区省州镇]|我[市县区省州局委厅办]|本[机单市县区省]"
    r"|当面|现场|会议|公开办|网上|工作|热线(?!办)|案件|上级|国家|部委|行政(?!服务中心|审批|执法|村|中心)|规范|主管|电视|新闻|媒体|传真|以上|团委|党委|纪委|妇联|办结|答复|处理|社会(?!保障|事务)|上年|去年|同比|其中|转办|承办|交办|主办|会办|分办|协办|代办|帮办|联办|督办|催办"
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
    if not _MAY_END.search(words):
        return ""
    begun = _BEGUN.match(words)
    filled = _FILLED.search(words)
    owner = words[begun.end() if begun else 0 : filled.start() if filled else None]
    return checked(owner) if are_owners(owner) else ""


def bare(words: str) -> str:
    """An item's words without what opens the list."""
    words = words.rpartition("：")[2]
    begun = _BEGUN.match(words)
    return words[begun.end() if begun else 0 :]


def are_owners(words: str) -> bool:
    """Tell whether words are names of owners and nothing else: 市、县政府及其部门."""
    return all(OWNER.fullmatch(one) for one in _BETWEEN.split(words))


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
    owner = checked(match["owner"]) if match and are_owners(match["owner"]) else ""
    if not match or _OWN_SITE.match(words, match.start("owner")):
        return ""
    behind = words[match.end("owner") :]
    owner = owner.removesuffix("政府") if behind.startswith("网站") and len(owner) > len("县政府") else owner
    return "" if owner in _PLAIN else owner


def subject(words: str) -> str:
    """The owner that a subject is, where it is of those below the body."""
    plain = _COUNTED.sub("", words)
    return (
        words
        if are_owners(plain) and _MANY.fullmatch(words) and not _OWN_OFFICE.fullmatch(plain) and checked(plain)
        else ""
    )


def is_sole(words: str) -> bool:
    """Tell whether words name one organ or place: 市财政局. It may be the body itself."""
    return len(words) >= 3 and "、" not in words and are_owners(words) and bool(checked(words))


def checked(owner: str) -> str:
    """An owner's name; "" where its words say that it is none: 我局, 政府网站, 上级部门."""
    refused = _NO_OWNER.search(owner) or _WHOLE.search(owner) or _verbs().match(owner) or len(owner) < 2
    return "" if refused else owner


@cache
def _verbs() -> re.Pattern[str]:
    """A verb at the beginning of what looks like an owner: 邀请市, 组织部门."""
    return re.compile("|".join(sorted({*narrative_words().actions, "邀请", "引导", "服务"}, key=len, reverse=True)))

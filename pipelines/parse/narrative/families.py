"""What the structure says of the indicator besides the dictionary's combinations: categories, channels, time, family.

Items of a breakdown are named by their category (教育8条). Items without one belong to the channel of their sentence, which
runs to its end; items of several channels are items without one. A number without a noun of its own stays in the family
of the number before it (收到申请9件，公开5件).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from expectations.indicators import Indicator, indicators
from expectations.narrative_words import narrative_words
from pipelines.parse.narrative.readings import Before, Reading
from pipelines.parse.narrative.words import Hit

#: What divides channels.
_APART = re.compile("[、，；。：和及与]|以及")
_JOINT = re.compile(r"、|和|及|与|以及")
_OTHERS = re.compile(r"[，；：。（]*(?:其中)?[，：]?(?:其他|其它|其余)")
#: Others of whom (其他县直单位), which is no kind.
_OTHER_OWNER = re.compile(r"[，；：。（]*(?:其中)?[，：]?(?:其他|其它|其余)(?:各|[省市县区州]|单位|部门|乡|镇|街道)")
#: Examples of what is all one kind: 财政、教育等重点领域信息.
_KEY_AREAS = "重点领域"
_BRACKET = re.compile(r"（[^（）]*）")
#: So many joined kinds have a code among them.
_FEW = 3
_NO_CODE = "items_category"
#: Forms of publishing, which name the kind only where no matter does.
_FORMS = frozenset({"公告", "公示", "通告"})
#: What a list of items calls a kind: 业务类栏目发布信息7789条, 财政预决算类信息11条.
_KIND = re.compile(
    r"(?P<kind>[^，；。：（]{2,24}?)(?P<what>(?<!各)类|等)(?:的)?(?:栏目|专栏)?(?:发布|公开|更新)?(?:各类)?(?:政府|政务|公开)?(?:信息|内容|文章)?(?:数)?(?:共计|共|为|有)?$"
)
#: Words between the last noun and the number that name no kind.
_TAIL = re.compile(
    r"(?:类|方面|(?<!重点)领域|栏目|专栏)?(?:发布|公开|更新)?(?:的)?(?:(?:政府|政务|各类|相关)?(?:信息|内容|稿件))?(?:数|数量)?"
    r"(?:共计|共|为|有|达|约|：)*$"
)
_CUMULATIVE = re.compile(
    r"(?:施行|实施|颁布|公布|开通|建立|建成|运行|成立|上线|开展)[^，。]{0,4}以来|年以来[^。]{0,40}累计|历年|截[至止到][^，。]{2,14}，?[^，。]{0,16}累计|累计[^。]{0,20}截[至止]"
)
_THIS_YEAR = re.compile(r"全年累计|本年度累计|年内累计|今年以来|今年累计")
#: What a number's own words can say of items besides their channel.
_SAID_ELSE = (
    (re.compile(r"其[他它](?:方式|渠道|形式|途径|载体)"), "other_channel_items"),
    (re.compile(r"(?:当年|年内|全年|20\d\d年)新增"), "items_disclosed"),
)
#: What the words of a part can say of its channel besides the channels of the dictionary.
_SAID_OF_PART = (
    (
        re.compile(
            r"(?:其[他它](?:方式|渠道|形式|途径|载体)|线下|(?:发布会|揭示板|公示板|公告板)上?)(?:公开|发布|公布|公示)?(?:信息)?$"
        ),
        "other_channel_items",
    ),
    (re.compile(r"公报(?:上)?(?:公开|发布|刊登|刊发)(?:信息)?$"), "gazette_documents"),
    (
        re.compile(
            r"(?:媒体|电视台|日报|报刊|报纸)(?:平台|上)?(?:宣传)?(?:报道|发稿|刊发|播发|刊播)(?:信息|稿件|新闻)?$"
        ),
        "media_original_works",
    ),
    (re.compile(r"(?:被|获)[^，；。]{2,60}(?:录用|采用|采纳|刊用)(?:信息|稿件)?$"), "items_adopted"),
    (
        re.compile(r"^[，：]?(?:其中)?[，：]?(?:通过)?(?:网上|线上|网络)(?:公开|发布|信息公开)(?:信息)?$"),
        "portal_items",
    ),
)
#: General codes of items, which a channel or a time replaces.
_GENERAL = frozenset(
    {
        "items_disclosed",
        "portal_items",
        "open_platform_items",
        "wechat_items",
        "weibo_items",
        "new_media_items",
        "app_items",
    }
    | {"other_channel_items", "department_items"}
)
_OF_REQUESTS = re.compile("申请|公开")
_FOLLOWERS = frozenset({"new_media_followers", "wechat_followers", "weibo_followers"})
_PAIR = {"wechat", "weibo"}
_SOCIAL = frozenset({"wechat", "weibo", "new_media", "video", "app"})


def category(words: str) -> str | None:
    """The category of items that words name: of several joined ones the first, of a compound its last word.

    Of many joined ones (教育、社会保障、农村、计生类) none tells: they are a category without a code.
    """
    bare = _BRACKET.sub("", _TAIL.sub("", words))
    if bare.endswith(_KEY_AREAS):
        return narrative_words().categories[_KEY_AREAS]
    parts = _JOINT.split(bare)
    found = [code for part in parts if (code := _category(part))]
    if len(set(found)) > 2 or (found and len(parts) > _FEW):
        return _NO_CODE
    return found[0] if found else None


def _category(part: str) -> str | None:
    found = _categories().findall(part)
    if not found or _OTHER_OWNER.match(part):
        return None
    if _OTHERS.match(part):
        return narrative_words().categories["其他"]
    # 征地公告: of a notice the matter tells.
    return narrative_words().categories[found[-2] if found[-1] in _FORMS and len(found) > 1 else found[-1]]


def is_of_many(words: str) -> bool:
    """Tell whether items are all of many kinds: 要闻、公告、公文、政策文件等信息1254条."""
    match = _KIND.search(words)
    return match is not None and match["what"] == "等" and len(_JOINT.split(match["kind"])) > 2


def kind_of_items(words: str) -> str | None:
    """The category that stands as a modifier before the noun: 规范性文件等信息16条; of 某类信息 it has no code."""
    match = _KIND.search(words)
    if match is None or (is_of_many(words) and not match["kind"].endswith(_KEY_AREAS)):
        return None
    return category(match["kind"]) or (_NO_CODE if match["what"] == "类" else None)


@cache
def _categories() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, narrative_words().categories), key=len, reverse=True)))


def refined(code: str, reading: Reading, before: Before) -> str:
    """The indicator that channel and time make of a general one."""
    if code in _GENERAL or code == "items_disclosed_cumulative":
        return _items(code, reading, before)
    if code in _FOLLOWERS:
        said = _channels(reading, before)
        return narrative_words().channel_followers.get(said[0], code) if len(said) == 1 else code
    return code


def _items(code: str, reading: Reading, before: Before) -> str:
    said_else = next((found for said, found in (*_SAID_ELSE, *_SAID_OF_PART) if said.search(reading.own_left)), None)
    if said_else or is_cumulative(reading):
        return said_else or "items_disclosed_cumulative"
    said = _channels(reading, before)
    if not said:
        return code
    if len(said) == 1:
        return narrative_words().channel_items.get(said[0], code)
    if _SOCIAL.issuperset(said):
        return "new_media_items"
    if set(said) == {"site", "disclosure_platform"}:
        return narrative_words().channel_items[said[-1]]
    return "items_disclosed"


def is_cumulative(reading: Reading) -> bool:
    """Tell whether a number counts all years: 截至2019年底，累计公开; of a part its whole tells."""
    window = reading.window
    said = reading.prose.plain[window.sentence : window.begin]
    return bool(_CUMULATIVE.search(said)) and not _THIS_YEAR.search(said)


def _channels(reading: Reading, before: Before) -> list[str]:
    """The channels that a sentence names before a number: those since the number before it, else the ones before that."""
    window = reading.window
    items = narrative_words().channel_items
    stated = before.in_sentence(reading)
    since = before[stated[-1]].end if stated else window.lead
    hits = [h for h in reading.tracks.parts.ending(window.lead, window.begin) if h.word.channel in items]
    for start in (max(since, window.clause), since):
        near = [h for h in hits if h.start >= start]
        if near:
            return _together(reading.prose.plain, near)
    if window.listed:
        return [hits[-1].word.channel] if hits else []
    return _together(reading.prose.plain, _of_one_clause(reading.prose.plain, hits))


def _of_one_clause(plain: str, hits: Sequence[Hit]) -> list[Hit]:
    """The last of some words with those before it in its clause."""
    if not hits:
        return []
    start = max(plain.rfind(mark, 0, hits[-1].start) for mark in "，；。")
    return [hit for hit in hits if hit.start > start]


def _together(plain: str, hits: Sequence[Hit]) -> list[str]:
    """The channels that some words name; of a compound (政府网站信息公开专栏, “南溪政府网”微信) the last one."""
    found: list[str] = []
    for k, hit in enumerate(hits):
        if any(other.start <= hit.start and hit.end <= other.end for other in hits if other is not hit):
            # 媒体 in 新媒体
            continue
        following = next((other for other in hits[k + 1 :] if other.start >= hit.end), None)
        if following is None or _APART.search(plain, hit.end, following.start) or _are_two(hit, following):
            found.append(hit.word.channel)
    return list(dict.fromkeys(found))


def _are_two(hit: Hit, following: Hit) -> bool:
    """Tell whether two channels stand side by side without a mark: 微博微信发布信息213条."""
    return hit.end == following.start and {hit.word.channel, following.word.channel} == _PAIR


def channel_of_part(reading: Reading) -> str | None:
    """The indicator of items by the channel that a part's own words name (其中网站发布35条); a category behind it wins."""
    other = next((found for said, found in _SAID_OF_PART if said.search(reading.own_left)), None)
    if other:
        return other
    items = narrative_words().channel_items
    said = [
        h for h in reading.tracks.parts.within(reading.window.left, reading.window.begin) if h.word.channel in items
    ]
    if not said:
        return None
    if any(_are_two(one, other) for one, other in pairwise(said)):
        return "new_media_items"
    words = reading.prose.plain[max(h.end for h in said) : reading.window.begin]
    return None if category(words) and "等" not in words else items[said[-1].word.channel]


def other_family(indicator: Indicator, reading: Reading, before: Before) -> bool:
    """Tell whether an indicator leaves the family that a number without a noun of its own stands in."""
    stated = before.in_sentence(reading)
    last = before[stated[-1]].figure.indicator if stated else None
    if last is None:
        return False
    family, other = indicators()[last].group, indicator.group
    if family == "disputes" and other == "requests":
        # 收到复议申请40件，办结36件，其他9件
        return not _OF_REQUESTS.search(reading.own_left)
    if family in ("requests", "disputes"):
        return other in ("proactive", "documents", "management")
    return family == "documents" and other == "proactive"


def like_sibling(reading: Reading, before: Before) -> str | None:
    """The indicator of the number right before it in a list of the same noun or of verbs alone: 关停5个、合并3个."""
    stated = before.in_sentence(reading)
    if not stated:
        return None
    last = before[stated[-1]]
    figure, plain = last.figure, reading.prose.plain
    if figure.aspect != "amount" or figure.unit != reading.numeral.unit or figure.indicator is None:
        return None
    own = plain[last.end : reading.numeral.begin]
    if "。" in own or "；" in own or any(word in own for word in indicators()[figure.indicator].unless):
        # 注销3个账号，新开设2个账号: what rules an indicator out rules it out of a list, too.
        return None
    same_noun = reading.thing.noun and reading.thing.noun == last.thing.noun
    verbs = {h.word.action for h in reading.tracks.parts.within(last.end, reading.numeral.begin) if h.word.action}
    same_verb = not reading.thing.noun and len(own) <= 6 and figure.action in verbs
    return figure.indicator if same_noun or same_verb else None

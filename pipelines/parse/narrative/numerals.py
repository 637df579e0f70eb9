"""The numbers of a sentence: digits or Chinese numerals, 万 and 亿, 余 and 超, measure words, percentages, ranges.

What only looks like a statement is left out: dates, numbers of documents and laws, enumerations, telephone numbers,
addresses, versions, titles in 《》 and names in “”.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from expectations.identities import Number
from pipelines.parse.narrative.prose import Prose

#: With thousands separators or without; a longer run of digits is no number.
_DIGITS = r"(?<!\d)(?:\d{1,3}(?:，\d{3}){1,4}(?!\d)|\d{1,15})(?:\.\d{1,6})?(?!\d)"
_HAN = "零〇一二两三四五六七八九十廿卅卌百千万亿"
_HAN_ONES = "零〇一二两三四五六七八九"
#: Measure words, the longer before the shorter.
_MEASURE = (
    "个百分点|个工作日|个自然日|个季度|个小时|单位次|平方米|百分点|工作日|自然日|季度|小时|分钟|个月|"
    "人次|家次|个次|件次|场次|轮次|班次|车次|户次|点次|篇次|条次|批次|例次|项次|站次|册次|期次|台次|起次|页次|余次|"
    "公里|课时|学时|美元|条目|GB|MB|TB|"
    "条|件|个|次|场|期|篇|项|家|人|名|位|份|册|本|部|类|批|轮|例|起|宗|则|集|版|页|字|幅|张|套|台|座|处|户|元|亩|吨|"
    "天|日|月|年|周|秒|种|门|所|间|段|讲|节|遍|回|支|枚|辆|块|片|档|分|路|款|卷|辑|倍|组|队|对|只|大|级|届|号|村|省|市|"
    "县|区|镇|乡|科|堂|样|步|层|星|帧|屏|通|封|单|笔|栏|桩|频|栋|米"
)
_BEFORE = {
    "超": "超过|超出|突破|已超|高于|大于|多于|超|逾|破",
    "近": "接近|将近|近",
    "约": "大约|大概|约为|约有|约",
    "不少于": "不少于|不低于|至少|起码",
    "不超过": "不超过|不多于|最多",
    "不足": "不足|不到|少于|低于",
    "仅": "仅有|仅为|仅|只有",
    "达": "多达|高达",
}
_BEFORE_OF = {word: name for name, words in _BEFORE.items() for word in words.split("|")}
_BEFORE_RE = "|".join(sorted(_BEFORE_OF, key=len, reverse=True))
_AFTER_OF = {"余": "余", "多": "多", "几": "余", "来": "余", "左右": "约", "上下": "约", "以上": "超", "以内": "不超过"}

_NUMERAL = re.compile(
    # What a number can begin with: most places are passed over at once.
    rf"(?=[\d{_HAN}{''.join(sorted({word[0] for word in _BEFORE_OF}))}])"
    rf"(?:(?P<before>{_BEFORE_RE})(?:了|过)?)?"
    rf"(?:百分之(?P<hundredth>[{_HAN}点]{{1,12}}|\d{{1,3}}(?:\.\d{{1,6}})?)"
    rf"|(?P<of>[{_HAN[2:]}]{{1,2}})分之(?P<over>[{_HAN[2:]}]{{1,2}})"
    rf"|(?P<tenth>[一二三四五六七八九])成(?P<half>[半一二三四五六七八九])?(?![立为果员功熟效都本长交品就份])"
    rf"|(?:(?P<mixed>(?<![\d.])\d{{1,4}}(?:[亿万]\d{{1,4}}(?:[千百]?万|千|百)?)+)|(?P<digits>{_DIGITS})"
    rf"|(?P<spoken>[{_HAN}]{{1,4}}点[{_HAN_ONES}]{{1,4}})|(?P<han>[{_HAN}]{{1,12}}))"
    rf"(?P<mid>[余多几])?(?P<times>万亿|亿|万|千|百)?"
    rf"(?:(?:%|个)?[-~至到—](?:百分之)?(?P<digits2>{_DIGITS})(?P<times2>万亿|亿|万|千|百)?)?"
    rf"(?P<after>[余多几]|来(?=[个条件次]))?"
    rf"(?:(?P<pct>[%‰])|(?P<unit>{_MEASURE}))?)"
    rf"(?P<behind>左右|上下|以上|以内)?"
)
#: A number in brackets between a number and its measure word, as in 539(市级51)个.
_BRACKET = re.compile(rf"（[^（）\d]{{0,8}}(\d+)）({_MEASURE})")

_HOTLINES = "12345|12388|12315|12333|12329|12366|12358|12320|12369|12348|12380"
#: Runs of digits and letters; what is too long in them is no number and no word.
_RUN = re.compile(r"[A-Za-z0-9_./：%-]{16,}")
_ENDLESS = re.compile(r"\d{16,}|.{120,}")
#: What holds digits and states no quantity.
_NO_QUANTITY = re.compile(
    "|".join(
        (
            r"《[^》\n]{0,120}》",
            r"“[^”\n]{0,25}”|‘[^’\n]{0,25}’|「[^」\n]{0,25}」",
            r"[〔［\[【（]\d{4}[〕］\]】）]第?\d+号?",
            r"(?:https?：?|www\.)[A-Za-z0-9_./：%？=&-]+|[A-Za-z0-9_.-]+@[A-Za-z0-9_.-]+",
            # A place (位居全国第一) is kept; 第一批, 第三季度 are none.
            rf"(?:(?<![列居名国省市区县])|(?!第[一二三四五六七八九十]{{1,2}}(?:[，。；、）\n]|$)))"
            rf"第[{_HAN}\d]+(?:[至到、-]第?[{_HAN}\d]+)?(?!\d|[名位]|[{_HAN}])[条款项号届期次批章季轮]?(?:（[{_HAN}\d]+）项?)?",
            r"\d{4}[-./]\d{1,2}[-./]\d{1,2}日?|(?:19|20)\d\d[-至]+(?:(?:19|20)\d\d|\d\d)年?",
            r"(?:19|20)\d\d年[度底末初]?(?:\d{1,2}月[份底初末]?)?(?:\d{1,2}日)?(?=\D|$)",
            r"(?:19|20)\d\d(?=全年|上半年|下半年)",
            r"\d{1,2}月[份底初末]?(?:\d{1,2}日)?(?:[-至]\d{1,2}月?(?:\d{1,2}日)?)?|\d{1,2}日(?=\D|$)",
            rf"[{_HAN}]{{1,3}}月[份底初末]|[{_HAN}]{{4}}年",
            r"\d{1,2}：\d{2}|\d+[x×X*]\d+|\d+[·•]\d+|\d+\+[\dA-Za-z]+",
            r"\d{3,4}-\d{7,8}(?:-\d+)?|(?<!\d)1\d{10}(?!\d|[条件个次余多万元])",
            r"(?:电话|热线|传真|邮编|邮政编码|手机|联系方式)(?:号码)?[：为是]?\d[\d-]{6,}",
            rf"(?<!\d)(?:{_HOTLINES})(?!\d|\.\d|[条件个次余多万])|\d{{3,6}}(?=[^\d，。、]{{0,4}}(?:热线|专线|报警))",
            r"(?!A?P?P\d+[个款家])[A-Za-z][A-Za-z-]*\d+(?:\.\d+)?|\d+(?:\.\d+)?(?!GB|MB|TB)[A-Za-z]+|(?<![\d.])\d\.0(?![\d%])",
            r"\d+号(?!召)|\d+版",
            # 几十条, 数百件: no number is said.
            r"[几数](?:十|百|千|万|亿)+(?:[余多])?",
            # 阅读量超10万的作品12条: so, too.
            r"(?<=[超过破])过?\d+(?:\.\d+)?万?\+?的(?=作品|视频|信息|文章|稿件|推文|内容)",
            # 5000浏览量以上12条: what is counted are the 12.
            r"\d+万?\+?(?:次|人次)?[^\d，。、]{0,5}以上的?(?=\d|[^，。]{0,6}\d+[条篇个])",
            r"(?:^|(?<=[。；：，\n]))(?:\d{1,2}[.、．](?!\d)|\d{1,2}）)|（\d{1,2}）",
            # 无法提供 1.本机关不掌握: the number of a row's label.
            r"(?<!\d)\d{1,2}[.．](?=[\u4e00-\u9fff“《（])",
            rf"(?:^|(?<=[。；：，、\n]))[{_HAN}]{{1,3}}(?:[是要、则来])|（[{_HAN}]{{1,3}}）",
        )
    )
)
#: What one of them can begin with.
_BEGINNING = re.compile(rf"[《“‘「〔［\[【（A-Za-z_{_HAN}第电热传邮手联几数\d]")
#: Words that only look like a Chinese numeral with a measure word, by what stands before and behind the numeral.
_NOT_BEFORE = frozenset("第同统单唯专划归合逐每某这那另任哪之头首前后各万进始如")
_NOT_BEHIND = re.compile(
    r"个?(?:方面|部分|章节|篇章|层面|维度|环节|意识|自信|维护|确立|坚持|务必|全面|统筹|代表|窗口|中心|阶段|步骤|关键|着力|重点|强化)|"
    r"个人|[级审校端微化体]|期间|部委|手|流|线|条龙|条主线|条例|类事项|本账|张网|张表|张图|次(?:会议|全会)|"
    r"件事|把手|站式|次性|步|种|定|般|直|时|同|并|律|样|些|边|旦|切|度(?!新闻)|届|批(?!次|，|。|；)|项新|项重|项任务|大"
)
#: Of whom 一名 counts: 一名专职工作人员.
_STAFF = re.compile("名?(?:专|兼|工作人员|信息员|联络员|同志)")
_HAN_DIGIT = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_HAN_TENS = {"廿": 20, "卅": 30, "卌": 40}
_MINUS = frozenset("-−－")
_NEIGHBOURS = re.compile(rf"(?P<head>[{_HAN_ONES}]?十|)(?P<pair>[{_HAN_ONES}]{{2}})(?P<tail>[十百千万亿]*)")
_TWO_ONES = re.compile(rf"[{_HAN_ONES[2:]}]{{2}}")
_SHORT = re.compile(rf"(.*[{_HAN_ONES[2:]}十])([百千万亿])([{_HAN_ONES[2:]}])")
_PLACED = re.compile(r"(\d+)(亿|千万|百万|万|千|百)?")
_HAN_TIMES = {"十": 10, "百": 100, "千": 1000}
_HAN_GROUPS = {"万": 10_000, "亿": 100_000_000}
_TIMES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_DELIMITERS = frozenset("，。；：、！？\n）")


class Numeral(NamedTuple):
    """A number where it stands in the plain text: `start` to `end` with its measure word, `begin` with its qualifier.

    `value` counts 万 and 亿 in; of a percentage it is the number before the sign, and `unit` is %. `han` tells numerals
    written in characters, which are often no statements; `rank` a place in a ranking (第10名). `resume` is where the
    words behind the number begin: behind the bracket in 539(市级51)个部门, for both numbers; else `end`.
    `inside` tells the number in such a bracket.
    """

    begin: int
    start: int
    end: int
    value: Number
    value_to: Number | None
    unit: str
    qualifier: str
    han: bool = False
    rank: bool = False
    resume: int = 0
    inside: bool = False


def numerals(prose: Prose) -> list[Numeral]:
    """The numbers of a section that may be statements, in order."""
    plain = _RUN.sub(lambda run: _ENDLESS.sub(_masked, run[0]), prose.plain)
    plain = _quantities(plain)
    brackets = list(_BRACKET.finditer(plain))
    outer = {m.start(): m for m in brackets}
    inner = {m.start(1): m for m in brackets}
    found = (_numeral(match, plain) for match in _NUMERAL.finditer(plain))
    if not brackets:
        return [n for n in found if n]
    return [_with_bracket(n, outer.get(n.end), inner.get(n.start)) for n in found if n]


def _quantities(plain: str) -> str:
    """The text without what states no quantity; only places where that can begin are tried."""
    pieces: list[str] = []
    behind = 0
    tried = _NO_QUANTITY.match
    for beginning in _BEGINNING.finditer(plain):
        start = beginning.start()
        found = tried(plain, start) if start >= behind else None
        if found is not None:
            pieces.append(plain[behind:start])
            pieces.append("\0" * (found.end() - start))
            behind = found.end()
    return "".join(pieces) + plain[behind:] if pieces else plain


def _masked(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _with_bracket(numeral: Numeral, outer: re.Match[str] | None, inner: re.Match[str] | None) -> Numeral:
    """Numbers that share the measure word behind a bracket have it, and the words behind it."""
    bracket = outer or inner
    if bracket is None or numeral.unit:
        return numeral
    return numeral._replace(unit=bracket[2], resume=bracket.end(2), inside=bool(inner))


def _numeral(match: re.Match[str], plain: str) -> Numeral | None:
    start = match.end("before") if match["before"] else match.start()
    start = next((match.start(g) for g in ("mixed", "digits", "spoken", "han", "tenth", "of") if match[g]), start)
    if match["hundredth"]:
        start = match.start("hundredth") - len("百分之")
    if _is_negative(plain, start):
        return None
    rank = plain[start - 1 : start] == "第"
    if match["han"] and not (rank or _is_quantity(match, plain)):
        return None
    value = _value(match)
    if value is None:
        return None
    about = _about(match["han"]) if match["han"] else None
    if match["han"] and about is None and _runs_on(match["han"]):
        return None
    unit = "%" if match["tenth"] or match["hundredth"] or match["of"] or match["pct"] else match["unit"] or ""
    end = match.start("behind") if match["behind"] else match.end()
    qualifier = _qualifier(match)
    return Numeral(
        match.start(),
        start,
        end,
        about[0] * _TIMES.get(match["times"] or "", 1) if about else value,
        about[1] * _TIMES.get(match["times"] or "", 1) if about else _upper(match, value),
        unit,
        qualifier,
        bool(match["han"]),
        rank,
        match.end(),
    )


def _is_negative(plain: str, start: int) -> bool:
    """Tell whether a minus stands before a number and nothing before that: -7 is no amount of anything that is counted."""
    return plain[start - 1 : start] in _MINUS and not plain[max(start - 2, 0) : start - 1].isalnum()


def _about(han: str) -> tuple[int, int] | None:
    """Both ends of what two neighbouring digits say: 六七 is 6 to 7, 十五六 is 15 to 16, 五六百 is 500 to 600."""
    match = _NEIGHBOURS.fullmatch(han)
    if match is None:
        return None
    low, high = (_HAN_DIGIT[digit] for digit in match["pair"])
    if high != low + 1 or low == 0:
        return None
    return _han(f"{match['head']}{match['pair'][0]}{match['tail']}"), _han(
        f"{match['head']}{match['pair'][1]}{match['tail']}"
    )


def _runs_on(han: str) -> bool:
    """Tell whether digits follow each other where a numeral has a place between them: 三五十 is no number."""
    return len(han) != 4 and bool(_TWO_ONES.search(han))


def _is_quantity(match: re.Match[str], plain: str) -> bool:
    """Tell whether a Chinese numeral counts something: it has a measure word, and is no part of another word."""
    start, end = match.span("han")
    counts = match["han"][0] in "十廿卅卌" or bool(_HAN_DIGIT.keys() & set(match["han"]) - {"零"})
    if not counts or not (match["unit"] or match["pct"]):
        return False
    if plain[start - 1 : start] in _NOT_BEFORE or _NOT_BEHIND.match(plain, end):
        return False
    # 一个, 一批 count nothing, unless the noun stands before them: 举办培训班一次，
    if match["han"] == "一" and match["unit"] == "名":
        return bool(_STAFF.match(plain, end))
    return match["han"] != "一" or plain[match.end() : match.end() + 1] in _DELIMITERS | {""}


def _value(match: re.Match[str]) -> Number | None:
    if match["hundredth"]:
        return _spoken(match["hundredth"])
    if match["of"]:
        return round(100 * Decimal(_han(match["over"])) / Decimal(_han(match["of"]) or 1), 1)
    if match["tenth"]:
        return _HAN_DIGIT[match["tenth"]] * 10 + {"半": 5, **_HAN_DIGIT}.get(match["half"] or "零", 0)
    if match["mixed"]:
        return _mixed(match["mixed"])
    if match["spoken"]:
        spoken = _spoken(match["spoken"])
        return None if spoken is None else _whole(spoken * _TIMES.get(match["times"] or "", 1))
    value = _han(match["han"]) if match["han"] else _plain_number(match["digits"])
    value = value * _TIMES.get(match["times"] or (match["times2"] if match["digits2"] else "") or "", 1)
    if match["pct"] == "‰":
        value = Decimal(value) / 10
    return _whole(value)


def _mixed(words: str) -> int | None:
    """Digits with places between them: 2万3千 is 23,000. None where the last digits have no place that is sure (2万3)."""
    total, last = 0, 0
    for digits, place in _PLACED.findall(words):
        if not place and len(digits) < len(str(last)) - 1:
            return None
        last = {**_TIMES, "千万": 10_000_000, "百万": 1_000_000}.get(place, 1)
        total += int(digits) * last
    return total


def _upper(match: re.Match[str], value: Number) -> Number | None:
    """The upper end of a range; a second number that is no larger ends none."""
    if not match["digits2"]:
        return None
    upper = _whole(_plain_number(match["digits2"]) * _TIMES.get(match["times2"] or "", 1))
    return upper if upper > value else None


def _plain_number(digits: str) -> Number:
    digits = digits.replace("，", "")
    return Decimal(digits) if "." in digits else int(digits)


def _whole(value: Number) -> Number:
    """A whole number as int, whatever it was made from: 67.45万 is 674500."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def _spoken(words: str) -> Number | None:
    """Digits or Chinese numerals with a spoken point: 九十五点二."""
    if words[0].isdigit():
        return _plain_number(words)
    whole, _, rest = words.partition("点")
    if rest:
        return Decimal(f"{_han(whole)}.{''.join(str(_HAN_DIGIT.get(c, 0)) for c in rest)}")
    return _han(whole) if whole else None


def _han(numeral: str) -> int:
    """A Chinese numeral: 三百二十, 一千零五, 十二, 二〇二四 (digit by digit), 一万二千."""
    if len(numeral) > 1 and all(c in _HAN_DIGIT for c in numeral):
        return int("".join(str(_HAN_DIGIT[c]) for c in numeral))
    if short := _SHORT.fullmatch(numeral):
        # 三万五 is 35,000: the last digit has the next place below.
        place = {**_HAN_TIMES, **_HAN_GROUPS}[short[2]]
        return _han(short[1] + short[2]) + _HAN_DIGIT[short[3]] * place // 10
    total = section = digit = 0
    for c in numeral:
        if c in _HAN_DIGIT:
            digit = _HAN_DIGIT[c]
        elif c in _HAN_TENS:
            section += _HAN_TENS[c]
        elif c in _HAN_TIMES:
            section += (digit or 1) * _HAN_TIMES[c]
            digit = 0
        else:
            total = (total + section + digit or 1) * _HAN_GROUPS[c]
            section = digit = 0
    return total + section + digit


def _qualifier(match: re.Match[str]) -> str:
    """余 and 多 at the number win over a word before it."""
    for group in ("after", "mid", "behind"):
        if match[group]:
            return _AFTER_OF[match[group]]
    return _BEFORE_OF[match["before"]] if match["before"] else ""

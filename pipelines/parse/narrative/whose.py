"""The owners that a sentence names by its build: subjects of several clauses, lists with 分别, names before brackets.

`owners` tells what one number's own words name; here the figures of a sentence are seen together. A figure that has an
owner already keeps it. A single named organ (市财政局) may be the body itself: it owns only beside another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from pipelines.parse.narrative import owners
from pipelines.parse.narrative.name_lists import last_names, leading_names, listed, together
from pipelines.parse.narrative.prose import Prose
from pipelines.parse.narrative.trees import Placed

#: No longer words are read before a number.
_REACH = 120
#: So many numbers back another part is looked for.
_SIBLINGS = 8
_COMMA = re.compile("[，；：]")
#: Brackets that belong to a name: 县（市、区）.
_PLACES = re.compile(r"（[市区州县旗镇乡街道社村、]{1,10}）")
#: No owner is shorter.
_SHORTEST = 2
#: What may stand between two numbers of a list.
_NEXT = re.compile(r"、|，|，?(?:和|与|及|以及)")
_EACH = re.compile(r"(?:，|、)?(?:均|各)?(?:分别|依次|各(?=[占为达]))[^，。；：、（）\d]{0,14}$")
#: Numbers first: 12件、11件、10件的分别是甲局、乙局、丙局.
_OWNERS_AFTER = re.compile(r"(?:的|，)?(?:单位|部门|地区)?(?:分别|依次)[是为：]")
#: 120条由市公安局发布.
_DONE_BY = re.compile(
    rf"来自(?P<source>[一-鿿、]{{0,30}}?{owners.END})(?=[，；。、]|$)|由(?P<owner>[一-鿿、]{{0,30}}?{owners.END})(?:负责|牵头)?(?:发布|办理|承办|答复|公开|报送|受理|制作|印发|处理)"
)
#: X报送的信息468条.
_FROM = re.compile(
    rf"(?:收到|接收|收集|汇总|收录)(?:来自)?(?P<owner>[一-鿿、（）]{{0,40}}?{owners.END})(?:报送|上报|提交|提供|推荐|报来|送来|转来)的"
)
#: 在各科室指定了一名.
_IN_EACH = re.compile(
    r"(?:，|^)并?在(?P<owner>各[一-鿿、（）]{1,16}?)(?:均|都|分别)?(?:指定|设立|配备|明确|设置|确定|建立|建成)了?"
)
#: 甲局、乙局等9个单位群众反映较好，按期办结率为100%, 有31个单位.
_COUNTED = re.compile(
    r"(?P<word>[等有])(?P<count>\d{1,3}[个家](?:县市区|市县|单位|部门|地区|乡镇|镇街|街道|社区|县区|[省市县区镇村]))(?![一-鿿]{0,2}\d)"
)
#: 除信息室综合报送信息6条外.
_EXCEPT = re.compile(rf"(?:^|[，；。：])除(?:了)?(?P<owner>[一-鿿]{{0,16}}?{owners.END})[一-鿿]{{0,10}}")
#: Each with a sign that is in every text that it matches.
_SPECIAL = ((_FROM, "的"), (_IN_EACH, "在各"), (_EXCEPT, "除"))
_BEGINS = re.compile(r"[。；，：\n（]")
#: Things that are units themselves: 乡镇12个 counts townships.
_OF_UNITS = frozenset({"个", "家", "所", "名", "人", "位", "处", "户"})
#: Organs and places of a kind, without a name.
_KIND = re.compile(
    r"(?:各|其他|其它|所有|有关|相关)*(?:[省市州盟县区旗镇乡]?(?:直属|直|级|本级)?)(?:各)?(?:政府)?(?:组成)?"
    r"(?:|部门|单位|机关|机构|乡镇|镇街|街道|乡|镇|村|社区|村居|村屯|县|区|市|州|县区|市县|县市区|学校|医院|公安|中心|科室|处室|法院|检察院|院|馆|所|站|办公室|委员会)(?:（[一-鿿]{1,6}）)?"
)
#: So begins a noun of which the words before are no owner: 市政府门户网站发布, 部门规章.
_CHANNEL = re.compile(
    r"(?:人民)?(?:政府)?(?:门户|官方|信息|政务)*(?:网|微信|微博|公众号|新媒体|公报|平台|客户端|官网|规章|文件|网站)"
)
#: What says that another actor acts, or that the number is of all: 采纳发布159条.
_OTHER_ACTOR = re.compile(r"(?<!被)(?:采用|采纳|录用)|(?:^|[，；])(?:共|合计|总计|总数)(?!收|受|公|发|办|答)")


@dataclass(frozen=True, slots=True)
class Subject:
    """An owner that a clause begins with: where it stands in its sentence, its name; `sole` where it is one named organ.

    `opens` says that it begins a sentence or what stands behind a semicolon.
    """

    start: int
    end: int
    owner: str
    sole: bool
    opens: bool


@dataclass(slots=True)
class Owners:
    """Gives the figures of a section their owners, in order; `first` is the index of its first figure in the report."""

    text: Prose
    placed: Sequence[Placed]
    first: int
    #: The sentence that was read last, and what it says.
    _start: int = -1
    _end: int = -1
    _said: tuple[Subject, ...] = ()

    def settle(self) -> None:
        """Give the last figure its owner: by its own words, its clause's subject, or the amount that it speaks of."""
        one = self.placed[-1]
        figure = one.figure
        last = self.placed[-2] if len(self.placed) > 1 and self.placed[-2].sentence == one.sentence else None
        whole = (
            None if figure.part_of is None or figure.part_of < self.first else self.placed[figure.part_of - self.first]
        )
        if figure.unit in _OF_UNITS and _counts_units(self.text.plain, one, whole):
            figure.owner = ""
            return
        before = last.end if last else one.sentence
        carried = last is not None and bool(figure.owner) and figure.owner == last.figure.owner
        if carried or not figure.owner:
            own = "" if figure.aspect in ("rank", "change") else self._own(one, last, before)
            if own:
                figure.owner = own
            elif carried:
                figure.owner = self._carried(one, before)
            else:
                since = whole.begin if whole else 0
                figure.owner = self._of_clause(one, before, since) or (whole.figure.owner if whole else "")
        if last and figure.owner and not last.figure.owner and last.figure.unit == figure.unit:
            self._settle_first(one, last)

    def _settle_first(self, one: Placed, last: Placed) -> None:
        """Give the first number of a list its owner once the second has one: 县教育局开展活动12场、县民政局开展活动8场.

        Both say the same of their owners: what 其中 opens is no such list.
        """
        plain = self.text.plain
        owner = plain.find(one.figure.owner, last.end, one.begin)
        if plain[last.end] not in "、，；" or owner < 0:
            return
        self._of_clause(last, last.sentence, 0)
        subject = next((s for s in reversed(self._said) if s.end <= last.begin - self._start), None)
        if subject is None or not subject.sole or subject.owner == one.figure.owner:
            return
        says, behind = subject.end + self._start, owner + len(one.figure.owner)
        if one.figure.unit == "%" or plain[says : says + 2] == plain[behind : behind + 2]:
            last.figure.owner = subject.owner
            if one.figure.part_of == self.first + len(self.placed) - 2:
                one.figure.part_of = None

    def _carried(self, one: Placed, before: int) -> str:
        """The owner that a number has from the one before it, unless its clause names another actor."""
        nearer = self._of_clause(one, before, since=before - 1)
        other = _OTHER_ACTOR.search(self.text.plain, before, one.begin)
        return nearer or ("" if other else one.figure.owner)

    def _own(self, one: Placed, last: Placed | None, before: int) -> str:
        """The owner that a number's own words are: 住建局99件, 成都（1325件）, 民政局、公安局各1条."""
        plain = self.text.plain
        if plain[one.end : one.end + 1] in ("由", "来"):
            done = _DONE_BY.match(plain, one.end)
            return owners.checked(done["owner"] or done["source"]) if done else ""
        if plain[one.begin - 1 : one.begin] == "（" and plain[one.end : one.end + 1] in ("）", "，", "；"):
            return _listed_item(_words(plain, before, one.begin - 1), one, beside=False)
        words = _words(plain, before, one.begin)
        if len(words) < _SHORTEST:
            return ""
        if words.endswith("各"):
            return listed(words.removesuffix("各"))
        if one.figure.unit == "%":
            return together(words) if "率" in words or "度" in words else _listed_item(words, one, beside=False)
        beside, part = self._has_owned(one, last), one.figure.part_of is not None
        own = _listed_item(words, one, beside or part) or (_liberal(words) if beside and part else "")
        return own or (owners.of_head(words) if beside or "其中" in words else "")

    def _has_owned(self, one: Placed, last: Placed | None) -> bool:
        """Tell whether the number before the last one, or another part of its whole, has an owner."""
        if last is None:
            return False
        if last.figure.owner and last.figure.unit == one.figure.unit:
            return True
        whole = one.figure.part_of
        return whole is not None and any(
            p.figure.owner and p.figure.part_of == whole for p in self.placed[-2:-_SIBLINGS:-1]
        )

    def _of_clause(self, one: Placed, before: int, since: int) -> str:
        """The subject of a number's clause, else that of its sentence, where no other actor has come in behind it.

        A subject behind a comma (，各县区收到20件) has only the next number; `before` is where the number before ends,
        and no subject before `since` counts.
        """
        if one.sentence != self._start:
            self._start, self._end = self.text.sentence(one.sentence)
            self._said = subjects(self.text.plain[self._start : self._end])
        if not self._said:
            return ""
        begin = one.begin - self._start
        subject = next((s for s in reversed(self._said) if s.end <= begin), None)
        if subject is None or not subject.owner or subject.start + self._start < since:
            return ""
        if subject.sole and not self._has_others(subject):
            return ""
        plain, left = self.text.plain, subject.end + self._start
        near = subject.opens or subject.start + self._start >= before - 1 or not _COMMA.search(plain, left, one.begin)
        other = not subject.sole and _OTHER_ACTOR.search(plain, left, one.begin)
        return subject.owner if near and not other else ""

    def _has_others(self, sole: Subject) -> bool:
        """Tell whether another organ is named beside one: in its sentence, or in a line of the same words next to it.

        市公安局：报送30条 stands in a list of such lines.
        """
        if any(_is_another(one, sole) for one in self._said):
            return True
        plain = self.text.plain
        says = plain[self._start + sole.end : self._start + sole.end + 2]
        for place in (self._start - 1, self._end):
            left, right = self.text.sentence(place) if 0 <= place < len(plain) else (0, 0)
            for other in subjects(plain[left:right]):
                behind = left + other.end
                if other.sole and _is_another(other, sole) and plain[behind : behind + 2] == says:
                    return True
        return False

    def in_lists(self) -> None:
        """Give the figures of lists with 分别 their owners, in both orders.

        龙岗、光明回复率分别为88%、92%; 12件、11件的分别是甲局、乙局.
        """
        plain = self.text.plain
        if "分别" not in plain and "依次" not in plain:
            return
        for start, group in groupby(self.placed, key=lambda one: one.sentence):
            sentence = plain[start : self.text.sentence(start)[1]]
            if "分别" in sentence or "依次" in sentence:
                _in_lists(sentence, start, list(group))


#: 等9个单位, 6个科室: what is counted are owners.
_UNITS = re.compile(r"(?:县市区|市县|单位|部门|地区|科室|乡镇|镇街|街道|社区|县区|区县|村|窗口)(?!网站|政府|信息)")


def _counts_units(plain: str, one: Placed, whole: Placed | None) -> bool:
    """Tell whether a number is how many owners there are: 甲局、乙局等9个单位; 乡镇12个、街道3个."""
    if plain[one.begin - 1 : one.begin] == "等":
        return True
    if one.figure.part_of is None:
        return _UNITS.match(plain, one.end) is not None
    if whole is None or not one.figure.owner:
        return False
    return _KIND_BEFORE.search(plain, max(0, whole.begin - 6), whole.begin) is not None


_KIND_BEFORE = re.compile(r"(?:乡镇|镇街|街道|[乡镇村]|社区|部门|单位|科室)(?:共?有?|共计)?$")


def _words(plain: str, before: int, place: int) -> str:
    """The words before a place, from the last mark or number."""
    left = max(before, place - _REACH)
    left = max(left, *(plain.rfind(mark, left, place) + 1 for mark in "，；：。\n"))
    bracket = plain.rfind("（", left, place)
    if bracket >= 0 and not _PLACES.match(plain, bracket):
        left = bracket + 1
    return plain[left:place].lstrip("）")


_RANKED = re.compile(
    r"^[一-鿿、]{0,40}?(?:前[一二三四五六七八九十两]|居前|靠前|最[多高低少快慢好差]|较[多高低少]|末位)[一-鿿]{0,10}?[是为]"
)


#: Between an owner and its number, where no verb makes it the subject: 市财政局共20件.
_NO_VERB = re.compile("(?:共计?|总计|合计|累计|[为有达约：（])*")


def _listed_item(words: str, one: Placed, beside: bool) -> str:
    """The owner that is all of an item's words; none where units of a kind are what is counted (乡镇12个).

    One organ with a verb (市财政局收到20件) is an item only `beside` others, or as a part.
    """
    ranked = _RANKED.match(words) if "前" in words or "最" in words else None
    owner = owners.of_item(words[ranked.end() :] if ranked else words)
    if owner and not beside and not _NO_VERB.fullmatch(words, words.find(owner) + len(owner)):
        return ""
    kind = _KIND.fullmatch(owner) is not None
    return "" if owner and kind and one.figure.unit in _OF_UNITS and one.figure.part_of is None else owner


#: 基层网站1个 beside 市直部门网站44个.
_NOUN = re.compile(r"[、；，]?(?:其中)?(?P<owner>[一-鿿]{2,12}?)(?:门户|官方)?(?:网站|微信|微博|公众号|账号|平台)$")
_PLAIN_OWNERS = frozenset({"基层", "其他", "社区", "乡镇", "街道", "市级", "县级", "省级"})


def _liberal(words: str) -> str:
    """The owner of a part beside parts with owners, before the noun that all share."""
    match = _NOUN.match(words)
    if not match:
        return ""
    owner = match["owner"]
    return owner if owner in _PLAIN_OWNERS or owners.are_owners(owner) else ""


def _in_lists(text: str, start: int, group: Sequence[Placed]) -> None:
    """The lists of one sentence."""
    for run in _runs(text, start, group):
        first, last = run[0].begin - start, run[-1].end - start
        each = _EACH.search(text, 0, first)
        found = last_names(text[: each.start()], len(run)) if each else None
        behind = _OWNERS_AFTER.match(text, last)
        if not found and behind:
            found = leading_names(text[behind.end() :], len(run))
        for one, name in zip(run, found or (), strict=False):
            one.figure.owner = name


def _runs(text: str, start: int, group: Sequence[Placed]) -> Iterator[list[Placed]]:
    """The numbers that follow one another with nothing but a mark between them, two at least."""
    run = [group[0]]
    for one in group[1:]:
        if one.figure.unit == run[-1].figure.unit and _NEXT.fullmatch(text, run[-1].end - start, one.begin - start):
            run.append(one)
            continue
        if len(run) > 1:
            yield run
        run = [one]
    if len(run) > 1:
        yield run


def _is_another(one: Subject, sole: Subject) -> bool:
    """Tell whether a subject names others than one organ: beside it that organ is not the body itself."""
    return bool(one.owner) and one.owner not in sole.owner and sole.owner not in one.owner and "各" not in one.owner


@lru_cache(maxsize=16)
def subjects(text: str) -> tuple[Subject, ...]:
    """The owners, and the body itself (""), that clauses of a sentence begin with."""
    begins = [0, *(m.end() for m in _BEGINS.finditer(text))]
    found = [one for begin in begins if (match := owners.CLAUSE.match(text, begin)) and (one := _subject(text, match))]
    for pattern, sign in _SPECIAL:
        for match in pattern.finditer(text) if sign in text else ():
            owner = owners.checked(match["owner"])
            if owner:
                found.append(Subject(match.start("owner"), match.end(), owner, sole=False, opens=True))
    found += [one for match in _COUNTED.finditer(text) if (one := _with_others(text, match))]
    return tuple(sorted(found, key=lambda one: one.start))


def _with_others(text: str, match: re.Match[str]) -> Subject | None:
    """The owners of 甲局、乙局等9个单位, or 31个单位 behind 有; None where what stands before 等 are no names."""
    if match["word"] == "有":
        return Subject(match.start(), match.end(), match["count"], sole=False, opens=True)
    clause = _words(text, 0, match.start())
    named = listed(clause)
    owner = f"{named}等{match['count']}"
    return Subject(match.start() - len(named), match.end(), owner, sole=False, opens=True) if named else None


def _subject(text: str, match: re.Match[str]) -> Subject | None:
    """What a clause begins with; None where it is no owner and not the body."""
    opens = text[match.start() - 1 : match.start()] != "，"
    if match["body"]:
        return Subject(match.start("body"), match.end("body"), "", sole=False, opens=True)
    if match["field"]:
        return Subject(match.start("field"), match.end("field"), match["field"], sole=False, opens=opens)
    words = match["owner"]
    owner = owners.subject(words)
    if owner:
        return Subject(match.start("owner"), match.end(), owner, sole=False, opens=opens)
    if owners.is_sole(words) and not _CHANNEL.match(text, match.end("owner")):
        return Subject(match.start("owner"), match.end(), words, sole=True, opens=opens)
    return None

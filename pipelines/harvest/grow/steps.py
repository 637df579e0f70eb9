"""Which links of a government's pages lead towards its annual reports, and which to the portals below it.

Belongs here: one page's links in order of promise. Does not belong here: asking for them (`pipelines.harvest.grow.discover`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.bodies.divisions import Division, divisions, find, is_holder, short_name
from pipelines.harvest.discovery import addresses
from pipelines.harvest.discovery.listing import Listing, ListLink
from pipelines.harvest.discovery.title_words import COLLECTIVE
from pipelines.harvest.discovery.titles import judge
from pipelines.harvest.register.names import full_name

#: Words of a link, without the government's name before them, and how much they promise: the column itself, then the way
#: of 政务公开 down to it. 教育局政府信息公开 promises nothing: what is left before the words is another body's name.
_STEPS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (104, re.compile(r"(?:政府)?(?:信息|政务)公开(?:工作)?(?:年报|年度报告)(?:专栏|栏目)?")),
    (90, re.compile(r"(?:历年)?(?:年报|年度报告)(?:专栏|栏目|公开)?")),
    (70, re.compile(r"(?:政府)?信息公开专栏|(?:法定)?主动公开(?:内容|信息|目录)?|(?:政府)?信息公开平台")),
    (60, re.compile(r"政府信息公开(?:网|目录)?")),
    (50, re.compile(r"政务公开|信息公开|政府信息")),
)
#: The column of a group of bodies: 部门信息公开年报, 县区年报.
_OF_A_GROUP = re.compile(r"(?:(?:政府)?(?:信息|政务)公开)?(?:工作)?(?:年报|年度报告)(?:专栏|栏目)?$")
#: A government's own word for itself before such words.
_ITSELF = re.compile(
    r"^(?:本级|(?:[省市县区州]|自治[区县])?(?:人民)?(?:政府)??)(?=(?:政府)?(?:信息|政务)公开|政府信息)"
)
#: Words of links to pages that link the portals of divisions below: tried where a home page links none.
_BELOW = re.compile(
    r"地方和部门|(?:区县|县区|县市区|市县|区市县|地市|市州|镇街)(?:政府|网站|导航|之窗|频道)|友情链接|网站(?:导航|链接)|相关链接|机构职能|政府机构"
)
_NOT = re.compile(
    r"指南|制度|依申请|意见箱|解读|政策|规定|条例|申请表|网站工作|统计|法治|预决?算|新闻|问答|登录|举报|投诉|企业年报|工商"
)
#: A host under gov.cn, or one that is a number: the site of a county's tourism is no portal.
_GOVERNMENTS = re.compile(r"(?:^|\.)gov\.cn(?::\d+)?$|^[\d.]+(?::\d+)?$")
#: Groups of a column of reports: the government's own is the nearest, others hold its territory.
_GROUP = re.compile(r"本级|部门|单位|县市区|县区|区县|市县|乡镇|镇街|街道|镇办|地市|市州")
_OWN = re.compile(r"本级")
_PATH = re.compile(r"xxgknb|gknb|ndbg|nianbao|annual", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """One link towards reports: its promise, and whether its words say that it is the column itself, or a part of it."""

    url: str
    title: str
    promise: int
    is_column: bool


def steps(listing: Listing, division: Division, *, in_column: bool = False) -> list[Step]:
    """The links of a page that lead towards annual reports of a government or its territory, the most promising first."""
    found: dict[str, Step] = {}
    for item in listing.items:
        step = _step(item, division, in_column=in_column)
        key = addresses.page_key(item.url)
        if step and key != addresses.page_key(listing.url) and (key not in found or found[key].promise < step.promise):
            found[key] = step
    return sorted(found.values(), key=lambda step: -step.promise)


def _step(item: ListLink, division: Division, *, in_column: bool) -> Step | None:
    title = "".join(item.title.split())
    if addresses.is_document(item.url) or addresses.is_root(item.url) or _NOT.search(title):
        return None
    if in_column and _GROUP.search(title) and len(title) <= 24 and not addresses.is_article(item.url):
        return Step(item.url, title, 94 if _OWN.search(title) else 96, True)
    said = judge(item.title)
    if said.kind == "report":
        return None
    promise = _promise(title, division)
    if not promise:
        return None
    return Step(item.url, title, promise + (1 if _PATH.search(item.url) else 0), promise >= 90)


def _promise(title: str, division: Division) -> int:
    """How much a link's words promise; 0 where they lead elsewhere, or to another body's own column."""
    own = title
    for name in (division.name, short_name(division.name)):
        own = own.removeprefix(name)
    own = _ITSELF.sub("", own, count=1)
    if promise := next((much for much, words in _STEPS if words.fullmatch(own)), 0):
        return promise
    group = _OF_A_GROUP.search(title)
    return 98 if group and COLLECTIVE.search(title[: group.start()]) else 0


def link_pages(listing: Listing) -> list[str]:
    """The pages that list the sites of divisions below, or the organs of a government."""
    found = [item.url for item in listing.items if _BELOW.search("".join(item.title.split())) and len(item.title) <= 20]
    return list(dict.fromkeys(url for url in found if not addresses.is_document(url)))


def portals_below(listing: Listing, division: Division) -> Iterator[tuple[Division, str, str]]:
    """The divisions below that a page links by their name, with the address of a home page on another host, and the words."""
    own = addresses.site_of(listing.url)
    for item in listing.items:
        site = addresses.site_of(item.url)
        if not addresses.is_root(item.url) or site == own or not _GOVERNMENTS.search(site):
            continue
        below = named_below(item.title, division)
        if below is not None:
            yield below, item.url, item.title.strip()


def named_below(title: str, division: Division) -> Division | None:
    """The division below that words name, and nothing else: 上城区, 杭州市人民政府, 杭州. None in doubt."""
    plain = re.sub(r"(?:人民)?政府(?:门户)?(?:网站|网)?$|门户网站$|网站$", "", "".join(title.split()))
    match = find(plain, full_name(division))
    found = match.division
    if found is not None and not match.rest and match.former is None and division.code in found.above:
        return found
    fitting = [d for d in _below(division) if d.name == plain or (len(plain) >= 2 and d.name[:-1] == plain)]
    return fitting[0] if len(fitting) == 1 else None


def _below(division: Division) -> list[Division]:
    return [each for each in divisions().values() if division.code in each.above and not is_holder(each)]

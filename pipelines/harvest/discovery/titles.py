"""Tells what the title of a link on a government's list says that it leads to.

Belongs here: the order in which a title's words decide. Does not belong here: the words (`title_words`), whose report
it is (`same_body`), and what the page behind the link holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal
from unicodedata import normalize

from pipelines.bodies.chinese_years import western_years
from pipelines.harvest.discovery import title_words as words
from pipelines.harvest.discovery.title_bodies import organ_before, organ_behind, spoken_of
from pipelines.harvest.discovery.title_years import BLANK, Year, blanked, year_in

Kind = Literal[
    "report",
    "interpretation",
    "template",
    "notice",
    "summary_table",
    "other_report",
    "year_folder",
    "column",
    "nothing",
]
#: Longer titles are texts.
LONGEST = 300

_TRADITIONAL = str.maketrans(
    "開報務機關區縣鎮鄉廳辦總結實況東廣資訊國會員處業發門電環聯應檔",
    "开报务机关区县镇乡厅办总结实况东广资讯国会员处业发门电环联应档",
)
_ZERO = str.maketrans("ОоΟ", "〇〇〇")
_BEFORE = re.compile(
    r"^(?:[·•●■◆◇▪□○>»*\-—_|.、,:]+|附件(?:[1-9一二三四五](?!\d))?[:.、]?|附[:.、]|\d{1,3}[.、](?!\d))+"
)
_TAIL_DATE = re.compile(r"[\[(]?20\d\d[-/.](?:0?\d|1[0-2])[-/.]\d{1,2}(?:\d\d:\d\d(?::\d\d)?)?[\])]?$")
_NUMBER = re.compile(r"^[一-鿿]{1,10}[〔\[(【]20\d\d[〕\])】]第?\d{1,5}号[:_]?")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|html?|shtml|wps|rar|zip|ofd)$", re.IGNORECASE)
_FOLDER = re.compile(r"^(?:20\d\d|\d\d(?=年))(?:年度?|度)?(?:年报|年度报告|报告)?$")
_BARE_END = re.compile(r"(?:年度)?(?:工作)?(?:年度(?:工作)?报告|年报|工作报告|报告)$")
_YEARS = re.compile(rf"[年度]*{BLANK}+[年度]*")
#: What page titles say behind the article's: the column's and the site's name.
_SITE_TAIL = re.compile(r"[-_|—–]+[^-_|—–]+[-_|—–]+.*$")
#: More words than these behind the report say something else of it.
_MUCH_BEHIND = 4
_WORDS = re.compile("[一-鿿]{2}")
_OF_WHAT = "does not say what it reports on"
_COLUMN = re.compile(
    r"^(?:历年|往年|历史|法定主动公开|专栏|公开)?(?:政府)?(?:工作)?(?:公开)?(?:年度)?(?:工作)?(?:年报|年度报告|公开报告)(?:专栏|栏目|列表|汇总|专区|>+|更多)*$"
)


@dataclass(frozen=True, slots=True)
class Title:
    """Holds what a title says: its kind, the year and the body that it names (None where it names none), and why."""

    kind: Kind
    report_year: int | None
    body_name: str | None
    reason: str


@lru_cache(maxsize=8192)  # a list's titles are judged several times over, for each body that shares it
def judge(title: str, published_on: date | None = None, *, in_column: bool = False) -> Title:
    """Tell an annual report from all else that stands on lists. Never raises.

    `in_column` says that the list is a column of annual reports, where a bare 2024年度报告 is one. A year alone is a
    `year_folder` everywhere: whether it leads to a list or a report, only its address can tell.
    """
    text, is_cut = _cleaned(title)
    rest = blanked(text)
    core = words.CORE.search(rest) or (words.CUT_CORE.search(rest) if is_cut else None)
    year = year_in(text, core.end() if core else None, published_on)
    if hard := words.OTHER_HARD.search(words.OTHER_ORGAN.sub("", text)):
        return Title("other_report", year.year, None, f"says {hard[0]}")
    if core is None:
        return _without_core(text, rest, year, is_cut, in_column)
    named = _Named(rest[: core.start()], core[0], _SITE_TAIL.sub("", rest[core.end() :]))
    return _with_core(named, year, is_dated=published_on is not None or BLANK in named.behind)


@dataclass(frozen=True, slots=True)
class _Named:
    """A title that says 信息公开年度报告: what stands before that, itself, and what stands behind."""

    before: str
    core: str
    behind: str


def _cleaned(title: str) -> tuple[str, bool]:
    """The title without spaces, marks, numbering and dates around it, in western digits; and whether it is cut."""
    text = "".join(c for c in normalize("NFKC", title[:LONGEST]) if c.isprintable() and not c.isspace())
    text = western_years(text.translate(_TRADITIONAL).translate(_ZERO).replace("资讯", "信息"))
    text = _TAIL_DATE.sub("", _FILE.sub("", _NUMBER.sub("", _BEFORE.sub("", text))))
    cut = words.CUT.search(text)
    return (text[: cut.start()], True) if cut else (text, False)


def _with_core(named: _Named, year: Year, is_dated: bool) -> Title:
    """A title with the words of an annual report: what stands around them can make another thing of it."""
    for decide in (_asking, _about_it):
        if found := decide(named):
            return Title(found[0], year.year, None, found[1])
    body = organ_before(named.before, named.core) or organ_behind(named.behind)
    if collected := _collection(named):
        kind: Kind = "year_folder" if year.year else "column"
        return Title(kind, year.year, spoken_of(named.before), collected)
    if other := _more_than_a_report(named, year, body):
        return other
    if year.year is None and not is_dated and (body is None or "工作" not in named.core):
        return Title("column", None, body, "names the reports and no year")
    return Title("report", year.year, body, year.reason)


def _more_than_a_report(named: _Named, year: Year, body: str | None) -> Title | None:
    """Tell what the words behind the report make of it, if they do not name whose it is."""
    if organ_behind(named.behind):
        return None
    behind = words.DECORATION.sub("", named.behind)
    if soft := words.OTHER_SOFT.search(behind):
        return Title("other_report", year.year, body, f"says {soft[0]}")
    says_no_year = BLANK not in named.before + named.behind
    if len(behind) > _MUCH_BEHIND or (says_no_year and _WORDS.search(behind)):
        return Title("nothing", year.year, body, f"says {behind[:20]} behind the report")
    return None


def _asking(named: _Named) -> tuple[Kind, str] | None:
    """A letter about reports, or about how they are written."""
    if found := words.ASKING.search(named.before) or words.NOTICE_END.search(named.behind):
        return "notice", f"says {found[0]}"
    if found := words.TEMPLATE.search(named.behind) or words.TEMPLATE.search(named.before):
        return "template", f"says {found[0]}"
    return None


def _about_it(named: _Named) -> tuple[Kind, str] | None:
    """Something made of a report, or said of it."""
    before, behind = (words.ORGANS_IN_THE_WAY.sub("", text) for text in (named.before, named.behind))
    if found := words.INTERPRETATION.search(before) or words.INTERPRETATION.search(behind):
        return "interpretation", f"says {found[0]}"
    if found := words.FOREIGN.search(behind):
        return "interpretation", f"a translation: {found[0]}"
    if found := words.JUDGED.search(behind):
        return "notice", f"says {found[0]} of reports"
    before = before.replace(BLANK, "").rstrip('年度的《“"')
    if (found := words.NEWS.search(before) or words.NEWS_BEHIND.search(behind)) and "关于" not in before:
        return "interpretation", f"news: says {found[0]}"
    if (found := words.TABLE_END.search(behind)) and not words.TABLE_BESIDE.search(behind[: found.end()]):
        return "summary_table", f"says {found[0]}"
    return ("summary_table", "begins with a table") if words.TABLE_END.match(before.rstrip(":_ ")) else None


def _collection(named: _Named) -> str | None:
    if found := words.COLLECTED.match(named.behind.lstrip(BLANK + "年度的()")):
        return f"says {found[0]}"
    return "of many bodies" if words.COLLECTIVE.search(spoken_of(named.before) or "") else None


def _without_core(text: str, rest: str, year: Year, is_cut: bool, in_column: bool) -> Title:
    """A title that does not say that it is an annual report on open government information."""
    if _FOLDER.fullmatch(text) and not (in_column and "报" in text):
        is_year = "报" not in text
        return Title("year_folder" if is_year else "nothing", year.year, None, "a year alone" if is_year else _OF_WHAT)
    if _COLUMN.fullmatch(rest):
        return Title("column", None, None, "names reports and no year")
    spoken = spoken_of(_BARE_END.sub("", rest))
    if words.COLLECTIVE.search(spoken or "") and (in_column or _BARE_END.search(rest)):
        return Title("year_folder" if year.year else "column", year.year, spoken, "of many bodies")
    if in_column and (found := _in_column(rest, year, is_cut)):
        return found
    return _other(text, year)


def _other(text: str, year: Year) -> Title:
    plain = words.ORGANS_IN_THE_WAY.sub("", text)
    if words.RELATED.search(plain):
        told: tuple[tuple[Kind, re.Match[str] | None], ...] = (
            ("notice", words.ASKING.search(plain) or words.NOTICE_END.search(plain)),
            ("template", words.TEMPLATE.search(plain)),
            ("interpretation", words.INTERPRETATION.search(plain)),
            ("summary_table", words.TABLE_END.search(plain)),
            ("notice", words.JUDGED.search(plain)),
        )
        for kind, found in told:
            if found:
                return Title(kind, year.year, None, f"says {found[0]}")
    pattern = words.OTHER_SOFT if words.SUBJECT.search(plain) else words.OTHER_ALONE
    if found := pattern.search(plain):
        return Title("other_report", year.year, None, f"says {found[0]}")
    return Title("nothing", year.year, None, "says nothing of annual reports")


def _in_column(rest: str, year: Year, is_cut: bool) -> Title | None:
    """In a column of reports a year, and a body or none, say enough."""
    told = words.SUBJECT_ONLY.sub("", words.CUT_SUBJECT.sub("", rest) if is_cut else rest)
    told = _BARE_END.sub("", words.DECORATION_END.sub("", told))
    spoken = spoken_of(told)
    parts = [part for part in _YEARS.split(told) if part]
    body = organ_before(parts[0], "") if parts else None
    if BLANK not in rest or len(parts) > 1 or (spoken and body is None):
        return None
    return Title("report", year.year, body, f"in a column of reports; {year.reason}")

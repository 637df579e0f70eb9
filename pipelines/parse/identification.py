"""Tells who reports, about which year, published when, speaking for whom."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from unicodedata import normalize

from pipelines.bodies.body import Body
from pipelines.bodies.chinese_years import western_years
from pipelines.bodies.naming import body_of
from pipelines.parse import own_statement
from pipelines.parse.body_agreement import body_agrees
from pipelines.parse.report import Check, Hints, Section
from pipelines.read.document import Document, Table

FIRST_YEAR = 2008
#: How many blocks from the start may hold the title, and from the end the signature.
TITLE_BLOCKS = 25
SIGNATURE_BLOCKS = 8
LONGEST_TITLE = 80
#: Characters from the start that may state the period of the statistics.
PREAMBLE = 1500

_YEAR = re.compile(r"(20[0-3]\d)\s*年?\s*(?:度|1月|一月)?")
_REPORT = re.compile(
    r"(?:政府)?(?:信息|政务)公开.{0,12}?(?:年度)?.{0,6}?(?:报告|年报)|(?:年度报告|年报).{0,8}(?:信息|政务)公开"
)
#: A sentence or a breadcrumb, not a title.
_NOT_TITLE = re.compile(r"[。;；!！]|^(?:根据|依据|按照|为了|为|现将|本报告|本年度报告)|首页|>|位置")
_NOT_REPORT = re.compile(r"解读|图解|一图读懂|模板|格式|通知|指南|目录|汇总")
_PERIOD = re.compile(r"(?:统计期限|数据.{0,12}?期限|时间|期限|自|从)[^。]{0,16}?(20[0-3]\d)\s*年\s*1\s*月\s*1\s*日")
_DATE = re.compile(r"(20[0-3]\d)\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})")
_MADE_BY = re.compile(r"本(?:年度)?报告由(?P<name>[一-鿿（）()]{4,40}?)(?:负责)?(?:编制|编写|编撰|起草)")
#: A draft, or a report of less than a year.
_NOT_FINAL = re.compile(r"征求意见稿|讨论稿|送审稿|初稿|草案|草稿|(?:上|下)半年|半年度?|第?[一二三四1-4]季度")
_PERIOD_END = re.compile(
    r"期限[^。]{0,30}?1\s*月\s*1\s*日[^。]{0,4}?(?:至|到|-|—)\s*(?P<year>20[0-3]\d)\s*年\s*(?P<month>\d{1,2})\s*月"
)
#: The name of a field before a title, as converters of pages print it. No name of a body begins so.
_FIELD = re.compile(
    r"^\s*(?:[【\[]?\s*(?:标\s*题|题\s*名|名\s*称|[信文][息件]名称|文章标题|主\s*题)\s*(?:[】\]]\s*[:：]?|[:：]|\s)|[一-鿿]{2,6}\d?\s*[:：])\s*"
)
#: A title is no path and no address, but it can be the name of a file.
_PATH = re.compile(r"[/\\]|\w_(?=[一-鿿])")
_EXTENSION = re.compile(r"\.(?:docx?|pdf|wps|s?html?|txt|rtf|ofd|et|xlsx?)$", re.IGNORECASE)
#: It asks for reports, and is none.
_ASKS = re.compile(
    r"(?:做好|编制|编写|报送|上报|填报|撰写|提交|开展|规范|抓紧|组织)[^。]{0,40}?(?:报告|年报)[^。]{0,16}?(?:通知|函|要求|提示|提醒)$"
)
#: The reporting organ speaks of itself: no name.
_ITSELF = re.compile(
    r"^(?:本|我)(?:机关|单位|部门|级|局|委|厅|办|署|院|省|市|区|县|州|旗|镇|乡|街道|中心)(?:办|政府|机关)?$"
)
_DATED = re.compile(r"20[0-3]\d年\d{1,2}月")
_SITE = re.compile(r"\s*(?:[_|｜—]|--|[-－](?=[一-鿿]))\s*")
#: What a report is about, which ends the body's name: 甲县人民政府信息公开 cuts behind 人民政府.
_SUBJECT = re.compile(r"(?<!人民)(?:政府|政务)信息公开|信息公开|政务公开(?!办)")
#: A line with a date, a field or a counter, or the heading of a section, is no part of a title.
_NO_PART = re.compile(r"[:：|]|\d{1,2}[-/.月]\d|浏览|^[一二三四五六七八九十]+[、.．]")
#: A page that shows as many titles of reports, and no section and no table, lists reports.
_MANY_TITLES = 3
_WRAPPING = re.compile(r"^(?:关于|印发|发布|公布)+|[《》“”\"'【】\[\]（）()]|^\d+[.、]")
_ORGAN_LINE = re.compile(
    r"^[一-鿿（）()·、]{2,40}(?:政府|办公厅|办公室|局|委员会|委|厅|管委会|街道办事处|中心|院|署|部|队)$"
)


@dataclass(frozen=True, slots=True)
class Identified:
    """Holds what was found, with the checks of how.

    `body_from` and `year_from` say what told them, in the words of `expectations.vocabulary.IDENTITY_FROM`.
    """

    body: Body | None
    year: int | None
    title: str | None
    published_on: datetime.date | None
    index_number: str | None
    checks: tuple[Check, ...]
    title_from: str
    body_from: str | None
    year_from: str | None


def identify(document: Document, sections: Sequence[Section], hints: Hints) -> Identified:
    """Identify a report. The body and year are None where neither the document nor the hints tell them."""
    text = "\n".join(section.text for section in sections)
    title, said = title_of(document), own_statement.title_in_sentence(text)
    year, year_from, year_check = _year(title, said, text, hints)
    name, body_from = _body_name(title, said, document, text, hints)
    context = " ".join(filter(None, (title, document.title, *document.metadata.values(), hints.body_name, text[:400])))
    body = body_of(name, context, year) if name else None
    checks = (
        year_check,
        _body_check(name, body),
        body_agrees(body, _named_bodies(document, said, text, hints), context, year),
        _whole_year_check(title or said, text, year),
    )
    return Identified(
        body=body,
        year=year,
        title=title or said,
        published_on=_published(document, year),
        index_number=document.metadata.get("索引号"),
        checks=tuple(c for c in checks if c),
        title_from="title" if title else "first_sentence",
        body_from=body_from if body else None,
        year_from=year_from,
    )


@lru_cache(maxsize=16)
def _western(text: str) -> str:
    """The beginning of a report in plain signs, with its years in digits: several look into it."""
    return western_years(normalize("NFKC", text))


def _is_title(text: str) -> bool:
    if len(text) > LONGEST_TITLE or "公开" not in text:
        return False
    return bool(_REPORT.search(text)) and not _NOT_TITLE.search(text)


def title_of(document: Document) -> str | None:
    """The report's title: the candidate that names a year, first those near the report itself, then the page's own."""
    candidates = [t for t in _title_candidates(document) if _is_title(t) and not _ASKS.search(t)]
    with_year = [t for t in candidates if _YEAR.search(t) and not _NOT_REPORT.search(t)]
    named = [t for t in with_year if _organ_in(t)]
    for group in (named, with_year, candidates):
        if group:
            return group[0]
    return None


def _title_candidates(document: Document) -> Iterable[str]:
    """Lines near the start, alone and joined with the line before or after (titles break over lines), then fields."""
    lines = [b.text for b in document.blocks[:TITLE_BLOCKS] if not isinstance(b, Table)]
    lines = [_without_field(line) for line in lines if len(line) <= LONGEST_TITLE]
    lines = [line for line in lines if not _PATH.search(line)]
    yield from lines
    page = [document.metadata.get(k) for k in ("meta:articletitle", "名称")]
    page += _SITE.split(document.title) if document.title else []
    yield from (_without_field(t) for t in page if t)
    for one, two in pairwise(lines):
        if not _NO_PART.search(one) and (
            _ORGAN_LINE.match(one.replace(" ", "")) or not (_is_title(one) or _is_title(two))
        ):
            yield one + two


def _without_field(line: str) -> str:
    """A line as a title: years in digits, no name of a field before it, no ending of a file behind it."""
    return western_years(_EXTENSION.sub("", _FIELD.sub("", normalize("NFKC", line))))


def _organ_in(title: str) -> str:
    """Tell what a title leaves when year and 政府信息公开年度报告 are taken away: the body's name, or ""."""
    text = "".join(title.split())
    cut = _SUBJECT.search(text)
    before = re.sub(r"人民$", "人民政府", text[: cut.start()] if cut else text)
    before = re.sub(r"20[0-3]\d年?度?(?:年度)?", "", _WRAPPING.sub("", before))
    before = re.sub(r"(?:年度|年报|工作报告|关于|的|\d)+$", "", before)
    name = _WRAPPING.sub("", before).strip("-—_,，:：;；.。 /")
    return "" if _ITSELF.match(name) else name


def _body_name(
    title: str | None, said: str | None, document: Document, text: str, hints: Hints
) -> tuple[str | None, str | None]:
    """The body as printed, and what told it: the title, a sentence that gives the report, the signature, and so on."""
    for place, given in (("title", title), ("first_sentence", said)):
        name = _organ_in(given) if given else ""
        if len(name) >= 2:
            return name, place
    head, tail = _ends(document)
    work = own_statement.work_in_sentence(text)
    made = _MADE_BY.search("".join(head) + text[:PREAMBLE])
    places = (
        ("signature", _signature(tail)),
        ("field", document.metadata.get("发布机构")),
        ("line", next((line for line in head if _ORGAN_LINE.match(line)), None)),
        ("text", _organ_in(work) if work else None),
        ("text", made["name"] if made else None),
        ("source", hints.body_name),
        ("field", document.metadata.get("meta:contentsource")),
    )
    return next(((named, place) for place, named in places if named and not _ITSELF.match(named)), (None, None))


def _ends(document: Document) -> tuple[list[str], list[str]]:
    """The first lines of a document, where its title stands, and the last, where it is signed; without white space."""
    texts = [b.text for b in document.blocks if not isinstance(b, Table)]
    head, tail = (
        [normalize("NFKC", text).replace(" ", "") for text in part]
        for part in (texts[:TITLE_BLOCKS], texts[-SIGNATURE_BLOCKS:])
    )
    return head, tail


def _signature(tail: Sequence[str]) -> str | None:
    """The organ that signs: a line of its own next to a date near the end; without a date, the first such line there."""
    organs = [i for i, line in enumerate(tail) if _ORGAN_LINE.match(line)]
    dated = [i for i, line in enumerate(tail) if _DATE.search(western_years(line))]
    beside = [i for i in organs if any(abs(i - d) <= 2 for d in dated)]
    chosen = beside or organs
    return tail[chosen[0]] if chosen else None


def _year(title: str | None, said: str | None, text: str, hints: Hints) -> tuple[int | None, str | None, Check | None]:
    """The year the report is about, and what told it: the first of the places that names one. The next must agree."""
    titled, given = _first_year(title or ""), _first_year(said or "")
    period = _PERIOD.search(_western(text[:PREAMBLE]))
    counted = int(period[1]) if period else None
    if titled and _DATED.search(western_years(title or "")) and (given or counted):
        titled = None  # 年度报告（2024年1月）: the month of publication, not the year reported on
    stated = [("title", titled), ("first_sentence", given), ("period", counted)]
    if not any(year for _, year in stated):
        work = own_statement.work_in_sentence(text)
        told = _first_year(work or "") or own_statement.year_counted_to(text[:PREAMBLE])
        stated = [("text", told), ("source", hints.report_year), ("text", None if told else _most_named(text))]
    named = [(place, year) for place, year in stated if year]
    if not named:
        return None, None, None
    return named[0][1], named[0][0], _year_check(named)


_PLACES = {
    "title": "the title",
    "first_sentence": "the first sentence",
    "period": "the period of the statistics",
    "text": "the text",
    "source": "the source",
}


def _year_check(named: Sequence[tuple[str, int]]) -> Check:
    """Hold the place that tells the year against the next that names another, or the same."""
    (place, one), others = named[0], named[1:]
    if not others:
        message = f"only one place states the year {one}"
        return Check("identification", "year_agrees", "", "not_testable", message)
    elsewhere, other = next(((where, year) for where, year in others if year != one), others[-1])
    message = f"{_PLACES[place]} says {one}, {_PLACES[elsewhere]} {other}"
    return Check("identification", "year_agrees", "", "holds" if one == other else "fails", message, one, other)


def _first_year(text: str) -> int | None:
    years = [int(y) for y in _YEAR.findall(western_years(text)) if int(y) >= FIRST_YEAR]
    return years[0] if years else None


def _most_named(text: str) -> int | None:
    """The year that opening sentences are about (`2025年，我县坚持…`), where at least two name the same and no other."""
    opening = re.findall(r"(?:^|\n)\s*(20[0-3]\d)\s*年[，,]", text)
    return int(opening[0]) if len(opening) >= 1 and len(set(opening)) == 1 else None


def _published(document: Document, year: int | None) -> datetime.date | None:
    """The date of publication: the page's field, else one near the title, else the signature's. Never within the year."""
    fields = [document.metadata.get(k) for k in ("公开日期", "meta:pubdate", "meta:publishdate", "成文日期")]
    texts = [
        western_years(b.text) for b in document.blocks if not isinstance(b, Table) and len(b.text) <= LONGEST_TITLE
    ]
    for text in [*filter(None, fields), *texts[:TITLE_BLOCKS], *texts[: -SIGNATURE_BLOCKS - 1 : -1]]:
        for match in _DATE.finditer(text):
            date = _date(match)
            if date and (year is None or date.year > year):
                return date
    return None


def _date(match: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def _named_bodies(document: Document, said: str | None, text: str, hints: Hints) -> list[tuple[str, str]]:
    """Tell where else a body is named as the one that reports, and its name: 本报告由…编制, the signature, the hint."""
    head, tail = _ends(document)
    made = _MADE_BY.search("".join(head) + text[:PREAMBLE])
    dated = any(_DATE.search(western_years(line)) for line in tail)
    named = [
        ("the first sentence", _organ_in(said) if said else None),
        ("the text", made["name"] if made else None),
        ("the signature", _signature(tail) if dated else None),
        ("the source", hints.body_name),
    ]
    return [(where, name) for where, name in named if name]


def _whole_year_check(title: str | None, text: str, year: int | None) -> Check | None:
    """Tell whether the report is a final one of a whole year. None where nothing speaks against it."""
    if title and (part := _NOT_FINAL.search(title)):
        return Check("identification", "whole_year", "", "fails", f"the title says {part[0]!r}")
    period = _PERIOD_END.search(_western(text[:PREAMBLE]))
    if period and year is not None and int(period["year"]) == year and int(period["month"]) != 12:
        return Check("identification", "whole_year", "", "fails", f"the statistics end in {period['month']}月")
    return None


def _body_check(name: str | None, body: Body | None) -> Check | None:
    if body is None:
        return None
    if body.government_code is None and body.level != "state":
        return Check("identification", "body_resolved", "", "fails", f"{name!r} is {body.note}")
    return Check(
        "identification", "body_resolved", "", "holds", f"{name!r} is of {body.government_name or 'the state'}"
    )


def is_report(who: Identified, document: Document, section_count: int, table_count: int) -> bool:
    """Tell whether a document is an annual report at all: by title, by its sections, or by its statutory tables.

    A title in a sentence is no proof: news speak of reports, too. One that asks for reports has a form, but no report.
    """
    if who.title is None and _asks(document):
        return False
    if table_count > 0 or section_count >= 3:
        return True
    if who.title is None or _NOT_REPORT.search(who.title):
        return False
    if who.title_from != "title":
        return section_count >= 2
    tells = bool(_first_year(who.title) or _organ_in(who.title)) or who.year_from == "source"
    return tells and (section_count > 0 or not _lists(document))


def _lists(document: Document) -> bool:
    """Tell whether the lines of a document are titles of several reports."""
    lines = {b.text for b in document.blocks if not isinstance(b, Table) and _is_title(b.text) and _first_year(b.text)}
    return len(lines) >= _MANY_TITLES


def _asks(document: Document) -> bool:
    """Tell whether a document asks others for reports: 关于做好2023年政府信息公开工作年度报告编制工作的通知."""
    lines = [b.text for b in document.blocks[:TITLE_BLOCKS] if not isinstance(b, Table)]
    return any(_ASKS.search(_without_field(line)) for line in lines if len(line) <= LONGEST_TITLE)

"""Tells who reports, about which year, published when, speaking for whom."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

from pipelines.bodies.body import Body
from pipelines.bodies.chinese_years import western_years
from pipelines.bodies.naming import body_of
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
_FIELD = re.compile(r"^\s*(?:标题|题名|名称|信息名称|文件名称|文章标题|主题)\s*[:：]\s*")
_DATED = re.compile(r"20[0-3]\d年\d{1,2}月")
_SITE = re.compile(r"\s*(?:[_|｜—]|--|[-－](?=[一-鿿]))\s*")
#: What a report is about, which ends the body's name: 甲县人民政府信息公开 cuts behind 人民政府.
_SUBJECT = re.compile(r"(?<!人民)(?:政府|政务)信息公开|信息公开|政务公开(?!办)")
#: A line with a date, a field or a counter is no part of a title.
_NO_PART = re.compile(r"[:：|]|\d{1,2}[-/.月]\d|浏览")
_WRAPPING = re.compile(r"^(?:关于|印发|发布|公布)+|[《》“”\"'【】\[\]（）()]|^\d+[.、]")
_ORGAN_LINE = re.compile(
    r"^[一-鿿（）()·、]{2,40}(?:政府|办公厅|办公室|局|委员会|委|厅|管委会|街道办事处|中心|院|署|部|队)$"
)
_TERRITORY = re.compile(
    r"全[省市区县州盟旗](?:各级)?(?:行政机关|各级政府|政府系统|范围)|全[省市区县州盟旗](?:全年)?[^。，；]{0,10}?(?:受理|收到|新收|接收|办理)|各[区县市][^。；]{0,12}(?:汇总|合计)"
)
_OWN = re.compile(r"本机关|本单位|本局|本委|本厅|本办|我局|我委|我厅|我办|本镇|本乡|本街道|我镇|我乡|我街道")


@dataclass(frozen=True, slots=True)
class Identified:
    """Holds what was found, with the checks of how."""

    body: Body | None
    year: int | None
    title: str | None
    published_on: datetime.date | None
    index_number: str | None
    scope: str
    checks: tuple[Check, ...]


def identify(document: Document, sections: Sequence[Section], hints: Hints) -> Identified:
    """Identify a report. The body and year are None where neither the document nor the hints tell them."""
    title = title_of(document)
    text = "\n".join(section.text for section in sections)
    year, year_check = _year(title, text, hints)
    name = _body_name(title, document, hints)
    context = " ".join(filter(None, (title, document.title, *document.metadata.values(), hints.body_name, text[:400])))
    body = body_of(name, context, year) if name else None
    return Identified(
        body=body,
        year=year,
        title=title,
        published_on=_published(document, year),
        index_number=document.metadata.get("索引号"),
        scope=_scope(text, body),
        checks=tuple(
            c
            for c in (
                year_check,
                _body_check(name, body),
                body_agrees(body, _named_bodies(document, text, hints), context, year),
                _whole_year_check(title, text, year),
            )
            if c
        ),
    )


def _is_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and bool(_REPORT.search(text)) and not _NOT_TITLE.search(text)


def title_of(document: Document) -> str | None:
    """The report's title: the candidate that names a year, first those near the report itself, then the page's own."""
    candidates = [t for t in _title_candidates(document) if _is_title(t)]
    with_year = [t for t in candidates if _YEAR.search(t) and not _NOT_REPORT.search(t)]
    named = [t for t in with_year if _organ_in(t)]
    for group in (named, with_year, candidates):
        if group:
            return group[0]
    return None


def _title_candidates(document: Document) -> Iterable[str]:
    """Lines near the start, alone and joined with the line before or after (titles break over lines), then fields."""
    lines = [b.text for b in document.blocks[:TITLE_BLOCKS] if not isinstance(b, Table)]
    lines = [western_years(_FIELD.sub("", normalize("NFKC", line))) for line in lines if len(line) <= LONGEST_TITLE]
    yield from lines
    page = [document.metadata.get(k) for k in ("meta:articletitle", "名称")]
    page += _SITE.split(document.title) if document.title else []
    yield from (western_years(normalize("NFKC", t)) for t in page if t)
    for one, two in pairwise(lines):
        if not _NO_PART.search(one) and (
            _ORGAN_LINE.match(one.replace(" ", "")) or not (_is_title(one) or _is_title(two))
        ):
            yield one + two


def _organ_in(title: str) -> str:
    """Tell what a title leaves when year and 政府信息公开年度报告 are taken away: the body's name, or ""."""
    text = "".join(title.split())
    cut = _SUBJECT.search(text)
    before = re.sub(r"人民$", "人民政府", text[: cut.start()] if cut else text)
    before = re.sub(r"20[0-3]\d年?度?(?:年度)?", "", _WRAPPING.sub("", before))
    before = re.sub(r"(?:年度|年报|工作报告|关于|的|\d)+$", "", before)
    return _WRAPPING.sub("", before).strip("-—_,，:：;；.。 /")


def _body_name(title: str | None, document: Document, hints: Hints) -> str | None:
    """The body as printed: in the title, as signature, in a line near the title, as publisher; the hint last."""
    name = _organ_in(title) if title else ""
    if len(name) >= 2:
        return name
    texts = [normalize("NFKC", b.text).replace(" ", "") for b in document.blocks if not isinstance(b, Table)]
    signed = _signature(texts)
    publisher = document.metadata.get("发布机构")
    near = next((line for line in texts[:TITLE_BLOCKS] if _ORGAN_LINE.match(line)), None)
    return signed or publisher or near or hints.body_name or document.metadata.get("meta:contentsource")


def _signature(texts: Sequence[str]) -> str | None:
    """The organ that signs: a line of its own next to a date near the end; without a date, the first such line there."""
    tail = texts[-SIGNATURE_BLOCKS:]
    organs = [i for i, line in enumerate(tail) if _ORGAN_LINE.match(line)]
    dated = [i for i, line in enumerate(tail) if _DATE.search(western_years(line))]
    beside = [i for i in organs if any(abs(i - d) <= 2 for d in dated)]
    chosen = beside or organs
    return tail[chosen[0]] if chosen else None


def _year(title: str | None, text: str, hints: Hints) -> tuple[int | None, Check | None]:
    """The year the report is about: the title's, else that of the statistics, else the hint's."""
    named = _first_year(title or "")
    period = _PERIOD.search(western_years(normalize("NFKC", text[:PREAMBLE])))
    counted = int(period[1]) if period else None
    if named and _DATED.search(western_years(title or "")) and counted:
        named = None  # 年度报告（2024年1月）: the month of publication, not the year reported on
    year = named or counted or hints.report_year or _most_named(text)
    if year is None:
        return None, None
    if named is None or counted is None:
        return year, Check(
            "identification", "year_agrees", "", "not_testable", f"only one place states the year {year}"
        )
    outcome = "holds" if named == counted else "fails"
    return year, Check(
        "identification",
        "year_agrees",
        "",
        outcome,
        f"the title says {named}, the period of the statistics {counted}",
        named,
        counted,
    )


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


def _scope(text: str, body: Body | None) -> str:
    """Whole territory or one organ, by the report's own words; `not_stated` where it says neither or both."""
    territory, own = bool(_TERRITORY.search(text)), bool(_OWN.search(text))
    if body is not None and body.kind in ("government", "development_zone") and territory:
        return "territory"
    if body is not None and body.kind == "government":
        return "not_stated"
    if own and not territory:
        return "organ"
    return "not_stated"


def _named_bodies(document: Document, text: str, hints: Hints) -> list[tuple[str, str]]:
    """Tell where else a body is named as the one that reports, and its name: 本报告由…编制, the signature, the hint."""
    texts = [normalize("NFKC", b.text).replace(" ", "") for b in document.blocks if not isinstance(b, Table)]
    made = _MADE_BY.search("".join(texts[:TITLE_BLOCKS]) + text[:PREAMBLE])
    dated = any(_DATE.search(western_years(line)) for line in texts[-SIGNATURE_BLOCKS:])
    named = [
        ("the text", made["name"] if made else None),
        ("the signature", _signature(texts) if dated else None),
        ("the source", hints.body_name),
    ]
    return [(where, name) for where, name in named if name]


def _whole_year_check(title: str | None, text: str, year: int | None) -> Check | None:
    """Tell whether the report is a final one of a whole year. None where nothing speaks against it."""
    if title and (part := _NOT_FINAL.search(title)):
        return Check("identification", "whole_year", "", "fails", f"the title says {part[0]!r}")
    period = _PERIOD_END.search(western_years(normalize("NFKC", text[:PREAMBLE])))
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


def is_report(title: str | None, section_count: int, table_count: int) -> bool:
    """Tell whether a document is an annual report at all: by title, by its sections, or by its statutory tables."""
    return table_count > 0 or section_count >= 3 or (title is not None and not _NOT_REPORT.search(title))

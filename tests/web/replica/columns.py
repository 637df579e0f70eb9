"""A column of a site: what stands in its list, newest first, whatever system publishes it."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

PER_PAGE = 15
COLUMN_NAME = "政府信息公开工作年度报告"


@dataclass(slots=True)
class Entry:
    """A line of a list. `kind`: `report`, or what else it is; `year` is the year it speaks of.

    `path` is where it stands on its site, or a whole address of another one. `shown` is the link's text where that is not
    the title; the title then stands in the link's `title`.
    """

    title: str
    kind: str
    year: int
    body_name: str
    published: datetime.date
    path: str = ""
    shown: str | None = None
    serial: int = 0

    @property
    def is_elsewhere(self) -> bool:
        """Whether it stands on another site."""
        return bool(urlsplit(self.path).scheme)


@dataclass(slots=True)
class Column:
    """A list of entries and the name it goes by."""

    name: str
    entries: list[Entry] = field(default_factory=list)
    per_page: int = PER_PAGE

    @property
    def pages(self) -> list[list[Entry]]:
        """The entries by page, newest first; at least one page."""
        ordered = sorted(self.entries, key=lambda entry: (entry.published, entry.serial), reverse=True)
        starts = range(0, max(len(ordered), 1), self.per_page)
        return [ordered[start : start + self.per_page] for start in starts]


def report_title(body_name: str, year: int, dice: random.Random) -> str:
    """One of the titles that governments give their reports."""
    return dice.choice(
        (
            f"{body_name}{year}年政府信息公开工作年度报告",
            f"{body_name.removesuffix('人民政府')}{year}年政府信息公开工作年度报告",
            f"{body_name}{year}年度政府信息公开工作报告",
            f"{year}年{body_name}政府信息公开工作年度报告",
        )
    )


def published(body_name: str, year: int, dice: random.Random) -> datetime.date:
    """A day on which the report of a year is published in time: departments by 31 January, governments by 31 March."""
    last = 75 if body_name.endswith("人民政府") else 20
    return datetime.date(year + 1, 1, 10) + datetime.timedelta(days=dice.randint(0, last))


#: What stands beside a report without being one: kind and title, of a year, a body and its place.
DECOYS = (
    ("interpretation", "《{body}{year}年政府信息公开工作年度报告》解读"),
    ("picture", "一图读懂：{place}{year}年政府信息公开工作年度报告"),
    ("notice", "关于做好{year}年政府信息公开工作年度报告编制发布工作的通知"),
    ("template", "{year}年政府信息公开工作年度报告（模板）"),
    ("statement", "{place}政府网站工作年度报表（{year}年度）"),
    ("other subject", "{place}{year}年法治政府建设情况年度报告"),
    ("news", "{place}按期发布{year}年政府信息公开工作年度报告"),
    ("call", "关于征集对{year}年政府信息公开工作年度报告意见建议的公告"),
)
#: What else a column holds.
_FILLERS = (
    "{place}政府信息公开指南（第{n}次修订）",
    "{place}{year}年政务公开工作要点",
    "{place}政府信息公开目录编制说明之{n}",
    "{place}{year}年第{n}期政府公报出版",
    "{place}行政规范性文件清理结果（第{n}批）",
    "关于{place}政府信息依申请公开受理时间的公告（{n}）",
)


def decoys(body_name: str, year: int, day: datetime.date, kinds: Sequence[str]) -> Iterator[Entry]:
    """What of the given kinds is published about the day of the report."""
    place = body_name.removesuffix("人民政府")
    for offset, (kind, title) in enumerate(DECOYS):
        if kind in kinds:
            shift = datetime.timedelta(days=(offset % 3) - 1)
            yield Entry(title.format(body=body_name, place=place, year=year), kind, year, body_name, day + shift)


def fillers(body_name: str, years: Sequence[int], dice: random.Random, count: int) -> Iterator[Entry]:
    """That many entries that have nothing to do with reports."""
    place = body_name.removesuffix("人民政府")

    def endless() -> Iterator[Entry]:
        number = 0
        while True:
            number += 1
            year = dice.choice(years) + 1
            day = datetime.date(year, 1, 5) + datetime.timedelta(days=dice.randint(0, 355))
            title = dice.choice(_FILLERS).format(place=place, year=year, n=number)
            yield Entry(title, "filler", year, body_name, day)

    return islice(endless(), count)

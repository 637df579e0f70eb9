"""What the made sites have in common: who reports, how a page and a report look, and what a kind of site is."""

from __future__ import annotations

import html
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipelines.bodies.divisions import Division, divisions
from tests.web.situations.situation import Answer, Row, Situation

YEARS = tuple(range(2025, 2013, -1))
#: Organs of a county that its pages name by their last words.
ORGANS = (
    "教育局",
    "财政局",
    "民政局",
    "审计局",
    "统计局",
    "水利局",
    "司法局",
    "农业农村局",
    "卫生健康局",
    "应急管理局",
)
_MENU = "".join(
    f'<li><a href="{href}">{name}</a></li>'
    for href, name in (("/", "首页"), ("/zwgk/", "政务公开"), ("/bsfw/", "办事服务"), ("/hdjl/", "互动交流"))
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: path, title, day."""

    path: str
    title: str
    day: str


@dataclass(slots=True)
class Made:
    """A site in the making: its answers, and what a person finds: path → (body, year)."""

    rng: random.Random
    place: Division
    answers: dict[str, Answer] = field(default_factory=dict)
    named: dict[str, tuple[str, int]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    #: The year that the refresh is asked for; None for all.
    year: int | None = None

    @property
    def county(self) -> str:
        """The county, with the places above it, so that no namesake is meant."""
        tree = divisions()
        return "".join(tree[code].name for code in reversed(self.place.above) if code in tree) + self.place.name

    def page(self, path: str, title: str, inner: str, head: str = "") -> None:
        """A page of the site."""
        text = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body><ul class='nav'>{_MENU}</ul><div class='main'>{inner}</div><p>主办：{self.place.name}人民政府办公室</p></body></html>"
        self.answers[path] = Answer(text.encode())

    def json(self, path: str, text: str, needs: Mapping[str, str] | None = None, method: str = "") -> None:
        """An answer in JSON."""
        self.answers[path] = Answer(text.encode(), content_type="application/json", needs=needs or {}, method=method)

    def report(self, path: str, body: str, year: int, crumb: str = "", *, wanted: bool = True) -> None:
        """A report's page; `wanted` says that a person who looks for the body finds it."""
        title = f"{body}{year}年政府信息公开工作年度报告"
        lines = (
            f"本报告由{body}编制，所列数据自{year}年1月1日起至12月31日止。",
            f"一、总体情况。{year}年主动公开信息{self.rng.randrange(100, 900)}条，收到申请{self.rng.randrange(5, 90)}件。"
            * 4,
            "二、主动公开政府信息情况。三、收到和处理政府信息公开申请情况。四、行政复议和诉讼情况。",
            "五、存在的主要问题及改进情况。有的信息更新不够及时，将加强检查。六、其他需要报告的事项。没有。",
        )
        self.page(path, title, f"{crumb}<h1>{title}</h1>" + "".join(f"<p>{line}</p>" for line in lines))
        if wanted:
            self.named[path] = (body, year)

    def reports(
        self, folder: str, body: str, years: Sequence[int] = YEARS, form: str = "{m}/t{m}11_{n}.html"
    ) -> list[Entry]:
        """Reports of a body in a folder, a page each, as the lines of a list."""
        made = []
        for year in years:
            path = folder + form.format(m=f"{year + 1}03", n=self.rng.randrange(10**6, 10**7), y=year)
            self.report(path, body, year)
            made.append(Entry(path, f"{body}{year}年政府信息公开工作年度报告", f"{year + 1}-03-11"))
        return made


def lines(entries: Sequence[Entry]) -> str:
    """Entries as a list's lines."""
    made = (
        f'<li><a href="{html.escape(e.path)}" title="{e.title}" target="_blank">{e.title}</a><span>{e.day}</span></li>'
        for e in entries
    )
    return f"<ul class='list'>{''.join(made)}</ul>"


def parts(entries: Sequence[Entry], size: int) -> list[list[Entry]]:
    """Entries by pages."""
    return [list(entries[at : at + size]) for at in range(0, len(entries), size)]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of site: how one is made from a `Made`. `most_requests` is the most that a night of one may cost."""

    name: str
    make: Callable[[Made], None]
    most_requests: int = 40

    def made(self, seeds: Sequence[int]) -> list[tuple[Situation, dict[str, tuple[str, int]], int | None]]:
        """A situation a seed, the names and years of its reports by path, and the year that it is asked for."""
        found = []
        for seed in seeds:
            rng = random.Random(f"{self.name} {seed}")
            made = Made(rng, rng.choice(_places()))
            self.make(made)
            site = Situation(
                f"{self.name}-{seed}",
                tuple(made.rows),
                made.answers,
                tuple(made.named),
                most_requests=self.most_requests,
            )
            found.append((site, made.named, made.year))
        return found


@cache
def _places() -> list[Division]:
    """Counties, whose names say so, below a city."""
    return [d for d in divisions().values() if d.level == "county" and d.name.endswith("县") and len(d.above) == 2]

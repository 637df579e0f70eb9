"""The reports that the replica publishes: numbers of `tests.made.country`, printed in every format.

Belongs here: who reports, what a report says, how one is revised. Does not belong here: the page around it
(`tests.web.replica.furniture`) and where it stands (`tests.web.replica.build`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from pipelines.bodies.divisions import divisions
from pipelines.bodies.naming import body_of
from pipelines.read import read
from tests.made.country import Body, Report, reports_alone
from tests.made.country.pages import html
from tests.made.figures import Cells
from tests.made.layouts import disputes_html, page, proactive_html, requests_html
from tests.made.renderers import docx, pdf, xlsx
from tests.made.renderers.content import Content

#: Every body's first year of the replica and its last.
YEARS = range(2019, 2026)
DEPARTMENTS = ("教育局", "财政局", "民政局", "司法局", "水利局", "审计局", "统计局", "公安局", "商务局", "交通运输局")
#: One more request received from natural persons, and granted: every sum of the form still holds.
_REVISED = tuple(
    ("requests", row, column)
    for row in ("received_new", "granted", "total_processed")
    for column in ("natural_person", "total")
)
_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell of a report before and after its revision."""

    table: str
    row: str
    column: str
    before: int
    after: int


def governments(seed: int, count: int) -> list[str]:
    """Names of cities' governments, each city of a name that no other has. The first is that of a province."""
    dice = random.Random(f"{seed}-governments")
    everywhere = divisions().values()
    province = dice.choice(sorted(d.name for d in everywhere if d.level == "province" and d.name.endswith("省")))
    cities = sorted(
        (d.name, d.code)
        for d in everywhere
        if d.level == "prefecture" and d.name.endswith("市") and divisions()[d.province_code].name != province
    )
    dice.shuffle(cities)
    # A few names mean another government in other years; which one, only a year could tell.
    plain = (f"{name}人民政府" for name, code in cities if body_of(f"{name}人民政府").government_code == code)
    return [f"{province}人民政府", *islice(plain, count - 1)]


def place_of(body_name: str) -> str:
    """`杭州市` of `杭州市人民政府`."""
    return body_name.removesuffix("人民政府")


def reports_of(body_name: str, seed: int) -> dict[int, Report]:
    """What a body reports, by year. The caller's own: a report in it may be revised in place."""
    known = body_of(body_name)
    assert known.government_code is not None and known.province_code is not None, body_name
    body = Body(
        body_id=known.body_id,
        name=known.name,
        level=known.level,
        code=known.government_code,
        government_name=str(known.government_name),
        province_code=known.province_code,
        province_name=str(known.province_name),
        size=1.0,
        blank_zeros=False,
    )
    return reports_alone(body, seed, YEARS)


def revise(report: Report) -> list[Changed]:
    """Add one request to a report, in every cell that it counts in."""
    changed = []
    for place in _REVISED:
        before = int(report.cells[place] or 0)
        report.cells[place] = before + 1
        changed.append(Changed(*place, before, before + 1))
    return changed


def markup(report: Report) -> str:
    """A report as a bare page: a government's speaks for all its organs, a department's for itself."""
    if report.body.name.endswith("人民政府"):
        return html(report)
    cells: Cells = {place: value if value is None else int(value) for place, value in report.cells.items()}
    return _page(report.body.name, report.year, report.form, cells, "本报告数据由本机关统计。")


def inner(report: Report) -> str:
    """What stands in a report's page, without the page."""
    return _inner(markup(report))


def template(year: int) -> str:
    """What a report is made from: the form of a year, whose cells are empty."""
    return _inner(_page("××市（县、区）", year, "2021", dict.fromkeys(_cells_of_a_form()), "请各单位按本模板编制。"))


def file(report: Report, suffix: str) -> bytes:
    """A report as `pdf`, `docx` or `xlsx`."""
    blocks = read(markup(report).encode(), "report.html").blocks
    return RENDERERS[suffix](Content(report.report_id, blocks))


RENDERERS: dict[str, Callable[[Content], bytes]] = {"pdf": pdf.render, "docx": docx.render, "xlsx": xlsx.render}


def _inner(text: str) -> str:
    match = _BODY.search(text)
    assert match is not None
    return match[1]


def _page(name: str, year: int, form: str, cells: Cells, prose: str) -> str:
    tables = proactive_html(form, cells), requests_html(form, cells), disputes_html(cells)
    return page(name, year, *tables, prose)


@cache
def _cells_of_a_form() -> tuple[tuple[str, str, str], ...]:
    return tuple(reports_of("杭州市人民政府", 1)[2024].cells)

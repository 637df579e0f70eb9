"""How far the register reaches, on the screen and as a page; and what is still wanted.

Belongs here: layout and wording. Does not belong here: counting (`pipelines.harvest.grow.reach`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace

from rich.markup import escape
from rich.table import Table

from pipelines.harvest.grow.reach import COUNTRY, Reach
from pipelines.harvest.grow.wanted import Wanted

_LINES = 60
_LEVELS = {
    "state": "国家", "province": "省级", "prefecture": "地级", "county": "县级", "township": "乡级", "unresolved": "未识别",
}  # fmt: skip
_KINDS = {
    "government": "政府", "government_office": "政府办", "department": "部门", "development_zone": "开发区",
    "township": "乡镇街道", "unresolved": "未识别",
}  # fmt: skip
_HEADS = (
    "bodies 机关", "portal 有门户", "list 有目录", "unprobed 未探测", "probed 已探测", "confirmed 已确认", "report 有报告",
)  # fmt: skip


def tables(rows: Sequence[Reach]) -> Iterator[Table]:
    """Two tables: the country by level and kind, and the governments of each province."""
    year = rows[0].report_year if rows else 0
    country = Table("level 层级", "kind 类别", *_HEADS, title=f"全国, reports for {year}", title_justify="left")
    for row in _of_country(rows):
        country.add_row(_level(row), _kind(row), *map(_share, _cells(row)))
    yield country
    provinces = Table("province 省份", *_HEADS, title="governments by province 各省政府", title_justify="left")
    for row in _of_provinces(rows):
        provinces.add_row(row.province, *map(_share, _cells(row)))
    yield provinces


def page(rows: Sequence[Reach]) -> str:
    """A page in Markdown: what share of the country is reached, by level and by province."""
    year = rows[0].report_year if rows else 0
    lines = [
        "# Coverage 登记覆盖",
        "",
        "**中文摘要** " + _chinese(rows, year),
        "",
        f"`gongkai sources coverage --page FILE` writes this page. Reports are those for {year}. 报告年度：{year}。",
        "",
        _english(rows, year),
        "",
        "A list is `unprobed` until it was looked at, `probed` afterwards, `confirmed` when a person or a stated rule accepted",
        "it. Governments are those of the division tree. Departments, townships and zones are those that the register, a list",
        "of several bodies or a report names: nobody has counted all of them here.",
        "目录分三种状态：未探测、已探测、已确认。政府数按行政区划计；部门、乡镇和开发区只计登记、目录或报告中出现的。",
        "",
        "## The country by level 全国",
        "",
        *_markdown(
            ("level 层级", "kind 类别", *_HEADS), ((_level(r), _kind(r), *_cells(r)) for r in _of_country(rows))
        ),
        "",
        "## Governments by province 各省政府",
        "",
        *_markdown(("province 省份", *_HEADS), ((r.province, *_cells(r)) for r in _of_provinces(rows))),
    ]
    return "\n".join(lines) + "\n"


def _english(rows: Sequence[Reach], year: int) -> str:
    """The shares in a sentence."""
    every = _governments(rows)
    portal, listed, reported = (
        _percent(n, every.bodies) for n in (every.with_portal, every.with_list, every.with_report)
    )
    return (
        f"Of {every.bodies:,} governments {every.with_portal:,} ({portal}) have a portal that is known, "
        f"{every.with_list:,} ({listed}) a list, {every.list_confirmed:,} a confirmed one, and "
        f"{every.with_report:,} ({reported}) a report for {year}. "
        "A run from inside China reaches sites that others cannot, and looks at every list."
    )


def _chinese(rows: Sequence[Reach], year: int) -> str:
    """The shares in a Chinese sentence."""
    every = _governments(rows)
    return (
        f"{every.bodies:,} 个政府中，{every.with_portal:,} 个已知门户，{every.with_list:,} 个有目录"
        f"（其中已确认 {every.list_confirmed:,} 个），{every.with_report:,} 个有 {year} 年度报告。在中国境内运行可访问更多网站。"
    )


def _governments(rows: Sequence[Reach]) -> Reach:
    """All governments of the country in one row."""
    return _sum([row for row in rows if row.province == COUNTRY and row.body_kind == "government"], COUNTRY)


def wanted(found: Sequence[Wanted]) -> Table:
    """The governments that lack a portal or a list; the first of them, the most useful first."""
    portals = sum(each.missing == "portal" for each in found)
    title = f"{portals:,} governments without a portal 缺门户, {len(found) - portals:,} without a list 缺目录"
    table = Table("code 代码", "government 政府", "province 省份", "missing 缺", "below 下级", "why 说明", title=title)
    for each in found[:_LINES]:
        known = f"{each.portal_url}: {each.why}" if each.portal_url else each.why
        table.add_row(each.code, each.name, each.province, each.missing, str(each.below), escape(known))
    if len(found) > _LINES:
        table.caption = f"and {len(found) - _LINES:,} more: --csv FILE writes all of them"
    return table


def _of_country(rows: Iterable[Reach]) -> list[Reach]:
    return [row for row in rows if row.province == COUNTRY]


def _of_provinces(rows: Sequence[Reach]) -> list[Reach]:
    provinces = dict.fromkeys(row.province for row in rows if row.body_kind == "government")
    return [
        _sum([row for row in rows if row.province == province and row.body_kind == "government"], province)
        for province in provinces
    ]


def _sum(rows: Sequence[Reach], province: str) -> Reach:
    counts = {
        field.name: sum(getattr(row, field.name) for row in rows)
        for field in fields(Reach)
        if field.name not in ("province", "level", "body_kind", "report_year")
    }
    return replace(rows[0], province=province, **counts)


def _cells(row: Reach) -> tuple[str, ...]:
    names = ("bodies", "with_portal", "with_list", "list_unprobed", "list_probed", "list_confirmed", "with_report")
    return tuple(f"{getattr(row, name):,}" for name in names)


def _share(text: str) -> str:
    return "" if text == "0" else text


def _level(row: Reach) -> str:
    return f"{row.level} {_LEVELS.get(row.level, '')}".strip()


def _kind(row: Reach) -> str:
    return f"{row.body_kind} {_KINDS.get(row.body_kind, '')}".strip()


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"

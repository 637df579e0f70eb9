"""The register of sources on the screen: how many of what, what is due, what a review found.

Belongs here: counting for a table, layout and wording. Does not belong here: any rule (`pipelines.harvest`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from expectations.codes import meaning
from pipelines.harvest.fetch.address import host_of
from pipelines.harvest.ledger.readings import LIST_STATES, Reading
from pipelines.harvest.register.calendar import STATES, Standing, body_of_source, expected, report_year_due
from pipelines.harvest.register.review import RegisterFinding, without_list
from pipelines.harvest.register.sources import LEVELS, ORIGINS, Source
from pipelines.progress import more

#: Hosts, and lines of one finding, that are shown.
HOSTS = 10
LINES = 12
#: What a due date rests on, as it is shown.
_BASES = {"statute": "statute", "our_reading": "our reading"}
#: States that nobody has to look after.
_SETTLED = ("published", "not_yet_due", "ended")


def stats(sources: Sequence[Source], today: date) -> Iterator[RenderableType]:
    """The tables of `gongkai sources stats`."""
    year = report_year_due(today)
    yield _summary(sources, year)
    yield _places([source for source in sources if source.kind == "report"])
    yield _counts(
        "reports by year", "year", sorted(Counter(str(s.report_year) for s in sources if s.report_year).items())
    )
    hosts = sorted(Counter(source.host for source in sources).items(), key=lambda item: (-item[1], item[0]))
    yield _counts(f"first {HOSTS} of {len(hosts)} hosts" if len(hosts) > HOSTS else "hosts", "host", hosts[:HOSTS])
    yield _due(sources, year, today)


def _summary(sources: Sequence[Source], year: int) -> Table:
    bodies = {body_of_source(s.body_name, s.province, s.report_year or year).body_id for s in sources}
    kinds, origins = (Counter(getattr(source, name) for source in sources) for name in ("kind", "origin"))
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(justify="right")
    table.add_column()
    table.add_row("addresses", f"{len(sources):,}", f"{kinds['report']:,} reports, {kinds['list']:,} lists")
    table.add_row("origins", "", ", ".join(f"{origins[origin]:,} {origin}" for origin in ORIGINS if origins[origin]))
    table.add_row("bodies", f"{len(bodies):,}", "")
    lost = len(without_list(sources, year))
    table.add_row("without a list", f"{lost:,}", "`gongkai sources check --all` names them" if lost else "")
    return table


def _places(reports: Iterable[Source]) -> Table:
    counted = Counter((report.province, report.level) for report in reports)
    levels = [level for level in LEVELS if any(found == level for _, found in counted)]
    table = Table("province", title="reports by province and level", title_justify="left", show_footer=True)
    for level in levels:
        table.add_column(level, _count(counted[place] for place in counted if place[1] == level), justify="right")
    table.add_column("all", _count(counted.values()), justify="right")
    for province in sorted({province for province, _ in counted}):
        cells = [counted[province, level] for level in levels]
        table.add_row(escape(province), *(_count([cell]) for cell in cells), _count(cells))
    return table


def _count(counts: Iterable[int]) -> str:
    """A sum; nothing instead of 0, so that a wide table is easy to read."""
    total = sum(counts)
    return f"{total:,}" if total else ""


def _counts(title: str, column: str, counted: Iterable[tuple[str, int]]) -> Table:
    table = Table(column, title=title, title_justify="left")
    table.add_column("addresses", justify="right")
    for name, count in counted:
        table.add_row(escape(name), f"{count:,}")
    return table


def _due(sources: Sequence[Source], year: int, today: date) -> Table:
    bodies = expected(sources, year)
    counted = Counter((body.due.on, body.due.basis, body.body_kind) for body in bodies if body.ended_in is None)
    ended = sum(body.ended_in is not None for body in bodies)
    caption = f"{ended:,} that a reform ended are not due" if ended else None
    title = f"due: the reports for {year}"
    table = Table("due on", "basis", "kind of body", title=title, title_justify="left", caption=caption)
    table.add_column("bodies", justify="right")
    table.add_column("")
    for (day, basis, kind), count in sorted(counted.items()):
        table.add_row(day.isoformat(), _BASES[basis], kind, f"{count:,}", _until(day, today))
    return table


def standings(found: Sequence[Standing], *, is_all: bool) -> Table:
    """Tell how each expected report stands; with `is_all` also those that were published in time or that a reform ended."""
    counts = Counter(each.state for each in found)
    title = ", ".join(f"{counts[state]:,} {state}" for state in STATES)
    table = Table("body", "due on", "basis", "state", "published", "first seen", "why, where", title=title)
    for each in found:
        if is_all or each.state not in _SETTLED or each.is_late:
            due = each.expected.due
            table.add_row(
                escape(each.expected.body_name),
                due.on.isoformat(),
                _BASES[due.basis],
                _state(each),
                each.published_on.isoformat() if each.published_on else "",
                each.first_seen.isoformat() if each.first_seen else "",
                Text(_why(each), overflow="fold"),
            )
    return table


def _state(each: Standing) -> str:
    if each.state == "ended":
        return f"ended in {each.expected.ended_in}"
    if each.is_undated:
        return "published, date unknown"
    return "published late" if each.is_late else each.state


def _why(each: Standing) -> str:
    """Tell why nothing can be said of a body, and of which address that is said."""
    says = meaning("standing", each.why).en if each.why else ""
    return ": ".join(part for part in (says, each.where) if part)


def unread(readings: Sequence[Reading]) -> Iterator[RenderableType]:
    """Tell what each state costs: lists, hosts, bodies, and their share of all lists that were looked at."""
    table = Table("state", "meaning", "lists", "share", "hosts", "bodies")
    for state in LIST_STATES:
        those = [reading for reading in readings if reading.state == state]
        lists, hosts = {reading.url for reading in those}, {host_of(reading.url) for reading in those}
        says = meaning("list_state", state)
        share = f"{len(those) / len(readings):.1%}" if readings else ""
        bodies = {(reading.body_name, reading.province) for reading in those}
        table.add_row(
            state, f"{says.zh} · {says.en}", *(f"{len(lists):,}", share, f"{len(hosts):,}", f"{len(bodies):,}")
        )
    yield table


def _until(day: date, today: date) -> str:
    days = (day - today).days
    return "today" if not days else f"in {days} days" if days > 0 else f"{-days} days ago"


def findings(found: Iterable[RegisterFinding], is_all: bool) -> Iterator[Text]:
    """Tell what a review found: a heading for each check with what to do, and its lines or the first of them."""
    for finding in found:
        yield _heading(finding)
        shown = finding.lines if is_all else finding.lines[:LINES]
        yield from (Text(f"  {line}") for line in shown)
        if others := more(finding.lines, len(shown)):
            yield Text(f"  … {others}; --all shows them", "dim")


def list_states(counted: Mapping[str, int]) -> str:
    """Tell how many lists are in which state, in one line."""
    words = {"unprobed": "未探测", "probed": "已探测", "confirmed": "已确认", "suspect": "存疑停用"}
    states = ", ".join(f"{counted.get(state, 0):,} {state} {zh}" for state, zh in words.items())
    return f"{sum(counted.values()):,} lists 目录: {states}"


def _heading(finding: RegisterFinding) -> Text:
    word, style = ("error", "bold red") if finding.is_error else ("warning", "yellow")
    return Text.assemble((f"{word}: {finding.check}: {len(finding.lines):,}", style), f" ({finding.says})")

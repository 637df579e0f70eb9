"""`gongkai sources`: the register of addresses looked at, checked and added to. Registered in `pipelines.cli.app`.

Exit codes: 0 done, 1 a register has mistakes, 2 the request makes no sense.
"""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import screen
from pipelines.cli.options import HOSTS, PORTALS, SOURCES, HostsOption, PortalsOption, SourcesOption, WorkspaceOption
from pipelines.cli.sources_grow import discover, probe
from pipelines.cli.sources_grow import review as review_proposals
from pipelines.cli.sources_reach import add_portal, coverage, wanted
from pipelines.workspace import workspace_at

if TYPE_CHECKING:
    from datetime import date

    from expectations.data_files import DataFileError
    from pipelines.harvest.register.sources import Source

sources = typer.Typer(
    help="The register of addresses: reports, and the lists in which new ones appear (数据来源).", no_args_is_help=True
)


for _name, _command in (
    ("probe", probe),
    ("discover", discover),
    ("review", review_proposals),
    ("coverage", coverage),
    ("wanted", wanted),
    ("add-portal", add_portal),
):
    sources.command(_name)(_command)


@sources.command()
def stats(register: SourcesOption = SOURCES) -> None:
    """Count the addresses by province, level, year and host, and say what is due of the newest report year."""
    from expectations.data_files import DataFileError
    from pipelines.cli import show_sources
    from pipelines.harvest.register.sources import load

    try:
        known = load(register)
    except DataFileError as error:
        screen.stop(str(error), 1)
    for table in show_sources.stats(known, _today()):
        screen.results().print(table)


@sources.command()
def check(
    register: SourcesOption = SOURCES,
    hosts: HostsOption = HOSTS,
    is_all: Annotated[bool, typer.Option("--all", help="Show every line of each finding.")] = False,
    workspace: WorkspaceOption = None,
    portals: PortalsOption = PORTALS,
) -> None:
    """Check both registers: every mistake at once, doubles, names that do not resolve, bodies without a list, lists that
    are wrong on sight or tied to one year, and how far each list is known 检查登记.

    Ends with 1 where there is an error; warnings are to be known and change nothing.
    """
    from expectations.data_files import DataFileError
    from pipelines.cli import show_sources
    from pipelines.harvest.register import portals as portal_register
    from pipelines.harvest.register import probes
    from pipelines.harvest.register.calendar import report_year_due
    from pipelines.harvest.register.doubts import doubts, list_states
    from pipelines.harvest.register.review import review

    known, broken = _read_both(register, hosts)
    year = report_year_due(_today())
    try:
        seen, homes = probes.load(probes.file_of(workspace_at(workspace))), portal_register.load(portals)
    except DataFileError as error:
        screen.stop(str(error), 1)
    found = [*review(known, year), *doubts(known, homes, seen, year)]
    for mistakes in broken:
        screen.messages().print(str(mistakes), style="bold red", markup=False, soft_wrap=True)
    for line in show_sources.findings(found, is_all):
        screen.results().print(line, soft_wrap=True)
    errors = sum(len(mistakes.problems) for mistakes in broken) + sum(len(f.lines) for f in found if f.is_error)
    warnings = sum(len(finding.lines) for finding in found if not finding.is_error)
    _say(show_sources.list_states(list_states(known, seen)))
    _say(f"{len(known):,} addresses; {errors:,} errors, {warnings:,} warnings")
    raise typer.Exit(1 if errors else 0)


def _read_both(register: Path, hosts: Path) -> tuple[list[Source], list[DataFileError]]:
    """The sources, none where their register has mistakes; and the mistakes of both registers."""
    from expectations.data_files import DataFileError
    from pipelines.harvest.register import hosts as host_register
    from pipelines.harvest.register import sources as source_register

    known: list[Source] = []
    broken: list[DataFileError] = []
    try:
        known = source_register.load(register)
    except DataFileError as error:
        broken.append(error)
    try:
        host_register.load(hosts)
    except DataFileError as error:
        broken.append(error)
    return known, broken


@sources.command()
def due(
    year: Annotated[int | None, typer.Option(help="Report year.", show_default="the newest")] = None,
    register: SourcesOption = SOURCES,
    workspace: WorkspaceOption = None,
    is_all: Annotated[
        bool, typer.Option("--all", help="Show those that have published, and those that a reform ended, too.")
    ] = False,
) -> None:
    """Say which bodies have published their report of a year, and which are late, missing, ended, unread or unreachable.

    Each date says what it rests on: the statute, or our reading of it. Late is said of dates of the statute only, and by
    the date of publication. A body is missing only where a list that has held its reports was read; else it is unread.
    """
    from expectations.data_files import DataFileError
    from pipelines.cli import show_sources
    from pipelines.harvest.ledger import opening
    from pipelines.harvest.ledger.coverage import coverage
    from pipelines.harvest.ledger.coverage import today as today_in_china
    from pipelines.harvest.register.calendar import report_year_due
    from pipelines.harvest.register.sources import load

    try:
        known = load(register)
    except DataFileError as error:
        screen.stop(str(error), 1)
    place, day = workspace_at(workspace), today_in_china()
    with opening.opened(place) as ledger:
        standings = coverage(known, ledger, year or report_year_due(day), day)
    screen.results().print(show_sources.standings(standings, is_all=is_all))


@sources.command()
def unread(
    workspace: WorkspaceOption = None,
    is_all: Annotated[bool, typer.Option("--all", help="Name every list that was not read, and why.")] = False,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", help="Write the last look at every list to this file.")
    ] = None,
) -> None:
    """Say what share of the lists was read when they were last looked at, and what keeps the others from being read."""
    from pipelines.cli import show_refresh, show_sources
    from pipelines.harvest.ledger import opening
    from pipelines.harvest.ledger.readings import write_csv

    with opening.opened(workspace_at(workspace)) as ledger:
        readings = ledger.last_readings()
    if not readings:
        _say("no list was looked at yet; gongkai refresh looks at them 尚未采集")
    for part in show_sources.unread(readings):
        screen.results().print(part)
    if is_all:
        screen.results().print(show_refresh.unread([each for each in readings if each.state != "read"]))
    if csv_file is not None:
        try:
            write_csv(csv_file, readings)
        except OSError as error:
            screen.stop(f"{csv_file} cannot be written: {error.strerror}", 1)
        _say(f"wrote {len(readings):,} lines to {csv_file}")


@sources.command()
def add(
    body: Annotated[str, typer.Argument(help="The body's name as it prints it, with its province or city.")],
    url: Annotated[str, typer.Argument(help="The address of a report, or of the list in which reports appear.")],
    is_list: Annotated[
        bool | None, typer.Option("--list/--report", help="What the address is.", show_default="a report with --year")
    ] = None,
    year: Annotated[int | None, typer.Option(help="The year that the report is about.")] = None,
    covers: Annotated[
        str | None,
        typer.Option(help="Whose reports of a list count: `body`, or `territory` with departments and lower levels."),
    ] = None,
    province: Annotated[str | None, typer.Option(help="Where the name does not say it: 浙江, 国务院.")] = None,
    level: Annotated[str | None, typer.Option(help="Where the name does not say it: county, department, …")] = None,
    note: Annotated[str, typer.Option(help="What else is to be known of the address.")] = "",
    register: SourcesOption = SOURCES,
) -> None:
    """Add an address to the register: with --year that of a report, without it that of a list."""
    from expectations.data_files import DataFileError
    from pipelines.harvest.register.sources import Source, SourcesError, load
    from pipelines.harvest.register.sources import add as put

    is_list = year is None if is_list is None else is_list
    covers = (covers or "body") if is_list else covers
    place, rank = _place(body, province, level, year)
    kind = "list" if is_list else "report"
    source = Source(body, place, rank, kind, covers, year, url, "added", note)
    try:
        if register.exists():
            load(register)
    except DataFileError as error:
        screen.stop(str(error), 1)
    try:
        is_new = put(register, source)
    except SourcesError as error:
        screen.stop(str(error), 2)
    _say_added(source, is_new, register)


def _place(body: str, province: str | None, level: str | None, year: int | None) -> tuple[str, str]:
    """The province and level: as given, else as the name tells; ends the command where neither does."""
    from pipelines.bodies.naming import body_of
    from pipelines.harvest.register.calendar import report_year_due
    from pipelines.harvest.register.review import STATE, place_of, provinces

    if province and province not in provinces():
        screen.stop(f"there is no province {province!r}; there are {', '.join(provinces())}", 2)
    named = body_of(body.strip(), "" if province in (None, STATE) else str(province), year or report_year_due(_today()))
    found = place_of(named)
    place, rank = province or found[0], level or found[1]
    missing = [option for option, value in (("--province", place), ("--level", rank)) if not value]
    if place is None or rank is None:
        why = named.note or "unresolved: the name does not tell"
        screen.stop(f"{body}: {why}; write the name in full, or give {' and '.join(missing)}", 2)
    return place, rank


def _say_added(source: Source, is_new: bool, register: Path) -> None:
    what = f"the list (covers {source.covers})" if source.kind == "list" else f"the report for {source.report_year}"
    told = "added" if is_new else "nothing is new, the register has it already"
    # The environment variable, since every command that reads the register heeds it.
    where = "" if register == SOURCES else f"GONGKAI_SOURCES={quote(str(register.resolve()))} "
    _say(f"{told}: {what} of {source.body_name}, {source.province}, {source.level}: {source.url}")
    _say(f"in: {register}")
    _say(f"next: {where}gongkai sources check")
    _say(f"then: {where}gongkai refresh --only {quote(source.body_name)} --dry-run")


def _say(text: str) -> None:
    """Print a line in which addresses and names stay whole and are no markup."""
    screen.results().print(text, markup=False, highlight=False, soft_wrap=True)


def _today() -> date:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from pipelines.harvest.register.calendar import TIME_ZONE

    return datetime.now(ZoneInfo(TIME_ZONE)).date()

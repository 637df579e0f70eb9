"""`gongkai sources coverage` and `wanted`: how far the register reaches, and what must still be collected.

Registered in `pipelines.cli.sources`. Exit codes: 0 done, 1 a register has mistakes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import screen
from pipelines.cli.options import HOSTS, PORTALS, SOURCES, PortalsOption, SourcesOption, WorkspaceOption
from pipelines.cli.sources_grow import _load, _register, _say, _told, _wanted, _year
from pipelines.workspace import workspace_at

if TYPE_CHECKING:
    from pipelines.harvest.grow.reach import Reach


def coverage(
    year: Annotated[int | None, typer.Option(help="Report year.", show_default="the newest")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write the table to this file, too.")] = None,
    page: Annotated[Path | None, typer.Option(help="Write a page in Markdown to this file, too.")] = None,
    workspace: WorkspaceOption = None,
    register: SourcesOption = SOURCES,
    portals: PortalsOption = PORTALS,
) -> None:
    """Say for each level and province how many bodies have a portal, a list and a report of the year 登记覆盖情况.

    Governments are those of the division tree; departments, townships and zones those that the register, a list of
    several bodies or a report names.
    """
    from pipelines.cli import show_reach
    from pipelines.files import write_atomically
    from pipelines.harvest.grow.reach import Reach
    from pipelines.harvest.register import kept_rows

    rows = _rows(workspace, register, portals, year)
    for table in show_reach.tables(rows):
        screen.results(screen.WIDE).print(table)
    with _told():
        if csv is not None:
            write_atomically(csv, kept_rows.as_csv(Reach, rows))
        if page is not None:
            write_atomically(page, show_reach.page(rows).encode())
    for path in (csv, page):
        if path is not None:
            _say(f"written: {path}")


def _rows(workspace: Path | None, register: Path, portals: Path, year: int | None) -> list[Reach]:
    from pipelines.harvest.grow.reach import reach, reported_in
    from pipelines.harvest.ledger import opening

    place = workspace_at(workspace)
    known = _register(place, _load(register, HOSTS), portals)
    rows, asked = known.registers.sources, year or _year()
    with opening.opened(place) as ledger:
        reported = reported_in(ledger, rows, asked)
    return reach(rows, known.portals, known.probes, reported, asked)


def wanted(
    province: Annotated[str | None, typer.Option(help="Only governments of this province: 浙江.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write all of them to this file, to be filled in.")] = None,
    workspace: WorkspaceOption = None,
    register: SourcesOption = SOURCES,
    portals: PortalsOption = PORTALS,
) -> None:
    """Print the governments whose portal or list somebody with a browser in China must still collect 待人工收集的网址.

    Those with most governments below come first. Give what was found by `gongkai sources add BODY URL`, or
    `gongkai sources add-portal BODY URL`.
    """
    from pipelines.cli import show_reach
    from pipelines.files import write_atomically
    from pipelines.harvest.grow.wanted import Wanted
    from pipelines.harvest.grow.wanted import wanted as lacking
    from pipelines.harvest.register import kept_rows

    known = _register(workspace_at(workspace), _load(register, HOSTS), portals)
    among = _wanted(None, province, province is None)
    found = lacking(known.registers.sources, known.portals, known.probes, known.proposals, among, _year())
    screen.results(screen.WIDE).print(show_reach.wanted(found))
    if csv is not None:
        with _told():
            write_atomically(csv, kept_rows.as_csv(Wanted, found))
        _say(f"written: {csv}")


def add_portal(
    body: Annotated[str, typer.Argument(help="The government's name, with its province or city.")],
    url: Annotated[str, typer.Argument(help="The address of its home page.")],
    note: Annotated[str, typer.Option(help="What else is to be known of it.")] = "",
    portals: PortalsOption = PORTALS,
) -> None:
    """Add the portal of a government to the register of portals 登记政府门户网站."""
    from pipelines.harvest.register.portals import Portal, add
    from pipelines.harvest.register.sources import fault_of

    if fault := fault_of(url):
        screen.stop(f"the address {url!r} {fault}", 2)
    (division,) = _wanted(body, None, is_all=False)
    with _told():
        is_new = add(portals, Portal(division.code, division.name, url, "added", url, note))
    _say(f"{'added' if is_new else 'nothing is new'}: the portal of {division.name} ({division.code}): {url}")
    _say(f"next: gongkai sources discover {body}")

"""`gongkai refresh` and `gongkai archive`. Belongs here: arguments, exit codes. Registered in `pipelines.cli`.

Exit codes: 0 done, 1 nothing could be reached or the archive is not whole, 2 the request makes no sense.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipelines import console, settings
from pipelines.harvest_commands import HostsOption, SourcesOption

if TYPE_CHECKING:
    from pipelines.harvest.closing import Closing
    from pipelines.harvest.fetch.policy import Policy
    from pipelines.harvest.plan import Asked
    from pipelines.harvest.run import Registers
    from pipelines.settings import Workspace

archive = typer.Typer(help="The archive of every document and response (WARC).", no_args_is_help=True)

WorkspaceOption = Annotated[
    Path | None, typer.Option("--workspace", "-w", help="Where everything is built.", show_default="workspace/")
]


def refresh(
    year: Annotated[list[int] | None, typer.Option(help="Only reports for this year; may be given again.")] = None,
    only: Annotated[
        str | None,
        typer.Option(help="Only sources whose body, province, host or address has this text or pattern (*)."),
    ] = None,
    is_dry: Annotated[bool, typer.Option("--dry-run", help="Say what would be requested; request nothing.")] = False,
    workspace: WorkspaceOption = None,
    sources: SourcesOption = settings.DATA / "sources.csv",
    hosts: HostsOption = settings.DATA / "hosts.csv",
) -> None:
    """Look for new and changed reports on the sites of the register, politely, and archive them; then: gongkai build.

    The owner of a site must be able to reach you: set GONGKAI_HARVEST_CONTACT to an address of mail or of a page. Other
    settings (GONGKAI_HARVEST_DELAY_SECONDS …) are in the README. A refresh that was stopped goes on where it was.
    """
    from pipelines.harvest.fetch import policy as policies
    from pipelines.harvest.plan import Asked
    from pipelines.harvest.registers import RegisterError
    from pipelines.harvest.run import registers

    place = settings.workspace(workspace)
    try:
        known, policy = registers(sources, hosts), policies.policy()
    except (RegisterError, policies.PolicyError) as error:
        _stop(str(error), 2)
    asked = Asked(frozenset(year) if year else None, only)
    if is_dry:
        _dry(place, known, asked, policy)
        return
    found = _run(place, known, asked, policy)
    if found.reached_nothing:
        _stop("no site could be reached; is this machine on the Internet?", 1)


def _dry(place: Workspace, known: Registers, asked: Asked, policy: Policy) -> None:
    from pipelines import show_refresh
    from pipelines.harvest.run import dry_run

    for part in show_refresh.plan(dry_run(place, known, asked, policy), known.delays, policy):
        console.results().print(part)


def _run(place: Workspace, known: Registers, asked: Asked, policy: Policy) -> Closing:
    from pipelines import show_refresh
    from pipelines.harvest.archive import ArchiveError
    from pipelines.harvest.fetch.policy import PolicyError
    from pipelines.harvest.run import RefreshError, run

    out = console.messages()
    reporter = console.TerminalReporter(out)
    reporter.step("sources", f"{len(known.sources):,} addresses in the register")
    try:
        found = run(place, known, asked, policy, on_fetch=reporter.fetched)
    except (RefreshError, PolicyError) as error:
        _stop(str(error), 2)
    except ArchiveError as error:
        _stop(f"{error}; gongkai archive verify says more", 1)
    except KeyboardInterrupt:
        _stop("stopped; what was fetched is kept, and the next refresh goes on from there", 130)
    finally:
        reporter.close()
    for part in show_refresh.closing(found):
        console.results().print(part, soft_wrap=isinstance(part, str))
    return found


@archive.command()
def verify(workspace: WorkspaceOption = None) -> None:
    """Prove every object of the archive by its hash, and that index and archive agree; exit 1 where they do not."""
    from contextlib import closing

    from pipelines import show_refresh
    from pipelines.harvest import archive as archives
    from pipelines.harvest import index
    from pipelines.harvest.ledger import Ledger

    place = settings.workspace(workspace)
    found = archives.verify(place.archive)
    with closing(Ledger(place.ledger if place.ledger.is_file() else None)) as ledger:
        rows = [fetch for run in ledger.runs() for fetch in ledger.in_run(run["run_id"])]
        problems = index.problems(place.archive, rows)
    for part in show_refresh.verified(found, problems):
        console.results().print(part, soft_wrap=True)
    if found.damaged or problems:
        raise typer.Exit(1)
    console.results().print("the archive is whole")


def _stop(message: str, code: int) -> NoReturn:
    console.messages().print(message, style="bold red", markup=False, soft_wrap=True)
    raise typer.Exit(code)

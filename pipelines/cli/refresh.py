"""`gongkai refresh`: new reports from the sites of the register. Belongs here: arguments, exit codes. Registered in `pipelines.cli.app`.

Exit codes: 0 done, 1 nothing could be reached, nothing can be kept, or the archive is not whole, 2 the request makes no sense.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import build_screen, screen
from pipelines.cli.options import HOSTS, SOURCES, HostsOption, SourcesOption, WorkspaceOption
from pipelines.workspace import workspace_at

if TYPE_CHECKING:
    from pipelines.harvest.fetch.policy import Policy
    from pipelines.harvest.ledger.totals import Closing
    from pipelines.harvest.run import Registers
    from pipelines.harvest.walk.plan import Asked
    from pipelines.workspace import Workspace


def refresh(
    year: Annotated[list[int] | None, typer.Option(help="Only reports for this year; may be given again.")] = None,
    only: Annotated[
        str | None,
        typer.Option(help="Only sources whose body, province, host or address has this text or pattern (*)."),
    ] = None,
    is_dry: Annotated[bool, typer.Option("--dry-run", help="Say what would be requested; request nothing.")] = False,
    workspace: WorkspaceOption = None,
    sources: SourcesOption = SOURCES,
    hosts: HostsOption = HOSTS,
) -> None:
    """Look for new and changed reports on the sites of the register, politely, and archive them; then: gongkai build.

    The owner of a site must be able to reach you: set GONGKAI_HARVEST_CONTACT to an address of mail or of a page. Other
    settings (GONGKAI_HARVEST_DELAY_SECONDS …) are in the README. A refresh that was stopped goes on where it was.
    """
    from expectations.data_files import DataFileError
    from pipelines.harvest.fetch import policy as policies
    from pipelines.harvest.run import registers
    from pipelines.harvest.walk.plan import Asked

    place = workspace_at(workspace)
    try:
        known, policy = registers(sources, hosts), policies.policy()
    except (DataFileError, policies.PolicyError) as error:
        screen.stop(str(error), 2)
    asked = Asked(frozenset(year) if year else None, only)
    if is_dry:
        _dry(place, known, asked, policy)
        return
    found = _run(place, known, asked, policy)
    if found.reached_nothing:
        screen.stop("no site could be reached; is this machine on the Internet?", 1)


def _dry(place: Workspace, known: Registers, asked: Asked, policy: Policy) -> None:
    from pipelines.cli import show_refresh
    from pipelines.harvest.run import dry_run

    for part in show_refresh.plan(dry_run(place, known, asked, policy), known.delays, policy):
        screen.results().print(part)


def _run(place: Workspace, known: Registers, asked: Asked, policy: Policy) -> Closing:
    import sqlite3

    from pipelines.archive.by_hash import ArchiveError
    from pipelines.cli import show_refresh
    from pipelines.harvest.fetch.policy import PolicyError
    from pipelines.harvest.run import RefreshError, run

    out = screen.messages()
    reporter = build_screen.TerminalReporter(out)
    reporter.step("sources", f"{len(known.sources):,} addresses in the register")
    try:
        found = run(place, known, asked, policy, on_fetch=reporter.fetched)
    except (RefreshError, PolicyError) as error:
        screen.stop(str(error), 2)
    except ArchiveError as error:
        screen.stop(f"{error}; gongkai archive verify says more", 1)
    except (OSError, sqlite3.Error) as error:  # a full disk, a folder that is not ours, an object store that is away
        screen.stop(
            f"what was fetched cannot be kept: {error}; mend that, and the next refresh goes on where this one was", 1
        )
    except KeyboardInterrupt:
        screen.stop("stopped; what was fetched is kept, and the next refresh goes on from there", 130)
    finally:
        reporter.close()
    for part in show_refresh.closing(found):
        screen.results().print(part, soft_wrap=isinstance(part, str))
    return found

"""A refresh from beginning to end: registers, ledger, archive, index, under a lock of its own.

Belongs here: what stands before and after the walk. Does not belong here: the walk (`pipelines.harvest.walk.refresh`).
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pipelines.files import sweep
from pipelines.harvest.alone import BusyError, alone
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger import index, opening
from pipelines.harvest.ledger.totals import Closing, count_outcomes
from pipelines.harvest.register import hosts as host_register
from pipelines.harvest.register import sources
from pipelines.harvest.register.hosts import HostSettings
from pipelines.harvest.register.sources import Source
from pipelines.harvest.walk import refresh
from pipelines.harvest.walk.plan import Asked, Due, Planned, planned
from pipelines.harvest.walk.refresh import Setting
from pipelines.harvest.walk.visits import OnFetch
from pipelines.workspace import Workspace


class RefreshError(Exception):
    """A refresh that cannot begin, with what to do about it."""


@dataclass(frozen=True, slots=True)
class Registers:
    """Whose reports are wanted and where they may be, and what single hosts need."""

    sources: list[Source]
    hosts: Mapping[str, HostSettings] = field(default_factory=dict)

    def tls(self, host: str) -> ssl.SSLContext | bool:
        """Tell how a host's certificate is to be looked at."""
        return host_register.ssl_context(host_register.of_url(self.hosts, f"https://{host}/").tls)

    @property
    def delays(self) -> dict[str, float]:
        """The pauses of hosts that need one of their own."""
        return {name: host.delay_seconds for name, host in self.hosts.items() if host.delay_seconds is not None}


def registers(sources_file: Path | None = None, hosts_file: Path | None = None) -> Registers:
    """The registers as they stand. Raises `expectations.data_files.DataFileError`."""
    return Registers(
        sources.load(sources_file or sources.SOURCES_FILE), host_register.load(hosts_file or host_register.HOSTS_FILE)
    )


def run(
    workspace: Workspace,
    registers: Registers,
    asked: Asked,
    policy: Policy,
    *,
    on_fetch: OnFetch | None = None,
    now: datetime | None = None,
) -> Closing:
    """Refresh the archive of a workspace; what came of it. Killed at any moment, the same call goes on.

    Raises `RefreshError` where another refresh is at work or nothing matches, `PolicyError` where no contact is set,
    `pipelines.archive.by_hash.ArchiveError` where the ledger is lost and the archive's index damaged, `OSError` or
    `sqlite3.Error` where what was fetched cannot be kept.
    """
    _ = policy.user_agent  # without a contact nothing begins
    if not sources.matching(registers.sources, asked.only):
        raise RefreshError(f"no source matches {asked.only!r}; gongkai sources stats shows what there is")
    try:
        return _alone(workspace, registers, asked, policy, on_fetch, now)
    except BusyError as error:
        raise RefreshError(str(error)) from error


def _alone(
    workspace: Workspace,
    registers: Registers,
    asked: Asked,
    policy: Policy,
    on_fetch: OnFetch | None,
    now: datetime | None,
) -> Closing:
    with alone(workspace):
        # Before anything is asked for: an index that is damaged says that the archive needs a person.
        if not workspace.ledger.is_file():
            opening.clear(workspace)
            workspace.ledger.touch()
        if isinstance(workspace.archive, Path):
            sweep(workspace.archive, "*/.*.tmp")
        return _refreshed(workspace, registers, asked, policy, on_fetch, now)


def _refreshed(
    workspace: Workspace,
    registers: Registers,
    asked: Asked,
    policy: Policy,
    on_fetch: OnFetch | None,
    now: datetime | None,
) -> Closing:
    with opening.opened(workspace) as ledger:
        setting = Setting(
            registers.sources,
            ledger,
            workspace.archive,
            policy,
            registers.delays,
            registers.tls,
            workspace.proposals,
        )
        run_id = refresh.refresh(setting, asked, now=now, on_fetch=on_fetch)
        index.complete(ledger, workspace.archive)
        codes = (str(turned["code"]) for turned in ledger.turned_away(run_id))
        return count_outcomes(run_id, ledger.in_run(run_id), codes, ledger.readings(run_id))


def dry_run(
    workspace: Workspace, registers: Registers, asked: Asked, policy: Policy, now: datetime | None = None
) -> list[Planned]:
    """Tell what a refresh would ask for to begin with. Asks nothing and writes nothing."""
    with opening.opened(workspace) as ledger:
        return list(planned(registers.sources, Due(ledger, policy, now or datetime.now(UTC)), asked))

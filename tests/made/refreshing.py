"""What tests of a refresh share: the real command against the replica web, and a look at what it left behind."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipelines.harvest.ledger.database import Fetch, Ledger
from pipelines.workspace import PROJECT, Workspace
from tests.conftest import GONGKAI
from tests.made import quick
from tests.web import ReplicaWeb

#: Pauses and limits that keep a test short. The replica's log tells whether they are kept.
GAP = 0.04
SETTINGS = {
    "CONTACT": "tests@example.org",
    "ALLOW_LOOPBACK": "1",
    "DELAY_SECONDS": str(GAP),
    "BACKOFF_SECONDS": "0.1",
    "RESPONSE_SECONDS": "3",
    "SILENCE_SECONDS": "2",
    "LARGEST_BYTES": "8000000",
    "REQUESTS_PER_SECOND": "500",
}


@dataclass(frozen=True, slots=True)
class Refreshing:
    """A workspace that is refreshed from the replica web."""

    web: ReplicaWeb
    workspace: Workspace
    sources: Path

    @property
    def environment(self) -> dict[str, str]:
        """What the command runs in."""
        settings = {f"GONGKAI_HARVEST_{name}": value for name, value in SETTINGS.items()}
        return {**os.environ, **settings, "GONGKAI_ARCHIVE": self.workspace.archive_location}

    def command(self, *arguments: str) -> list[str]:
        """A command line on the workspace."""
        return [str(GONGKAI), *arguments, "--workspace", str(self.workspace.root)]

    def run(self, *arguments: str) -> str:
        """Run a command to its good end; what it printed, on one line."""
        return self._run(self.command(*arguments))

    def build(self) -> str:
        """Build from what was refreshed, quickly (see `tests.made.quick`); what the command printed."""
        return self._run(quick.command("build", "--workspace", self.workspace.root))

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, cwd=PROJECT)
        assert done.returncode == 0, done.stdout + done.stderr
        return " ".join((done.stdout + done.stderr).split())

    def refresh(self, *arguments: str) -> str:
        """Refresh; what the command printed."""
        return self.run("refresh", "--sources", str(self.sources), *arguments)

    def fetches(self) -> dict[str, Fetch]:
        """The last refresh: what came of each address."""
        with closing(Ledger(self.workspace.ledger)) as ledger:
            return {fetch.url: fetch for fetch in ledger.in_run(ledger.runs()[-1]["run_id"])}

    def documents(self) -> dict[str, Fetch]:
        """What each address of a document held when it was last good."""
        with closing(Ledger(self.workspace.ledger)) as ledger:
            return {fetch.url: fetch for fetch in ledger.documents()}


def ready(web: ReplicaWeb, folder: Path, *sites: str, archive: str = "") -> Refreshing:
    """A fresh workspace, and a register of what the replica has, or of some of its sites by name.

    `archive` is the address of an archive elsewhere.
    """
    folder.mkdir(parents=True, exist_ok=True)
    register = web.write_sources(folder / "sources.csv")
    if sites:
        header, *lines = register.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if line.rstrip("\n").rpartition(",")[2] in sites]
        register.write_text(header + "".join(kept), "utf-8")
    return Refreshing(web, Workspace(folder / "workspace", archive), register)


def urls(pairs: Sequence[tuple[str, str]]) -> set[str]:
    """The addresses of (address, why)."""
    return {url for url, _ in pairs}

"""What a look at each address gave, `harvest/probes.csv` of a workspace, and how far an address of the register is known.

Belongs here: the rows, their file, and unprobed, probed, confirmed. Does not belong here: looking
(`pipelines.harvest.grow.probe`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from expectations.register_words import PROBE_STATES
from pipelines.files import write_atomically
from pipelines.harvest.fetch.address import canonical
from pipelines.harvest.register import kept_rows
from pipelines.harvest.register.sources import Source, fault_of
from pipelines.workspace import Workspace

#: Origins of the register that a person, or a rule that a person can read, stands for.
_ACCEPTED = ("added", "reviewed")
#: States that a list which counts as confirmed must not have.
_UNDONE = ("dead", "general")


@dataclass(frozen=True, slots=True)
class Probe:
    """One row of `expectations.register.Probes`: the last look at an address; `probed_on` is an ISO day in China."""

    url: str
    probed_on: str
    state: str
    code: str | None
    reason: str
    newest_year: int | None
    reports: int
    bodies: str | None
    body_count: int
    family: str | None
    landed_url: str | None


def file_of(workspace: Workspace) -> Path:
    """Tell where a workspace keeps what its looks gave."""
    return workspace.root / "harvest" / "probes.csv"


def load(path: Path) -> dict[str, Probe]:
    """The last look at each address, none where there is no file. Raises `DataFileError`."""
    return {row.url: row for row in kept_rows.load(path, Probe, _faults)}


def add(path: Path, found: Iterable[Probe]) -> None:
    """Write down looks; the newest of an address stays. One in vain never hides what an earlier one saw."""
    known = load(path)
    for each in found:
        before = known.get(each.url)
        if each.state != "unreached" or before is None or before.state == "unreached":
            known[each.url] = each
    write_atomically(path, kept_rows.as_csv(Probe, (known[url] for url in sorted(known))))


def list_state(source: Source, probes: Mapping[str, Probe]) -> str:
    """Tell how far a list is known, one of `expectations.register_words.LIST_STATES`. Made by a pattern is no knowledge.

    What was accepted and is gone, or is no column of reports, when it is looked at again is not confirmed any more.
    """
    probe = probe_of(source, probes)
    if source.origin in _ACCEPTED and (probe is None or probe.state not in _UNDONE):
        return "confirmed"
    return "unprobed" if probe is None or probe.state == "unreached" else "probed"


def probe_of(source: Source, probes: Mapping[str, Probe]) -> Probe | None:
    """The last look at a source's address, None where there was none."""
    return probes.get(canonical(source.url) or source.url)


def _faults(row: Mapping[str, str]) -> Iterator[str]:
    yield from kept_rows.told_words(row, {"state": PROBE_STATES})
    yield from kept_rows.told_numbers(row, ("newest_year", "reports", "body_count"))
    if fault := fault_of(row["url"]):
        yield f"url {row['url']!r} {fault}"
    for name in ("probed_on", "reason"):
        if not row[name]:
            yield f"{name} is empty; it must be given"

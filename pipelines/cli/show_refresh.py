"""A refresh on the screen: what it would ask for, and what came of it.

Belongs here: layout and wording. Does not belong here: counting (`pipelines.harvest.ledger.totals`) or deciding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipelines.archive.by_hash import VerifiedArchive
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger.readings import Reading
from pipelines.harvest.ledger.totals import OUTCOMES, Closing
from pipelines.harvest.walk.plan import Planned
from pipelines.progress import more

#: Addresses that are named for each reason, and fresh documents that are named.
_NAMED = 3
_FRESH = 20
#: Lists that were not read that are named.
_UNREAD = 50


def plan(planned: Sequence[Planned], delays: dict[str, float], policy: Policy) -> Iterator[RenderableType]:
    """Tell what a dry run prints: every address with its host and why, then each host with its pace."""
    table = Table("address", "kind", "body", "why")
    for each in planned:
        table.add_row(Text(each.url, overflow="fold"), each.kind, escape(each.source.body_name), each.why)
    yield table
    addresses = {each.url: each.host for each in planned}  # bodies may share a list
    hosts = Counter(addresses.values())
    paces = Table("host", "addresses", "one request every", title="at most one request at a time to each host")
    for host, count in sorted(hosts.items(), key=lambda item: (-item[1], item[0])):
        paces.add_row(escape(host), f"{count:,}", f"{max(policy.delay_seconds, delays.get(host, 0)):g} s")
    yield paces
    longest = max((count * max(policy.delay_seconds, delays.get(host, 0)) for host, count in hosts.items()), default=0)
    yield (
        f"{len(addresses):,} addresses of {len(hosts):,} hosts to begin with, and what their lists lead to; robots.txt is asked "
        f"for first and can slow this down; at least {longest:,.0f} s. Nothing was requested."
    )


def closing(found: Closing) -> Iterator[RenderableType]:
    """The closing report: documents and lists by outcome, why something was refused or failed, what is fresh."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("documents", _counted(found.documents))
    table.add_row("lists", _counted(found.lists))
    table.add_row("requests", f"{found.requests:,}, {found.bytes / 1e6:,.1f} MB of new content")
    if found.turned_away:
        table.add_row("left alone", _turned_away(found.turned_away))
    yield table
    if found.reasons:
        yield _reasons(found)
    if found.unread:
        yield unread(found.unread[:_UNREAD])
    if others := more(found.unread, _UNREAD):
        yield f"… {others}; gongkai sources unread --all names them"
    for fetch in found.fresh[:_FRESH]:
        yield Text.assemble(
            (f"{fetch.outcome:<9}", "green"), f" {fetch.body_name or ''} {fetch.report_year or ''}  {fetch.url}"
        )
    if others := more(found.fresh, _FRESH):
        yield f"… {others}"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in OUTCOMES if counts[outcome]) or "none"


def _turned_away(codes: Counter[str]) -> str:
    told = ", ".join(f"{count:,} {code}" for code, count in sorted(codes.items(), key=lambda item: (-item[1], item[0])))
    return f"links that are no reports of their list's body: {told}"


def _reasons(found: Closing) -> Table:
    table = Table("", "why", "addresses", "for example")
    for (outcome, code), addresses in sorted(
        found.reasons.items(), key=lambda item: (OUTCOMES.index(item[0][0]), item[0][1])
    ):
        examples = Text("\n".join(f"{url}: {message}" for url, message in addresses[:_NAMED]), overflow="fold")
        table.add_row(outcome, code, f"{len(addresses):,}", examples)
    return table


def unread(readings: Iterable[Reading]) -> Table:
    """The lists of which nothing can be said, by address; their bodies are not missing."""
    table = Table("list that was not read", "state", "body", "why", title="not read: nothing is said of these bodies")
    for reading in readings:
        address, why = (Text(text, overflow="fold") for text in (reading.url, reading.message))
        table.add_row(address, reading.state, escape(reading.body_name), why)
    return table


def verified(found: VerifiedArchive, problems: Iterable[str]) -> Iterator[RenderableType]:
    """Tell what `archive verify` prints."""
    yield f"{found.documents:,} documents and {found.responses:,} responses, {found.bytes / 1e6:,.1f} MB"
    for name in found.damaged:
        yield Text(
            f"damaged: {name} holds other bytes than its name says; remove it, and the next refresh or build brings it again"
        )
    for name in found.strange:
        yield Text(f"not ours: {name}")
    for problem in problems:
        yield Text(problem)

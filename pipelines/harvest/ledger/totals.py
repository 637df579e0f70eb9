"""Tells what came of a refresh: counts and reasons, from the ledger's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.harvest.ledger.database import DOCUMENTS, Fetch
from pipelines.harvest.ledger.readings import LIST_STATES, Reading

#: Outcomes of documents in the order in which they are told.
OUTCOMES = ("new", "changed", "unchanged", "vanished", "refused", "failed")


@dataclass(slots=True)
class Closing:
    """A refresh in numbers. Documents are reports and their attachments; redirects count where they lead to."""

    run_id: str
    documents: Counter[str] = field(default_factory=Counter)
    lists: Counter[str] = field(default_factory=Counter)
    #: Code → how many addresses, with the first ones as (address, message): of lists and documents alike.
    reasons: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    turned_away: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    requests: int = 0
    #: Addresses that a site answered, however.
    answered: int = 0
    #: Lists of which nothing can be said, for a body each.
    unread: list[Reading] = field(default_factory=list)
    #: Addresses of documents that are new or hold something else than before.
    fresh: list[Fetch] = field(default_factory=list)

    @property
    def reached_nothing(self) -> bool:
        """Tell whether sites were asked in vain, and not one said anything at all."""
        return not self.answered and bool(self.documents["failed"] or self.lists["failed"])

    @property
    def gave_nothing(self) -> bool:
        """Tell whether sites were asked, and not one answered with content."""
        had = sum(
            counts[outcome] for counts in (self.documents, self.lists) for outcome in ("new", "changed", "unchanged")
        )
        return not had and bool(self.documents or self.lists)


def count_outcomes(
    run_id: str, fetches: Iterable[Fetch], turned_away: Iterable[str] = (), readings: Iterable[Reading] = ()
) -> Closing:
    """Count the rows of a refresh. `turned_away` are the codes of links that were no reports of their list's body."""
    found = Closing(run_id, turned_away=Counter(turned_away))
    unread = (reading for reading in readings if reading.state != "read")
    found.unread = sorted(unread, key=lambda each: (LIST_STATES.index(each.state), each.url))
    for fetch in fetches:
        found.answered += fetch.status is not None
        found.requests += fetch.attempts
        found.bytes += fetch.size_bytes or 0 if fetch.outcome in ("new", "changed") else 0
        if fetch.kind == "robots" or fetch.outcome == "redirected":
            continue
        is_document = fetch.kind in DOCUMENTS
        (found.documents if is_document else found.lists)[fetch.outcome] += 1
        if fetch.outcome in ("vanished", "refused", "failed"):
            reason = (fetch.outcome, fetch.code or "unknown")
            found.reasons.setdefault(reason, []).append((fetch.url, fetch.message or ""))
        elif is_document and fetch.outcome != "unchanged":
            found.fresh.append(fetch)
    return found

"""Someone to tell what is going on while it goes on. Belongs here: the interface; what it looks like is `console`'s."""

from __future__ import annotations

from pipelines.harvest.ledger import Fetch
from pipelines.record import Summary


class Reporter:
    """Hears of progress. This one keeps it to itself."""

    def step(self, name: str, says: str = "") -> None:
        """A step begins, or has something to say."""

    def fetched(self, fetch: Fetch) -> None:
        """An address was asked for, with what came of it."""

    def document(self, done: int, total: int, summary: Summary) -> None:
        """A document was parsed or turned away, `done` of `total`."""

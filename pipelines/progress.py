"""Who hears of progress on long work: the interface, and what it is told of. What it looks like is `pipelines.cli`'s."""

from __future__ import annotations

from typing import Protocol


class Fetched(Protocol):
    """What is told of an address that was asked for (`pipelines.harvest.ledger.database.Fetch`)."""

    @property
    def kind(self) -> str:
        """What it is asked as: a list, a report, robots …"""

    @property
    def url(self) -> str:
        """The address."""

    @property
    def outcome(self) -> str:
        """What came of it."""


class Taken(Protocol):
    """What is told of a document that was parsed or turned away (`pipelines.catalogue.record.Summary`)."""

    @property
    def file_name(self) -> str:
        """Its path within the source."""


class Reporter:
    """Hears of progress. This one keeps it to itself."""

    def step(self, name: str, says: str = "") -> None:
        """A step begins, or has something to say."""

    def fetched(self, fetch: Fetched) -> None:
        """An address was asked for, with what came of it."""

    def document(self, done: int, total: int, summary: Taken) -> None:
        """A document was parsed or turned away, `done` of `total`."""

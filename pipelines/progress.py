"""Tells what a person is told: the interface for progress on long work, and lists cut short. The screen is `pipelines.cli`'s."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from typing import Protocol


class Fetched(Protocol):
    """Holds what is told of an address that was asked for (`pipelines.harvest.ledger.database.Fetch`)."""

    @property
    def kind(self) -> str:
        """Tell what it is asked as: a list, a report, robots …"""

    @property
    def url(self) -> str:
        """The address."""

    @property
    def outcome(self) -> str:
        """Tell what came of it."""


class Taken(Protocol):
    """Holds what is told of a document that was parsed or turned away (`pipelines.catalogue.record.Summary`)."""

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


def more(items: Sized, most: int) -> str:
    """Tell how many there are besides the first `most`: `and 3 more`; "" where there are no others."""
    return f"and {len(items) - most:,} more" if len(items) > most else ""


def named(names: Sequence[str], most: int) -> str:
    """The first names with commas between, then how many there are besides: `a, b and 3 more`."""
    return f"{', '.join(names[:most])} {more(names, most)}".rstrip()

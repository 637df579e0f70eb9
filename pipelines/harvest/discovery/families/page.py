"""A page as families look at it, and what a family is.

Belongs here: the shape of an adapter. Does not belong here: any one system.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from pipelines.harvest.discovery.scripts import scripts_in, values_in


@dataclass(frozen=True)
class Page:
    """A page: its address (with the fragment under which it was registered, if any), text and tree."""

    url: str
    base: str
    source: str
    tree: LexborHTMLParser

    @cached_property
    def scripts(self) -> str:
        """The text of the scripts that stand in the page."""
        return scripts_in(self.source)

    @cached_property
    def values(self) -> dict[str, str]:
        """Tell what the scripts give names to."""
        return values_in(self.scripts)

    @property
    def fragment(self) -> str:
        """The fragment of the page's address, which no server is sent."""
        return urlsplit(self.url).fragment


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer to an address of a family: what it holds, and the addresses of the links that were read from it."""

    url: str
    content: Any
    links: Sequence[str]


def _no_pages(answer: Answer) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Family:
    """A system that draws its lists by a script, by a name.

    `recognises` tells a page of this system. `asks` are the addresses, absolute, from which it gets its list, likeliest
    first; none where it does not hold all that the request needs. `goes_on` are the addresses behind an
    answer, where the answer does not say how it goes on in a way that all understand (`next_parts`). `continues` are the
    addresses of further parts of a list that begins in the page itself.
    """

    name: str
    recognises: Callable[[Page], bool]
    asks: Callable[[Page], tuple[str, ...]]
    goes_on: Callable[[Answer], tuple[str, ...]] = _no_pages
    continues: Callable[[Page], tuple[str, ...]] | None = None

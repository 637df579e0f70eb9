"""A request and its answer, as the server and the sites tell each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Manner(Enum):
    """How a body is sent: whole, cut off half-way, a byte now and then for ever, or without end."""

    WHOLE = "whole"
    CUT = "cut"
    DRIP = "drip"
    ENDLESS = "endless"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked of a site. `path` holds the query too; header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `declared` is the Content-Length that it claims: None for the true one, -1 for none at all.

    `delay`: seconds before the first byte. `patience`: seconds of Retry-After that its headers ask for.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    manner: Manner = Manner.WHOLE
    declared: int | None = None
    delay: float = 0.0
    patience: float = 0.0


#: What answers at an address, or stands before what does.
Answer = Callable[[Request], Reply]

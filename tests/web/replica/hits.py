"""What the replica web was asked: one hit a request, kept by the server, read by the judge (`tests.web.replica.rules`).

Belongs here: the record and its thread-safe log. Does not belong here: what a good client does.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

#: Neither an answer nor an end yet.
UNANSWERED = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One request. `at`: monotonic seconds when its head had arrived; `path` with query; header names in lower case.

    `status` is 0 before the answer, `body_bytes` are those sent, `complete` says whether the whole answer was.
    `ended`: when it was sent, or the connection lost; infinite before. `patience`: the seconds of its Retry-After.
    `form` is what was sent to the address.
    """

    at: float
    host: str
    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = UNANSWERED
    body_bytes: int = 0
    complete: bool = False
    ended: float = math.inf
    patience: float = 0.0
    form: str = ""

    @property
    def url(self) -> str:
        """The address that was requested."""
        return f"http://{self.host}{self.path}"


class Log:
    """Hits in the order in which they arrived."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hits: dict[int, Hit] = {}
        self._next = 0

    def begin(self, hit: Hit) -> int:
        """Keep a request whose answer is to come; the number under which `end` knows it."""
        with self._lock:
            self._next += 1
            self._hits[self._next] = hit
            return self._next

    def end(
        self, number: int, *, status: int, body_bytes: int, complete: bool, ended: float, patience: float = 0.0
    ) -> None:
        """Say how a request was answered. One that was cleared away meanwhile stays away."""
        with self._lock:
            if number in self._hits:
                self._hits[number] = replace(
                    self._hits[number],
                    status=status,
                    body_bytes=body_bytes,
                    complete=complete,
                    ended=ended,
                    patience=patience,
                )

    def hits(self) -> list[Hit]:
        """All hits so far."""
        with self._lock:
            return list(self._hits.values())

    def clear(self) -> None:
        """Forget all hits."""
        with self._lock:
            self._hits.clear()

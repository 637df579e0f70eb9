"""Tells what a site answered, and what is said where it did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Response:
    """One response to one request: no redirect was followed. `body` is unpacked (gzip, deflate), else as it came.

    `requested_at` is when the request that was answered began, in UTC (`2026-01-20T03:00:00.123Z`); `seconds` is how
    long all attempts took, pauses included.
    """

    url: str
    status: int
    reason: str
    headers: Headers
    body: bytes
    requested_at: str
    request_headers: Headers = ()
    attempts: int = 1
    seconds: float = 0.0

    def header(self, name: str) -> str | None:
        """The first header of a name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class NotFetched(Exception):
    """No response that could be used. `refused`: we did not ask, or must not; `failed`: we asked in vain."""

    def __init__(
        self,
        outcome: Literal["refused", "failed"],
        code: str,
        message: str,
        *,
        attempts: int = 0,
        status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.outcome, self.code, self.message = outcome, code, message
        self.attempts, self.status = attempts, status

"""Tells what can go wrong between a request and its response, in our own words, and whether it may pass.

Belongs here: naming faults. Does not belong here: what is done about them (`pipelines.harvest.fetch.client`).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

from pipelines.archive.response import NotFetched
from pipelines.harvest.fetch.guard import PrivateAddress

#: Statuses that say "not now": too many requests, and faults of a server or of what stands before it.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
#: Faults that speak of the host, not of the one address.
HOSTS_FAULTS = frozenset({"connection_failed", "too_slow", "tls_failed", "http_502", "http_503", "http_504"})


_LONGEST = 200


class Passing(Exception):
    """A fault that may pass. `wait` is what the site asked for in seconds, if it did."""

    def __init__(self, code: str, message: str, *, wait: float | None = None, status: int | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.wait, self.status = code, message, wait, status


async def once_only(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Name a fault before aiohttp sees it, which would ask a second time at once and without a pause."""
    with faults_told(str(request.url)):
        return await send(request)


#: What aiohttp tells of its own objects: ` ssl:<ssl.SSLContext object at 0x7f…>`, ` ssl:default`.
_INNER = re.compile(r" ssl:(?:<[^<>]{0,200}>|\w+)")


@contextlib.contextmanager
def faults_told(url: str) -> Iterator[None]:
    """Turn what can go wrong in a request into our own words."""
    try:
        yield
    except (Passing, NotFetched):
        raise
    except aiohttp.ClientSSLError as error:
        raise NotFetched(
            "failed",
            "tls_failed",
            f"the site's TLS does not hold: {_said(error)}; if the site is real, a line in hosts.csv can allow it",
        ) from error
    except aiohttp.ClientResponseError as error:
        raise NotFetched("failed", "bad_response", f"the site's answer is no HTTP: {_short(error.message)}") from error
    except (aiohttp.InvalidURL, ValueError) as error:
        raise NotFetched("refused", "not_web", f"{url} cannot be asked for: {_said(error)}") from error
    except TimeoutError as error:
        raise Passing("too_slow", "the site did not answer in time, or went silent") from error
    except (aiohttp.ClientError, OSError) as error:
        if _is_private(error):
            raise NotFetched(
                "refused", "private_address", f"{url} leads to an address that is not on the public Internet"
            ) from error
        raise Passing("connection_failed", f"the connection failed: {_said(error)}") from error


def _said(error: Exception) -> str:
    """Tell what a library says, on one line and without the page of bytes that some quote."""
    return _short(str(error)) or type(error).__name__


def _short(text: str) -> str:
    line = _INNER.sub("", " ".join(text.encode("utf-8", "replace").decode().split()))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _is_private(error: BaseException | None) -> bool:
    """Tell whether the guard refused: the libraries in between wrap what it raised."""
    while error is not None:
        if isinstance(error, PrivateAddress) or isinstance(getattr(error, "os_error", None), PrivateAddress):
            return True
        if isinstance(error, BaseExceptionGroup):
            return any(_is_private(inner) for inner in error.exceptions)
        error = error.__cause__ or error.__context__
    return False


def refuse_status(answer: aiohttp.ClientResponse, now: datetime) -> None:
    """Raise `Passing` where a status says "not now", `NotFetched` where it is none."""
    if answer.status in PASSING:
        says = f"the site answers {answer.status} {_short(answer.reason or '')}".strip()
        wait = retry_after(answer.headers.get("Retry-After"), now)
        raise Passing(f"http_{answer.status}", says, wait=wait, status=answer.status)
    if answer.status < 100:
        raise NotFetched("failed", "bad_response", f"the site answers with the status {answer.status}, which is none")


def retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds that a site asks to wait: given as such or as a date; None where it does not say."""
    if not text:
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return float(text.strip()[:9])
    try:
        date = parsedate_to_datetime(text)
        return max(0.0, ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None

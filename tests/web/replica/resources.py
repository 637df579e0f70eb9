"""What stands at an address: pages and files made when first asked for, with validators; redirects; fixed answers."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import threading
from collections.abc import Callable
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote

from tests.web.replica.reply import Reply, Request

#: Which validators a site sends: `both`, `etag`, `modified`, or `none`, which cannot answer 304.
Validators = str


class Resource:
    """A body with its media type. `make` is called once, at the first request, and again after `renew`.

    `disposition` is the name by which a file is handed out, where its address does not tell.
    """

    def __init__(
        self,
        make: Callable[[], bytes],
        media_type: str,
        modified: datetime.date,
        *,
        validators: Validators = "both",
        is_zipped: bool = False,
        disposition: str | None = None,
    ) -> None:
        self._make, self._lock = make, threading.Lock()
        self._body: bytes | None = None
        self.media_type = media_type
        self.modified = datetime.datetime.combine(modified, datetime.time(8), datetime.UTC)
        self._validators, self._is_zipped, self._disposition = validators, is_zipped, disposition

    @property
    def body(self) -> bytes:
        """The bytes, without any encoding of the transfer."""
        with self._lock:
            if self._body is None:
                self._body = self._make()
            return self._body

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.body).hexdigest()

    def renew(self, make: Callable[[], bytes] | None = None) -> None:
        """Make the body anew at the next request; its Last-Modified moves on by a day."""
        with self._lock:
            self._make = make or self._make
            self._body = None
            self.modified += datetime.timedelta(days=1)

    def __call__(self, request: Request) -> Reply:
        """The body, or 304 where the client has it."""
        body, tag = self.body, f'"{self.sha256[:16]}"'
        headers = self._headers(tag)
        if self._is_known(request, tag):
            return Reply(304, headers)
        headers = (("Content-Type", self.media_type), *headers)
        if self._is_zipped and "gzip" in request.headers.get("accept-encoding", ""):
            return Reply(200, (*headers, ("Content-Encoding", "gzip")), gzip.compress(body, 6, mtime=0))
        return Reply(200, headers, body)

    def _headers(self, tag: str) -> tuple[tuple[str, str], ...]:
        found = []
        if self._validators in ("both", "etag"):
            found.append(("ETag", tag))
        if self._validators in ("both", "modified"):
            found.append(("Last-Modified", format_datetime(self.modified, usegmt=True)))
        if self._is_zipped:
            found.append(("Vary", "Accept-Encoding"))
        if self._disposition:
            found.append(("Content-Disposition", f"attachment; filename*=UTF-8''{quote(self._disposition)}"))
        return tuple(found)

    def _is_known(self, request: Request, tag: str) -> bool:
        """RFC 9110, 13.2.2: a date counts only where no tag is given."""
        known = request.headers.get("if-none-match")
        if known is not None and self._validators in ("both", "etag"):
            return tag in known
        since = request.headers.get("if-modified-since")
        if since is not None and self._validators in ("both", "modified"):
            try:
                return parsedate_to_datetime(since) >= self.modified
            except ValueError:
                return False
        return False


def redirect(target: str, status: int = 302) -> Callable[[Request], Reply]:
    """An answer that sends elsewhere."""
    return lambda request: Reply(status, (("Location", target), ("Content-Type", "text/html")), b"<html></html>")


def fixed(status: int, body: bytes = b"", media_type: str = "text/html") -> Callable[[Request], Reply]:
    """Always the same answer, without validators."""
    return lambda request: Reply(status, (("Content-Type", media_type),), body)

"""A web server for one folder on this machine only: parts of files (byte ranges), right types, nothing outside the folder.

Belongs here: HTTP. Does not belong here: which folder (`pipelines.cli.serve`).
"""

from __future__ import annotations

import re
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Any, BinaryIO

HOST = "127.0.0.1"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class Handler(SimpleHTTPRequestHandler):
    """Answers GET and HEAD for files; with `Range`, for one part of a file."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 (the base class declares it so)
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".wasm": "application/wasm",
        ".duckdb": "application/octet-stream",
        ".parquet": "application/vnd.apache.parquet",
    }

    def __init__(self, *arguments: Any, start: str, **options: Any) -> None:
        self._start = start
        super().__init__(*arguments, **options)

    def send_head(self) -> BytesIO | BinaryIO | None:
        """The answer's head, and what is to be sent after it."""
        if self.path in ("/", "") and self._start:
            self._elsewhere(self._start)
            return None
        path = Path(self.translate_path(self.path))
        if "Range" not in self.headers or not path.is_file():
            return super().send_head()
        return self._part(path)

    def _elsewhere(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _part(self, path: Path) -> BytesIO | BinaryIO | None:
        size = path.stat().st_size
        wanted = _span(self.headers["Range"], size)
        if wanted is None:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        first, last = wanted
        self.send_response(HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        return _Part(path, first, last - first + 1)

    def end_headers(self) -> None:
        """Every answer says that parts can be had, that it is not to be kept, and that its type is meant."""
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: Any) -> None:
        """No folder is listed."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing is logged: the visits of one person on one machine."""


class _Part(BufferedReader):
    """A part of a file, read as if it were the whole."""

    def __init__(self, path: Path, first: int, length: int) -> None:
        super().__init__(path.open("rb", buffering=0))
        self.seek(first)
        self._left = length

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        found = super().read(wanted)
        self._left -= len(found)
        return found


def _span(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a range; None for one that the file does not have. Several ranges are not given."""
    found = _RANGE.fullmatch(header.strip())
    if found is None or not any(found.groups()):
        return None
    start, end = found.groups()
    if not start:
        first, last = max(0, size - int(end)), size - 1
    else:
        first, last = int(start), min(int(end or size - 1), size - 1)
    return (first, last) if first <= last else None


def serve(folder: Path, port: int, start: str = "") -> ThreadingHTTPServer:
    """A server for a folder on loopback, not yet running; port 0 takes a free one. `start` is where `/` leads.

    Raises `OSError` where the port is taken.
    """
    return ThreadingHTTPServer((HOST, port), partial(Handler, directory=str(folder), start=start))

"""One response as a WARC file (ISO 28500), and back: the request, the response and its bytes, readable by other tools.

Belongs here: the format. Does not belong here: where the files lie (`pipelines.archive.by_hash`).
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import uuid
import zlib
from collections.abc import Callable, Iterator

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
from yarl import URL

from pipelines.archive.posts import request_of
from pipelines.archive.response import Headers, Response

#: What is kept is the unpacked body, so these headers would lie; what the site said stands beside it under this prefix,
#: as the crawlers of the Internet Archive write it.
_OF_TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_ORIGINAL = "X-Archive-Orig-"
#: What must not stand in the name of a header (RFC 9110, 5.6.2).
_NO_TOKEN = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")
#: Two records, in this order.
_RECORDS = ("response", "request")


class WarcError(Exception):
    """A WARC file that does not hold one whole response."""


class _Head(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """The head of a message as UTF-8, which readers of WARC expect: warcio would quote whatever is not ASCII, for good."""

    def to_ascii_bytes(self, filter_func: Callable[[tuple[str, str]], tuple[str, str] | None] | None = None) -> bytes:
        """The bytes of the head, under the name that warcio calls."""
        return bytes(self.to_bytes(filter_func))


def compose(response: Response) -> bytes:
    """A response as a compressed WARC file of two records: `response` and `request`. The same response, the same bytes."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version="1.1")  # 1.0 knows no fractions of a second
    digest = "sha256:" + hashlib.sha256(response.body).hexdigest()
    headers = {
        "WARC-Date": response.requested_at,
        "WARC-Payload-Digest": digest,
        "WARC-Record-ID": _id(response, "response"),
    }
    status = _Head(f"{response.status} {_line(response.reason)}".strip(), _kept(response), protocol="HTTP/1.1")
    record = writer.create_warc_record(
        response.url,
        "response",
        payload=io.BytesIO(response.body),
        length=len(response.body),
        http_headers=status,
        warc_headers_dict=headers,
    )
    plain, form = request_of(response.url)
    line = f"{'GET' if form is None else 'POST'} {_target(plain)} HTTP/1.1"
    asked = _Head(line, _clean(response.request_headers), is_http_request=True)
    concurrent = {
        "WARC-Date": response.requested_at,
        "WARC-Concurrent-To": headers["WARC-Record-ID"],
        "WARC-Record-ID": _id(response, "request"),
    }
    sent = {} if form is None else {"payload": io.BytesIO(form), "length": len(form)}
    request = writer.create_warc_record(
        response.url, "request", http_headers=asked, warc_headers_dict=concurrent, **sent
    )
    for each in (record, request):
        writer.write_record(each)
    return file.getvalue()


def read(data: bytes) -> Response:
    """The response in a WARC file, its digests proved. Raises `WarcError`."""
    response: Response | None = None
    request_headers: Headers = ()
    kinds: list[str] = []
    try:
        for record in _records(data):
            kinds.append(record.rec_type)
            if record.rec_type == "response":
                response = _response(record)
            elif record.rec_type == "request":
                request_headers = tuple(record.http_headers.headers)
    except (ArchiveLoadFailed, OSError, zlib.error, EOFError, ValueError, AttributeError, KeyError) as error:
        raise WarcError(f"the WARC file is damaged: {error}") from error
    if response is None or tuple(kinds) != _RECORDS:
        raise WarcError(f"the WARC file holds {' and '.join(kinds) or 'nothing'}, not a response and its request")
    return Response(
        response.url,
        response.status,
        response.reason,
        response.headers,
        response.body,
        response.requested_at,
        request_headers,
    )


def _records(data: bytes) -> Iterator[ArcWarcRecord]:
    """Each record, read to its end, where its digest is compared. Unpacked first: warcio passes over a cut end."""
    for record in ArchiveIterator(io.BytesIO(gzip.decompress(data)), check_digests="raise"):
        yield record
        record.content_stream().read()


def _response(record: ArcWarcRecord) -> Response:
    body = record.raw_stream.read()
    said = record.rec_headers.get_header("WARC-Payload-Digest")
    if said != "sha256:" + hashlib.sha256(body).hexdigest():
        raise ValueError("the body is not the one that was kept")
    return Response(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        status=int(record.http_headers.get_statuscode()),
        reason=record.http_headers.statusline.partition(" ")[2],
        headers=tuple(record.http_headers.headers),
        body=body,
        requested_at=record.rec_headers.get_header("WARC-Date"),
    )


def _kept(response: Response) -> list[tuple[str, str]]:
    headers = [
        (_ORIGINAL + name if name.lower() in _OF_TRANSFER else name, value) for name, value in _clean(response.headers)
    ]
    return [*headers, ("Content-Length", str(len(response.body)))]


def _clean(headers: Headers) -> list[tuple[str, str]]:
    return [(_NO_TOKEN.sub("_", name) or "_", _line(value)) for name, value in headers]


def _line(text: str) -> str:
    """Text that stays on its line, whatever a site sends."""
    return " ".join(text.encode("utf-8", "replace").decode().replace("\0", " ").split())


def _target(url: str) -> str:
    return URL(url, encoded=True).raw_path_qs


def _id(response: Response, kind: str) -> str:
    """An id of the record that follows from what it is about, so that it is the same wherever it is written."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{response.url} {response.requested_at} {kind}").urn.join("<>")

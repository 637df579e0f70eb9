"""Responses and rows of the ledger as a refresh makes them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from pipelines.archive.by_hash import keep_response
from pipelines.archive.response import Response
from pipelines.archive.store import Location
from pipelines.harvest.ledger.database import Fetch
from pipelines.harvest.ledger.readings import Reading

AT = "2026-01-20T03:00:00.123Z"
URL = "http://www.a.gov.cn/zwgk/t1.html"
RUN = "20260120T030000.000000Z"


def response(body: bytes = b"<html>report</html>", url: str = URL, **more: Any) -> Response:
    """A response with the usual headers."""
    usual = Response(url, 200, "OK", (("Content-Type", "text/html"),), body, AT, (("Host", "www.a.gov.cn"),))
    return replace(usual, **more)


def fetch(run_id: str = RUN, url: str = URL, outcome: str = "new", **more: Any) -> Fetch:
    """A row of a report; with content unless it says otherwise."""
    content: dict[str, Any] = {"status": 200, "size_bytes": 3}
    if outcome in ("new", "changed", "unchanged"):
        content |= {name: hashlib.sha256(url.encode()).hexdigest() for name in ("sha256", "warc_sha256")}
    if outcome in ("vanished", "refused", "failed"):
        content |= {"code": "http_404", "message": "the site answers 404"}
    return Fetch(
        **{
            "kind": "report",
            "requested_at": AT,
            "attempts": 1,
            "seconds": 0.5,
            **content,
            **more,
            "run_id": run_id,
            "url": url,
            "outcome": outcome,
        }
    )


def reading(url: str = URL, state: str = "read", years: tuple[int, ...] = (), **more: Any) -> Reading:
    """What came of a list of 杭州市教育局; read on the day of `AT` unless it says otherwise."""
    usual = Reading(RUN, url, "杭州市教育局", "浙江", AT, state, years=years, requests=1)
    return replace(usual, **more)


def kept(place: Location, came: Response, **more: Any) -> Fetch:
    """Keep a response; its row."""
    where = keep_response(place, came)
    hashes = {"sha256": where.sha256, "warc_sha256": where.warc_sha256, "size_bytes": len(came.body)}
    return fetch(url=came.url, **{**hashes, **more})

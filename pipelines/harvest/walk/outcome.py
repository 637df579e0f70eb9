"""Tells what an answer means for what was known of an address before."""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit

from pipelines.archive.containers import is_container
from pipelines.archive.response import Response
from pipelines.harvest.discovery.answer_kind import AnswerKind, kind_of
from pipelines.harvest.discovery.page_trees import text_of
from pipelines.harvest.fetch.address import canonical, joined
from pipelines.harvest.fetch.challenges import refusal_of, vendor_of, wants_browser
from pipelines.harvest.ledger.database import Fetch
from pipelines.harvest.walk.sameness import says_the_same

#: Kinds of pages that hold what was asked for.
_CONTENT = ("page", "document")
#: Pages that say in words, not by their status, that there is nothing any more.
_GONE = ("soft_404", "empty")
#: Said of a redirect, so that a loop of such redirects is known for what it is.
SETS_COOKIE = "it sets a cookie"
WANTS_COOKIE = "the site redirects to itself until a cookie comes back, and we keep none"
#: Words of a refusal that say nothing of a browser or a person: a folder that is closed has them too.
_PLAIN_REFUSAL = re.compile(r"access denied|被?(?:拒绝|禁止)$", re.IGNORECASE)
_COMES_AGAIN = re.compile(rb"location\.reload|http-equiv=.?refresh", re.IGNORECASE)
_ROOT = re.compile(r"/(?:(?:index|default|home)\.\w+)?", re.IGNORECASE)


def with_outcome(plain: Fetch, response: Response, before: Fetch | None, held: bytes | None = None) -> Fetch:
    """The row of a response with its outcome, from the row without; `before` is the last that gave content, and `held`
    that content, where a page of other bytes may say the same (`pipelines.harvest.walk.sameness`).
    """
    if response.status == HTTPStatus.NOT_MODIFIED:
        return _unchanged(plain, before)
    location = response.header("Location")
    if 300 <= response.status < 400 and location:
        return _redirected(plain, location, before, sets_cookie=response.header("Set-Cookie") is not None)
    if response.status != HTTPStatus.OK:
        return _refused_by_site(plain, response, before)
    if plain.kind == "robots":
        return _content(plain, before, holds_files=False)
    return _page(plain, response, before, held)


def _page(plain: Fetch, response: Response, before: Fetch | None, held: bytes | None) -> Fetch:
    """Tell what came as a page or document is looked at: many a page is not what its status says."""
    page = kind_of(response.status, plain.content_type, response.body, response.url, response.url)
    if page.moved_to:
        return _redirected(plain, page.moved_to, before)
    if page.kind in _CONTENT:
        found = _content(plain, before, holds_files=is_container(response.body))
        is_same = found.outcome == "changed" and held is not None and says_the_same(held, response.body)
        return replace(found, outcome="unchanged") if is_same else found
    if page.kind != "challenge" and response.header("Set-Cookie") and _COMES_AGAIN.search(response.body[:20_000]):
        return replace(plain, outcome="failed", code="wants_cookie", message=WANTS_COOKIE)
    if page.kind == "challenge":
        return replace(plain, outcome="failed", code=page.kind, message=_challenged(response, page))
    return _no_content(plain, before, page)


def _challenged(response: Response, page: AnswerKind) -> str:
    """The sentence of a challenge that came as a page: whose it is, and by what it was told."""
    return f"{wants_browser(vendor_of(text_of(response.body)))}: {page.reason}"


def _unchanged(plain: Fetch, before: Fetch | None) -> Fetch:
    if before is None:
        return replace(plain, code="http_304", message="the site says that nothing changed, but nothing was had before")
    same = {
        name: getattr(before, name) for name in ("sha256", "warc_sha256", "size_bytes", "content_type", "holds_files")
    }
    # A site may leave the validators out of a 304: those it gave still hold.
    kept = {name: getattr(plain, name) or getattr(before, name) for name in ("etag", "last_modified")}
    return replace(plain, outcome="unchanged", **same, **kept)


def _redirected(plain: Fetch, location: str, before: Fetch | None, *, sets_cookie: bool = False) -> Fetch:
    target = joined(plain.url, location)
    if sets_cookie and target is not None and target == canonical(plain.url):
        return replace(plain, outcome="failed", code="wants_cookie", message=WANTS_COOKIE)
    if target is not None and _is_root(target) and not _is_root(plain.url):
        gone = "redirected to the site's first page: what was here is gone"
        return replace(plain, outcome="vanished" if before else "failed", code="soft_404", message=gone)
    if target is None:
        return replace(
            plain,
            outcome="refused",
            code="not_web",
            message=f"redirected to {location[:200]}, which is no address of the web",
        )
    return replace(plain, outcome="redirected", location=target, message=SETS_COOKIE if sets_cookie else None)


def _is_root(url: str) -> bool:
    return _ROOT.fullmatch(urlsplit(url).path) is not None


def _content(plain: Fetch, before: Fetch | None, *, holds_files: bool) -> Fetch:
    same = before is not None and before.sha256 == plain.sha256
    return replace(plain, outcome="unchanged" if same else "changed" if before else "new", holds_files=holds_files)


def _refused_by_site(plain: Fetch, response: Response, before: Fetch | None) -> Fetch:
    """An answer whose status says that it is none: a challenge is told from what the site itself refuses."""
    code, status = f"http_{plain.status}", response.status
    page = kind_of(status, plain.content_type, response.body, response.url, response.url)
    if page.kind == "challenge" and not _PLAIN_REFUSAL.search(page.reason):
        return replace(plain, outcome="failed", code="challenge", message=_challenged(response, page))
    if says := refusal_of(status, response.body):
        return replace(plain, outcome="failed", code="challenge", message=says)
    gone = status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
    outcome = "vanished" if gone and before else "failed"
    return replace(plain, outcome=outcome, code=code, message=f"the site answers {status}{_phrase(status)}")


def _no_content(plain: Fetch, before: Fetch | None, page: AnswerKind) -> Fetch:
    """A page that is not what its status says. Where there was content before, a page that says so means that it is gone;
    all else (a challenge, an error, a shell of scripts) may pass."""
    outcome = "vanished" if before and page.kind in _GONE else "failed"
    return replace(plain, outcome=outcome, code=page.kind, message=page.reason)


def _phrase(status: int | None) -> str:
    try:
        return f" {HTTPStatus(status or 0).phrase}"
    except ValueError:
        return ""

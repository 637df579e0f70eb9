"""What an answer means, given what was known of its address before."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from pipelines.archive.response import Response
from pipelines.harvest.ledger.database import Fetch
from pipelines.harvest.walk.outcome import with_outcome
from tests.made.fetched import URL, fetch, response

PAGE = (
    "<html><title>报告</title><body>" + "<p>本机关全年共收到申请三件,均已按时答复。</p>" * 30 + "</body></html>"
).encode()
SOFT = "<html><title>页面不存在</title><body>您访问的页面不存在或已删除</body></html>".encode()
CHALLENGE = "<html><title>安全验证</title><body>请完成安全验证后继续访问</body></html>".encode()
BEFORE = fetch(etag='"1"', last_modified="Mon, 19 Jan 2026 00:00:00 GMT", content_type="text/html")


def sha(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def meant(came: Response, before: Fetch | None = None, kind: str = "report") -> Fetch:
    """The row of a response, as `visits` asks for it."""
    hashes = {"sha256": sha(came.body), "warc_sha256": "0" * 64, "size_bytes": len(came.body)} if came.body else {}
    plain = replace(
        fetch(outcome="failed"),
        **{**hashes, "kind": kind, "url": came.url, "status": came.status, "code": None, "message": None},
    )
    return with_outcome(plain, came, before)


def test_content_is_new_changed_or_unchanged() -> None:
    assert meant(response(PAGE)).outcome == "new"
    assert meant(response(PAGE), BEFORE).outcome == "changed"
    assert meant(response(PAGE), replace(BEFORE, sha256=sha(PAGE))).outcome == "unchanged"


def test_not_modified_keeps_what_was_there() -> None:
    found = meant(response(b"", status=304), BEFORE)
    assert (found.outcome, found.sha256, found.etag) == ("unchanged", BEFORE.sha256, '"1"')
    assert found.is_good
    nothing = meant(response(b"", status=304))
    assert (nothing.outcome, nothing.code) == ("failed", "http_304")


@pytest.mark.parametrize("status", [404, 410])
def test_what_was_there_and_is_not_found_has_vanished(status: int) -> None:
    gone = meant(response(b"gone", status=status), BEFORE)
    assert (gone.outcome, gone.code, gone.is_good) == ("vanished", f"http_{status}", False)
    assert meant(response(b"", status=status)).outcome == "failed"


@pytest.mark.parametrize("status", [401, 403, 451, 501])
def test_a_refusal_says_nothing_of_what_was_there(status: int) -> None:
    assert (meant(response(b"", status=status), BEFORE).outcome) == "failed"


def test_a_page_that_says_that_it_is_gone_is_no_content() -> None:
    assert (meant(response(SOFT), BEFORE).outcome, meant(response(SOFT)).outcome) == ("vanished", "failed")
    assert meant(response(SOFT)).code == "soft_404"


def test_a_challenge_may_pass_and_says_nothing_of_what_was_there() -> None:
    found = meant(response(CHALLENGE), BEFORE)
    assert (found.outcome, found.code) == ("failed", "challenge")


def test_a_redirect_leads_on_and_one_to_the_first_page_means_that_it_is_gone() -> None:
    moved = meant(response(b"", status=302, headers=(("Location", "../b/2.html"),)))
    assert (moved.outcome, moved.location) == ("redirected", "http://www.a.gov.cn/b/2.html")
    for home in ("/", "/index.html", "http://www.a.gov.cn"):
        gone = meant(response(b"", status=301, headers=(("Location", home),)), BEFORE)
        assert (gone.outcome, gone.code) == ("vanished", "soft_404"), home
    root = meant(
        response(b"", url="http://www.a.gov.cn/", status=301, headers=(("Location", "https://www.a.gov.cn/"),))
    )
    assert root.outcome == "redirected"
    nowhere = meant(response(b"", status=302, headers=(("Location", "javascript:alert(1)"),)))
    assert (nowhere.outcome, nowhere.code) == ("refused", "not_web")


def test_a_page_that_only_leads_on_is_followed() -> None:
    page = b'<html><head><meta http-equiv="refresh" content="0;url=/new/1.html"></head><body></body></html>'
    assert meant(response(page)).location == "http://www.a.gov.cn/new/1.html"


def test_robots_are_taken_as_they_are() -> None:
    assert meant(response(b"User-agent: *\n", url="http://www.a.gov.cn/robots.txt"), kind="robots").outcome == "new"


def test_a_row_says_why_where_nothing_came() -> None:
    for came in (response(SOFT), response(b"", status=404), response(CHALLENGE), response(b" \n")):
        found = meant(came)
        assert found.code, came
        assert found.message, came
    assert meant(response(b" \n")).code == "empty"
    assert response().url == URL


RUISHU = b"<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=8;</script></head><body></body></html>"
PLAIN_403 = b"<html><head><title>403 Forbidden</title></head><body><h1>Access denied</h1></body></html>"


@pytest.mark.parametrize(
    ("status", "body", "code", "says"),
    [
        (412, RUISHU, "challenge", "瑞数"),
        (200, RUISHU, "challenge", "瑞数"),
        (200, CHALLENGE, "challenge", "not known"),
        (403, CHALLENGE, "challenge", "not known"),
        (403, PLAIN_403, "http_403", "403 Forbidden"),
        (405, b"Method Not Allowed", "http_405", "405"),
        (521, b"", "http_521", "521"),
    ],
)
def test_who_wants_a_browser_is_named(status: int, body: bytes, code: str, says: str) -> None:
    found = meant(response(body, status=status), BEFORE)
    assert (found.outcome, found.code) == ("failed", code)
    assert says in (found.message or "")


def redirect(to: str, cookie: bool = True) -> Response:
    set_cookie = (("Set-Cookie", "guard=1; path=/"),) if cookie else ()
    return response(b"", status=302, headers=(("Location", to), *set_cookie))


def test_a_redirect_to_itself_with_a_cookie_waits_for_the_cookie() -> None:
    found = meant(redirect(URL))
    assert (found.outcome, found.code, found.location) == ("failed", "wants_cookie", None)
    assert "cookie" in (found.message or "")
    # A neighbour that sets a cookie and leads on leads on; one that leads to itself without a cookie only goes round.
    assert (meant(redirect("/zwgk/t2.html")).outcome, meant(redirect(URL, cookie=False)).outcome) == ("redirected",) * 2


def test_a_page_that_only_comes_again_with_a_cookie_waits_for_it() -> None:
    page = b"<html><head><meta http-equiv='refresh' content='0'></head><body></body></html>"
    headers = (("Content-Type", "text/html"), ("Set-Cookie", "guard=1"))
    assert meant(response(page, headers=headers)).code == "wants_cookie"
    # A page with a text that sets a cookie is a page.
    assert meant(response(PAGE, headers=headers)).is_good

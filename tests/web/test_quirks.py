"""Each quirk does what the table in `tests.web` says, and in bounded time."""

from __future__ import annotations

import email.utils
import gzip
import http.client
import time
import zlib
from collections.abc import Iterator

import pytest

from tests.web import Hit, ReplicaWeb, Site
from tests.web.replica.asking import get, open_answer, text, walk
from tests.web.replica.behaviours import BOMB_BYTES
from tests.web.replica.quirks.lists import HOSTILE_TITLES
from tests.web.replica.quirks.redirects import PRIVATE
from tests.web.replica.rules import ROBOTS
from tests.web.replica.site import UNREACHABLE


@pytest.fixture(scope="module")
def web() -> Iterator[ReplicaWeb]:
    with ReplicaWeb() as made:
        yield made


def newest(site: Site) -> str:
    """The address of a site's newest report, as its list has it."""
    return next(site.of_reports())[1].url


@pytest.mark.parametrize(
    ("name", "path", "robots"),
    [
        ("robots-folder", "/closed/", 200),
        ("robots-named", "/closed/", 200),
        ("robots-delay", "", 200),
        ("robots-missing", "", 404),
        ("robots-broken", "/", 500),
        ("robots-page", "", 200),
    ],
)
def test_robots_txt_says_what_the_rule_knows(web: ReplicaWeb, name: str, path: str, robots: int) -> None:
    site = web.site(name)
    status, _, body = get(site.address + ROBOTS)
    assert status == robots
    assert site.rule.disallowed == ((path,) if path else ())
    if path == "/closed/":
        agent = {"robots-folder": b"*", "robots-named": b"gongkai"}[name]
        assert body.endswith(b"User-agent: " + agent + b"\nDisallow: /closed/\n")
        assert newest(site).startswith(f"{site.address}/closed/")
        assert get(newest(site))[0] == 200  # it is there: only manners keep a client out
    assert (site.rule.min_gap_seconds == 0.3) == (b"Crawl-delay: 0.3" in body) == (name == "robots-delay")


@pytest.mark.parametrize(
    ("name", "status"), [("moved", 301), ("moved-away", 302), ("into-closed", 302), ("loop", 302), ("private", 302)]
)
def test_redirects_lead_where_the_ledger_says(web: ReplicaWeb, name: str, status: int) -> None:
    site = web.site(name)
    _, document = next(site.of_reports())
    answered, headers, _ = get(document.url)
    assert answered == status
    target = headers["location"]
    if name == "loop":
        assert site.address + get(site.address + target)[1]["location"] == document.url
    elif name == "private":
        assert target == PRIVATE
        assert (PRIVATE, "private address") in web.forbidden()
    elif name == "into-closed":
        assert target in {url for url, _ in web.forbidden()}
        assert target.startswith(web.site("robots-folder").address)
    else:
        assert target in (document.final, document.final.removeprefix(site.address))
        assert document.final.startswith(site.address) == (name == "moved")


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("soft-404", 200, "页面不存在"),
        ("challenge", 200, "location.reload()"),
        ("refused", 403, "403"),
        ("gone", 410, "410"),
        ("unavailable", 503, "503"),
        ("empty", 200, ""),
    ],
)
def test_what_cannot_be_had_says_so_or_does_not(web: ReplicaWeb, name: str, status: int, said: str) -> None:
    site = web.site(name)
    assert newest(site) in {url for url, _ in web.unreachable()}
    answered, _, body = get(newest(site))
    assert answered == status
    assert said in body.decode(site.encoding)
    assert bool(body) == bool(said)


def test_a_soft_404_has_no_end_of_pages_and_a_dead_address_is_404(web: ReplicaWeb) -> None:
    assert get(web.site("soft-404").address + "/xxgk/xxgknb/99.htm")[0] == 200
    dead = list(web.site("registered").of_reports())[-1][1]
    assert (dead.fate, get(dead.url)[0]) == (UNREACHABLE, 404)


def test_a_shell_holds_no_link(web: ReplicaWeb) -> None:
    site = web.site("shell")
    page = text(site, site.start)
    assert 'id="app"' in page
    assert "href" not in page


def test_too_many_requests_are_told_to_wait_and_waiting_helps() -> None:
    with ReplicaWeb() as web:
        site = web.site("rate-limit")
        answers = [get(site.start) for _ in range(3)]
        assert [status for status, _, _ in answers] == [200, 200, 429]
        assert answers[2][1]["retry-after"] == "1"
        assert get(newest(site))[0] == 429
        assert [hit.patience for hit in web.hits()] == [0, 0, 1, 1]
        kinds = {each.partition(":")[0] for each in web.broken_rules(min_gap=0)}
        assert kinds == {"robots", "repeated", "impatient"}


def test_a_busy_site_names_a_date_one_to_two_seconds_ahead_twice() -> None:
    with ReplicaWeb() as web:
        site = web.site("busy")
        for _ in range(2):
            before = time.time()
            status, headers, _ = get(site.start)
            until = email.utils.parsedate_to_datetime(headers["retry-after"]).timestamp()
            assert status == 503
            assert 0.9 < until - before < 2.1
        assert get(site.start)[0] == 200
        assert [1 <= hit.patience <= 2 for hit in web.hits()] == [True, True, False]


def test_a_connection_is_lost_half_way_once_or_always(web: ReplicaWeb) -> None:
    once, always = newest(web.site("cut-first")), newest(web.site("cut-always"))
    web.clear_log()
    for url in (once, always, always):
        with pytest.raises(http.client.IncompleteRead):
            get(url)
    assert [hit.complete for hit in web.hits()] == [False] * 3
    assert get(once)[0] == 200
    assert get(web.site("cut-always").start)[0] == 200


def test_a_slow_site_takes_half_a_second(web: ReplicaWeb) -> None:
    begun = time.monotonic()
    assert get(web.site("slow").start)[0] == 200
    assert 0.5 <= time.monotonic() - begun < 1.5


def test_a_drip_comes_byte_by_byte_and_notices_that_the_client_left(web: ReplicaWeb) -> None:
    web.clear_log()
    with open_answer(newest(web.site("drip"))) as opened:
        assert b"\r\n\r\n" in opened.recv(1 << 16)
        assert [len(opened.recv(1 << 16)) for _ in range(2)] == [1, 1]
    hit = _ended(web)
    assert (hit.complete, hit.body_bytes <= 3) == (False, True)
    assert hit.ended - hit.at < 1


@pytest.mark.parametrize(("name", "head"), [("endless", b"chunked"), ("endless-length", b"Content-Length: 2000000000")])
def test_an_endless_body_goes_on_until_the_client_leaves(web: ReplicaWeb, name: str, head: bytes) -> None:
    web.clear_log()
    with open_answer(newest(web.site(name))) as opened:
        assert head in opened.recv(1000)
        received = 0
        while received < 5_000_000:
            piece = opened.recv(1 << 20)
            assert piece
            received += len(piece)
    hit = _ended(web)
    assert not hit.complete
    assert 4_000_000 < hit.body_bytes < 50_000_000


def _ended(web: ReplicaWeb) -> Hit:
    """The only hit, once its end is in the log."""
    until = time.monotonic() + 5
    while (hit := web.hits()[0]).status == 0 and time.monotonic() < until:
        pass
    return hit


def test_a_bomb_is_small_and_unpacks_to_what_it_says(web: ReplicaWeb) -> None:
    status, headers, body = get(newest(web.site("bomb")))
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert len(body) < 1_000_000
    unpacker, size = zlib.decompressobj(31), 0
    while body and not unpacker.eof:
        size += len(unpacker.decompress(body, 1 << 22))
        body = unpacker.unconsumed_tail
    assert BOMB_BYTES <= size < BOMB_BYTES + (1 << 20) + 1
    assert unpacker.eof


def test_ordinary_pages_are_packed_for_who_can_unpack(web: ReplicaWeb) -> None:
    url = web.site("jcms-gzip").carriers[web.site("jcms-gzip").bodies[0], 2023].url
    _, headers, packed = get(url, Accept_Encoding="gzip, deflate")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == get(url, Accept_Encoding="identity")[2] == web.resource(url).body


@pytest.mark.parametrize(
    ("name", "header", "meta"),
    [
        ("trs-gbk", "text/html", "charset=gb2312"),
        ("vsb-gbk-wrong", "text/html", "charset=utf-8"),
        ("vsb-gbk-undeclared", "text/html", ""),
        ("asp-gbk", "text/html; charset=gb2312", "charset=gb2312"),
        ("trs", "text/html", "charset=utf-8"),
    ],
)
def test_pages_say_rightly_wrongly_or_not_which_encoding_they_are_in(
    web: ReplicaWeb, name: str, header: str, meta: str
) -> None:
    _, headers, body = get(web.site(name).start)
    assert headers["content-type"] == header
    assert (meta.encode() in body) and ((b"charset" in body) == bool(meta))
    assert "政府信息公开" in body.decode(web.site(name).encoding)


def test_attachments_are_what_they_are_whatever_is_said_of_them(web: ReplicaWeb) -> None:
    begins = {"trs-pdf": b"%PDF-", "vsb-pdf": b"%PDF-", "wrong-type": b"%PDF-", "jcms-docx": b"PK", "asp-xlsx": b"PK"}
    said = {}
    for name, magic in begins.items():
        site = web.site(name)
        _, headers, body = get(site.carriers[site.bodies[0], 2024].url)
        assert body.startswith(magic)
        said[name] = headers["content-type"].rpartition(".")[2]
        assert ("content-disposition" in headers) == (name == "vsb-pdf")
    assert said == {
        "trs-pdf": "application/pdf",
        "vsb-pdf": "application/pdf",
        "wrong-type": "text/html",
        "jcms-docx": "document",
        "asp-xlsx": "sheet",
    }


def test_a_page_hands_on_its_file(web: ReplicaWeb) -> None:
    for name in ("trs-pdf", "vsb-pdf", "jcms-docx", "asp-xlsx", "wrong-type"):
        site = web.site(name)
        page = text(site, newest(site))
        file = site.carriers[site.bodies[0], 2024].url.removeprefix(site.address)
        assert file.rpartition("/")[2].replace("&", "&amp;") in page
        assert "依申请公开" not in page


def test_the_long_list_has_two_thousand_links(web: ReplicaWeb) -> None:
    assert len(set(walk(web.site("long")))) == 2000


def test_hostile_titles_are_shown_as_they_are_and_reports_oddly(web: ReplicaWeb) -> None:
    site = web.site("hostile")
    page = text(site, site.start) + text(site, site.start.replace("list.", "list_2."))
    assert "<script>alert" not in page
    assert "\u200b" in page
    assert "二〇二三年" in page
    titles = {entry.title for entry in site.column.entries}
    assert titles.issuperset(HOSTILE_TITLES)


def test_a_neighbours_report_is_linked_where_it_stands(web: ReplicaWeb) -> None:
    site, trs = web.site("neighbour"), web.site("trs")
    assert newest(trs) in set(walk(site))
    assert newest(trs) in {each.url for each in web.expected() if each.body_name == trs.bodies[0]}


def test_the_wrong_address_or_host_is_no_site(web: ReplicaWeb) -> None:
    status, _, body = get(web.site("trs").start, Host="other.example.org")
    assert (status, body) == (421, b"")

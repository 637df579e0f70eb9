"""A plain client for the replica's own tests: one request a connection, no manners, nothing followed."""

from __future__ import annotations

import http.client
import json
import re
import socket
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from tests.web.replica.site import Site, path_of

AGENT = "gongkai-test (mailto:test@example.org)"
PATIENCE = 5.0
_LINE = re.compile(r'<li><a href="([^"]*)"')
_NAVIGATION = re.compile(r'<ul class="nav">.*?</ul>')


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers in lower case, and body as sent. Header names are given with `_`. Raises what `http.client` does."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path_of(url), headers={"User-Agent": AGENT, "Connection": "close", **named})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def open_answer(url: str) -> socket.socket:
    """A connection on which the answer to a request is coming."""
    parts = urlsplit(url)
    opened = socket.create_connection((parts.hostname, parts.port), PATIENCE)
    opened.sendall(f"GET {path_of(url)} HTTP/1.1\r\nHost: {parts.netloc}\r\nUser-Agent: {AGENT}\r\n\r\n".encode())
    return opened


def text(site: Site, url: str) -> str:
    """A page of a site, decoded as it is."""
    status, _, body = get(url)
    assert status == 200, url
    return body.decode(site.encoding)


def walk(site: Site) -> Iterator[str]:
    """The addresses that a site's list leads to, found as a browser of its system would."""
    for page, markup in WALKS[site.family](site):
        base = re.search(r'<base href="([^"]*)"', markup)
        for href in _LINE.findall(_NAVIGATION.sub("", markup)):
            yield urljoin(base[1] if base else page, unescape(href))


Pages = Iterator[tuple[str, str]]


def _trs(site: Site) -> Pages:
    first = text(site, site.start)
    yield site.start, first
    count = re.search(r'createPageHTML\((\d+), 0, "index", "html"\)', first)
    assert count is not None
    for number in range(1, int(count[1])):
        url = urljoin(site.start, f"index_{number}.html")
        yield url, text(site, url)


def _jcms(site: Site) -> Pages:
    url = site.start
    while url:
        markup = text(site, url)
        yield url, markup
        following = re.search(r"<nextgroup><!\[CDATA\[<a href=\"([^\"]*)\"", markup)
        url = urljoin(url, unescape(following[1])) if following else ""


def _vsb(site: Site) -> Pages:
    yield from _following(site, site.start, r'<span class="p_next"><a href="([^"]*)"')


def _paged(site: Site) -> Pages:
    yield from _following(site, site.start, r'<a href="([^"]*)">下一页')


def _frame(site: Site) -> Pages:
    frame = re.search(r'<iframe id="list" src="([^"]*)"', text(site, site.start))
    assert frame is not None
    yield from _following(site, urljoin(site.start, frame[1]), r'<a href="([^"]*)">下一页')


def _following(site: Site, url: str, pattern: str) -> Pages:
    while url:
        markup = text(site, url)
        yield url, markup
        following = re.search(pattern, markup)
        url = urljoin(url, unescape(following[1])) if following else ""


def _folders(site: Site) -> Pages:
    """What is a list by itself, and its years: as lists, or as links of their own."""
    start = text(site, site.start)
    yield site.start, start
    for href in re.findall(r'<td><a href="([^"]*)"', start):
        url = urljoin(site.start, href)
        markup = text(site, url)
        yield url, markup if 'class="list"' in markup else f'<li><a href="{url}"'


def _json(site: Site) -> Pages:
    address = re.search(r'data-url="([^"]*)"', text(site, site.start))
    assert address is not None
    first = urljoin(site.start, unescape(address[1]))
    for number in range(1, json.loads(text(site, first))["data"]["pages"] + 1):
        url = first.replace("page=1", f"page={number}")
        rows = json.loads(text(site, url))["data"]["rows"]
        yield url, "".join(f'<li><a href="{row["url"]}"' for row in rows)


WALKS = {
    "trs": _trs,
    "jcms": _jcms,
    "vsb": _vsb,
    "asp": _paged,
    "ucap": _paged,
    "iframe": _frame,
    "folders": _folders,
    "json": _json,
}

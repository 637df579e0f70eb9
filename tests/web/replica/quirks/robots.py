"""What robots.txt says, and how it can fail to say it."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.replica.furniture import document
from tests.web.replica.quirks.kinds import Quirk, Sites
from tests.web.replica.reply import Reply, Request
from tests.web.replica.resources import fixed
from tests.web.replica.rules import ROBOTS, Rule
from tests.web.replica.site import FORBIDDEN, Document, Site

CRAWL_DELAY = 0.3

CLOSED = "/closed/"


def closed_to(agent: str) -> Quirk:
    """The newest report stands in a folder that robots.txt closes to an agent."""

    def quirk(site: Site, _: Sites) -> None:
        entry, found = next(site.of_reports())
        path = f"{CLOSED}{entry.path.rpartition('/')[2]}"
        site.routes[path] = site.routes.pop(entry.path)
        entry.path, found.url = path, site.address + path
        found.becomes(FORBIDDEN, "disallowed by robots.txt")
        everybody = "User-agent: *\nDisallow: /admin/\n\n" if agent != "*" else ""
        site.routes[ROBOTS] = robots_txt(f"{everybody}User-agent: {agent}\nDisallow: {CLOSED}\n")
        site.rule = Rule(disallowed=(CLOSED,))

    return quirk


def delay(site: Site, _: Sites) -> None:
    """A delay between two requests."""
    site.routes[ROBOTS] = robots_txt(f"User-agent: *\nCrawl-delay: {CRAWL_DELAY}\nDisallow: /admin/\n")
    site.rule = Rule(min_gap_seconds=CRAWL_DELAY)


def broken(site: Site, _: Sites) -> None:
    """RFC 9309, 2.3.1.4: what cannot be read for a server's fault closes everything."""
    site.routes[ROBOTS] = fixed(500, b"<html><body>error</body></html>")
    site.rule = Rule(disallowed=("/",))
    for found in site.documents:
        found.becomes(FORBIDDEN, "robots.txt is a server error")
    site.documents.append(Document(site.start, site.bodies[0], 0, fate=FORBIDDEN, why="robots.txt is a server error"))


def web_page(site: Site, _: Sites) -> None:
    """A web page in place of robots.txt closes nothing."""
    page = document(site.look, "首页", "<p>欢迎访问</p><p>User-agent: 请使用新版浏览器</p>")
    site.routes[ROBOTS] = fixed(200, page.encode(site.encoding))


def robots_txt(text: str) -> Callable[[Request], Reply]:
    return fixed(200, text.encode(), "text/plain")

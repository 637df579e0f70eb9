"""What is wrong with a site, by the name that the plan gives it: each function changes one site and its ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.web import behaviours
from tests.web.build import add_other
from tests.web.columns import Entry, fillers
from tests.web.furniture import document
from tests.web.reply import Reply, Request
from tests.web.resources import fixed, redirect
from tests.web.rules import ROBOTS, Rule
from tests.web.site import FORBIDDEN, UNREACHABLE, Document, Site, path_of

Sites = Mapping[str, Site]
Quirk = Callable[[Site, Sites], None]

PRIVATE, LINK_LOCAL = "http://10.0.0.1/report.html", "http://169.254.169.254/latest/meta-data/"
CRAWL_DELAY = 0.3
SLOW = 0.5
LONG = 2000
CLOSED = "/closed/"


def dead_address(site: Site, _: Sites) -> None:
    """The oldest report's address answers 404."""
    entry, found = list(site.of_reports())[-1]
    del site.routes[entry.path]
    found.becomes(UNREACHABLE, "404")


def neighbours(site: Site, sites: Sites) -> None:
    """The list links the report of another site, where it is, and a neighbour's that stands here."""
    for other in (sites["trs"], sites["jcms"]):
        entry, found = next(other.of_reports())
        add_other(site, Entry(entry.title, "other body", entry.year, entry.body_name, entry.published, found.url))


def moved(site: Site, _: Sites) -> None:
    """Every report has a new path; the list links the old one."""
    for entry, found in site.of_reports():
        path = f"/new{entry.path}"
        site.routes[path] = site.routes[entry.path]
        site.routes[entry.path] = redirect(path, 301)
        found.final = site.address + path


def moved_away(site: Site, sites: Sites) -> None:
    """The newest report stands on another host."""
    host = sites["robots-missing"]
    entry, found = next(site.of_reports())
    path = f"/hosted/{entry.year}.html"
    host.routes[path] = site.routes[entry.path]
    site.routes[entry.path] = redirect(host.address + path, 302)
    found.final = host.address + path


def loop(site: Site, _: Sites) -> None:
    """The newest report redirects to a page that redirects back."""
    entry, found = next(site.of_reports())
    site.routes[entry.path] = redirect("/loop.html", 302)
    site.routes["/loop.html"] = redirect(entry.path, 302)
    found.becomes(UNREACHABLE, "redirect loop")


def _redirect_inwards(target: str, why: str) -> Quirk:
    def quirk(site: Site, _: Sites) -> None:
        entry, found = next(site.of_reports())
        site.routes[entry.path] = redirect(target, 302)
        found.becomes(UNREACHABLE, why)
        site.documents.append(Document(target, entry.body_name, entry.year, fate=FORBIDDEN, why=why))

    return quirk


def into_closed(site: Site, sites: Sites) -> None:
    """The newest report redirects into a folder that another host's robots.txt closes."""
    entry, found = next(site.of_reports())
    target = f"{sites['robots-folder'].address}{CLOSED}guest.html"
    sites["robots-folder"].routes[path_of(target)] = site.routes[entry.path]
    site.routes[entry.path] = redirect(target, 302)
    found.becomes(UNREACHABLE, "redirects to what robots.txt closes")
    site.documents.append(Document(target, entry.body_name, entry.year, fate=FORBIDDEN, why="disallowed by robots.txt"))


def soft_404(site: Site, _: Sites) -> None:
    """Nothing is ever missing: a page says so with 200. One report is not there either."""
    page = document(site.look, "页面不存在", "<h1>抱歉，您访问的页面不存在或已被删除</h1><p>3秒后返回首页</p>")
    answer = fixed(200, page.encode(site.encoding))
    site.missing = answer
    site.routes[ROBOTS] = _robots("User-agent: *\nDisallow:\n")
    entry, found = next(site.of_reports())
    site.routes[entry.path] = answer
    found.becomes(UNREACHABLE, "soft 404")


def shell(site: Site, _: Sites) -> None:
    """The list is an application that a script draws."""
    main = '<div id="app"></div><script src="/static/js/chunk-vendors.js"></script><script src="/static/js/app.js"></script>'
    text = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body>{main}</body></html>'
    site.routes[site.maker.start] = fixed(200, text.encode())
    for _entry, found in site.of_reports():
        found.becomes(UNREACHABLE, "its list needs a script")


def challenge(site: Site, _: Sites) -> None:
    """Every report's page is a challenge to the browser."""
    script = "document.cookie='k='+calc(window.navigator.userAgent);location.reload();"
    page = f"<html><head><script>function calc(a){{return a.length}}{script}</script></head><body>请稍候，正在验证您的浏览器</body></html>"
    for entry, found in site.of_reports():
        site.routes[entry.path] = fixed(200, page.encode())
        found.becomes(UNREACHABLE, "challenge")


def _status(status: int) -> Quirk:
    def quirk(site: Site, _: Sites) -> None:
        entry, found = next(site.of_reports())
        site.routes[entry.path] = fixed(status, f"<html><body>{status}</body></html>".encode())
        found.becomes(UNREACHABLE, str(status))

    return quirk


def _before_all(make: Callable[[], behaviours.Behaviour]) -> Quirk:
    return lambda site, _: site.behave(make())


def _before_newest(make: Callable[[], behaviours.Behaviour], why: str) -> Quirk:
    def quirk(site: Site, _: Sites) -> None:
        entry, found = next(site.of_reports())
        site.behave(make(), entry.path)
        found.becomes(UNREACHABLE, why)

    return quirk


def _closed_to(agent: str) -> Quirk:
    """The newest report stands in a folder that robots.txt closes to an agent."""

    def quirk(site: Site, _: Sites) -> None:
        entry, found = next(site.of_reports())
        path = f"{CLOSED}{entry.path.rpartition('/')[2]}"
        site.routes[path] = site.routes.pop(entry.path)
        entry.path, found.url = path, site.address + path
        found.becomes(FORBIDDEN, "disallowed by robots.txt")
        everybody = "User-agent: *\nDisallow: /admin/\n\n" if agent != "*" else ""
        site.routes[ROBOTS] = _robots(f"{everybody}User-agent: {agent}\nDisallow: {CLOSED}\n")
        site.rule = Rule(disallowed=(CLOSED,))

    return quirk


def robots_delay(site: Site, _: Sites) -> None:
    """A delay between two requests."""
    site.routes[ROBOTS] = _robots(f"User-agent: *\nCrawl-delay: {CRAWL_DELAY}\nDisallow: /admin/\n")
    site.rule = Rule(min_gap_seconds=CRAWL_DELAY)


def robots_broken(site: Site, _: Sites) -> None:
    """RFC 9309, 2.3.1.4: what cannot be read for a server's fault closes everything."""
    site.routes[ROBOTS] = fixed(500, b"<html><body>error</body></html>")
    site.rule = Rule(disallowed=("/",))
    for found in site.documents:
        found.becomes(FORBIDDEN, "robots.txt is a server error")
    site.documents.append(Document(site.start, site.bodies[0], 0, fate=FORBIDDEN, why="robots.txt is a server error"))


def robots_page(site: Site, _: Sites) -> None:
    """A web page in place of robots.txt closes nothing."""
    page = document(site.look, "首页", "<p>欢迎访问</p><p>User-agent: 请使用新版浏览器</p>")
    site.routes[ROBOTS] = fixed(200, page.encode(site.encoding))


def empty(site: Site, _: Sites) -> None:
    """The newest report has no bytes."""
    entry, found = next(site.of_reports())
    site.routes[entry.path] = fixed(200)
    found.becomes(UNREACHABLE, "empty body")


def wrong_type(site: Site, _: Sites) -> None:
    """Every file is declared a web page."""
    for found in site.documents:
        resource = site.routes[path_of(found.url)]
        if found.kind == "attachment":
            resource.media_type = "text/html"  # type: ignore[attr-defined]


def long(site: Site, _: Sites) -> None:
    """One page with everything since the site began."""
    site.column.per_page = 2 * LONG
    missing = LONG - len(site.column.entries)
    for entry in fillers(site.bodies[0], range(2008, 2025), site.dice, missing):
        add_other(site, entry)


_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
#: How a list shows the titles of its reports: all mean what they are.
ODD_TITLES: tuple[Callable[[str, int], str], ...] = (
    lambda body, year: f"  {body}\u3000{str(year).translate(_FULL)}年\u200b政府信息公开\n工作年度报告 ",
    lambda body, year: f"{body}{''.join('〇一二三四五六七八九'[int(d)] for d in str(year))}年政府信息公开工作年度报告",
    lambda body, year: f"{body}{year}年政府信息公开…",
)
#: Titles that do harm where they are believed. None is a report of a year.
HOSTILE_TITLES = (
    "<script>alert(document.cookie)</script>政府信息公开年报页面升级",
    "../../../../etc/passwd",
    '=HYPERLINK("http://10.0.0.1/","政府信息公开")',
    "\u202e告报度年作工开公息信府政年4202",
    "政府信息公开" + "工作" * 5000,
    "'); DROP TABLE reports; --",
    "\x1b[2J\x1b[31m政务公开\x1b[0m",
    "9999年政府信息公开工作年度报告目录",
)


def hostile(site: Site, _: Sites) -> None:
    """Reports whose links are written oddly, and links that mean harm."""
    reports = list(site.of_reports())
    for (entry, _found), odd in zip(reports, ODD_TITLES, strict=True):
        entry.title = f"{entry.body_name}{entry.year}年政府信息公开工作年度报告"
        entry.shown = odd(entry.body_name, entry.year)
    day = reports[0][0].published
    for title in HOSTILE_TITLES:
        add_other(site, Entry(title, "hostile title", 2024, site.bodies[0], day))


def _robots(text: str) -> Callable[[Request], Reply]:
    return fixed(200, text.encode(), "text/plain")


QUIRKS: dict[str, Quirk] = {
    "": lambda site, _: None,
    "one of its addresses is dead": dead_address,
    "links the reports of others": neighbours,
    "redirects to a new path": moved,
    "redirects to another host": moved_away,
    "redirects in a loop": loop,
    "redirects to a private address": _redirect_inwards(PRIVATE, "private address"),
    "redirects to a link-local address": _redirect_inwards(LINK_LOCAL, "link-local address"),
    "redirects to what another host's robots.txt closes": into_closed,
    "says 200 to everything": soft_404,
    "its list needs a script": shell,
    "challenges whoever reads an article": challenge,
    "403": _status(403),
    "410": _status(410),
    "429 with Retry-After in seconds": _before_all(lambda: behaviours.rate_limit(2, 4.0, 1)),
    "503 with Retry-After as a date": _before_all(lambda: behaviours.busy_first(2)),
    "503 for ever": _status(503),
    "robots.txt closes a folder": _closed_to("*"),
    "robots.txt closes a folder to gongkai": _closed_to("gongkai"),
    "robots.txt asks for a delay": robots_delay,
    "robots.txt is missing": lambda site, _: site.routes.pop(ROBOTS, None) and None,
    "robots.txt is a server error": robots_broken,
    "robots.txt is a web page": robots_page,
    "slow": _before_all(lambda: behaviours.slow(SLOW)),
    "drips": _before_newest(behaviours.drip, "drips for ever"),
    "loses the connection once": _before_all(behaviours.cut_first),
    "loses the connection always": _before_newest(behaviours.cut_always, "the connection is always lost"),
    "endless, no length": _before_newest(lambda: behaviours.endless(-1), "endless"),
    "endless, huge length": _before_newest(lambda: behaviours.endless(behaviours.FOREVER), "endless"),
    "gzip bomb": _before_newest(behaviours.bomb, "gzip bomb"),
    "cannot answer 304": lambda site, _: None,
    "its PDF is text/html": wrong_type,
    "an empty body": empty,
    "2,000 links": long,
    "hostile titles": hostile,
}

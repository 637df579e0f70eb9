"""Answers that are no report: missing pages that say 200, challenges, refusals, faults of the transfer."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.replica import behaviours
from tests.web.replica.furniture import document
from tests.web.replica.quirks.kinds import Quirk, Sites
from tests.web.replica.quirks.robots import robots_txt
from tests.web.replica.resources import fixed
from tests.web.replica.rules import ROBOTS
from tests.web.replica.site import UNREACHABLE, Site, path_of


def dead_address(site: Site, _: Sites) -> None:
    """The oldest report's address answers 404."""
    entry, found = list(site.of_reports())[-1]
    del site.routes[entry.path]
    found.becomes(UNREACHABLE, "404")


def soft_404(site: Site, _: Sites) -> None:
    """Nothing is ever missing: a page says so with 200. One report is not there either."""
    page = document(site.look, "页面不存在", "<h1>抱歉，您访问的页面不存在或已被删除</h1><p>3秒后返回首页</p>")
    answer = fixed(200, page.encode(site.encoding))
    site.missing = answer
    site.routes[ROBOTS] = robots_txt("User-agent: *\nDisallow:\n")
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


def always(status: int) -> Quirk:
    def quirk(site: Site, _: Sites) -> None:
        entry, found = next(site.of_reports())
        site.routes[entry.path] = fixed(status, f"<html><body>{status}</body></html>".encode())
        found.becomes(UNREACHABLE, str(status))

    return quirk


def before_all(make: Callable[[], behaviours.Behaviour]) -> Quirk:
    return lambda site, _: site.behave(make())


def before_newest(make: Callable[[], behaviours.Behaviour], why: str) -> Quirk:
    def quirk(site: Site, _: Sites) -> None:
        entry, found = next(site.of_reports())
        site.behave(make(), entry.path)
        found.becomes(UNREACHABLE, why)

    return quirk


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

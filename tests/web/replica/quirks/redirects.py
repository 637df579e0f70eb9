"""Addresses that send elsewhere: on, away, round in a circle, or where nobody may go."""

from __future__ import annotations

from tests.web.replica.quirks.kinds import Quirk, Sites
from tests.web.replica.quirks.robots import CLOSED
from tests.web.replica.resources import redirect
from tests.web.replica.site import FORBIDDEN, UNREACHABLE, Document, Site, path_of

PRIVATE, LINK_LOCAL = "http://10.0.0.1/report.html", "http://169.254.169.254/latest/meta-data/"


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


def inwards(target: str, why: str) -> Quirk:
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

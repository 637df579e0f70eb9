"""Where a list may be that is not where the register has it: above a year's folder, under another name, without TLS.

Belongs here: addresses to try for one that failed, in order. Does not belong here: trying them
(`pipelines.harvest.walk.refresh`), and the columns that reports name (`pipelines.harvest.discovery.report_column`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from pipelines.harvest.discovery.folder_years import above_the_year, year_in_path
from pipelines.harvest.fetch.faults import HOSTS_FAULTS

#: Requests at most for one list that is lost.
MOST_TRIED = 4
#: Codes that say that the address holds no list, while the site is there.
HOLDS_NO_LIST = frozenset({"http_403", "http_404", "http_410", "soft_404", "empty"})
_NO_TLS = frozenset({"connection_failed", "tls_failed", "too_slow"}) & HOSTS_FAULTS
_NAMES = ("index.html", "list.shtml", "index.shtml", "list.html")
_UCAP_NAMES = ("list.shtml", "index.html", "index.shtml", "list.html")
_UCAP = re.compile(r"/c\d{4,9}/?$")
_FILE = re.compile(r"(?:index|list|default)\w{0,2}\.\w{2,6}$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be the list's: `how` it was come by, and the page that shows it ("" where it is a guess)."""

    url: str
    how: str
    evidence: str = ""


def is_of_old_year(url: str, years: set[int], newest: int) -> bool:
    """Tell whether a list is that of one year before the newest: its folder says so, and no report says otherwise."""
    year = year_in_path(url)
    return year is not None and year < newest and years <= {year}


def is_below_the_year(url: str) -> bool:
    """Tell whether a list is a group's below a year's folder: `/gknb/2012nb/bm/`."""
    above, path = above_the_year(url), urlsplit(url).path.rpartition("/")[0]
    return above is not None and path.removeprefix(urlsplit(above).path).count("/") > 0


def parents(url: str) -> Iterator[Candidate]:
    """The list above that of a year, and the names that it can have."""
    if (parent := above_the_year(url)) is not None:
        yield Candidate(parent, "parent")
        yield from (Candidate(parent + name, "parent") for name in _names(parent)[:1])


def other_addresses(url: str, code: str) -> Iterator[Candidate]:
    """Other addresses of the same list: without TLS where that is closed, under the usual names where the site has none."""
    parts = urlsplit(url)
    if code in _NO_TLS and parts.scheme == "https":
        yield Candidate(urlunsplit(parts._replace(scheme="http")), "http")
    if code not in HOLDS_NO_LIST or parts.query:
        return
    folder, _, file = parts.path.rpartition("/")
    if file and not _FILE.fullmatch(file):
        return
    names = [name for name in (*_names(url), *([""] if file else [])) if name != file]
    for name in names:
        yield Candidate(urlunsplit(parts._replace(path=f"{folder}/{name}")), "variant")


def _names(url: str) -> tuple[str, ...]:
    folder = urlsplit(url).path.rpartition("/")[0]
    return _UCAP_NAMES if _UCAP.search(folder) else _NAMES

"""Tells which lists of the register are wrong, or tied to one year, on sight: by their address alone.

Belongs here: what an address and the register say. Does not belong here: what a look at it gives
(`pipelines.harvest.grow.probe`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipelines.bodies.divisions import divisions
from pipelines.harvest.register.calendar import body_of_source
from pipelines.harvest.register.portals import Portal, domain_of, owners
from pipelines.harvest.register.sources import Source

#: Kinds of suspicion, in the order in which they are told. The first is a list all the same, of one year.
KINDS = ("fixed_year", "host_of_another", "general_column", "home_page", "mirror")
#: 2024nb, bmnb2022, 2022_645, 2018year; not a year within a longer number.
_YEAR = re.compile(r"(?<!\d)20(?:0[6-9]|1\d|2\d)(?!\d)")
#: 202408: a folder of a month. 2024n78 and 201843 are years with the number of a column behind; 25jdbsc the short year.
_MONTH = re.compile(r"^20(?:0[6-9]|1\d|2\d)(?:0[1-9]|1[0-2])$")
_NUMBERED = re.compile(r"^20(?:0[6-9]|1\d|2\d)\d{2}$")
_SHORT = re.compile(r"^(?:0[89]|1\d|2\d)(?=n|jd|bm|xz|qz|zf)[a-z]+$", re.IGNORECASE)
#: A folder's name that says annual reports: what is above it need not.
_REPORTS = re.compile(r"nb(?![a-z]*\.)|ndbg|ndgzbg|ndgkbg|nianbao|annual|gzbg", re.IGNORECASE)
#: Columns of all kinds of notices, of news and of policies, by the last folder; and stores of all a site's pages.
_GENERAL = re.compile(
    r"^(?:gsgg|gggs|tzgg|ggtz|tzgs|gongshi|gonggao|gg|gs|notice|news|xwzx|xwdt|zwdt|zwyw|gzdt|zcwj|zcfg|zfwj"
    r"|zwgk|xxgk|zfxxgk|gongkai|public|openness)(?:[_-]?\d+)?$",
    re.IGNORECASE,
)
_STORE = re.compile(
    r"^/html/[a-z]+/$|/UserData/DocHtml/|^/cms/html/[a-z]+/$|^/(?:content|article|info|art)/$", re.IGNORECASE
)
_HOME = re.compile(r"^/?(?:(?:index|default|home|main)\.\w+)?$", re.IGNORECASE)
_MIRROR = re.compile(r"^(?:big5|admin|manage|test|cms)\.")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Says why a list is doubted: one of `KINDS`, and the reason in a sentence."""

    source: Source
    kind: str
    reason: str


def suspicions(sources: Sequence[Source], portals: Iterable[Portal], year: int) -> list[Suspicion]:
    """All that can be said on sight of the lists, by kind; a list can be doubted for several reasons."""
    owned = owners(list(portals), sources, year)
    found = [each for source in sources if source.kind == "list" for each in _of_list(source, owned, year)]
    return sorted(found, key=lambda each: (KINDS.index(each.kind), each.source.body_name, each.source.url))


def fixed_year(url: str) -> int | None:
    """The one year that a folder of an address names; None where none does."""
    folders = [folder for folder in urlsplit(url).path.split("/")[1:-1] if folder]
    for folder in reversed(folders):
        if found := _YEAR.search(folder):
            return int(found[0])
        if _MONTH.match(folder) or (_NUMBERED.match(folder) and any(_REPORTS.search(each) for each in folders)):
            return int(folder[:4])
        if _SHORT.match(folder):
            return 2000 + int(folder[:2])
    return None


def _of_list(source: Source, owned: Mapping[str, str], year: int) -> Iterable[Suspicion]:
    parts = urlsplit(source.url)
    if (tied := fixed_year(source.url)) is not None:
        yield Suspicion(source, "fixed_year", f"a folder of its address is that of {tied}")
    if other := _other_owner(source, owned, year):
        yield Suspicion(source, "host_of_another", f"{source.host} is the host of {other}")
    if _HOME.match(parts.path) and not parts.query:
        yield Suspicion(source, "home_page", "the address is a home page")
    elif says := _general(parts.path):
        yield Suspicion(source, "general_column", says)
    if _MIRROR.match(source.host):
        yield Suspicion(source, "mirror", f"{source.host} is a copy or a back door of a site, not the site")


def _general(path: str) -> str | None:
    folders = [folder for folder in path.split("/") if folder and "." not in folder]
    if any(_REPORTS.search(step) for step in path.split("/")):
        return None
    if _STORE.search(path):
        return "the address is the store of all pages of a site"
    return f"{folders[-1]} is a column of all kinds of notices" if folders and _GENERAL.match(folders[-1]) else None


def _other_owner(source: Source, owned: Mapping[str, str], year: int) -> str | None:
    """The name of the government whose host it is, where the body is neither its own, nor below it, nor one of its organs."""
    if source.host == "www.gov.cn" or source.host.endswith(".www.gov.cn"):
        return None if source.level == "ministry" else "the State Council (国务院)"
    code = owned.get(source.host) or owned.get(domain_of(source.host))
    body = body_of_source(source.body_name, source.province, year)
    if code is None or (body.government_code is None and source.level != "ministry"):
        return None
    path = _path(body.government_code) if body.government_code else ()
    # A zone without a code counts to the government above it, and can lie within any below that.
    is_home = body.kind == "development_zone" and body.government_code in _path(code)
    return None if code in path or is_home else divisions()[code].name


def _path(code: str) -> tuple[str, ...]:
    """A division and those above it; of one that is no more, as its code tells."""
    return (code, *divisions()[code].above) if code in divisions() else (code, f"{code[:4]}00", f"{code[:2]}0000")

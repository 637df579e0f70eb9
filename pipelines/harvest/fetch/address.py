"""Addresses of the web in one spelling, and their hosts."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from yarl import URL

_PORTS = {"http": 80, "https": 443}
#: What may stand in a path or query as it is. What is quoted stays too: %C4%EA is GBK to many of these sites, and + is
#: no blank.
_SAFE = "%/:@!$&'()*+,;=~[]?"
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?")
#: Browsers take these out of an address wherever they stand.
_LINE_BREAKS = str.maketrans("", "", "\t\r\n")


def canonical(url: str) -> str | None:
    """An address in the one spelling that it is asked for and filed under: ASCII, no fragment, no `..`.

    None where it is no address of the web; one with a name or password in it is none, since no report needs them.
    """
    parts = _split(_plain(url))
    host = _host_with_port(parts) if parts else None
    if parts is None or host is None:
        return None
    try:
        path, query = quote(_path(parts.path), safe=_SAFE.replace("?", "")), quote(parts.query, safe=_SAFE)
    except UnicodeEncodeError:  # half of a character: no site can have meant that
        return None
    return urlunsplit((parts.scheme, host, path, query, ""))


def host_of(url: str) -> str | None:
    """The host of an address with its port unless it is the usual one, in small letters; None where it is none of the web."""
    parts = _split(url)
    return _host_with_port(parts) if parts else None


def joined(base: str, href: str) -> str | None:
    """The address that a link of a page leads to, in its one spelling; None where it leads nowhere on the web."""
    try:
        return canonical(urljoin(base, _plain(href)))
    except ValueError:
        return None


def _plain(url: str) -> str:
    """An address without its fragment and what browsers pass over; a backslash is a slash to them, but in a query."""
    before, mark, query = url.strip().translate(_LINE_BREAKS).partition("#")[0].partition("?")
    return before.replace("\\", "/") + mark + query


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _host_with_port(parts: SplitResult) -> str | None:
    try:
        name, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not name or "@" in parts.netloc or port == 0:
        return None
    host = _host(name)
    return f"{host}:{port}" if host and port and port != _PORTS[parts.scheme] else host


def _host(name: str) -> str | None:
    """A name or number of a host as it is asked for; a dot at its end, which says the same, left out."""
    try:
        if ":" in name:
            return f"[{ipaddress.IPv6Address(name).compressed}]" if "%" not in name else None
        ascii_name = name if name.isascii() else URL.build(scheme="http", host=name).raw_host or ""
    except (ValueError, UnicodeError):
        return None
    plain = ascii_name.removesuffix(".")
    return plain if _HOST.fullmatch(plain) and ".." not in plain else None


def _path(path: str) -> str:
    """A path without `.` and `..` (RFC 3986, 5.2.4); empty steps stay, since a site may tell them apart."""
    steps = path.split("/")[1:]
    kept: list[str] = []
    for step in steps:
        if step == "..":
            del kept[-1:]
        elif step != ".":
            kept.append(step)
    if steps and steps[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)

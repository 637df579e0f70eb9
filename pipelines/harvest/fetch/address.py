"""Addresses of the web in one spelling, and their hosts. Nothing else belongs here."""

from __future__ import annotations

import posixpath
from urllib.parse import urljoin, urlsplit, urlunsplit

from yarl import URL

_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str | None:
    """An address in the one spelling that it is asked for and filed under: ASCII, no fragment, no `..`.

    None where it is no address of the web; one with a name or password in it is none, since no report needs them.
    """
    text = "".join(url.split("#", 1)[0].split())
    host = host_of(text)
    if host is None:
        return None
    try:
        parts = urlsplit(text)
        # What is quoted stays as it is: %C4%EA is GBK to many of these sites, and + is no blank.
        plain = urlunsplit((parts.scheme, host, _path(parts.path), parts.query, ""))
        return (
            plain if _is_plain(plain) else str(URL(plain.replace("%", "%25")).with_fragment(None)).replace("%25", "%")
        )
    except (ValueError, UnicodeError):
        return None


def _is_plain(url: str) -> bool:
    return url.isascii() and not any(letter in url for letter in ' "<>\\^`{|}')


def _path(path: str) -> str:
    if "/." not in path:
        return path or "/"
    plain = posixpath.normpath(path)
    return "/" + plain.lstrip("/") + ("/" if path.endswith(("/", "/.", "/..")) and plain != "/" else "")


def host_of(url: str) -> str | None:
    """The host of an address with its port unless it is the usual one, in small letters; None where it is none of the web."""
    try:
        parts = urlsplit(url)
        port = parts.port
        name = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not name or "@" in parts.netloc:
        return None
    name = f"[{name}]" if ":" in name else name
    return f"{name}:{port}" if port and port != _PORTS[parts.scheme] else name


def joined(base: str, href: str) -> str | None:
    """The address that a link of a page leads to, in its one spelling; None where it leads nowhere on the web."""
    try:
        return canonical(urljoin(base, href.strip()))
    except ValueError:
        return None

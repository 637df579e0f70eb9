"""robots.txt: what a site asks robots to leave alone, and how slowly (RFC 9309)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

#: The name that a robots.txt calls us by.
AGENT = "gongkai"
#: What is read of a robots.txt at most; RFC 9309 asks for 500 KiB at least.
LARGEST_BYTES = 512_000
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MARKUP = re.compile(r"<!--.*?(?:-->|$)|<[^<>\n]*>", re.DOTALL)
#: `User-agent: gongkai/0.1` means us as well: a product is named with or without its version (RFC 9110, 10.1.5).
_VERSIONED = re.compile(r"(?im)^([ \t]*user-agent[ \t]*:[ \t]*[\w*-]+)/[^\r\n#]*")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site. `delay_seconds` is its Crawl-delay, 0 where it asks for none."""

    rules: Protego | None
    allows_all: bool
    delay_seconds: float = 0.0

    def allows(self, url: str) -> bool:
        """Tell whether the site lets this address be asked for."""
        return bool(self.rules.can_fetch(url, AGENT)) if self.rules else self.allows_all


#: No robots.txt: everything may be asked for.
ABSENT = Robots(None, allows_all=True)
#: The site could not say what it forbids (5xx, or no answer): nothing may be asked for now.
UNREACHABLE = Robots(None, allows_all=False)


def read(status: int, body: bytes) -> Robots:
    """The rules that a response to /robots.txt makes: 4xx means that there are none, 5xx that all is forbidden for now."""
    if status >= 500:
        return UNREACHABLE
    if status >= 400:
        return ABSENT
    rules = Protego.parse(_rules_in(body[:LARGEST_BYTES]))
    delay = rules.crawl_delay(AGENT)
    rate = rules.request_rate(AGENT)
    per_request = rate.seconds / rate.requests if rate and rate.requests else 0.0
    return Robots(rules, allows_all=True, delay_seconds=max(float(delay or 0), float(per_request)))


def _rules_in(body: bytes) -> str:
    """The lines of a robots.txt without marks of its encoding, markup around them, and versions of agents.

    A page that stands for every address has no line that is a rule. One that is wrapped in markup has: what it forbids
    is forbidden.
    """
    text = _MARKUP.sub("", _decoded(body)).lstrip("\ufeff \t\r\n")
    return _VERSIONED.sub(r"\1", text)


def _decoded(body: bytes) -> str:
    """By the byte order mark, which would hide the first line; UTF-16 without one has a zero beside each letter."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if body[start:200:2].count(0) > len(body[:200]) // 4:
            return body.decode(encoding, "replace")
    return body.decode("utf-8", "replace")


def address(url: str) -> str:
    """Tell where the robots.txt of a site lies."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"

"""robots.txt: what a site asks robots to leave alone, and how slowly (RFC 9309). Nothing else belongs here."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

#: The name that a robots.txt calls us by.
AGENT = "gongkai"
#: What is read of a robots.txt at most; RFC 9309 asks for 500 KiB at least.
LARGEST_BYTES = 512_000


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site. `delay_seconds` is its Crawl-delay, 0 where it asks for none."""

    rules: Protego | None
    allows_all: bool
    delay_seconds: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether the site lets this address be asked for."""
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
    # A byte order mark would hide the first line, which may be the one that forbids all.
    text = body[:LARGEST_BYTES].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return ABSENT  # a page that stands for every address: no line of it is a rule
    rules = Protego.parse(text)
    delay = rules.crawl_delay(AGENT)
    rate = rules.request_rate(AGENT)
    per_request = rate.seconds / rate.requests if rate and rate.requests else 0.0
    return Robots(rules, allows_all=True, delay_seconds=max(float(delay or 0), float(per_request)))


def address(url: str) -> str:
    """Where the robots.txt of a site lies."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"

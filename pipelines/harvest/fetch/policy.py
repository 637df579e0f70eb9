"""Tells how the harvest behaves towards the sites that it asks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from importlib import metadata

#: Each field below can be set by a variable of this prefix and its name: `GONGKAI_HARVEST_DELAY_SECONDS=5`.
PREFIX = "GONGKAI_HARVEST_"


class PolicyError(Exception):
    """A setting that makes no sense, or one that is missing."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits of the harvest. Times are in seconds, sizes in bytes; a host is a name with its port."""

    #: Whom the owner of a site can write to: an address of mail or of a page. Goes into every request.
    contact: str = ""
    #: Between the end of an answer and the next request to the same host; `Crawl-delay` of its robots.txt where that is more.
    delay_seconds: float = 2.0
    #: Requests under way at once, over all hosts; to one host it is always one.
    most_requests: int = 32
    #: Beginnings of requests per second, over all hosts.
    requests_per_second: float = 20.0
    #: Times that one address is asked for before it has failed, where the fault may pass.
    attempts: int = 4
    #: The first pause before asking again; each further one is twice as long, with jitter.
    backoff_seconds: float = 2.0
    #: The longest pause that a site may ask for (`Retry-After`). One that asks for more is left alone until then; one whose
    #: `Crawl-delay` is longer is not asked at all.
    patience_seconds: float = 120.0
    connect_seconds: float = 20.0
    #: The longest silence within a response, and the longest response.
    silence_seconds: float = 30.0
    response_seconds: float = 180.0
    largest_bytes: int = 100 << 20
    redirects: int = 5
    #: Addresses of a host that may fail one after the other before the host is given up for this refresh.
    failures: int = 3
    #: Pages of one list.
    list_pages: int = 40
    #: Documents of a report page.
    attachments: int = 10
    #: A report is looked at again in each refresh for so long after it was first seen, and then at longer intervals.
    young_days: int = 120
    recheck_days: int = 30
    #: For tests on this machine only: servers of 127.0.0.0/8 and ::1 may be asked.
    allow_loopback: bool = False

    @property
    def user_agent(self) -> str:
        """Tell what every request says of its sender. Raises `PolicyError` where no contact is set."""
        if not self.contact and not self.allow_loopback:
            raise PolicyError(
                f"no contact address is set; the owner of a site must be able to reach you: {PREFIX}CONTACT=you@example.org"
            )
        contact = self.contact or "tests@localhost"
        return f"gongkai/{metadata.version('gongkai')} (open dataset of government transparency; contact: {contact})"


def policy(environment: Mapping[str, str] = os.environ) -> Policy:
    """The policy that the environment asks for. Raises `PolicyError`, all faults at once."""
    found: dict[str, object] = {}
    problems: list[str] = []
    for field in fields(Policy):
        text = environment.get(PREFIX + field.name.upper())
        if text is None:
            continue
        try:
            found[field.name] = _value(text.strip(), field.default)
        except ValueError as error:
            problems.append(f"{PREFIX}{field.name.upper()}={text!r}: {error}")
    unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in _NAMES)
    problems += [f"{name}: there is no such setting; there are {', '.join(sorted(_NAMES))}" for name in unknown]
    if problems:
        raise PolicyError("\n".join(problems))
    return replace(Policy(), **found)  # type: ignore[arg-type]  # each value has the type of its field's default


_NAMES = frozenset(PREFIX + field.name.upper() for field in fields(Policy))


def _value(text: str, default: object) -> object:
    if isinstance(default, str):
        if not (text.isascii() and text.isprintable()):
            raise ValueError("one line of ASCII is expected, as it goes into a header")
        return text
    if isinstance(default, bool):
        if text.lower() not in ("0", "1", "true", "false"):
            raise ValueError("1 or 0 is expected")
        return text.lower() in ("1", "true")
    return _number(text, whole=isinstance(default, int))


def _number(text: str, *, whole: bool) -> float:
    expected = f"a {'whole ' if whole else ''}number above 0 is expected"
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        raise ValueError(expected) from None
    if not 0 < number < 1e12:
        raise ValueError(expected)
    return number

"""One situation: a site, the register's rows of it, and what a person would make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Stands for the site's address wherever a page or row names it; each situation is served at an address of its own.
HERE = "http://site.invalid"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one address. `needs`: headers and what stands in them, else 403; `method`: the only one, else 405."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)
    method: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the register; `path` is that of the site, with its query."""

    path: str
    body_name: str = "永嘉县"
    province: str = "浙江"
    level: str = "county"
    kind: str = "list"
    covers: str = "body"
    report_year: int | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """A site by path. The answer to `*` is that to all other addresses, robots.txt too where it has none of its own.

    `expected` are the paths of the reports that a person finds, of all years or of `year` only; `names` the body that
    each is of, by path, as far as that is to be tested. `states` are the states that a person would call a body by its
    name; `unread` is right as well wherever a reader is missing, and a report that is found is `published`.
    """

    name: str
    rows: tuple[Row, ...]
    answers: Mapping[str, Answer]
    expected: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: Whether a person would call the bodies late.
    is_late: bool = False
    #: The most requests that a night may cost, robots.txt among them.
    most_requests: int = 60
    #: The address that pages have for the site: replaced by where it is served.
    origin: str = HERE

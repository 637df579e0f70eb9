"""Whether a client was polite, by the server's own log: a pure function of hits and of what each host demands.

Gaps are those between arrivals. A client that counts them from when it meant to send, not from when it sent or had the
answer, comes too early after a request that was late: with dozens of hosts at once that is more than the tolerance.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

from tests.web.replica.hits import UNANSWERED, Hit

#: Seconds by which the server's clock may be off, since it shares its machine with the client.
TOLERANCE = 0.010
#: Requests of one address beyond the first.
RETRIES = 3
ROBOTS = "/robots.txt"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a host demands: seconds between the starts of two requests, and the beginnings of paths that nobody may
    request. The path of robots.txt itself always may be.
    """

    min_gap_seconds: float = 0.0
    disallowed: tuple[str, ...] = ()

    def forbids(self, path: str) -> bool:
        """Whether robots.txt keeps a path closed."""
        return path != ROBOTS and unquote(path).startswith(self.disallowed or ("\0",))


def broken_rules(
    hits: Sequence[Hit],
    rules: Mapping[str, Rule],
    min_gap: float,
    *,
    tolerance: float = TOLERANCE,
    retries: int = RETRIES,
) -> list[str]:
    """A sentence for each rule that a log shows broken, host by host. Hosts without a rule demand nothing of their own."""
    by_host: dict[str, list[Hit]] = defaultdict(list)
    for hit in sorted(hits, key=lambda hit: hit.at):
        by_host[hit.host].append(hit)
    found: list[str] = []
    for host, seen in by_host.items():
        rule = rules.get(host, Rule())
        found += _forbidden(seen, rule)
        found += _robots_first(seen)
        found += _gaps(seen, max(min_gap, rule.min_gap_seconds), tolerance)
        found += _at_once(seen, tolerance)
        found += _impatient(seen, tolerance)
        found += _repeated(seen, retries)
        found += _anonymous(seen)
    return found


def _forbidden(hits: list[Hit], rule: Rule) -> Iterator[str]:
    for hit in hits:
        if rule.forbids(hit.path):
            yield f"forbidden: {hit.url} is disallowed by robots.txt"


def _robots_first(hits: list[Hit]) -> Iterator[str]:
    first = hits[0]
    if first.path != ROBOTS:
        yield f"robots: {first.url} was requested before robots.txt"


def _gaps(hits: list[Hit], gap: float, tolerance: float) -> Iterator[str]:
    for before, hit in pairwise(hits):
        if hit.at - before.at < gap - tolerance:
            yield f"gap: {hit.url} came {hit.at - before.at:.3f} s after {before.path}, not {gap:.3f} s"


def _at_once(hits: list[Hit], tolerance: float) -> Iterator[str]:
    busy_until, busy_with = -math.inf, ""
    for hit in hits:
        if hit.at < busy_until - tolerance:
            yield f"at once: {hit.url} was requested while {busy_with} was being answered"
        if hit.ended > busy_until:
            busy_until, busy_with = hit.ended, hit.path


def _impatient(hits: list[Hit], tolerance: float) -> Iterator[str]:
    patient_until, asked_by = -math.inf, ""
    for hit in hits:
        if hit.at < patient_until - tolerance:
            yield f"impatient: {hit.url} came {patient_until - hit.at:.3f} s before the Retry-After of {asked_by} was over"
        if hit.patience and hit.ended + hit.patience > patient_until:
            patient_until, asked_by = hit.ended + hit.patience, hit.path


def _repeated(hits: list[Hit], retries: int) -> Iterator[str]:
    by_path: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_path[hit.path + hit.form].append(hit)
    for path, same in by_path.items():
        settled = next((hit for hit in same[:-1] if is_settled(hit)), None)
        if settled is not None:
            yield f"repeated: {settled.host}{path} was requested again although it was answered {settled.status}"
        if len(same) > 1 + retries:
            yield f"retries: {same[0].host}{path} was requested {len(same)} times, {retries} retries are allowed"


def is_settled(hit: Hit) -> bool:
    """Whether there is nothing more to learn at an address: it was answered whole, by no passing fault.

    A redirect is none of the answers that settle, so that a loop is a matter of how many requests it takes.
    """
    passing = hit.status in (UNANSWERED, 408, 425, 429) or hit.status >= 500
    return hit.complete and not passing and (hit.status == 304 or not 300 <= hit.status < 400)


def _anonymous(hits: list[Hit]) -> Iterator[str]:
    for hit in hits:
        agent = hit.headers.get("user-agent", "")
        if "gongkai" not in agent.lower() or not ("@" in agent or "http" in agent):
            yield f"anonymous: {hit.url} was requested by {agent!r}, which gives no name or no contact"

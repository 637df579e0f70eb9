"""The judge finds each kind of broken rule in a made log, and none in a polite one."""

from __future__ import annotations

import math
from dataclasses import replace

from tests.made.cases import folded
from tests.web import Hit, Rule, broken_rules

HOST = "127.0.1.1:8000"
GOOD = {"user-agent": "gongkai/1.0 (+http://example.org; mail@example.org)"}


def hit(at: float, path: str, status: int = 200, **more: object) -> Hit:
    """A request answered within 10 ms."""
    made: dict[str, object] = {"headers": GOOD, "complete": True, "ended": at + 0.01} | more
    return Hit(at, HOST, "GET", path, status=status, **made)  # type: ignore[arg-type]


def judged(*hits: Hit, rule: Rule | None = None, min_gap: float = 0.1) -> list[str]:
    """What the judge says, by kind."""
    found = broken_rules([hit(0, "/robots.txt"), *hits], {HOST: rule or Rule()}, min_gap)
    return [sentence.partition(":")[0] for sentence in found]


def test_a_polite_client_breaks_nothing() -> None:
    hits = [
        hit(1, "/a"),
        hit(1.095, "/b", 304),  # within the tolerance
        hit(2, "/busy", 503, patience=1.0),
        hit(3.01, "/busy"),
        hit(4, "/cut", complete=False),
        hit(5, "/cut", complete=False),
        hit(6, "/cut"),
        hit(7, "/old", 301),
        hit(8, "/old", 301),
        hit(9, "/never", status=0, complete=False, ended=math.inf),
    ]
    assert judged(*hits) == []


def test_hosts_are_judged_apart() -> None:
    other = [replace(each, host="127.0.1.2:8000") for each in (hit(0, "/robots.txt"), hit(1, "/a"))]
    assert broken_rules([hit(0, "/robots.txt"), *other, hit(1.0, "/a")], {}, 0.5) == []


@folded(
    ("hits", "kinds"),
    [
        ([hit(1, "/closed/a.html")], ["forbidden"]),
        ([hit(1, "/%63losed/a.html")], ["forbidden"]),
        ([hit(1, "/a"), hit(1.05, "/b")], ["gap"]),
        ([hit(1, "/a", ended=3.0), hit(2, "/b")], ["at once"]),
        ([hit(1, "/a", status=0, complete=False, ended=math.inf), hit(2, "/b")], ["at once"]),
        ([hit(1, "/a", ended=5.0), hit(2, "/b"), hit(3, "/c")], ["at once", "at once"]),
        ([hit(1, "/a", 429, patience=1.0), hit(1.9, "/b")], ["impatient"]),
        ([hit(1, "/a", 503, patience=1.0), hit(1.9, "/a")], ["impatient"]),
        ([hit(1, "/a"), hit(2, "/a")], ["repeated"]),
        ([hit(1, "/a", 304), hit(2, "/a", 304)], ["repeated"]),
        ([hit(1, "/a", 404), hit(2, "/a")], ["repeated"]),
        ([hit(1, "/a", 403), hit(2, "/a")], ["repeated"]),
        ([hit(1, "/robots.txt")], ["repeated"]),
        ([hit(n, "/a", 503) for n in range(1, 6)], ["retries"]),
        ([hit(n, "/loop", 302) for n in range(1, 6)], ["retries"]),
        ([hit(1, "/a", headers={})], ["anonymous"]),
        ([hit(1, "/a", headers={"user-agent": "Mozilla/5.0 (http://example.org)"})], ["anonymous"]),
        ([hit(1, "/a", headers={"user-agent": "gongkai/1.0"})], ["anonymous"]),
    ],
)
def test_each_broken_rule_is_named(hits: list[Hit], kinds: list[str]) -> None:
    assert judged(*hits, rule=Rule(disallowed=("/closed/",))) == kinds


def test_a_crawl_delay_counts_where_it_is_longer() -> None:
    hits = [hit(1, "/a"), hit(1.2, "/b")]
    assert judged(*hits, rule=Rule(min_gap_seconds=0.3)) == ["gap"]
    assert judged(*hits, rule=Rule(min_gap_seconds=0.05)) == []


def test_robots_txt_comes_first_and_may_always_be_asked_for() -> None:
    assert [s.partition(":")[0] for s in broken_rules([hit(0, "/a"), hit(1, "/robots.txt")], {}, 0.1)] == ["robots"]
    assert judged(rule=Rule(disallowed=("/",))) == []


def test_an_answer_after_a_redirect_settles_an_address() -> None:
    assert judged(hit(1, "/a", 301), hit(2, "/a"), hit(3, "/a")) == ["repeated"]


def test_more_retries_are_allowed_where_said() -> None:
    hits = [hit(0, "/robots.txt"), *(hit(n, "/a", 503) for n in range(1, 6))]
    assert broken_rules(hits, {}, 0.1, retries=4) == []
    assert broken_rules(hits, {}, 0.1, retries=3) == [f"retries: {HOST}/a was requested 5 times, 3 retries are allowed"]

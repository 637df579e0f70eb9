"""The growing register on the screen: looks, walks, proposals, decisions; and a count while a command asks sites.

Belongs here: layout and wording. Does not belong here: any rule (`pipelines.harvest.grow`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

from rich.console import RenderableType
from rich.markup import escape
from rich.status import Status
from rich.table import Table

from pipelines.bodies.divisions import Division
from pipelines.cli import screen
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.grow.discover import MOST_REQUESTS, Found
from pipelines.harvest.grow.discovery import Register, Start
from pipelines.harvest.grow.probe import DueLook
from pipelines.harvest.grow.rules import RULES
from pipelines.harvest.register.probes import Probe
from pipelines.harvest.register.proposals import Proposal
from pipelines.harvest.register.sources import Source

#: Lines of a table that are shown, and looks without a terminal after which a line is printed.
_LINES = 40
_EVERY = 50
#: States in Chinese.
_STATES = {
    "read": "已读取", "empty": "未识别", "script": "脚本生成", "general": "综合栏目", "challenge": "验证页面",
    "wants_cookie": "要求Cookie", "forbidden": "禁止访问", "dead": "失效", "unreached": "未连通",
}  # fmt: skip


class Counting:
    """Counts what came while sites are asked: a line that moves on a terminal, else one for each fifty."""

    def __init__(self, total: int | None, verb: str) -> None:
        self._total, self._verb = total, verb
        self._console = screen.messages()
        self._counts: Counter[str] = Counter()
        self._status: Status | None = None

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._status = self._console.status("")
            self._status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._status:
            self._status.stop()

    def add(self, state: str, url: str) -> None:
        """Count one, and show it."""
        self._counts[state] += 1
        done = sum(self._counts.values())
        of_all = f" of {self._total:,}" if self._total else ""
        counts = ", ".join(f"{count:,} {name}" for name, count in self._counts.most_common())
        text = f"{self._verb} {done:,}{of_all}: {counts}"
        if self._status:
            self._status.update(f"{text}  [dim]{escape(url[-60:])}[/]")
        elif done % _EVERY == 0:
            self._console.print(text, markup=False)


def planned_looks(due: Sequence[DueLook], policy: Policy) -> Iterator[RenderableType]:
    """Tell what a probe would ask for, and about how long it takes at its pace."""
    if not due:
        yield "nothing is due: every list was looked at; --again looks anew 无待探测网址"
        return
    yield _reasons(due)
    hosts = Counter(each.host for each in due)
    busiest, count = hosts.most_common(1)[0]
    seconds = max(count * policy.delay_seconds, len(due) / policy.requests_per_second)
    yield (
        f"{len(due):,} addresses on {len(hosts):,} hosts, each asked once, and each host's robots.txt; "
        f"most on {busiest} ({count:,}); at least {seconds:,.0f} seconds"
    )


def _reasons(due: Iterable[DueLook]) -> Table:
    table = Table("address 网址", "why 原因")
    rows = list(due)
    for each in rows[:_LINES]:
        table.add_row(escape(each.url), each.why)
    if len(rows) > _LINES:
        table.caption = f"and {len(rows) - _LINES:,} more"
    return table


def looks(found: Sequence[Probe]) -> Iterator[RenderableType]:
    """Tell what a probe saw: how many in each state, with one example."""
    table = Table("state 结果", "lists 目录数", "for example 例", "why 说明")
    for state, zh in _STATES.items():
        mine = [each for each in found if each.state == state]
        if mine:
            table.add_row(f"{state} {zh}", f"{len(mine):,}", escape(mine[0].url), escape(mine[0].reason))
    yield table


def planned_walks(
    begin: Sequence[Start], wanted: Sequence[Division], known: Register, policy: Policy
) -> Iterator[RenderableType]:
    """Tell which portals a discovery would walk, and how many governments have none."""
    table = Table("government 政府", "portal 门户", "why 原因")
    for each in begin[:_LINES]:
        table.add_row(each.division.name, escape(each.url), each.why)
    if len(begin) > _LINES:
        table.caption = f"and {len(begin) - _LINES:,} more"
    if begin:
        yield table
    have = {portal.code for portal in known.portals}
    without = sum(each.code not in have for each in wanted)
    most = len(begin) * MOST_REQUESTS
    yield f"{len(begin):,} portals, at most {most:,} requests, {policy.delay_seconds:g} seconds apart on a host"
    if without:
        yield (
            f"{without:,} of {len(wanted):,} governments have no portal here; those that a portal above links are walked too; "
            "gongkai sources wanted lists the others, gongkai sources add-portal adds one"
        )
    if not begin and not without:
        yield "nothing to do: each has a list, or its portal was walked in the last 30 days (--again) 无需查找"


def walks(found: Sequence[Found]) -> Iterator[RenderableType]:
    """Tell what a discovery found: portals by how far they led, lists and portals proposed, requests."""
    table = Table("portals 门户", "count 数量", "for example 例", "why 说明")
    for state, zh in _STATES.items():
        mine = [each for each in found if each.state == state]
        if mine:
            one = mine[0]
            table.add_row(
                f"{state} {zh}", f"{len(mine):,}", f"{one.division.name} {escape(one.portal_url)}", escape(one.reason)
            )
    yield table
    lists = Counter(str(each.covers) for one in found for each in one.proposals)
    requests = sum(each.requests for each in found)
    portals = len({division.code for one in found for division, _, _ in one.portals})
    mean = requests / len(found) if found else 0
    yield (
        f"{sum(lists.values()):,} lists proposed 建议目录 ({lists['body']:,} of one body, {lists['territory']:,} of several); "
        f"{portals:,} portals linked 门户; {requests:,} requests, {mean:.1f} a government"
    )


def proposed(open_ones: Sequence[Proposal]) -> Iterator[RenderableType]:
    """The open proposals with their numbers and evidence."""
    if not open_ones:
        yield "nothing is proposed; gongkai sources discover looks for lists 暂无建议"
        return
    table = Table("no.", "body 机关", "what 类别", "address 网址", "how 发现方式", "evidence 依据", "sure 把握")
    for number, each in enumerate(open_ones[: 5 * _LINES], 1):
        what = f"{each.kind} ({each.covers})" if each.covers else each.kind
        where = f"{each.proposed_url}\ninstead of {each.old_url}" if each.old_url else each.proposed_url
        table.add_row(
            str(number),
            each.body_name,
            what,
            escape(where),
            escape(each.how_found),
            escape(each.evidence),
            each.confidence,
        )
    yield table
    yield f"{len(open_ones):,} open; gongkai sources review --accept NUMBER --by NAME, --refuse NUMBER --by NAME, or --rules"


def decisions(
    rows: Sequence[Proposal],
    decided: Mapping[tuple[str, str, str, str], tuple[str, str]],
    confirmed: Sequence[Source],
    *,
    is_ruled: bool,
) -> Iterator[RenderableType]:
    """Tell what is accepted, refused and confirmed, and by which rule."""
    if is_ruled:
        yield from (f"rule {name}: {words}" for name, words in RULES.items())
    table = Table("body 机关", "what 类别", "address 网址", "decision 处理", "by 依据")
    mine = [each for each in rows if each.key in decided]
    for each in mine[:_LINES]:
        state, by = decided[each.key]
        table.add_row(each.body_name, each.kind, escape(each.proposed_url), state, escape(by))
    for source in confirmed[:_LINES]:
        table.add_row(source.body_name, "list", escape(source.url), "confirmed", "rule probe_read_its_reports")
    if mine or confirmed:
        yield table
    yield f"{len(mine):,} proposals decided, {len(confirmed):,} lists of the register confirmed"

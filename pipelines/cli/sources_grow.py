"""`gongkai sources probe`, `discover` and `review`: the register grows. Registered in `pipelines.cli.sources`.

Exit codes: 0 done, 1 a register has mistakes or nothing could be kept, 2 the request makes no sense, 130 stopped.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import screen
from pipelines.cli.options import HOSTS, PORTALS, SOURCES, HostsOption, PortalsOption, SourcesOption, WorkspaceOption
from pipelines.workspace import workspace_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipelines.bodies.divisions import Division
    from pipelines.harvest.fetch.policy import Policy
    from pipelines.harvest.grow.discovery import Register, Start
    from pipelines.harvest.grow.probe import DueLook
    from pipelines.harvest.register.proposals import Proposal
    from pipelines.harvest.run import Registers
    from pipelines.workspace import Workspace

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be requested or changed; do nothing. 只列出，不执行")
]


def probe(
    only: Annotated[
        str | None, typer.Option(help="Only lists whose body, province, host or address has this text or pattern (*).")
    ] = None,
    most: Annotated[int | None, typer.Option(min=1, help="No more addresses than this.")] = None,
    is_again: Annotated[bool, typer.Option("--again", help="Those that were looked at before, too.")] = False,
    is_dry: DryRun = False,
    workspace: WorkspaceOption = None,
    register: SourcesOption = SOURCES,
    hosts: HostsOption = HOSTS,
) -> None:
    """Look once at each list that was never looked at, and keep what came 逐一探测目录网址，记录结果.

    Looked at anew are those asked in vain, and those that yield nothing in their due season. The owner of a site must be
    able to reach you: set GONGKAI_HARVEST_CONTACT. A probe that was stopped keeps what it saw and goes on from there.
    """
    from pipelines.cli import show_growth

    place, known, policy = _begin(workspace, register, hosts)
    due = _due_looks(place, known, only, is_again)[:most]
    if is_dry or not due:
        for part in show_growth.planned_looks(due, policy):
            screen.results().print(part)
        return
    _probed(place, known, due, policy)


def _due_looks(place: Workspace, known: Registers, only: str | None, is_again: bool) -> list[DueLook]:
    from pipelines.harvest.grow.probe import due_looks
    from pipelines.harvest.grow.season import barren
    from pipelines.harvest.ledger import opening
    from pipelines.harvest.register import probes
    from pipelines.harvest.register.sources import matching

    chosen, day = matching(known.sources, only), _today()
    if not known.sources:
        screen.stop(
            "the register is empty; gongkai sources add BODY URL adds a list, sources discover looks for some", 2
        )
    if only is not None and not chosen:
        screen.stop(f"no source matches {only!r}; gongkai sources stats shows what there is", 2)
    with opening.opened(place) as ledger:
        none_came = barren(known.sources, ledger, day)
    return due_looks(chosen, probes.load(probes.file_of(place)), none_came, day, again=is_again)


def _probed(place: Workspace, known: Registers, due: list[DueLook], policy: Policy) -> None:
    from pipelines.cli import show_growth
    from pipelines.harvest.grow.probe import probe as look_at
    from pipelines.harvest.register import probes

    counter = show_growth.Counting(len(due), "looked at")
    with _told(), counter:
        found = look_at(place, known, due, policy, _today(), lambda one: counter.add(one.state, one.url))
    for part in show_growth.looks(found):
        screen.results().print(part)
    _say(f"kept in {probes.file_of(place)}")
    _stop_if_unreached([one.state for one in found])
    _say("next: gongkai sources review --rules --dry-run")


def _stop_if_unreached(states: list[str]) -> None:
    """End the command where nothing answered at all."""
    if states and all(state == "unreached" for state in states):
        screen.stop("no site could be reached; is this machine on the Internet?", 1)


def discover(
    body: Annotated[
        str | None, typer.Argument(help="A government by its name, with its province or city: 浙江省杭州市.")
    ] = None,
    province: Annotated[str | None, typer.Option(help="All governments of a province: 浙江.")] = None,
    is_all: Annotated[bool, typer.Option("--all", help="All governments of the country.")] = False,
    most: Annotated[int | None, typer.Option(min=1, help="No more portals than this.")] = None,
    is_again: Annotated[
        bool, typer.Option("--again", help="Portals that were walked in the last 30 days, too.")
    ] = False,
    is_dry: DryRun = False,
    workspace: WorkspaceOption = None,
    register: SourcesOption = SOURCES,
    hosts: HostsOption = HOSTS,
    portals: PortalsOption = PORTALS,
) -> None:
    """Walk from portals down to their lists of annual reports, and propose what is found 从门户网站查找年报目录并提出建议.

    Three levels and eight requests a government: 政务公开, 政府信息公开, 政府信息公开年报. Portals of divisions below are
    taken from links by name. Departments and townships come through lists that name several bodies. Nothing enters the
    register before `gongkai sources review`.
    """
    from pipelines.cli import show_growth
    from pipelines.harvest.grow.discovery import starts

    place, known, policy = _begin(workspace, register, hosts)
    wanted = _wanted(body, province, is_all)
    everything = _register(place, known, portals)
    begin = starts(everything, wanted, _year(), _today(), again=is_again or body is not None)
    if is_dry or not begin:
        for part in show_growth.planned_walks(begin[:most], wanted, everything, policy):
            screen.results().print(part)
        return
    _discovered(place, everything, wanted, begin, policy, most)


def _discovered(
    place: Workspace, known: Register, wanted: list[Division], begin: list[Start], policy: Policy, most: int | None
) -> None:
    from pipelines.cli import show_growth
    from pipelines.harvest.grow.discovery import discover as walk

    counter = show_growth.Counting(None, "walked")
    with _told(), counter:
        found = walk(
            place, known, wanted, begin, policy, _today(), most, lambda one: counter.add(one.state, one.portal_url)
        )
    for part in show_growth.walks(found):
        screen.results().print(part)
    _say(f"proposals are in {place.proposals}")
    _stop_if_unreached([one.state for one in found])
    _say("next: gongkai sources review")


def _wanted(body: str | None, province: str | None, is_all: bool) -> list[Division]:
    """The governments that are asked for. Ends the command where none, or more than one way of asking, is given."""
    from pipelines.bodies.divisions import divisions, short_name
    from pipelines.bodies.naming import body_of
    from pipelines.harvest.grow.discovery import within

    if sum((body is not None, province is not None, is_all)) != 1:
        screen.stop("name a government, or give --province or --all, and only one of them", 2)
    if is_all:
        return within()
    if province is not None:
        codes = [
            d.code for d in divisions().values() if d.level == "province" and province in (d.name, short_name(d.name))
        ]
        if not codes:
            screen.stop(f"there is no province {province!r}; write it as 浙江", 2)
        return within(codes[0])
    named = body_of(str(body).strip())
    if named.government_code not in divisions():
        screen.stop(f"{body}: {named.note or 'no division of the tree'}; write it with its province or city", 2)
    if named.kind not in ("government", "government_office"):
        hint = f"gongkai sources discover {named.government_name}"
        screen.stop(f"{body} is no government; others are found through lists that name several bodies", 2, hint)
    return [divisions()[str(named.government_code)]]


def _register(place: Workspace, known: Registers, portals: Path) -> Register:
    from pipelines.harvest.grow.discovery import Register
    from pipelines.harvest.register import portals as portal_register
    from pipelines.harvest.register import probes, proposals

    with _told():
        return Register(
            known,
            portal_register.load(portals),
            probes.load(probes.file_of(place)),
            proposals.load(place.proposals),
        )


def review(
    accept: Annotated[
        list[str] | None, typer.Option(help="Accept this address, or the proposal of this number.")
    ] = None,
    refuse: Annotated[
        list[str] | None, typer.Option(help="Refuse this address, or the proposal of this number.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who decides; kept with the decision.")] = None,
    is_ruled: Annotated[
        bool, typer.Option("--rules", help="Accept what the stated rules accept; they are shown.")
    ] = False,
    is_dry: DryRun = False,
    workspace: WorkspaceOption = None,
    register: SourcesOption = SOURCES,
    hosts: HostsOption = HOSTS,
    portals: PortalsOption = PORTALS,
) -> None:
    """Show what is proposed, and accept or refuse it: by a person, or by stated rules 审核网址建议.

    What is accepted goes to the register of sources or of portals; a list that has moved takes the place of its old row.
    """
    from pipelines.cli import show_growth

    place = workspace_at(workspace)
    known = _register(place, _load(register, hosts), portals)
    open_ones = [each for each in known.proposals if each.state == "open"]
    if not (accept or refuse or is_ruled):
        for part in show_growth.proposed(open_ones):
            screen.results(screen.WIDE).print(part)
        return
    if (accept or refuse) and not by:
        screen.stop("say who decides: --by NAME; it is kept with the decision", 2)
    decisions = dict.fromkeys(_named(open_ones, accept or []), ("accepted", by or ""))
    decisions |= dict.fromkeys(_named(open_ones, refuse or []), ("refused", by or ""))
    _reviewed(place.proposals, known, decisions, is_ruled, is_dry, (register, portals))


def _named(open_ones: list[Proposal], given: Iterable[str]) -> list[tuple[str, str, str, str]]:
    """The keys of proposals by number, as shown, or by address. Ends the command where there is none."""
    found = []
    for text in given:
        number = int(text) if text.isascii() and text.isdigit() else 0
        keys = [each.key for n, each in enumerate(open_ones, 1) if n == number or each.proposed_url == text]
        if not keys:
            screen.stop(f"no open proposal {text!r}; gongkai sources review shows them with their numbers", 2)
        found += keys
    return found


def _reviewed(
    path: Path,
    known: Register,
    decisions: dict[tuple[str, str, str, str], tuple[str, str]],
    is_ruled: bool,
    is_dry: bool,
    where: tuple[Path, Path],
) -> None:
    from pipelines.cli import show_growth
    from pipelines.harvest.grow import rules
    from pipelines.harvest.register import proposals, sources

    rows = known.registers.sources
    if is_ruled:
        ruled = rules.by_rules(known.proposals, rows, known.portals, _year())
        decisions = {key: ("accepted", f"rule {rule}") for key, rule in ruled.items()} | decisions
    confirmed = rules.confirmed_by_probe(rows, known.probes, _year()) if is_ruled else []
    for part in show_growth.decisions(known.proposals, decisions, confirmed, is_ruled=is_ruled):
        screen.results(screen.WIDE).print(part)
    if is_dry:
        return
    accepted = [each for each in known.proposals if decisions.get(each.key, ("",))[0] == "accepted"]
    with _told():
        rules.accept(rules.Registers(*where), accepted, _year())
        if confirmed:
            sources.replace_all(where[0], confirmed)
        for by in sorted({who for _, who in decisions.values()}):
            mine = {key: state for key, (state, who) in decisions.items() if who == by}
            proposals.decided(path, mine, by, _today().isoformat())
    _say(f"in: {where[0]}, {where[1]}")


def _begin(workspace: Path | None, register: Path, hosts: Path) -> tuple[Workspace, Registers, Policy]:
    """Where, with what and how. Ends the command where a register or a setting cannot be used."""
    from pipelines.harvest.fetch import policy as policies

    try:
        return workspace_at(workspace), _load(register, hosts), policies.policy()
    except policies.PolicyError as error:
        screen.stop(str(error), 2)


def _load(register: Path, hosts: Path) -> Registers:
    from pipelines.harvest.run import registers

    with _told():
        return registers(register, hosts)


@contextmanager
def _told() -> Iterator[None]:
    """End the command with a sentence where what it needs is wrong, busy or away."""
    from expectations.data_files import DataFileError
    from pipelines.harvest.alone import BusyError
    from pipelines.harvest.fetch.policy import PolicyError

    try:
        yield
    except DataFileError as error:
        screen.stop(str(error), 1)
    except (BusyError, PolicyError) as error:
        screen.stop(str(error), 2)
    except OSError as error:
        screen.stop(f"what was found cannot be kept: {error}; mend that and run it again", 1)
    except KeyboardInterrupt:
        screen.stop("stopped; what was found is kept, and the next run goes on from there", 130)


def _today() -> date:
    from pipelines.harvest.ledger.coverage import today

    return today()


def _year() -> int:
    from pipelines.harvest.register.calendar import report_year_due

    return report_year_due(_today())


def _say(text: str) -> None:
    screen.results().print(text, markup=False, highlight=False, soft_wrap=True)

"""What the register says of its lists as a whole: how far each is known, and what is wrong with some on sight.

Belongs here: findings for a reader. Does not belong here: the rules (`pipelines.harvest.register.suspects`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipelines.harvest.register.portals import Portal
from pipelines.harvest.register.probes import Probe, list_state, probe_of
from pipelines.harvest.register.review import RegisterFinding
from pipelines.harvest.register.sources import Source
from pipelines.harvest.register.suspects import KINDS, suspicions

#: Kind of suspicion → heading, and what to do about it.
_SAYS: Mapping[str, tuple[str, str]] = {
    "fixed_year": ("list of one year 固定年份", "it holds one year's reports; the list above it is wanted"),
    "host_of_another": ("host of another body 他人网站", "its reports may be another body's; look, or take it out"),
    "general_column": ("general column 综合栏目", "not a column of annual reports; the column is wanted"),
    "home_page": ("home page 首页", "not a list; the column is wanted: gongkai sources discover"),
    "mirror": ("copy of a site 镜像", "the site's own address is wanted"),
}


def doubts(
    sources: Sequence[Source], portals: Iterable[Portal], probes: Mapping[str, Probe], year: int
) -> list[RegisterFinding]:
    """The findings about lists: what an address shows on sight, what a person marked, what the last look gave."""
    found = suspicions(sources, portals, year)
    findings = [
        RegisterFinding(_SAYS[kind][0], False, _SAYS[kind][1], tuple(f"{each.source.body_name}: {each.source.url}: {each.reason}" for each in found if each.kind == kind))
        for kind in KINDS
    ]  # fmt: skip
    marked = tuple(f"{each.body_name}: {each.url}: {each.note}" for each in sources if each.origin == "suspect")
    findings.append(
        RegisterFinding(
            "passed over 已停用", False, "wrong on sight: no refresh asks for it until a look confirms it", marked
        )
    )
    findings.append(
        RegisterFinding(
            "not read at a look 探测未读到",
            False,
            "a refresh may read what a script draws; else gongkai sources discover finds another",
            tuple(_barren(sources, probes)),
        )
    )
    return [finding for finding in findings if finding.lines]


def _barren(sources: Iterable[Source], probes: Mapping[str, Probe]) -> Iterable[str]:
    for source in sources:
        seen = probe_of(source, probes) if source.kind == "list" else None
        if seen is not None and seen.state != "read":
            yield f"{source.body_name}: {source.url}: {seen.state} on {seen.probed_on}: {seen.reason}"


def list_states(sources: Iterable[Source], probes: Mapping[str, Probe]) -> Counter[str]:
    """How many lists there are in each state: `suspect` where a refresh passes them over, else as `LIST_STATES`."""
    lists = [source for source in sources if source.kind == "list"]
    return Counter(list_state(each, probes) if each.is_walked else "suspect" for each in lists)

"""Every line of the files that say how numbers compare, with the source that it rests on and whether one is still to be found.

Belongs here: gathering the lines. Does not belong here: what a line says (`crosswalk`, `legal_breaks`, `international`,
`functions`, `peers`), or which texts were read (`references`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from expectations.crosswalk import crosswalk, measures
from expectations.functions import NEEDS_SOURCE, functions
from expectations.international import concepts
from expectations.legal_breaks import legal_breaks
from expectations.peers import peer_groups
from expectations.references import is_open, source_faults

#: The files whose lines are reviewed, in the order of the page.
FILES = (
    "measures.csv",
    "crosswalk.csv",
    "legal_breaks.csv",
    "international_crosswalk.csv",
    "functions.yaml",
    "peer_groups.csv",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One reviewed line: its file, the group that it stands in (a form, a system), what it is called, and its source.

    `is_open` tells that something of the source is still to be found.
    """

    file: str
    group: str
    name: str
    source: str
    is_open: bool


def lines() -> tuple[Line, ...]:
    """All lines in the order of `FILES`, then of the file."""
    return (*_measures(), *_crosswalk(), *_legal_breaks(), *_international(), *_functions(), *_peers())


def faults() -> Iterator[str]:
    """Tell of each source that cites a text which `data/references.csv` lacks, or rests on none that was read."""
    for line in lines():
        if line.file != "functions.yaml":
            yield from (f"{line.file}, {line.name}: {says}" for says in source_faults(line.source))


def _line(file: str, group: str, name: str, source: str) -> Line:
    return Line(file, group, name, source, is_open(source))


def _measures() -> Iterator[Line]:
    """The quotients; what is counted rests on its lines of the crosswalk."""
    for measure in measures().values():
        if measure.derived:
            yield _line("measures.csv", measure.group, measure.code, measure.source or "")


def _crosswalk() -> Iterator[Line]:
    for line in crosswalk():
        yield _line("crosswalk.csv", line.form, f"{line.measure} ({line.alternative})", line.source)


def _legal_breaks() -> Iterator[Line]:
    for line in legal_breaks():
        yield _line("legal_breaks.csv", line.kind, f"{line.since} {line.kind}", line.source)


def _international() -> Iterator[Line]:
    for concept in concepts():
        yield _line("international_crosswalk.csv", "ours", concept.code, concept.our_source)
        for other in concept.others:
            yield _line("international_crosswalk.csv", other.system, concept.code, other.source)


def _functions() -> Iterator[Line]:
    """The functions and eras whose organs do not answer to their government alone."""
    for function in functions().values():
        for era in function.eras:
            if era.accountability != "local":
                name, source = f"{function.code}: {era.names[0]}", era.accountability_source or ""
                yield Line("functions.yaml", era.accountability, name, source, NEEDS_SOURCE in source)


def _peers() -> Iterator[Line]:
    for peer in peer_groups():
        yield _line("peer_groups.csv", peer.group, peer.name, peer.source)

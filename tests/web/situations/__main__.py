"""A matrix of all situations: what a night found of what a person finds, what it cost, how the body stands.

python -m tests.web.situations            # a table in Markdown; those beside the project too, where they are there
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.web.situations.made import SITUATIONS
from tests.web.situations.serving import Night, Served
from tests.web.situations.shared import cases, folder
from tests.web.situations.situation import Situation


def line(situation: Situation, night: Night) -> str:
    """One row: situation, found, named, requests, state, late, why."""
    expected = set(situation.expected)
    found = f"{len(expected & night.found)} of {len(expected)}" if expected else str(len(night.found))
    named = len({name for name, _ in night.named.values()})
    stands = night.standings[0]
    late = "late" if stands.is_late else "undated" if stands.is_undated else ""
    cells = (situation.name, found, named, len(night.hits), stands.state, late, stands.why or "")
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def main() -> None:
    """Print the matrix."""
    place = folder()
    situations = [*(cases(place) if place else ()), *SITUATIONS]
    print("| situation | reports found | bodies named | requests | state for 2025 | date | why |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made, Served(situations) as web:
        for number, each in enumerate(situations):
            night = web.refresh(each, Path(made) / str(number), only_year=each.name.endswith("-with-year"))
            print(line(each, night))


if __name__ == "__main__":
    main()

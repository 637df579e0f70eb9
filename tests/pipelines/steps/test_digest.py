"""What a build says of the narrative when it closes."""

from __future__ import annotations

import pytest
from rich.console import Console

from pipelines.catalogue.record import record
from pipelines.cli import build_screen
from pipelines.parse import Hints, parse
from pipelines.read import read
from pipelines.steps.digest import Digest
from pipelines.tabulate.frames import frames
from tests.made.corpus import report
from tests.made.narrative import narrated


@pytest.fixture(scope="module")
def digest() -> Digest:
    document = read(report("杭州市人民政府", 2023).encode())
    said = narrated(parse(document, Hints("a.html")))
    said.figures[1].grade = "contradicted"
    return Digest.of(frames([record(document, said, Hints("a.html"), "v1")]))


def closing(digest: Digest) -> dict[str, str]:
    """The lines of the closing table by their name."""
    screen = Console(width=120)
    with screen.capture() as captured:
        screen.print(build_screen.summary(digest, ["2023"]))
    lines = (text.split(maxsplit=1) for text in captured.get().splitlines())
    return {name: " ".join(rest.split()) for name, rest in lines}


def test_figures_are_counted_with_what_became_of_them(digest: Digest) -> None:
    assert digest.figures == {"contradicted": 1, "mapped": 3}
    assert closing(digest)["figures"] == "4 75.0 % with an indicator, 1 contradicted"
    assert closing(digest)["problems"] == "2 1 commitments"


def test_years_add_up(digest: Digest) -> None:
    both = Digest.together([digest, digest])
    assert closing(both)["figures"] == "8 75.0 % with an indicator, 2 contradicted"


def test_no_figures_have_no_share() -> None:
    assert closing(Digest())["figures"] == "0 none"

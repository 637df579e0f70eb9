"""The cases beside the project, each run as one night of a refresh: found, named and requests by the server's log.

They are skipped where they do not lie beside the project; what they taught is in `tests.web.situations` as well.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.situations.serving import Night, Served
from tests.web.situations.shared import cases, folder
from tests.web.situations.situation import Situation

PLACE = folder()
CASES = cases(PLACE) if PLACE else []

pytestmark = pytest.mark.skipif(PLACE is None, reason="there is no shared/cases/web beside the project")

#: A night of one case, robots.txt among them, costs no more requests than this.
MOST_REQUESTS = 45


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served(CASES) as web:
        yield web


@pytest.fixture(scope="module")
def nights(served: Served, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Night]:
    """Each case refreshed once, for the year 2025 where its name says so."""
    place = tmp_path_factory.mktemp("shared")
    return {
        case.name: served.refresh(case, place / case.name, only_year=case.name.endswith("-with-year")) for case in CASES
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_all_that_a_person_finds_is_found(case: Situation, nights: dict[str, Night]) -> None:
    night = nights[case.name]
    assert len(night.hits) <= MOST_REQUESTS
    assert set(case.expected) - night.found == set()

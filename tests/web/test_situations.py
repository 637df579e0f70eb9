"""Nobody is said to be missing or late who is not, whatever a site does: each situation is one night of a refresh."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.harvest.discovery.listing import Listing
from tests.web.situations.made import SITUATIONS
from tests.web.situations.serving import Night, Served
from tests.web.situations.situation import Situation

pytestmark = pytest.mark.long(seconds=30)

FRUITLESS = (
    "general: notices",
    "general: notices at an address of reports",
    "general: a column of reports without any",
)


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Night]]:
    place = tmp_path_factory.mktemp("situations")
    with Served(SITUATIONS) as web:
        yield {each.name: web.refresh(each, place / str(number)) for number, each in enumerate(SITUATIONS)}


def test_there_is_each_situation_once() -> None:
    assert len({each.name for each in SITUATIONS}) == len(SITUATIONS) >= 46


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: each.name)
def test_a_body_is_called_what_a_person_calls_it(situation: Situation, nights: dict[str, Night]) -> None:
    night = nights[situation.name]
    for body, right in situation.states.items():
        assert night.states[body] in right, [(each.state, each.why, each.where) for each in night.standings]
    assert bool(night.late) is situation.is_late
    assert len(night.hits) <= situation.most_requests


@pytest.mark.parametrize("name", FRUITLESS)
def test_a_list_that_gave_nothing_costs_few_requests_in_the_nights_after(name: str, tmp_path: Path) -> None:
    situation = next(each for each in SITUATIONS if each.name == name)
    with Served([situation]) as web:
        nights = [web.refresh(situation, tmp_path) for _ in range(2)]
    assert len(nights[1].hits) <= 6
    assert [night.closing.unread[0].requests for night in nights][1] == 5
    assert nights[1].states == {"永嘉县": "unread"}


@pytest.mark.parametrize("name", ["newest first, over two pages", "in a list of a territory, over two pages"])
def test_missing_is_said_in_the_nights_after_too(name: str, tmp_path: Path) -> None:
    situation = next(each for each in SITUATIONS if each.name == f"missing: {name}")
    with Served([situation]) as web:
        nights = [web.refresh(situation, tmp_path, only_year=only) for only in (False, False, True, False)]
    assert [night.states["永嘉县"] for night in nights] == ["missing"] * 4
    # The second time the first page is what it was, and the others are left alone.
    assert "/nb/index_1.html" in {hit.path for hit in nights[0].hits} - {hit.path for hit in nights[1].hits}


def test_nothing_is_said_of_a_body_over_whose_list_we_broke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    situation = next(each for each in SITUATIONS if each.name == "missing: a plain list without it")
    with Served([situation]) as web:
        assert web.refresh(situation, tmp_path).states == {"永嘉县": "missing"}

        def breaks(*_: object) -> Listing:
            raise ValueError("a page that brings a reader down")

        monkeypatch.setattr("pipelines.harvest.walk.refresh.read_listing", breaks)
        night = web.refresh(situation, tmp_path)
    assert night.states == {"永嘉县": "unread"}
    assert [reading.state for reading in night.closing.unread] == ["empty"]

"""The bench finds what it is there to find: a judge that never says wrong would pass everything."""

from __future__ import annotations

from dataclasses import replace

from tests.trials.judge import judged
from tests.trials.page import sources
from tests.trials.shrink import smallest
from tests.trials.trial import RENDERERS

PAGE = sources()["huaian-2024"]
KEY = ("requests", "granted", "natural_person")


def test_a_source_as_it_is_passes() -> None:
    verdict = judged(PAGE, "html", RENDERERS["html"](PAGE.content()), harmless=True)
    assert (verdict.outcome, verdict.fails) == ("read", False)


def test_a_verified_number_that_the_page_does_not_say_is_wrong() -> None:
    """The page prints 1288 (data/sample/expected); the truth is made another."""
    other = replace(PAGE, truth={**PAGE.truth, KEY: 1287})
    verdict = judged(other, "html", RENDERERS["html"](PAGE.content()))
    assert verdict.wrong == ("requests/granted/natural_person: 1288, the page says 1287",)


def test_a_verified_number_in_another_unit_is_wrong() -> None:
    verdict = judged(PAGE.in_unit([KEY], "万件"), "html", RENDERERS["html"](PAGE.content()))
    assert verdict.wrong == ("requests/granted/natural_person: 1288 件, the page says 万件",)


def test_a_reading_that_is_gone_is_lost_unless_its_cell_is_open() -> None:
    """The number is blank: its row and its column do not add up any more."""
    changed = PAGE.with_boxes(lambda box: replace(box, text="") if box.key == KEY else box)
    data = RENDERERS["html"](changed.content())
    assert any(lost.startswith("requests/granted/natural_person") for lost in judged(changed, "html", data).lost)
    assert judged(changed.telling(opens=PAGE.keys("requests")), "html", data).lost == ()


def test_a_doubt_that_no_check_says_is_unmarked() -> None:
    marked = PAGE.telling(marks=[KEY])
    assert len(judged(marked, "html", RENDERERS["html"](PAGE.content())).unmarked) == 1


def test_a_failing_list_is_made_smaller() -> None:
    assert smallest(list(range(100)), lambda items: {17, 63} <= set(items), until=float("inf")) == [17, 63]

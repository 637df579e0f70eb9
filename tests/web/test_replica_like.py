"""A second replica, made from families, pagers, spellings of folders and seeds: all of it found, named, and politely."""

from __future__ import annotations

import pytest

from tests.web.replica_like import KINDS
from tests.web.replica_like.night import Whole, judged

pytestmark = pytest.mark.long(seconds=40)

SEEDS = (1, 2)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return judged(SEEDS, tmp_path_factory.mktemp("like"))


def test_every_report_is_found_and_nothing_else(whole: Whole) -> None:
    assert len(whole.sites) == len(KINDS) * len(SEEDS)
    assert {each.name: each.missed for each in whole.sites if each.missed} == {}
    assert {each.name: each.others for each in whole.sites if each.others} == {}
    assert sum(each.expected for each in whole.sites) > 800


def test_every_report_is_named_by_its_body_and_year(whole: Whole) -> None:
    assert {each.name: (each.named, each.expected) for each in whole.sites if each.named < each.expected} == {}


def test_no_site_costs_more_than_its_lists_and_reports(whole: Whole) -> None:
    """Lists, robots.txt and wrong spellings: never more than a dozen beside the reports themselves."""
    assert {each.name: each.requests for each in whole.sites if each.requests > each.expected + 12} == {}


def test_no_rule_of_politeness_was_broken(whole: Whole) -> None:
    assert whole.broken == []


def test_a_list_found_at_another_address_is_proposed(whole: Whole) -> None:
    lost = [each for each in whole.sites if each.name.startswith("lost-")]
    assert len(lost) == 6 * len(SEEDS)
    assert {each.name for each in lost if len(each.proposed) != 1} == set()
    assert {each.name for each in whole.sites if each.proposed} == {each.name for each in lost}

"""The crosswalk of concepts beside other countries: whole, sourced, and each a measure that there is."""

from __future__ import annotations

import pytest

from expectations.crosswalk import measures
from expectations.international import concepts
from expectations.international_tables import SYSTEMS


def test_every_concept_is_one_measure_of_the_list() -> None:
    named = [concept.measure for concept in concepts() if concept.measure]
    assert len(named) == len(set(named)) > 20
    assert [code for code in named if code not in measures()] == []


@pytest.mark.parametrize(
    ("concept", "numerator", "denominator"),
    [
        # Release rate of FOIA.gov: full and partial grants, of these and full denials on exemptions.
        (
            "release_rate",
            ["requests_granted", "requests_partially_granted"],
            ["requests_granted", "requests_partially_granted", "requests_denied_on_merits"],
        ),
        ("review_corrected", ["reconsiderations_corrected"], ["reconsiderations_decided"]),
        (
            "ground_internal_deliberative",
            ["requests_denied_internal_affairs", "requests_denied_deliberative_process"],
            ["requests_denied"],
        ),
        # The annex of 2014 alone asks for extended replies.
        ("extended", ["requests_completed_extended"], ["requests_completed"]),
    ],
)
def test_a_share_is_the_quotient_that_the_concept_means(
    concept: str, numerator: list[str], denominator: list[str]
) -> None:
    (found,) = [one for one in concepts() if one.code == concept]
    measure = measures()[found.measure or ""]
    assert (list(measure.numerator), list(measure.denominator)) == (numerator, denominator)


def test_every_concept_stands_beside_both_systems_with_reason_and_source() -> None:
    assert len({concept.code for concept in concepts()}) == len(concepts()) >= 20
    for concept in concepts():
        assert [other.system for other in concept.others] == list(SYSTEMS)
        assert all(other.reason_zh.endswith("。") and other.reason_en.endswith(".") for other in concept.others)
        assert concept.our_source and all(other.source for other in concept.others)


def test_what_no_chinese_form_asks_for_compares_with_nothing() -> None:
    gaps = {concept.code for concept in concepts() if not concept.measure}
    assert {"backlog", "timeliness"} <= gaps
    assert {other.relation for c in concepts() if c.code in gaps for other in c.others} == {"none"}

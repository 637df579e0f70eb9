"""The crosswalk of concepts beside other countries: whole, sourced, and made of measures that there are."""

from __future__ import annotations

from expectations.crosswalk import measures
from expectations.international import Term, concepts
from expectations.international_tables import SYSTEMS


def test_every_measure_of_a_formula_exists_and_is_counted() -> None:
    named = {term.measure for concept in concepts() for term in (*concept.numerator, *concept.denominator)}
    assert len(named) > 20
    assert [code for code in named if code not in measures() or measures()[code].derived] == []


def test_a_formula_adds_and_takes_off() -> None:
    (rate,) = [concept for concept in concepts() if concept.code == "release_rate"]
    assert rate.numerator == (Term("requests_granted", 1), Term("requests_partially_granted", 1))
    assert rate.denominator == (
        Term("requests_granted", 1),
        Term("requests_partially_granted", 1),
        Term("requests_denied", 1),
        Term("requests_denied_administrative_inquiry", -1),
    )


def test_every_concept_stands_beside_both_systems_with_reason_and_source() -> None:
    assert len({concept.code for concept in concepts()}) == len(concepts()) >= 20
    for concept in concepts():
        assert [other.system for other in concept.others] == list(SYSTEMS)
        assert all(other.reason_zh.endswith("。") and other.reason_en.endswith(".") for other in concept.others)
        assert concept.our_source and all(other.source for other in concept.others)


def test_what_no_chinese_form_asks_for_compares_with_nothing() -> None:
    gaps = {concept.code for concept in concepts() if not concept.numerator}
    assert {"backlog", "timeliness"} <= gaps
    assert {other.relation for c in concepts() if c.code in gaps for other in c.others} == {"none"}

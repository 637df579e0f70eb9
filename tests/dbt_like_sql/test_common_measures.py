"""The measures of our side that others count too, on reports small enough to work out by hand."""

from __future__ import annotations

import pytest

from expectations.columns import about
from expectations.conformance import failures
from expectations.international_tables import CommonMeasures, InternationalCrosswalk
from tests.dbt_like_sql.test_measures_sql import ANNEX, disputes, requests
from tests.made.parsed import Parsed, Warehouse
from tests.made.rows import Row

#: 60 granted, 5 in part, 10 denied, of which 2 are administrative inquiries: 65 of 73 on the merits.
INQUIRIES = {"denied.administrative_inquiry/total": 2, "total_processed/total": 92, "carried_out/total": 18}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    parsed = Parsed()
    courts = disputes("litigation_direct", 1, 1, 0, 1, 3) | disputes("litigation_after_reconsideration", 2, 0, 0, 0, 2)
    whole = requests(**INQUIRIES) | courts | disputes("reconsideration", 1, 1, 0, 2, 4)
    parsed.report("whole-2022", whole)
    parsed.figure("whole-2022", "processing_fees_collected_yuan", 12000)
    parsed.report("annex-2016", ANNEX, form="2014")
    parsed.report("wrong-2022", requests(**{"granted/total": (60, "contradicted")}))
    parsed.report("silent-2022", disputes("reconsideration", 0, 0, 0, 1, 1))
    return parsed.build(tmp_path_factory.mktemp("common"))


def common(made: Warehouse, report: str, concept: str) -> Row:
    return made.row("common_measures", report_id=report, concept=concept)


def test_counts_are_added_up_and_taken_off(made: Warehouse) -> None:
    values = {
        concept: common(made, "whole-2022", concept)["value"]
        for concept in ("received", "pending_start", "pending_end", "processed", "full_grant", "full_denial")
    }
    # 3 + 5 + 2 denied, less the 2 inquiries.
    assert values == {
        "received": 100,
        "pending_start": 10,
        "pending_end": 18,
        "processed": 92,
        "full_grant": 60,
        "full_denial": 8,
    }
    row = common(made, "whole-2022", "full_denial")
    assert (row["unit"], row["numerator"], row["interval_low"], row["comparability"]) == ("件", None, None, "exact")


def test_a_share_has_its_parts_and_its_interval(made: Warehouse) -> None:
    row = common(made, "whole-2022", "release_rate")
    assert (row["numerator"], row["denominator"], row["unit"]) == (65, 73, "share of 1")
    assert row["value"] == pytest.approx(65 / 73)
    # 1 of 2 corrected: the Wilson interval is 9.5 to 90.5 %.
    row = common(made, "whole-2022", "review_corrected")
    assert (row["value"], row["numerator"], row["denominator"]) == (0.5, 1, 2)
    assert (row["interval_low"], row["interval_high"]) == pytest.approx((0.0945, 0.9055), abs=1e-4)


@pytest.mark.parametrize(
    ("report", "concept", "state"),
    [
        # The annex of 2014 asks for five grounds of refusal; 行政查询 is none of them, so there is nothing to leave out.
        ("annex-2016", "release_rate", "stated"),
        ("annex-2016", "full_denial", "stated"),
        ("annex-2016", "extended", "stated"),
        ("annex-2016", "no_records", "not_collected"),
        ("whole-2022", "extended", "not_collected"),
        ("annex-2016", "received", "stated"),
        # A quotient of what contradicts itself is none; the count stands as printed, with its grade.
        ("wrong-2022", "release_rate", "doubtful"),
        ("wrong-2022", "full_grant", "stated"),
        ("silent-2022", "received", "absent"),
        ("silent-2022", "release_rate", "absent"),
        ("silent-2022", "review_corrected", "no_denominator"),
    ],
)
def test_what_has_no_value_says_why(made: Warehouse, report: str, concept: str, state: str) -> None:
    row = common(made, report, concept)
    assert row["state"] == state
    assert (row["value"] is None) == (state != "stated")


def test_what_a_concept_says_is_its_measure_and_nothing_else(made: Warehouse) -> None:
    figures = ["value", "unit", "numerator", "denominator", "interval_low", "interval_high", "state", "comparability"]
    figures += ["series", "grade", "scope"]
    common_rows = made.table("common_measures")
    beside = common_rows.join(made.table("measures_by_report"), on=["report_id", "measure"], suffix="_of_measure")
    assert beside.height == common_rows.height == 4 * 24
    for name in figures:
        assert beside[name].equals(beside[f"{name}_of_measure"], null_equal=True), name


def test_the_annex_of_2014_is_approximate_and_no_series_with_later_forms(made: Warehouse) -> None:
    old, new = common(made, "annex-2016", "release_rate"), common(made, "whole-2022", "release_rate")
    assert (old["comparability"], new["comparability"]) == ("approximate", "exact")
    assert old["series"] != new["series"] == "exact"


def test_fees_stand_in_the_narrative(made: Warehouse) -> None:
    row = common(made, "whole-2022", "fees")
    assert (row["value"], row["unit"], row["state"], row["measure"]) == (
        1.2,
        "万元",
        "stated",
        "information_processing_fees",
    )
    assert common(made, "annex-2016", "fees")["state"] == "not_collected"


def test_only_what_others_count_too_is_common_and_nothing_is_ranked(made: Warehouse) -> None:
    found = {row["concept"] for row in made.table("common_measures").iter_rows(named=True)}
    assert {"received", "release_rate", "review_corrected", "court", "ground_third_party"} <= found
    assert not {"backlog", "timeliness", "administrative_inquiry", "ground_safety_stability"} & found
    assert not [name for name in made.table("common_measures").columns if "rank" in name]


@pytest.mark.parametrize("model", [CommonMeasures, InternationalCrosswalk])
def test_the_tables_keep_their_contract(made: Warehouse, model: type) -> None:
    name = about(model).name
    assert made.table(name).height > 0
    assert failures(model, made.table(name)) == []

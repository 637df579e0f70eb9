"""The crosswalk: complete, in the codes of the forms, and loud about all that contradicts itself."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from expectations import vocabulary as words
from expectations.crosswalk import (
    CROSSWALK_FILE,
    MEASURES_FILE,
    CrosswalkError,
    Mapped,
    Term,
    crosswalk,
    form_years,
    measures,
)
from expectations.forms import forms


def lines(measure: str, form: str) -> list[Mapped]:
    return [line for line in crosswalk() if (line.measure, line.form) == (measure, form)]


def test_every_counted_measure_says_what_each_form_offers() -> None:
    counted = {measure.code for measure in measures().values() if not measure.derived}
    assert len(counted) >= 60
    assert {(line.measure, line.form) for line in crosswalk()} == {(m, f) for m in counted for f in words.FORMS}


def test_every_line_has_a_sentence_and_the_notice_it_rests_on() -> None:
    notices = {"2014": "国办发〔2014〕32号", "2019": "国办公开办函〔2019〕60号", "2021": "国办公开办函〔2021〕30号"}
    for line in crosswalk():
        assert line.source.startswith(notices.get(line.form, "国务院令第492号")), line
        assert len(line.reason) > 12 and line.reason.endswith("."), line


def test_a_wildcard_stands_for_all_rows_of_its_group() -> None:
    line, stand_in = lines("requests_denied", "2021")
    assert [term.row for term in line.terms] == [
        "denied.state_secret",
        "denied.prohibited_by_law",
        "denied.public_safety_stability",
        "denied.third_party_rights",
        "denied.internal_affairs",
        "denied.deliberative_process",
        "denied.enforcement_file",
        "denied.administrative_inquiry",
    ]
    assert (line.basis, line.comparability, line.series) == ("facts", "exact", "exact")
    assert (stand_in.basis, stand_in.comparability, stand_in.alternative) == ("figures", "approximate", 2)


def test_lawsuits_of_both_kinds_are_one_measure_since_2019() -> None:
    assert [term.row for term in lines("lawsuits", "2019")[0].terms] == [
        "litigation_direct",
        "litigation_after_reconsideration",
    ]
    assert lines("lawsuits", "2014")[0].terms == (Term("statistics", "litigation.total", "value", unit="件"),)


def test_what_2014_denied_is_not_what_later_forms_deny() -> None:
    first, second = lines("requests_denied", "2014")
    assert [term.row for term in first.terms] == [
        "answers.denied_state_secret",
        "answers.denied_trade_secret",
        "answers.denied_privacy",
        "answers.denied_public_safety_stability",
        "answers.denied_other_law",
    ]
    assert first.comparability == "approximate"
    assert "不存在" in first.reason and "不是《条例》所指政府信息" in first.reason
    assert (second.basis, second.series) == ("figures", "figures/requests_denied")


@pytest.mark.parametrize(
    ("measure", "other"),
    [
        ("requests_by_fax", "e-mail"),
        ("reading_points", "zones"),
        ("requests_completed_on_time", "按期"),
        ("disclosure_offices", "领导小组"),
        ("hot_issue_responses", "舆情监测"),
    ],
)
def test_what_is_another_quantity_stands_in_for_nothing(measure: str, other: str) -> None:
    for form in ("none", "2014", "2019", "2021"):
        (line,) = lines(measure, form)
        assert (line.basis, line.comparability) == (("facts", "exact") if form == "2014" else ("none", "not_collected"))
        assert form == "2014" or other in line.reason


def test_fees_of_2014_and_of_2021_are_two_measures() -> None:
    assert [line.comparability for line in lines("request_fees", "2021")] == ["not_collected"]
    assert [line.comparability for line in lines("information_processing_fees", "2014")] == ["not_collected"]


@pytest.mark.parametrize("measure", ["licensing_decisions", "penalty_decisions", "coercion_decisions"])
def test_decisions_are_approximate_and_no_main_measures(measure: str) -> None:
    assert not measures()[measure].main
    assert {line.comparability for form in ("2019", "2021") for line in lines(measure, form)} == {"approximate"}
    assert measures()["coercion_decisions"].en == "Administrative compulsion"


def test_what_the_narrative_alone_tells_since_2019_is_no_main_measure_then() -> None:
    until = {code: measures()[code].main_until for code in ("items_disclosed", "website_items", "weibo_items")}
    until |= {
        code: measures()[code].main_until for code in ("wechat_items", "press_conferences", "policy_interpretations")
    }
    assert set(until.values()) == {2018}


def test_the_eight_answers_of_2014_are_all_in_the_outcomes_once() -> None:
    whole = [m.code for m in measures().values() if m.group == "outcomes" and m.part_of == "requests_processed"]
    rows = [str(term.row) for code in whole for term in lines(code, "2014")[0].terms if term.row]
    answers, grounds = (
        next(i for i in forms()["2014"].tables["statistics"].identities if i.code == code)
        for code in ("answers_sum", "denied_by_ground")
    )
    # 其他类型答复数 of local annexes mixes several outcomes: no measure takes it. 不同意公开 is taken ground by ground.
    assert sorted(rows) == sorted((set(answers.right) | set(grounds.right)) - {"answers.other", "answers.denied"})


def test_years_before_the_annex_follow_no_form() -> None:
    assert [form_years(form) for form in words.FORMS] == [(2014, 2018), (2019, 2020), (2021, None), (2008, 2013)]


def changed(path: Path, folder: Path, *changes: tuple[dict[str, str], dict[str, str]]) -> Path:
    """A copy of a CSV in which the first row with some values gets others."""
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    for which, values in changes:
        next(row for row in rows if which.items() <= row.items()).update(values)
    target = folder / path.name
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return target


def test_all_contradictions_of_the_crosswalk_are_told_at_once(tmp_path: Path) -> None:
    bad = changed(
        CROSSWALK_FILE,
        tmp_path,
        ({"measure": "requests_received", "form": "2021"}, {"formula": "requests/nothing/total"}),
        ({"measure": "requests_received", "form": "2019"}, {"formula": "figures/nothing"}),
        ({"measure": "lawsuits_direct", "form": "2021"}, {"measure": "requests_lost"}),
        ({"measure": "request_fees", "form": "2014"}, {"formula": "statistics/complaints/value"}),
        ({"measure": "disclosure_staff", "form": "2014"}, {"formula": "statistics/training.courses/value"}),
        ({"measure": "lawsuits", "form": "2021"}, {"comparability": "similar"}),
        ({"measure": "complaints", "form": "2021"}, {"comparability": "not_collected"}),
        ({"measure": "requests_granted", "form": "2021"}, {"reason": "because", "source": ""}),
        (
            {"measure": "requests_denied", "form": "2021"},
            {"formula": "requests/denied.*/total + figures/requests_denied"},
        ),
        ({"measure": "requests_other", "form": "2021"}, {"formula": "requests/other/total + requests/other/total"}),
    )
    with pytest.raises(CrosswalkError) as told:
        crosswalk(bad)
    for problem in (
        "requests_received of form 2021 names requests/nothing/total, which there is not",
        "requests_received of form 2019 names figures/nothing, which there is not",
        "requests_lost is no measure",
        "lawsuits_direct has no line for form 2021",
        "request_fees of form 2014 is in 万元, but complaints in 件",
        "disclosure_staff of form 2014 is in 人, but training.courses in 次",
        "lawsuits of form 2021 is 'similar', which is none of exact, approximate, not_collected",
        "complaints of form 2021 is not_collected and its formula is figures/complaints_about_disclosure",
        "requests_granted of form 2021 gives no reason in a sentence, or no source",
        "requests_denied of form 2021 adds up facts and figures",
        "requests_other of form 2021 counts one term twice",
    ):
        assert problem in str(told.value)


def test_all_contradictions_of_the_measures_are_told_at_once(tmp_path: Path) -> None:
    bad = changed(
        MEASURES_FILE,
        tmp_path,
        ({"measure": "lawsuits"}, {"measure": "complaints"}),
        ({"measure": "requests_granted"}, {"part_of": "nothing", "en": ""}),
        ({"measure": "denied_share"}, {"numerator": ""}),
        ({"measure": "granted_share"}, {"denominator": "nothing"}),
        ({"measure": "other_share"}, {"denominator": "dispute_rate"}),
        ({"measure": "dispute_rate"}, {"unit": "件"}),
    )
    with pytest.raises(CrosswalkError) as told:
        measures(bad)
    for problem in (
        "complaints stands twice",
        "requests_granted is not described",
        "requests_granted is a part of nothing, which there is not",
        "denied_share has only one side of a quotient",
        "granted_share is made of nothing, which there is not",
        "other_share is made of dispute_rate, which is derived itself",
        "dispute_rate is derived, and its unit is 件",
        "lawsuits_decided is a part of lawsuits, which there is not",
    ):
        assert problem in str(told.value)

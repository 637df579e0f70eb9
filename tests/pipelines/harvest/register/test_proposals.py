"""Proposals are kept once each; what was decided stays so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from expectations.data_files import DataFileError
from pipelines.harvest.register.proposals import Proposal, add, decided, load

ONE = Proposal(
    "永嘉县", "浙江", "http://a.cn/old/", "http://a.cn/nb/", "breadcrumb", "http://a.cn/r.html", "medium", "2026-01-20"
)


def test_what_is_found_again_keeps_its_first_day_unless_it_is_surer(tmp_path: Path) -> None:
    path = tmp_path / "harvest" / "proposals.csv"
    assert load(path) == []
    assert add(path, [ONE]) == 1
    assert add(path, [replace(ONE, proposed_on="2026-02-01"), replace(ONE, confidence="low")]) == 0
    assert load(path) == [ONE]
    surer = replace(ONE, confidence="high", proposed_on="2026-02-01")
    assert add(path, [surer]) == 0
    assert load(path) == [surer]


def test_what_was_refused_is_not_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "proposals.csv"
    add(path, [ONE])
    (row,) = decided(path, {ONE.key: "refused"}, "a person", "2026-03-01")
    assert (row.state, row.decided_by, row.decided_on) == ("refused", "a person", "2026-03-01")
    assert add(path, [replace(ONE, confidence="high")]) == 0
    assert load(path) == [row]
    assert decided(path, {ONE.key: "accepted"}, "another", "2026-04-01") == []


def test_every_mistake_is_told(tmp_path: Path) -> None:
    path = tmp_path / "proposals.csv"
    add(path, [replace(ONE, confidence="certain", proposed_url="nb/", covers="all")])
    with pytest.raises(DataFileError) as told:
        load(path)
    assert len(told.value.problems) == 3

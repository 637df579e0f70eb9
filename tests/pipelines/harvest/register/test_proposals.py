"""Proposals are kept once each, in the order and with the day of their first find."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipelines.harvest.register.proposals import COLUMNS, Proposal, add, load

ONE = Proposal(
    "永嘉县", "浙江", "http://a.cn/old/", "http://a.cn/nb/", "breadcrumb", "http://a.cn/r.html", "high", "2026-01-20"
)


def test_what_is_found_again_keeps_its_first_day(tmp_path: Path) -> None:
    path = tmp_path / "harvest" / "proposals.csv"
    other = replace(ONE, proposed_url="http://a.cn/list.shtml", how_found="variant")
    assert load(path) == []
    assert add(path, [ONE]) == 1
    assert add(path, [replace(ONE, proposed_on="2026-02-01"), other]) == 1
    assert load(path) == [ONE, other]


def test_the_file_names_its_columns(tmp_path: Path) -> None:
    add(tmp_path / "p.csv", [ONE])
    first = (tmp_path / "p.csv").read_text(encoding="utf-8").splitlines()[0]
    assert first == ",".join(COLUMNS)
    assert first == "body_name,province,old_url,proposed_url,how_found,evidence_url,confidence,proposed_on"

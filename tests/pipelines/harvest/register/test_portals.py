"""The register of portals: nothing in it is invented, and its rows are read with every mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.data_files import DataFileError
from pipelines.bodies.divisions import divisions
from pipelines.harvest.register import portals, sources
from pipelines.harvest.register.portals import Portal
from pipelines.harvest.register.sources import host_name_of

ONE = Portal("330100", "杭州市", "https://www.hangzhou.gov.cn/", "added", "https://www.hangzhou.gov.cn/", "")


def test_each_portal_of_the_project_stands_on_the_host_of_a_report_in_the_register() -> None:
    reports = {row.url for row in sources.load() if row.kind == "report"}
    known = portals.load()
    assert len(known) == 156
    for portal in known:
        assert portal.evidence_url in reports, portal
        assert host_name_of(portal.evidence_url) == host_name_of(portal.url), portal
        assert portal.url.endswith("/"), portal
    assert len({portal.url for portal in known}) == len({portal.code for portal in known}) == 156


def test_a_portal_is_added_or_replaced_once(tmp_path: Path) -> None:
    file = tmp_path / "portals.csv"
    assert portals.load(file) == []
    assert portals.add(file, ONE)
    assert not portals.add(file, ONE)
    other = Portal("330100", "杭州市", "http://www.hz.gov.cn/", "added", "http://www.hz.gov.cn/", "moved")
    assert portals.add(file, other)
    assert portals.load(file) == [other]


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "portals.csv"
    file.write_text(
        "code,name,url,known_by,evidence_url,note\n330100,宁波市,ftp://a.cn/,heard,http://a.cn/,\n", encoding="utf-8"
    )
    with pytest.raises(DataFileError) as told:
        portals.load(file)
    assert len(told.value.problems) == 3
    assert f"line 2: 330100 is not 宁波市; in the tree it is {divisions()['330100'].name}" in told.value.problems

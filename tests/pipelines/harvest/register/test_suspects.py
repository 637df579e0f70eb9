"""What a list's address shows on sight: each kind with a harmless neighbour, and what it says of the project's register."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from pipelines.harvest.register import portals, sources
from pipelines.harvest.register.doubts import doubts, list_states
from pipelines.harvest.register.portals import Portal, domain_of, owners
from pipelines.harvest.register.sources import Source
from pipelines.harvest.register.suspects import fixed_year, suspicions

LIST = Source(
    "杭州市", "浙江", "prefecture", "list", "body", None, "https://www.hangzhou.gov.cn/zwgk/zfxxgknb/", "derived"
)
HANGZHOU = Portal("330100", "杭州市", "https://www.hangzhou.gov.cn/", "added", "https://www.hangzhou.gov.cn/", "")
NINGBO = Portal("330200", "宁波市", "https://www.ningbo.gov.cn/", "added", "https://www.ningbo.gov.cn/", "")


@pytest.mark.parametrize(
    ("path", "year"),
    [
        ("/gknb/2023nb/bmnb2023/", 2023),
        ("/zfxxgknb/2022_645/szfzcbm/", 2022),
        ("/zfxxgknb/c2025niandu5/", 2025),
        ("/zfxxgknb/2024n78/", 2024),
        ("/zfxxgknb/201843/", 2018),
        ("/nb/jdbsc/25jdbsc/", 2025),
        ("/govdata/201604/15/", 2016),
        ("/ncszf/2018year/", 2018),
        # Numbers of columns, of organs, of the page itself.
        ("/zfxxgknb/", None),
        ("/col/col1229497170/index.html", None),
        ("/hebwcs/c120216/", None),
        ("/zwgk/006002004/", None),
        ("/channels/201843/", None),
        ("/zfxxgkzl_194696/sbj/", None),
        ("/module/xxgkAnnualReport.jsp?area=370900002023", None),
        ("/nb/2023.html", None),
    ],
)
def test_a_folder_of_one_year(path: str, year: int | None) -> None:
    assert fixed_year(f"http://a.gov.cn{path}") == year


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"url": "https://www.hangzhou.gov.cn/zwgk/tzgg/"}, "general_column"),
        ({"url": "https://www.hangzhou.gov.cn/html/HZSZF/"}, "general_column"),
        ({"url": "https://www.hangzhou.gov.cn/zwgk/zfxxgknb/tzgg/"}, None),
        ({"url": "https://www.hangzhou.gov.cn/module/xxgk/xxgkAnnualReport.jsp?area=1"}, None),
        ({"url": "https://www.hangzhou.gov.cn/"}, "home_page"),
        ({"url": "https://www.hangzhou.gov.cn/index.html"}, "home_page"),
        ({"url": "https://www.hangzhou.gov.cn/list.aspx?id=14"}, None),
        ({"url": "https://big5.hangzhou.gov.cn/zwgk/zfxxgknb/"}, "mirror"),
        ({"url": "https://www.ningbo.gov.cn/zwgk/zfxxgknb/"}, "host_of_another"),
        ({"url": "https://edu.ningbo.gov.cn/zwgk/zfxxgknb/"}, "host_of_another"),
        ({"url": "https://edu.hangzhou.gov.cn/zwgk/zfxxgknb/", "body_name": "杭州市教育局"}, None),
        ({"body_name": "杭州市上城区"}, None),
        ({"body_name": "浙江省教育厅"}, "host_of_another"),
        ({"body_name": "交通运输部", "province": "国务院", "level": "ministry"}, "host_of_another"),
        ({"url": "https://www.gov.cn/govdata/nb/"}, "host_of_another"),
        ({"url": "https://www.unknown.gov.cn/zwgk/zfxxgknb/"}, None),
        ({"kind": "report", "covers": None, "report_year": 2024, "url": "https://www.ningbo.gov.cn/"}, None),
    ],
)
def test_each_kind_and_its_neighbours(change: dict[str, object], kind: str | None) -> None:
    found = suspicions([replace(LIST, **change)], [HANGZHOU, NINGBO], 2025)  # type: ignore[arg-type]
    assert [each.kind for each in found] == ([kind] if kind else [])
    assert all(each.reason for each in found)


def test_a_host_is_a_portals_or_the_lowest_government_of_all_that_report_there() -> None:
    district = Portal("330102", "上城区", "https://sc.hangzhou.gov.cn/", "added", "https://sc.hangzhou.gov.cn/", "")
    found = owners([HANGZHOU, district], [], 2025)
    assert found["hangzhou.gov.cn"] == "330100"
    assert found["sc.hangzhou.gov.cn"] == "330102"
    rows = [
        replace(LIST, body_name=name, url=f"http://{host}.nb.gov.cn/")
        for name, host in (("宁波市教育局", "jy"), ("宁波市海曙区", "hs"))
    ]
    assert owners([], rows, 2025)["nb.gov.cn"] == "330200"
    # One body alone tells nothing: the host can be anybody's.
    assert "nb.gov.cn" not in owners([], rows[:1], 2025)


@pytest.mark.parametrize(
    ("host", "domain"),
    [("edu.hangzhou.gov.cn", "hangzhou.gov.cn"), ("hangzhou.gov.cn", "hangzhou.gov.cn"), ("a.cas.cn", "a.cas.cn")],
)
def test_a_domain_under_gov_cn(host: str, domain: str) -> None:
    assert domain_of(host) == domain


def test_what_is_said_of_the_projects_277_lists() -> None:
    rows, homes = sources.load(), portals.load()
    found = Counter(each.kind for each in suspicions(rows, homes, 2025))
    assert found == {"fixed_year": 46, "general_column": 7, "host_of_another": 3, "mirror": 2}
    assert list_states(rows, {}) == {"unprobed": 269, "suspect": 8}
    said = {finding.check: len(finding.lines) for finding in doubts(rows, homes, {}, 2025)}
    assert said["passed over 已停用"] == 8
    # What is passed over stands there with its reason, and is walked by no refresh.
    assert all(row.note and not row.is_walked for row in rows if row.origin == "suspect")

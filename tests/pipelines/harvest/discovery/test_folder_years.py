"""Years in the folders of addresses, as real sites spell them."""

from __future__ import annotations

import pytest

from pipelines.harvest.discovery.folder_years import above_the_year, year_in_folder, year_in_path


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2024n78", 2024),
        ("c2025niandu5", 2025),
        ("201843", 2018),  # 43 is no month
        ("25jdbsc", 2025),
        ("2023nb", 2023),
        ("gknb2017", 2017),
        ("2022_645", 2022),
        ("2016nzfxxgkndbg", 2016),
        ("202501", None),  # a month
        ("20250114", None),  # a day
        ("c120216", None),  # a column's number
        ("006002004", None),
        ("bmnb80580", None),
        ("2023nb2024", None),  # two years
        ("nb", None),
        ("25", None),
        ("10zx", None),
    ],
)
def test_a_folder_says_its_year_or_none(name: str, year: int | None) -> None:
    assert year_in_folder(name) == year


def test_the_last_folder_of_an_address_counts() -> None:
    assert year_in_path("http://a.gov.cn/gknb/2025n/bmzfxxgkndbg2024/index.html") == 2024
    assert year_in_path("http://a.gov.cn/gknb/2023nb/bm/") == 2023
    assert year_in_path("http://a.gov.cn/gknb/202501/t20250114_1.html") is None


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/gknb/2024nb/", "/gknb/"),
        ("/gknb/2012nb/qzfbm2012/", "/gknb/"),
        ("/gknb/2023nb/bm/index.html", "/gknb/"),
        ("/2020zfxxgknb/", None),  # the site itself is above
        ("/gknb/bm/", None),
    ],
)
def test_the_folder_above_those_of_a_year(path: str, above: str | None) -> None:
    assert above_the_year(f"http://a.gov.cn{path}") == (f"http://a.gov.cn{above}" if above else None)

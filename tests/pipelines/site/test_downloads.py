"""The page of downloads: what it links, how it groups, and sizes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.site.downloads import MANY, link, size, write_downloads
from pipelines.site.pages import Site
from tests.made.sites import Page


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (11_534_336, "11.5 MB"), (3_200_000_000, "3.2 GB")],
)
def test_sizes_are_read_in_thousands(count: int, shown: str) -> None:
    assert size(count) == shown


def test_a_link_holds_wherever_the_release_lies_and_for_every_name(tmp_path: Path) -> None:
    assert link(tmp_path / "site", tmp_path / "data" / "a b#1.csv") == "../data/a%20b%231.csv"


def test_the_parts_of_a_table_are_one_line_that_opens(tmp_path: Path) -> None:
    (tmp_path / "data" / "facts").mkdir(parents=True)
    for year in range(2010, 2010 + MANY):
        (tmp_path / "data" / "facts" / f"report_year={year}.parquet").write_bytes(b"12345")
    (tmp_path / "data" / "bodies.parquet").write_bytes(b"1")
    (tmp_path / "LICENSE").write_bytes(b"MIT")
    offered = {name: tmp_path / name for name in ("data", "LICENSE", "missing.csv")}
    write_downloads(Site(tmp_path / "site", "1"), offered)
    page = Page(tmp_path / "site" / "en" / "downloads.html")
    assert page.tags.count("details") == 1
    assert f"data/facts/ · {MANY} files · {5 * MANY} B" in page.text
    assert {"../../data/bodies.parquet", "../../LICENSE", "../../data/facts/report_year%3D2010.parquet"} <= set(
        page.links
    )
    assert "missing.csv" not in page.text

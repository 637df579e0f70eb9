"""The page of coverage, and the shares in the README, are those of the registers as they stand."""

from __future__ import annotations

import re

from pipelines.cli import show_reach
from pipelines.harvest.grow.reach import COUNTRY, reach
from pipelines.harvest.register import portals, sources
from pipelines.workspace import PROJECT

PAGE = (PROJECT / "docs" / "coverage.md").read_text(encoding="utf-8")
#: The report year of the page; `gongkai sources coverage --year … --page docs/coverage.md` writes it anew.
YEAR = int(re.findall(r"Reports are those for (\d{4})", PAGE)[0])


def test_the_page_is_current() -> None:
    assert show_reach.page(reach(sources.load(), portals.load(), {}, [], YEAR)) == PAGE


def test_the_readme_says_the_same_share() -> None:
    rows = reach(sources.load(), portals.load(), {}, [], YEAR)
    governments = [row for row in rows if row.province == COUNTRY and row.body_kind == "government"]
    every, listed, homes = (
        sum(getattr(row, name) for row in governments) for name in ("bodies", "with_list", "with_portal")
    )
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    share = f"{100 * listed / every:.1f}"
    assert f"a list of reports for {listed} of {every:,} governments ({share} %), and a portal for {homes}" in text
    assert f"{every:,} 个政府中 {listed} 个（{share}%）的年报目录和 {homes} 个门户网站" in text

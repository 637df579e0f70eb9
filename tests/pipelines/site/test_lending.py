"""Pages are lent again where their rows did not change, and the site is the same as one made anew."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.files import sha256_of
from pipelines.publish.contents import Contents
from pipelines.publish.sums import write_sums
from pipelines.site import body_pages, build
from tests.made.parsed import Parsed
from tests.made.sites import published


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    parsed = Parsed()
    for number in range(3):
        parsed.report(f"13000{number}-2022", {"requests/received_new/total": 6.0 - number}, level="province")
        parsed.report(f"13000{number}-2021", {"requests/received_new/total": 3.0 + number}, level="province")
    folder = tmp_path_factory.mktemp("lending")
    return published(parsed.build(folder).path, folder / "release")


def site(database: Path, releases: Path, version: str) -> dict[str, str]:
    """The hashes of a site that borrows from earlier ones of a folder of releases."""
    contents, folder = Contents(releases), releases / version
    build(database, folder / "site", version=version, processes=1, lender=contents)
    sums = write_sums(folder)
    contents.keep(folder, sums)
    return sums


def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The bodies whose pages are written from now on."""
    written: list[str] = []
    write = body_pages.write_chunk

    def telling(place: Any, database: Path, ids: list[str]) -> None:
        written.extend(ids)
        write(place, database, ids)

    monkeypatch.setattr(body_pages, "write_chunk", telling)
    return written


def test_nothing_is_made_again_but_what_names_the_version(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, written = site(database, tmp_path, "1"), made(monkeypatch)
    second = site(database, tmp_path, "2")
    assert written == []
    assert {path.removeprefix("site/") for path in first if first[path] != second[path]} == {
        "assets/version.js",
        "en/downloads.html",
        "zh/downloads.html",
    }
    assert set(first) == set(second)


def test_a_changed_body_is_made_again_and_the_site_is_that_of_a_new_one(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site(database, tmp_path, "1")
    changed = Path(shutil.copytree(database.parent, tmp_path / "changed")) / database.name
    with duckdb.connect(str(changed)) as connection:
        connection.execute("update facts set raw = 'another' where report_id = '130001-2021'")
        connection.execute("update measures_by_report set value = 8 where report_id = '130001-2021' and value = 4")
    written = made(monkeypatch)
    second = site(changed, tmp_path, "2")
    assert written == ["130001"]
    assert second == site(changed, tmp_path / "elsewhere", "2")
    assert {path: sha256_of(tmp_path / "1" / path) for path in before} == before

"""Calendar versions: the day in China, the number of the day, and the link to the newest."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipelines.publish import versions


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        ("1743350399", datetime.date(2025, 3, 30)),  # 2025-03-30 15:59:59 UTC, a second before midnight in China
        ("1743350400", datetime.date(2025, 3, 31)),
        ("0", datetime.date(1970, 1, 1)),
    ],
)
def test_the_day_is_that_of_china(epoch: str, day: datetime.date) -> None:
    assert versions.day({"SOURCE_DATE_EPOCH": epoch}) == day


def test_an_epoch_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="tomorrow"):
        versions.day({"SOURCE_DATE_EPOCH": "tomorrow"})


def test_without_an_epoch_it_is_today() -> None:
    now = datetime.datetime.now(datetime.UTC)
    near = {(now + datetime.timedelta(hours=8 + shift)).date() for shift in (-1, 0, 1)}
    assert versions.day({}) in near


def test_further_releases_of_a_day_are_numbered_and_ordered_by_number(tmp_path: Path) -> None:
    day, made = datetime.date(2025, 3, 31), []
    for _ in range(11):
        made.append(versions.following(tmp_path, day))
        (tmp_path / made[-1]).mkdir()
        (tmp_path / made[-1] / "SHA256SUMS").touch()
    assert made[:3] == ["2025.03.31", "2025.03.31.2", "2025.03.31.3"] and made[-1] == "2025.03.31.11"
    assert versions.versions(tmp_path) == made
    assert versions.following(tmp_path, datetime.date(2025, 4, 1)) == "2025.04.01"


@pytest.mark.parametrize("name", ["2025.3.31", "2025.03.31.1", "2025.03.31.0", "latest", ".candidate", "notes"])
def test_what_is_no_version_is_none(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "SHA256SUMS").touch()
    assert (versions.order_key(name), versions.versions(tmp_path)) == (None, [])
    with pytest.raises(ValueError, match="no version of a release"):
        versions.day_of(name)


def test_a_folder_that_is_not_whole_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "2025.03.31").mkdir()
    assert versions.versions(tmp_path) == [] and versions.current(tmp_path) is None
    assert versions.versions(tmp_path / "nowhere") == []

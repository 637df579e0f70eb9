"""Releases: how they come, what they replace, and that none is ever half there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.files import write_json
from pipelines.publish import content, release, versions
from pipelines.publish.content import Ordered
from pipelines.publish.release import CandidatePlace, ReleaseError
from pipelines.publish.sums import verify, write_sums
from pipelines.workspace import PROJECT
from tests.made.releases import EPOCH, candidate, first, released, results, small

pytestmark = pytest.mark.long(seconds=15)

FIRST, SECOND = "2025.04.01", "2025.04.01.2"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small().build(tmp_path_factory.mktemp("warehouse")).path


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Releases that hold nothing: for the tests of how they come and go."""

    def write(order: Ordered, place: CandidatePlace) -> None:
        before = place.before.name if place.before else None
        write_json(
            place.folder / "release.json", {"version": place.version, "previous": before, "made_of": order.made_of}
        )
        write_sums(place.folder)

    monkeypatch.setattr(content, "_write", write)


@pytest.mark.usefixtures("light")
def test_latest_names_what_was_released_last_and_the_others_stay(tmp_path: Path) -> None:
    for number in range(1, 4):
        folder = released(tmp_path, tmp_path / "releases", str(number))
        assert (tmp_path / "releases" / "latest").resolve() == folder
    assert sorted(p.name for p in (tmp_path / "releases").iterdir()) == [FIRST, SECOND, "2025.04.01.3", "latest"]
    assert release.about(folder)["previous"] == SECOND


@pytest.mark.usefixtures("light")
def test_a_candidate_is_no_release_until_it_is_put_in_place(tmp_path: Path) -> None:
    first = released(tmp_path, tmp_path / "releases")
    hidden = candidate(tmp_path, tmp_path / "releases", "n")
    assert versions.versions(tmp_path / "releases") == [FIRST] and hidden.name == ".candidate"
    assert versions.current(tmp_path / "releases") == first
    newer = candidate(tmp_path, tmp_path / "releases", "o")
    assert (newer, release.about(newer)["made_of"]) == (hidden, "o")


@pytest.mark.usefixtures("light")
def test_a_candidate_that_was_overtaken_is_refused(tmp_path: Path) -> None:
    hidden = candidate(tmp_path, tmp_path / "releases", "n").rename(tmp_path / "slow")
    released(tmp_path, tmp_path / "releases", "o")
    with pytest.raises(ReleaseError, match="build it again"):
        release.promote(tmp_path / "releases", hidden)


@pytest.mark.usefixtures("light")
def test_what_a_killed_program_had_put_in_place_is_named_and_not_made_again(tmp_path: Path) -> None:
    place = tmp_path / "releases"
    released(tmp_path, place, "m")
    second = released(tmp_path, place, "n")
    versions.point(place, FIRST)
    assert release.unnamed(place, "n") == second
    assert release.unnamed(place, "o") is None
    assert release.promote(place, second) == second and versions.current(place) == second
    versions.point(place, FIRST)
    (second / "release.json").write_text("{}")
    assert release.unnamed(place, "n") is None


@pytest.mark.usefixtures("light")
def test_a_generous_number_stays_and_the_one_in_use_always(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert release.KEPT >= 100
    monkeypatch.setattr(release, "KEPT", 2)
    place = tmp_path / "releases"
    for made_of in "mno":
        released(tmp_path, place, made_of)
    assert versions.versions(place) == [SECOND, "2025.04.01.3"]
    versions.point(place, SECOND)
    (place / "2026.01.01").mkdir()
    write_sums_of_one_file(place / "2026.01.01")
    release._prune(place)
    assert versions.versions(place) == [SECOND, "2025.04.01.3", "2026.01.01"]


def write_sums_of_one_file(folder: Path) -> None:
    (folder / "x").touch()
    write_sums(folder)


@pytest.mark.usefixtures("light")
def test_what_does_not_belong_to_us_stays(tmp_path: Path) -> None:
    (tmp_path / "releases" / "notes").mkdir(parents=True)
    (tmp_path / "releases" / "notes" / "mine.txt").write_text("mine")
    released(tmp_path, tmp_path / "releases")
    assert (tmp_path / "releases" / "notes" / "mine.txt").read_text() == "mine"


#: While files are written, before the candidate is put in place, before the pointer moves, and after.
KILL_POINTS = [("content", "write_database"), ("release", "about"), ("versions", "point"), ("release", "_prune")]


@pytest.mark.parametrize(("module", "step"), KILL_POINTS, ids=[step for _, step in KILL_POINTS])
def test_a_kill_at_any_step_leaves_a_whole_release_in_use(
    warehouse: Path, tmp_path: Path, module: str, step: str
) -> None:
    tmp_path = first(small(), tmp_path / "releases").parent
    code = (
        "import os, pathlib, sys; from importlib import import_module; from tests.made.releases import released; "
        "setattr(import_module('pipelines.publish.' + sys.argv[3]), sys.argv[4], lambda *_: os.kill(os.getpid(), 9)); "
        "released(*map(pathlib.Path, sys.argv[1:3]), 'n')"
    )
    root = PROJECT
    killed = subprocess.run([sys.executable, "-c", code, warehouse, tmp_path, module, step], check=False, cwd=root)
    assert killed.returncode == -9
    assert (tmp_path / "latest").readlink() == Path(SECOND if step == "_prune" else FIRST)
    assert verify(tmp_path / "latest").whole
    if step != "_prune":
        left = release.unnamed(tmp_path, "n")
        assert (left is not None) == (step == "point")
        release.promote(tmp_path, left or candidate(warehouse, tmp_path, "n"))
    assert (tmp_path / "latest").readlink() == Path(SECOND) and verify(tmp_path / SECOND).whole


def test_a_failure_leaves_what_was_there(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path = first(small(), tmp_path / "releases").parent
    monkeypatch.setattr(content, "write_database", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        candidate(warehouse, tmp_path, "n")
    assert sorted(p.name for p in tmp_path.iterdir()) == [FIRST, "files", "latest"]


def test_a_release_says_what_it_is(warehouse: Path, tmp_path: Path) -> None:
    order = Ordered(warehouse, results(), "fingerprint", "a good reason", has_site=False)
    said = json.loads((content.build(order, tmp_path) / "release.json").read_text())
    assert {name: said[name] for name in ("version", "previous", "made_of", "accepted", "schema_version")} == {
        "version": FIRST,
        "previous": None,
        "made_of": "fingerprint",
        "accepted": "a good reason",
        "schema_version": 2,
    }
    assert os.environ["SOURCE_DATE_EPOCH"] == EPOCH


def test_a_folder_that_is_no_release_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"no release\.json"):
        release.about(tmp_path)

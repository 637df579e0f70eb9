"""Contents are stored once: what is linked, what is proved, what is removed, and what a kill or a copy leaves."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.files import sha256_of
from pipelines.publish import contents as module
from pipelines.publish.contents import TURNS, Contents
from pipelines.publish.sums import verify, write_sums


def write(text: str) -> Callable[[Path], None]:
    """A maker of a file."""

    def make(path: Path) -> None:
        path.write_text(text)

    return make


def never(path: Path) -> None:
    raise AssertionError(f"{path} is made again")


def version(releases: Path, name: str, texts: dict[str, str]) -> Path:
    """A version of some files, each made of its text."""
    contents, folder = Contents(releases), releases / name
    for path, text in texts.items():
        contents.file(folder / path, [text], write(text))
    contents.keep(folder, write_sums(folder))
    return folder


def inode(path: Path) -> int:
    return path.stat().st_ino


def stored(releases: Path) -> set[str]:
    return {path.name for path in (releases / "files").glob("??/*")}


def test_what_did_not_change_is_the_same_file_and_is_not_made_again(tmp_path: Path) -> None:
    first = version(tmp_path, "1", {"data/a": "a", "b": "b"})
    contents, second = Contents(tmp_path), tmp_path / "2"
    contents.file(second / "data/a", ["a"], never)
    contents.file(second / "b", ["c"], write("c"))
    contents.keep(second, write_sums(second))
    assert inode(first / "data/a") == inode(second / "data/a") and inode(first / "b") != inode(second / "b")
    assert verify(first).whole and verify(second).whole and (second / "b").read_text() == "c"
    assert stored(tmp_path) == {sha256_of(path) for path in (first / "data/a", first / "b", second / "b")}
    assert all(path.stat().st_mode & 0o222 == 0 for path in (first / "data/a", second / "b"))


def test_equal_contents_of_other_inputs_are_one_file(tmp_path: Path) -> None:
    first = version(tmp_path, "1", {"a": "same"})
    contents = Contents(tmp_path)
    contents.file(tmp_path / "2" / "z", ["other inputs"], write("same"))
    contents.keep(tmp_path / "2", write_sums(tmp_path / "2"))
    assert inode(tmp_path / "2" / "z") == inode(first / "a")


def test_another_program_makes_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version(tmp_path, "1", {"a": "a"})
    monkeypatch.setattr(module, "release_version", lambda: "another")
    with pytest.raises(AssertionError, match="made again"):
        Contents(tmp_path).file(tmp_path / "2" / "a", ["a"], never)


def test_a_version_is_an_ordinary_folder(tmp_path: Path) -> None:
    copy = shutil.copytree(version(tmp_path, "1", {"a": "a"}), tmp_path / "elsewhere")
    assert verify(copy).whole and not (copy / "a").is_symlink() and inode(copy / "a") != inode(tmp_path / "1" / "a")


def test_contents_go_with_the_last_version_that_names_them(tmp_path: Path) -> None:
    first, second = version(tmp_path, "1", {"a": "a", "b": "b"}), version(tmp_path, "2", {"a": "a"})
    left = {sha256_of(second / "a")}
    shutil.rmtree(first)
    Contents(tmp_path).prune()
    assert stored(tmp_path) == left and verify(second).whole
    Contents(tmp_path).file(tmp_path / "3" / "b", ["b"], write("b"))


def test_a_damaged_content_is_not_lent_and_is_replaced(tmp_path: Path) -> None:
    first = version(tmp_path, "1", {"a": "a"})
    (first / "a").chmod(0o644)
    (first / "a").write_text("damaged")
    third = version(tmp_path, "3", {"a": "a"})
    assert verify(third).whole and verify(first).damaged == ("a",)
    assert inode(version(tmp_path, "4", {"a": "a"}) / "a") == inode(third / "a")


def test_every_content_is_proved_in_its_turn(tmp_path: Path) -> None:
    folder = version(tmp_path, "1", {str(number): str(number) for number in range(40)})
    sums = {path: sha256_of(folder / path) for path in map(str, range(40))}
    turns = []
    for _ in range(TURNS):
        contents = Contents(tmp_path)
        turns.append({path for path, sha256 in sums.items() if not contents.as_recorded(sha256, folder / path)})
        contents.keep(folder, sums)
    assert sorted(path for turn in turns for path in turn) == sorted(sums)


def test_another_size_or_time_is_not_as_recorded(tmp_path: Path) -> None:
    folder = version(tmp_path, "1", {"a": "a", "b": "b"})
    for path in ("a", "b"):
        os.utime(folder / path, ns=(1, 1))
        assert not Contents(tmp_path).as_recorded(sha256_of(folder / path), folder / path)


def test_a_version_from_before_is_taken_over(tmp_path: Path) -> None:
    old = tmp_path / "1"
    old.mkdir()
    (old / "a").write_text("a")
    Contents(tmp_path).take_over(old, write_sums(old))
    assert inode(version(tmp_path, "2", {"a": "a"}) / "a") == inode(old / "a") and verify(old).whole


def test_without_links_the_files_stay_and_it_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(module.os, "link", refused)
    first = version(tmp_path, "1", {"a": "a", "b": "b"})
    assert verify(first).whole and stored(tmp_path) == set()
    assert capsys.readouterr().err.count("takes no hard links (Operation not permitted)") == 1


class Killed(BaseException):
    """What SIGKILL is to the code: no handler catches it."""


@pytest.mark.parametrize("number", range(1, 5))
def test_a_kill_while_contents_are_stored_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    first, count, link = version(tmp_path, "1", {"a": "a"}), [0], os.link

    def counting(*places: Path) -> None:
        count[0] += 1
        if count[0] == number:
            raise Killed
        link(*places)

    with monkeypatch.context() as patch:
        patch.setattr(module.os, "link", counting)
        with pytest.raises(Killed):
            version(tmp_path, "2", {"a": "a", "b": "b", "c": "c", "d": "d"})
    assert verify(first).whole
    shutil.rmtree(tmp_path / "2")
    again = version(tmp_path, "2", {"a": "a", "b": "b", "c": "c", "d": "d"})
    Contents(tmp_path).prune()
    assert verify(again).whole and len(stored(tmp_path)) == 4


def test_a_store_without_a_folder_keeps_nothing(tmp_path: Path) -> None:
    contents = Contents()
    for _ in range(2):
        contents.file(tmp_path / "a", ["a"], write("a"))
    contents.keep(tmp_path, write_sums(tmp_path))
    contents.prune()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["SHA256SUMS", "a"]

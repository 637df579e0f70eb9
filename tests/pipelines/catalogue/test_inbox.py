"""The source that grows by itself: the inbox folder and what refreshes have archived."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.catalogue import folder, inbox
from pipelines.harvest.ledger.database import Ledger
from pipelines.workspace import SAMPLE, Workspace
from tests.made.fetched import RUN, URL, fetch


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path.resolve() / "workspace")


def drop(workspace: Workspace, name: str = "a.html", text: str = "report") -> Path:
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    path = workspace.inbox / name
    path.write_text(text, encoding="utf-8")
    return path


def harvest(workspace: Workspace, outcome: str = "new") -> None:
    with closing(Ledger(workspace.ledger)) as ledger:
        ledger.add(fetch(RUN, URL, outcome))


def names(source: Path, workspace: Workspace) -> list[str]:
    return [found.hints.file_name for found in inbox.scan(source, workspace).found]


def test_nothing_there_is_the_sample(workspace: Workspace) -> None:
    assert inbox.default_source(workspace) == SAMPLE
    harvest(workspace, "failed")
    (workspace.inbox).mkdir()
    assert inbox.default_source(workspace) == SAMPLE


@pytest.mark.parametrize("how", [drop, harvest])
def test_what_is_dropped_or_harvested_is_the_source(workspace: Workspace, how: object) -> None:
    how(workspace)  # type: ignore[operator]
    assert inbox.default_source(workspace) == workspace.inbox


def test_both_are_found(workspace: Workspace) -> None:
    harvest(workspace)
    assert names(workspace.inbox, workspace) == ["www.a.gov.cn/zwgk/t1.html"]  # the folder is made
    drop(workspace)
    assert names(workspace.inbox, workspace) == ["a.html", "www.a.gov.cn/zwgk/t1.html"]
    assert not Workspace(workspace.root / "other").ledger.exists()


def test_another_source_has_nothing_of_the_harvest(workspace: Workspace, tmp_path: Path) -> None:
    harvest(workspace)
    drop(workspace)
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.html").write_text("report", encoding="utf-8")
    assert names(other, workspace) == ["b.html"]
    assert names(workspace.inbox / "a.html", workspace) == ["a.html"]
    with pytest.raises(folder.FolderError):
        inbox.scan(tmp_path / "nowhere", workspace)


@pytest.mark.parametrize("spelling", ["link", "dots", "real"])
def test_an_inbox_that_is_a_link_is_the_inbox(workspace: Workspace, tmp_path: Path, spelling: str) -> None:
    """Where files are dropped can be a shared folder; the harvest must not fall out of the dataset for that."""
    real = tmp_path / "shared"
    real.mkdir()
    workspace.root.mkdir()
    workspace.inbox.symlink_to(real)
    harvest(workspace)
    source = {"link": workspace.inbox, "dots": workspace.root / "harvest" / ".." / "inbox", "real": real}[spelling]
    assert names(source, workspace) == ["www.a.gov.cn/zwgk/t1.html"]


def test_the_fingerprint_follows_what_lies_there(workspace: Workspace) -> None:
    seen = [inbox.fingerprint(workspace.inbox)]
    workspace.inbox.mkdir(parents=True)
    seen.append(inbox.fingerprint(workspace.inbox))
    assert seen == ["", ""]
    path = drop(workspace)
    seen.append(inbox.fingerprint(workspace.inbox))
    assert inbox.fingerprint(workspace.inbox) == seen[-1]
    drop(workspace, "README.md")
    drop(workspace, ".hidden.html")
    assert inbox.fingerprint(workspace.inbox) == seen[-1]
    os.utime(path, ns=(1, 1))
    seen.append(inbox.fingerprint(workspace.inbox))
    drop(workspace, "b.html")
    seen.append(inbox.fingerprint(workspace.inbox))
    drop(workspace, folder.SIDECAR, "file_name,source_url,report_year,body_name\na.html,,2025,某市\n")
    seen.append(inbox.fingerprint(workspace.inbox))
    assert len(set(seen[1:])) == 5
    path.unlink()
    (workspace.inbox / "b.html").unlink()
    assert inbox.fingerprint(workspace.inbox) == ""


def test_a_name_that_is_not_utf_8_has_a_fingerprint(workspace: Workspace) -> None:
    """As files have that were unpacked from a Chinese archive."""
    workspace.inbox.mkdir(parents=True)
    name = os.fsencode(workspace.inbox) + b"/" + "年报.html".encode("gbk")
    try:
        with open(name, "wb") as file:  # noqa: PTH123  # a Path of bytes there is not
            file.write(b"report")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    assert len(inbox.fingerprint(workspace.inbox)) == 16


def test_a_file_that_is_taken_away_while_we_look_stops_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = folder.scan

    def scan_and_lose(source: Path) -> folder.Scan:
        found = scan(source)
        path.unlink()
        return found

    path = drop(workspace)
    monkeypatch.setattr(folder, "scan", scan_and_lose)
    assert len(inbox.fingerprint(workspace.inbox)) == 16

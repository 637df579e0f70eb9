"""What makes a release due: the warehouse, what makes a release of it, and the web bundle of its site."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.files import write_json
from pipelines.publish import release_steps
from pipelines.steps.stamps import stamp_path
from pipelines.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace whose newest release is what its warehouse gives."""
    place = Workspace(tmp_path)
    write_json(stamp_path(place, "warehouse"), {"made_of": "tables"})
    write_json(place.releases / "latest" / "release.json", {"made_of": release_steps._inputs(place)})
    assert release_steps.is_fresh(place)
    return place


def test_another_warehouse_makes_a_release_due(workspace: Workspace) -> None:
    write_json(stamp_path(workspace, "warehouse"), {"made_of": "other tables"})
    assert not release_steps.is_fresh(workspace)


def test_another_program_makes_a_release_due(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release_steps, "release_version", lambda: "another")
    assert not release_steps.is_fresh(workspace)


def test_a_web_bundle_makes_a_release_due_when_it_comes_changes_and_goes(workspace: Workspace) -> None:
    workspace.web.mkdir()
    assert release_steps.is_fresh(workspace)
    bundle = workspace.web / "duckdb.js"
    bundle.write_text("1")
    assert not release_steps.is_fresh(workspace)
    write_json(workspace.releases / "latest" / "release.json", {"made_of": release_steps._inputs(workspace)})
    assert release_steps.is_fresh(workspace)
    bundle.write_text("2")
    assert not release_steps.is_fresh(workspace)
    bundle.unlink()
    assert not release_steps.is_fresh(workspace)

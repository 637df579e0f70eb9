"""The house keeps its plan: floors, no circle of imports, few rooms, and a picture that shows what is."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import pytest
from importlinter.cli import lint_imports

from docs import draw_architecture
from pipelines.workspace import PROJECT
from tests.made import imports

REDRAW = "the picture is old; draw it again: make architecture"


def test_the_contracts_of_imports_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    failed = lint_imports(config_filename=str(PROJECT / "pyproject.toml"), no_cache=True)
    said = capsys.readouterr().out
    assert failed == 0, said
    assert "6 kept, 0 broken" in said


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions and those for types only count too."""
    graph = imports.graph()
    ours = [module for module in graph.modules if imports.is_ours(module)]
    order = TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in ours})
    try:
        order.prepare()
    except CycleError as error:
        pytest.fail(" → ".join(reversed(error.args[1])))
    assert len(ours) > 300


def test_pipelines_has_few_rooms_and_nothing_loose() -> None:
    there = set(imports.top(PROJECT / "pipelines")) - {"__init__.py"}
    assert {name for name in there if name.endswith(".py")} == {
        "build.py",
        "files.py",
        "parquet.py",
        "progress.py",
        "workspace.py",
    }
    assert len([name for name in there if not name.endswith(".py")]) <= 15


def test_every_room_stands_on_one_floor() -> None:
    named = [room for floor in draw_architecture.floors() for room in floor]
    there = {f"pipelines.{name.removesuffix('.py')}" for name in imports.top(PROJECT / "pipelines")}
    assert sorted(named) == sorted({"assets", "expectations", *there} - {"pipelines.__init__"})


def test_the_committed_picture_is_current() -> None:
    assert draw_architecture.PICTURE.read_text(encoding="utf-8") == draw_architecture.draw(), REDRAW


def test_no_arrow_of_the_picture_goes_up() -> None:
    assert "#d21f1f" not in draw_architecture.draw()
    assert draw_architecture.upward({("low", "high"): 1, ("high", "low"): 2, ("high", "beside"): 3}, AT) == [
        ("high", "beside"),
        ("low", "high"),
    ]


AT = {"high": 0, "beside": 0, "low": 1}

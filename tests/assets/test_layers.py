"""The modules of the code location import those before them only: no circle."""

from __future__ import annotations

import ast
from pathlib import Path

import assets

FOLDER = Path(assets.__file__).parent


def imported(module: str) -> set[str]:
    """The modules of `assets` that a module imports, at its top or in a function."""
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    inner = {node.module.removeprefix("assets.") for node in froms if (node.module or "").startswith("assets.")}
    return inner | {name.name for node in froms if node.module == "assets" for name in node.names}


def test_no_module_reaches_itself() -> None:
    waiting = {path.stem: imported(path.stem) for path in FOLDER.glob("*.py") if path.stem != "__init__"}
    assert "graph" in waiting["definitions"] and "graph" in waiting["in_process"]
    while free := [module for module, needs in waiting.items() if not needs & waiting.keys()]:
        for module in free:
            del waiting[module]
    assert waiting == {}

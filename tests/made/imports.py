"""Who imports whom in the program, by grimp: imports inside functions and those for types only are counted too."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

import grimp

from pipelines.workspace import PROJECT

PACKAGES = ("expectations", "pipelines", "assets")


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)


def is_ours(module: str) -> bool:
    return module.partition(".")[0] in PACKAGES


def is_within(module: str, rooms: Iterable[str]) -> bool:
    """Whether a module is one of the rooms or in one of them."""
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def closure(entries: Iterable[str], stops: Iterable[str] = ()) -> set[str]:
    """All modules that the entries import, directly or not, with the packages that hold them; also foreign ones.

    Modules in `stops` are left out, and what only they import.
    """
    waiting, found, stops = list(entries), set[str](), tuple(stops)
    while waiting:
        module = waiting.pop()
        if module in found or is_within(module, stops):
            continue
        found.add(module)
        if is_ours(module):
            waiting += graph().find_modules_directly_imported_by(module)
            waiting += [module.rpartition(".")[0]] if "." in module else []
    return found


def path_of(module: str) -> str:
    """The file of one of our modules, below the project."""
    whole = PROJECT.joinpath(*module.split("."))
    return (whole / "__init__.py" if whole.is_dir() else whole.with_suffix(".py")).relative_to(PROJECT).as_posix()


def libraries(modules: Iterable[str]) -> set[str]:
    """The distributions that foreign modules belong to, by their normal names; the standard library is none."""
    foreign = {module.partition(".")[0] for module in modules if not is_ours(module)} - set(sys.stdlib_module_names)
    return {normal(_distributions()[module][0]) for module in foreign}


def normal(name: str) -> str:
    """A distribution's name as package indexes compare it."""
    return name.lower().replace("_", "-").replace(".", "-")


@cache
def _distributions() -> dict[str, list[str]]:
    return dict(metadata.packages_distributions())


def top(folder: Path) -> list[str]:
    """What stands right in a package's folder: modules as `name.py`, folders as `name`."""
    return sorted(
        path.name for path in folder.iterdir() if path.suffix == ".py" or (path.is_dir() and path.name != "__pycache__")
    )

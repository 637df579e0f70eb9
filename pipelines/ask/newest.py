"""The newest data of a workspace, for commands that only read: the release that `latest` names, else the warehouse.

Belongs here: finding and opening it so that nothing but it can be read. Does not belong here: any question to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.duckdb_sql import CONFIG, files_of_views, literal
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    import duckdb

_DATABASE = "gongkai.duckdb"
_SITE = "site"


class NothingBuilt(Exception):
    """There is nothing to read yet; the message says what makes it."""


class NotThere(Exception):
    """No such warehouse, body, year or measure; the message says what there is."""


def release(workspace: Workspace) -> Path | None:
    """The folder of the newest release; None where there is none."""
    latest = workspace.root / "releases" / "latest"
    return latest.resolve() if latest.is_dir() else None


def database(workspace: Workspace) -> Path:
    """The database of the newest release, else the warehouse. Raises `NothingBuilt`."""
    folder = release(workspace)
    for path in ((folder / _DATABASE,) if folder else ()) + (workspace.warehouse,):
        if path.is_file():
            return path
    raise NothingBuilt(f"{workspace.root} holds neither a release nor a warehouse; `gongkai build` makes both")


def site(workspace: Workspace) -> Path:
    """The folder of the newest release whose `site/` is to be served. Raises `NothingBuilt`."""
    folder = release(workspace)
    if folder is None or not (folder / _SITE / "index.html").is_file():
        raise NothingBuilt(f"{workspace.root} holds no release with a site; `gongkai build` makes one")
    return folder


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can write nothing and reach no other file, host or setting.

    The views of a warehouse read Parquet files by absolute paths; these can be read too.
    """
    import duckdb

    with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
        if files := files_of_views(connection):
            connection.execute(f"set allowed_paths = [{', '.join(map(literal, files))}]")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection

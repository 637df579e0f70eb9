"""Which engine runs a build: by its name and, for a cluster, its address."""

from __future__ import annotations

import os
from typing import Literal, get_args

from pipelines.workers.dask_engine import DaskEngine
from pipelines.workers.engine import Engine, Local

EngineName = Literal["local", "dask"]
#: What is used where nobody says otherwise.
ENGINE_SETTING, ADDRESS_SETTING = "GONGKAI_ENGINE", "GONGKAI_DASK_ADDRESS"


def engine_of(name: str = "", address: str = "", workers: int | None = None) -> Engine:
    """The engine of a name, else that of `$GONGKAI_ENGINE`, else the embedded one.

    `address` is that of a Dask scheduler, else `$GONGKAI_DASK_ADDRESS`, else a cluster on this machine. Raises
    `ValueError` for a name that no engine has.
    """
    name = name or os.environ.get(ENGINE_SETTING, "") or "local"
    if name == "local":
        return Local()
    if name == "dask":
        return DaskEngine(address or os.environ.get(ADDRESS_SETTING, ""), workers)
    raise ValueError(f"there is no engine {name!r}; there are: {', '.join(get_args(EngineName))}")

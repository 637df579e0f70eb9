"""What decides the result of a model besides the rows that it reads: SQL, macros, dictionaries, registers, libraries."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence

import polars as pl

from expectations.generate import arrow_schema
from expectations.tables import TABLES
from pipelines.files import fingerprint
from pipelines.steps.fingerprints import library_version, source_hash
from pipelines.warehouse.models import BODY, Model

_LIBRARIES = ("python", "duckdb", "polars", "pyarrow", "rapidfuzz")
_SOURCES = ("pipelines/warehouse", "pipelines/parquet.py", "pipelines/steps/shards.py")


def codes(models: Mapping[str, Model], macros: Sequence[str], given: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """A fingerprint for each model. `given` are the dictionaries and the register of corrections, by name.

    That of a model of unit body covers the models that it reads, since their rows are not compared.
    """
    common = fingerprint([*macros, *map(library_version, _LIBRARIES), source_hash(_SOURCES)])
    contents = {name: _content(frame) for name, frame in given.items()}
    made, whole = dict[str, str](), dict[str, str]()
    for name, model in models.items():
        contract = TABLES.get(name)
        read = [contents[each] for each in sorted(model.needs | model.sources) if each in contents]
        shape = str(arrow_schema(contract).to_string(show_schema_metadata=True)) if contract else ""
        made[name] = fingerprint([common, model.sql, model.unit, shape, *read])
        whole[name] = fingerprint([made[name], *(whole[need] for need in sorted(model.needs))])
    return {name: whole[name] if model.unit == BODY else made[name] for name, model in models.items()}


def _content(frame: pl.DataFrame) -> str:
    held = io.BytesIO()
    frame.write_ipc(held)
    return hashlib.sha256(held.getvalue()).hexdigest()

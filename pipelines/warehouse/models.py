"""The SQL models: what there is, what each one says of itself, what it reads, and in which order they run.

Staging is generated from the contract: the parsed tables and the dictionaries, cast and put in order. Core and marts are
the files of `dbt_like_sql/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from expectations.columns import Table, about
from expectations.generate import typed_select
from expectations.tables import DICTIONARIES, PARSED
from pipelines.workspace import SQL

#: The layers in the order of the data's way; those that are written by hand are folders of `dbt_like_sql/`. What stands
#: in `inner` is read by other models only: it is in no warehouse and has no contract.
LAYERS = ("staging", "inner", "core", "marts")
INNER = "inner"
#: On how much of its inputs a row depends: on its shard, on all years of its bodies, on its report year, on everything.
REPORT, BODY, YEAR, WHOLE = UNITS = ("report", "body", "year", "whole")
#: The folder of the SQL that is written once and used by many models.
MACROS = "macros"
#: The schema under which the parsed Parquet is registered.
SOURCE = "source"
#: The register of corrections there: what `corrections` says of each line is derived.
REGISTER = "corrections_register"
_HEADINGS = ("grain", "purpose", "do not assume", "unit")
_HEADING = re.compile(r"--\s*(grain|purpose|do not assume|unit):\s*(.*)")


class ModelError(Exception):
    """A model that cannot be run as it is written, or a selection of models that there are not."""


@dataclass(frozen=True, slots=True)
class Model:
    """One SELECT. `needs` are the models that it reads, `sources` the parsed tables; both are read from the SQL.

    `unit` is one of `UNITS`: run on the parts of its inputs, the SELECT gives the parts of what it gives on the whole.
    """

    name: str
    layer: str
    sql: str
    grain: str
    purpose: str
    caution: str
    needs: frozenset[str]
    sources: frozenset[str]
    unit: str


def load(folder: Path = SQL, staged: Iterable[type[Table]] = (*PARSED, *DICTIONARIES)) -> dict[str, Model]:
    """All models by name, each after those that it reads. Raises `ModelError` for what is unclear or circular.

    `staged` are the tables of the contract whose rows are given and not derived.
    """
    files = [(layer, path) for layer in LAYERS[1:] for path in sorted((folder / layer).glob("*.sql"))]
    return _ordered([*map(_staging, staged), *(_model(layer, path) for layer, path in files)])


def macros(folder: Path = SQL) -> list[str]:
    """The `create macro` statements, in the order of their files' names."""
    return [path.read_text(encoding="utf-8") for path in sorted((folder / MACROS).glob("*.sql"))]


def select(models: Mapping[str, Model], selection: str | None) -> list[Model]:
    """The models that a selection names, in the order to run them in; all for None.

    A selection is names, separated by spaces or commas: `name`, `+name` with all that it reads, directly or not,
    `name+` with all that read it, `+name+` with both.
    """
    if selection is None:
        return list(models.values())
    wanted: set[str] = set()
    for term in re.split(r"[\s,]+", selection.strip()):
        name = term.strip("+")
        if name not in models:
            raise ModelError(f"no model {name!r} in the selection {selection!r}; there are: {', '.join(models)}")
        wanted.add(name)
        wanted |= _reached(name, {m.name: m.needs for m in models.values()}) if term.startswith("+") else set()
        wanted |= _reached(name, _readers(models)) if term.endswith("+") else set()
    return [model for model in models.values() if model.name in wanted]


def _readers(models: Mapping[str, Model]) -> dict[str, frozenset[str]]:
    return {name: frozenset(m.name for m in models.values() if name in m.needs) for name in models}


def _reached(name: str, edges: Mapping[str, frozenset[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = list(edges[name])
    while ahead:
        step = ahead.pop()
        if step not in reached:
            reached.add(step)
            ahead += edges[step]
    return reached


def _staging(table: type[Table]) -> Model:
    facts = about(table)
    caution = "that anything is computed here: the rows are those that were given, in the contract's types"
    sql = typed_select(table, SOURCE)
    unit = REPORT if table in PARSED else WHOLE
    return Model(
        facts.name, LAYERS[0], sql, facts.grain, facts.description, caution, frozenset(), frozenset([facts.name]), unit
    )


def _model(layer: str, path: Path) -> Model:
    sql = path.read_text(encoding="utf-8")
    header = _header(path, sql)
    needs, sources = _reads(path, sql)
    if header["unit"] not in UNITS:
        raise ModelError(f"{path.name} has the unit {header['unit']!r}; a unit is one of {', '.join(UNITS)}")
    texts = (header["grain"], header["purpose"], header["do not assume"])
    return Model(path.stem, layer, sql, *texts, needs, sources, header["unit"])


def _header(path: Path, sql: str) -> dict[str, str]:
    """The comment lines at the top: three headings, each going on until the next."""
    found: dict[str, str] = {}
    heading = None
    for line in _comment_lines(sql):
        if match := _HEADING.match(line):
            heading = match[1]
            found[heading] = match[2].strip()
        elif heading:
            found[heading] += " " + line.removeprefix("--").strip()
    if missing := [h for h in _HEADINGS if not found.get(h)]:
        raise ModelError(f"{path.name} must begin with {', '.join(f'`-- {h}: …`' for h in missing)}")
    return found


def _comment_lines(sql: str) -> Iterator[str]:
    for line in sql.splitlines():
        if not line.startswith("--"):
            return
        yield line


@cache
def _reads(path: Path, sql: str) -> tuple[frozenset[str], frozenset[str]]:
    """The models and the parsed tables that a SELECT names; names of its own CTEs are neither.

    Remembered by the text, which a process that builds again mostly finds as it was.
    """
    try:
        statements = sqlglot.parse(sql, dialect="duckdb")
    except SqlglotError as error:
        raise ModelError(f"{path.name} is no SQL: {error}") from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise ModelError(f"{path.name} must hold exactly one SELECT")
    own = {cte.alias for cte in statements[0].find_all(exp.CTE)}
    tables = list(statements[0].find_all(exp.Table))
    sources = frozenset(t.name for t in tables if t.db == SOURCE)
    return frozenset(t.name for t in tables if not t.db and t.name not in own), sources


def _ordered(models: Iterable[Model]) -> dict[str, Model]:
    by_name = {model.name: model for model in models}
    for model in by_name.values():
        if unknown := sorted(model.needs - by_name.keys()):
            raise ModelError(f"{model.name} reads {', '.join(unknown)}: no such model; there are: {', '.join(by_name)}")
    for model in by_name.values():
        if model.unit == BODY and (across := sorted(n for n in model.needs if by_name[n].unit == YEAR)):
            raise ModelError(f"{model.name} is of unit body and cannot read {', '.join(across)}, of unit year")
    sorter = TopologicalSorter({model.name: sorted(model.needs) for model in by_name.values()})
    try:
        # Layer by layer where the SQL leaves the choice, and by name: the same order on every machine.
        return {name: by_name[name] for name in sorter.static_order()}
    except CycleError as error:
        raise ModelError(f"these models read each other in a circle: {' → '.join(reversed(error.args[1]))}") from error

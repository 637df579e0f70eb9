"""Holds the columns that a model makes against those of its table in the contract."""

from __future__ import annotations

from collections.abc import Sequence

from expectations.columns import Table, about, columns


class ContractError(Exception):
    """A model yields other columns than its table has in the contract."""


def compare(name: str, made: Sequence[tuple[str, str]], contract: type[Table]) -> None:
    """Raise `ContractError` where a SELECT yields other columns or types than the contract; of a view, another order."""
    declared = [(c.name, c.duckdb) for c in columns(contract)]
    if list(made) == declared or (sorted(made) == sorted(declared) and not about(contract).is_view):
        return
    told = [f"missing {column} {kind}" for column, kind in declared if column not in dict(made)]
    told += [f"unknown {column} {kind}" for column, kind in made if column not in dict(declared)]
    told += [f"{n} is {k}, not {dict(declared)[n]}" for n, k in made if dict(declared).get(n, k) != k]
    order = ", ".join(column for column, _ in declared)
    raise ContractError(
        f"the model {name!r} does not make the columns of the contract: "
        + ("; ".join(told) or f"their order must be {order}")
    )

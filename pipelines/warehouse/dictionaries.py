"""The dictionaries that are kept by hand, as tables of the warehouse: what `expectations` reads, row by row.

Belongs here: which column says what. Does not belong here: the dictionaries' own rules (`expectations.indicators`,
`expectations.governments`, `expectations.functions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from expectations.bodies import Functions, Governments
from expectations.columns import Table, about, polars_schema
from expectations.functions import functions
from expectations.governments import Former, Government, former_divisions, governments, is_zone_code
from expectations.indicators import groups, indicators
from expectations.narrative import Indicators


def frames() -> Mapping[str, pl.DataFrame]:
    """Every dictionary of the contract by its table's name, in the dictionary's own order."""
    return {
        about(Indicators).name: _frame(Indicators, _indicator_rows()),
        about(Governments).name: _frame(Governments, _government_rows()),
        about(Functions).name: _frame(Functions, _function_rows()),
    }


def _frame(model: type[Table], rows: Iterator[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=polars_schema(model), orient="row")


def _indicator_rows() -> Iterator[dict[str, Any]]:
    for ordinal, indicator in enumerate(indicators().values(), 1):
        group = groups()[indicator.group]
        yield {
            "indicator": indicator.code,
            "ordinal": ordinal,
            "indicator_group": group.code,
            "group_zh": group.zh,
            "group_en": group.en,
            "indicator_zh": indicator.zh,
            "indicator_en": indicator.en,
            "definition": indicator.definition,
            "unit": indicator.unit,
            "part_of_indicator": indicator.part_of,
            "is_main": indicator.main,
        }


def _government_rows() -> Iterator[dict[str, Any]]:
    """The tree of today, then the former divisions. A former parent has the name of its time."""
    names = {former.code: former.name for former in former_divisions()}
    names |= {node.code: node.name for node in governments().values()}
    for node in governments().values():
        yield {**_division(node, names), **_change(None)}
    for former in former_divisions():
        yield {**_division(former, names), **_change(former)}


def _division(node: Government | Former, names: Mapping[str, str]) -> dict[str, Any]:
    province = node.code[:2] + "0000"
    return {
        "government_code": node.code,
        "government_name": node.name,
        "level": node.level,
        "is_zone": is_zone_code(node.code),
        "parent_government_code": node.parent_code,
        "parent_government_name": names[node.parent_code] if node.parent_code else None,
        "province_code": province,
        "province_name": names[province],
    }


def _change(former: Former | None) -> dict[str, Any]:
    return {
        "valid_to": former.valid_to if former else None,
        "change": former.change if former else None,
        "government_successor_code": former.successor_code if former else None,
    }


def _function_rows() -> Iterator[dict[str, Any]]:
    for function in functions().values():
        for era in function.eras:
            for name in era.names:
                yield {
                    "organ_name": name,
                    "body_function": function.code,
                    "function_zh": function.zh,
                    "function_en": function.en,
                    "valid_from": era.start,
                    "valid_until": era.end,
                    "fit": era.fit,
                    "note": era.note,
                }

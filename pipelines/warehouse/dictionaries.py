"""The dictionaries that are kept by hand, as tables of the warehouse: what `expectations` reads, row by row.

Belongs here: which column says what. Does not belong here: the dictionaries' own rules (`expectations.indicators`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from expectations.columns import Table, about, polars_schema
from expectations.indicators import groups, indicators
from expectations.narrative import Indicators
from expectations.parsed import Governments
from pipelines.parse.divisions import divisions


def frames() -> Mapping[str, pl.DataFrame]:
    """Every dictionary of the contract by its table's name, in the dictionary's own order."""
    return {
        about(Indicators).name: _frame(Indicators, _indicator_rows()),
        about(Governments).name: _frame(Governments, _government_rows()),
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
    for division in divisions().values():
        yield {
            "government_code": division.code,
            "government_name": division.name,
            "level": division.level,
            "parent_code": division.above[0] if division.above else None,
        }

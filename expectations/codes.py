"""Tells what the codes of closed lists mean, in Chinese and English: `data/codes.csv` and the dictionaries that have names.

A line with a column's name is for that column alone and goes before one without. Belongs here: looking a code up. Does
not belong here: which codes a column may hold (the models say that).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expectations.columns import Column
from expectations.crosswalk import measures
from expectations.data_files import DATA, checked_csv
from expectations.functions import functions
from expectations.indicators import groups, indicators
from expectations.themes import theme_groups, themes

CODES_FILE = DATA / "codes.csv"
COLUMNS = ("column", "code", "zh", "en")


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its meaning; both meanings are empty where nobody wrote them down."""

    code: str
    zh: str
    en: str


def meanings(column: Column) -> tuple[Code, ...]:
    """The codes that a column may hold, in their order, each with its meaning."""
    return tuple(_meaning(column.name, code) for code in column.allowed)


def meaning(column: str, code: str) -> Code:
    """The meaning of one code of a list that is no column of a table."""
    return _meaning(column, code)


def _meaning(column: str, code: str) -> Code:
    found = written().get((column, code)) or written().get(("", code)) or _named().get(code) or ("", "")
    return Code(code, *found)


@cache
def written(path: Path = CODES_FILE) -> Mapping[tuple[str, str], tuple[str, str]]:
    """The meanings by column ("" for any) and code. Raises `expectations.data_files.DataFileError`."""
    rows = checked_csv(path, COLUMNS, _faults)
    return {(row.values["column"], row.values["code"]): (row.values["zh"], row.values["en"]) for row in rows}


def _faults(row: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} is empty; it must be given" for name in COLUMNS[1:] if not row[name])


@cache
def _named() -> Mapping[str, tuple[str, str]]:
    """The names of what has a dictionary of its own."""
    listed = (groups(), themes(), theme_groups(), functions(), indicators(), measures())
    return {code: (entry.zh, entry.en) for entries in listed for code, entry in entries.items()}

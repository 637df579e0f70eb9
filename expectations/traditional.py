"""The traditional characters of names, forms and reports with the simplified ones: `data/traditional.csv`.

Belongs here: one character for one character. Does not belong here: which text is folded (`pipelines.parse.traditional`).
The pairs are those of OpenCC's TSCharacters (Apache-2.0) whose simplified character this project knows. A character
that simplified text has too (乾 of 乾安县) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from expectations.data_files import DATA, DataFileError, checked_csv

_COLUMNS = ("traditional", "simplified")


class TraditionalError(DataFileError):
    """`data/traditional.csv` cannot be used."""


@cache
def simplified(path: Path = DATA / "traditional.csv") -> Mapping[int, str]:
    """What each traditional character becomes, for `str.translate`. Raises `TraditionalError`."""
    rows = checked_csv(path, _COLUMNS, _faults, TraditionalError)
    return str.maketrans({row.values["traditional"]: row.values["simplified"] for row in rows})


def _faults(row: Mapping[str, str]) -> Iterator[str]:
    for column in _COLUMNS:
        if len(row[column]) != 1:
            yield f"{column} is {row[column]!r}, not one character"
    if row["traditional"] == row["simplified"]:
        yield f"{row['traditional']!r} is the same in both"

"""Small tables of the register that are kept as CSV: rows of a dataclass, read with every mistake, written in order.

Belongs here: text ↔ fields. Does not belong here: what a row means, which the modules of the tables say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from expectations.data_files import DataFileError, read_csv

_Row = TypeVar("_Row")


def load(
    path: Path, kind: type[_Row], faults: Callable[[Mapping[str, str]], Iterable[str]], *, may_lack: bool = True
) -> list[_Row]:
    """The rows of a file, none where there is no file yet. Raises `DataFileError` with every mistake, by line."""
    if may_lack and not path.exists():
        return []
    found, problems = [], []
    for line in read_csv(path, columns_of(kind)):
        wrong = [line.fault] if line.fault else list(faults(line.values))
        problems += [f"line {line.number}: {told}" for told in wrong]
        if not wrong:
            found.append(_made(kind, line.values))
    if problems:
        raise DataFileError(str(path), problems)
    return found


def columns_of(kind: type[Any]) -> tuple[str, ...]:
    """The columns of a table, in order: the fields of its rows."""
    return tuple(field.name for field in fields(kind))


def as_csv(kind: type[_Row], rows: Iterable[_Row]) -> bytes:
    """The file of these rows in the order given; what is None stays empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    names = columns_of(kind)
    writer.writerow(names)
    for row in rows:
        values = (getattr(row, name) for name in names)
        writer.writerow("" if value is None else value for value in values)
    return text.getvalue().encode()


def told_words(row: Mapping[str, str], allowed: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Tell which columns hold a word that is not of their list."""
    for name, words in allowed.items():
        if row[name] not in words:
            yield f"{name} is {row[name]!r}; it is one of {', '.join(words)}"


def told_numbers(row: Mapping[str, str], names: Iterable[str]) -> Iterator[str]:
    """Tell which columns that hold whole numbers, or nothing, hold something else."""
    for name in names:
        if row[name] and not (row[name].isascii() and row[name].isdigit()):
            yield f"{name} is {row[name]!r}; it is a whole number, or empty"


def _made(kind: type[_Row], values: Mapping[str, str]) -> _Row:
    given: dict[str, object] = {}
    for field in fields(kind):  # type: ignore[arg-type]  # every row is a dataclass
        text, declared = values[field.name], str(field.type)
        if declared.startswith("int"):
            given[field.name] = int(text) if text else None if "None" in declared else 0
        else:
            given[field.name] = text if text or "None" not in declared else None
    return kind(**given)

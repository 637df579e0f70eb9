"""Registers that are kept by hand as CSV: read so that whoever wrote them learns of every mistake at once.

Belongs here: columns, encoding, the numbers of lines. Does not belong here: what a row means (`pipelines.harvest.register.sources`,
`pipelines.harvest.register.hosts`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class RegisterError(Exception):
    """A register that cannot be used. `problems` are all that were found, each with its line and what to do."""

    def __init__(self, place: str, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        many = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        super().__init__("\n  ".join([f"{place}: {many}", *self.problems]))


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row by column, stripped of spaces around each value, and the line of the file that it ends on.

    `fault` says why it is no row of the register, and then there are no values.
    """

    number: int
    values: Mapping[str, str]
    fault: str | None = None


def read(path: Path, columns: Sequence[str], error: Callable[[str, list[str]], RegisterError]) -> list[RegisterRow]:
    """The rows of a register that has exactly these columns, in any order; empty lines are passed over.

    Raises `error` where the file cannot be read or has other columns, so that no row of it means anything.
    """
    reader = csv.reader(io.StringIO(_text(path, error), newline=""), strict=True)
    lines: list[RegisterRow] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        if unlike := _unlike(header, columns):
            raise error(str(path), [unlike])
        lines += (_line(reader.line_num, header, row) for row in reader if any(value.strip() for value in row))
    except csv.Error as broken:
        fault = f"no CSV from here on ({broken}); quote the value, and double each quote in it"
        lines.append(RegisterRow(reader.line_num, {}, fault))
    return lines


def _line(number: int, header: Sequence[str], row: Sequence[str]) -> RegisterRow:
    if len(row) != len(header):
        return RegisterRow(number, {}, f"{len(row)} fields; {len(header)} are expected, as in the header")
    return RegisterRow(number, dict(zip(header, map(str.strip, row), strict=True)))


def _text(path: Path, error: Callable[[str, list[str]], RegisterError]) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise error(str(path), ["there is no such file; name another one"]) from None
    except OSError as fault:
        raise error(str(path), [f"it cannot be read: {fault.strerror}"]) from fault
    except UnicodeDecodeError as fault:
        raise error(str(path), [f"byte {fault.start} is not UTF-8; save the file as UTF-8"]) from fault


def _unlike(header: Sequence[str], columns: Sequence[str]) -> str | None:
    """What is wrong with the header, None where nothing is."""
    parts = {
        "lacks": [name for name in columns if name not in header],
        "has besides": [name for name in header if name not in columns],
        "has twice": sorted({name for name in header if header.count(name) > 1}),
    }
    told = "; ".join(f"{verb} {', '.join(map(repr, names))}" for verb, names in parts.items() if names)
    return f"line 1: the header {told}; it is to be {','.join(columns)}" if told else None

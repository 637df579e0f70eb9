"""The files that are kept by hand, read so that whoever wrote them learns of every mistake at once, with its line.

Belongs here: where they are, CSV and YAML to plain values, columns, encoding, lines. Does not belong here: what a value
means or whether it is right, which the modules named after the files say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from expectations.yaml_shape import Fault, Place, Shape

#: Every data file of the project lies here.
DATA = Path(__file__).resolve().parents[1] / "data"
#: libyaml's loader where this PyYAML has it: every command and every worker process reads these files when it starts,
#: and the loader in Python takes ten times as long.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DataFileError(ValueError):
    """A file that cannot be used. `problems` are all that were found, each with its line and what to do."""

    def __init__(self, place: str, problems: Iterable[str]) -> None:
        self.place, self.problems = place, tuple(problems)
        super().__init__(self.place, self.problems)

    def __str__(self) -> str:
        many = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        return "\n  ".join([f"{self.place}: {many}", *self.problems])


#: What makes the error of one kind of file.
MakeError = Callable[[str, Sequence[str]], DataFileError]


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row by column, stripped of spaces around each value, and the line of the file that it ends on.

    `fault` says why it is no row of the file, and then there are no values.
    """

    number: int
    values: Mapping[str, str]
    fault: str | None = None


def read_csv(path: Path, columns: Sequence[str], error: MakeError = DataFileError) -> list[CsvRow]:
    """The rows of a file that has exactly these columns, in any order; empty lines are passed over.

    Raises `error` where the file cannot be read or has other columns, so that no row of it means anything.
    """
    reader = csv.reader(io.StringIO(_text(path, error), newline=""), strict=True)
    rows: list[CsvRow] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        if unlike := _unlike(header, columns):
            raise error(str(path), [unlike])
        rows += (_row(reader.line_num, header, row) for row in reader if any(value.strip() for value in row))
    except csv.Error as broken:
        fault = f"no CSV from here on ({broken}); quote the value, and double each quote in it"
        rows.append(CsvRow(reader.line_num, {}, fault))
    return rows


def checked_csv(
    path: Path,
    columns: Sequence[str],
    faults: Callable[[Mapping[str, str]], Iterable[str]],
    error: MakeError = DataFileError,
) -> list[CsvRow]:
    """The rows as `read_csv` gives them, none with a fault. Raises `error` with the faults of all rows."""
    rows = read_csv(path, columns, error)
    refuse(path, ((row.number, told) for row in rows for told in _told(row, faults)), error)
    return rows


def read_yaml(path: Path, shape: Shape, error: MakeError = DataFileError) -> Any:
    """The content of a YAML file of this shape as dicts, lists and scalars. Raises `error` with all that is unlike it."""
    text = _text(path, error)
    try:
        content = yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as broken:
        raise error(str(path), [_no_yaml(broken)]) from None
    refuse_places(path, shape.faults(content, ()), error)
    return content


def refuse(path: Path, problems: Iterable[tuple[int | None, str]], error: MakeError = DataFileError) -> None:
    """Raise `error` where there are problems, each with its line in the file, if it has one."""
    told = [f"line {number}: {says}" if number else says for number, says in problems]
    if told:
        raise error(str(path), list(dict.fromkeys(told)))


def refuse_places(path: Path, problems: Iterable[Fault], error: MakeError = DataFileError) -> None:
    """Raise `error` where there are problems at places of a YAML file. Lines are looked up only then."""
    found = list(problems)
    if found:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_LOADER)
        refuse(path, [(_line(root, place), says) for place, says in found], error)


def _told(row: CsvRow, faults: Callable[[Mapping[str, str]], Iterable[str]]) -> Iterable[str]:
    return [row.fault] if row.fault else faults(row.values)


def _row(number: int, header: Sequence[str], row: Sequence[str]) -> CsvRow:
    if len(row) != len(header):
        return CsvRow(number, {}, f"{len(row)} fields; {len(header)} are expected, as in the header")
    return CsvRow(number, dict(zip(header, map(str.strip, row), strict=True)))


def _text(path: Path, error: MakeError) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise error(str(path), ["there is no such file; name another one"]) from None
    except OSError as fault:
        raise error(str(path), [f"it cannot be read: {fault.strerror}"]) from fault
    except UnicodeDecodeError as fault:
        raise error(str(path), [f"byte {fault.start} is not UTF-8; save the file as UTF-8"]) from fault


def _unlike(header: Sequence[str], columns: Sequence[str]) -> str | None:
    """Tell what is wrong with the header, None where nothing is."""
    parts = {
        "lacks": [name for name in columns if name not in header],
        "has besides": [name for name in header if name not in columns],
        "has twice": sorted({name for name in header if header.count(name) > 1}),
    }
    told = "; ".join(f"{verb} {', '.join(map(repr, names))}" for verb, names in parts.items() if names)
    return f"line 1: the header {told}; it is to be {','.join(columns)}" if told else None


def _no_yaml(broken: yaml.YAMLError) -> str:
    mark = getattr(broken, "problem_mark", None)
    says = f"no YAML from here on ({getattr(broken, 'problem', None) or broken})"
    return f"line {mark.line + 1}: {says}" if mark else says


def _line(node: Any, place: Place) -> int | None:
    """The line of a place; of the nearest one around it where the file does not have it."""
    line: int | None = None if node is None else node.start_mark.line + 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            pair = (node.value[step], node.value[step])
        else:
            pair = None
        if pair is None:
            break
        line, node = pair[0].start_mark.line + 1, pair[1]
    return line

"""The register of corrections (`data/corrections.csv`): numbers that a person put right, each with reason and evidence.

A line names a document by its hash, a place in it, what is printed there and what it should be. A workspace can have a
register of its own, which is used besides. Belongs here: reading and refusing lines, and how a line is written. Does not
belong here: where a line is applied (`pipelines.tabulate.corrections`).
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from expectations import vocabulary as words
from expectations.data_files import DATA, CsvRow, checked_csv, refuse
from expectations.forms import forms
from expectations.identities import Number
from expectations.indicators import indicators

CORRECTIONS_FILE = DATA / "corrections.csv"
#: The columns of the file, in the order of the fields of `Correction`.
COLUMNS = (
    "document_sha256",
    "kind",
    "form_table",
    "form_row",
    "form_column",
    "indicator",
    "sentence",
    "printed_value",
    "corrected_value",
    "reason",
    "evidence",
    "by",
    "on",
)
_CELL = ("form_table", "form_row", "form_column")
_FIGURE = ("indicator", "sentence")
#: Columns of the annex that stand beside those of its form.
_ANNEX_COLUMNS = ("value", "cumulative", "previous_year", "own_level")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_UNMAPPED = re.compile(r"unmapped\.\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Correction:
    """One line. A cell has the codes of its place; a figure its indicator and, where that is not enough, a piece of its sentence.

    `printed` is the literal text of the place (`raw` of facts and figures), empty where the cell is blank. `corrected` is
    the number as written in the file, in the unit that is printed.
    """

    document_sha256: str
    kind: str
    form_table: str
    form_row: str
    form_column: str
    indicator: str
    sentence: str
    printed: str
    corrected: str
    reason: str
    evidence: str
    by: str
    on: str

    @property
    def place(self) -> tuple[str, ...]:
        """Tell what no two lines of a register share: document and cell, or document, indicator, sentence and literal text."""
        if self.kind == "cell":
            return self.document_sha256, self.form_table, self.form_row, self.form_column
        return self.document_sha256, self.indicator, self.sentence, self.printed

    @property
    def value(self) -> Number:
        """The corrected number."""
        number = Decimal(self.corrected)
        return int(number) if number == number.to_integral_value() else number

    def is_printed(self, raw: str, value: float | None) -> bool:
        """Tell whether the place still says what the line says is printed: literally, or as the same plain number."""
        if raw.strip() == self.printed:
            return True
        number = _plain(self.printed)
        return number is not None and value is not None and number == Decimal(str(value))


def corrections(own: Path | None = None) -> tuple[Correction, ...]:
    """The lines of the project's register and of another one, if it is there, in the order of their places.

    Where both speak of one place, the line of the other one counts. Raises `expectations.data_files.DataFileError`.
    """
    found = {line.place: line for line in _kept(CORRECTIONS_FILE)}
    if own is not None and own.is_file():
        found |= {line.place: line for line in _kept(own)}
    return tuple(found[place] for place in sorted(found))


def read(path: Path) -> tuple[Correction, ...]:
    """The lines of one register in its order. Raises `expectations.data_files.DataFileError`."""
    rows = checked_csv(path, COLUMNS, _faults)
    refuse(path, _twice(rows))
    return tuple(_correction(row.values) for row in rows)


def faults(line: Correction) -> tuple[str, ...]:
    """Tell what is wrong with a line, each as a sentence; nothing for one that a register may hold."""
    return tuple(_faults(dict(zip(COLUMNS, astuple(line), strict=True))))


def written(lines: Iterable[Correction]) -> bytes:
    """A register as it is kept: the header, and the lines in the order of their places."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(line) for line in sorted(lines, key=lambda line: line.place))
    return text.getvalue().encode()


def _kept(path: Path) -> tuple[Correction, ...]:
    """The lines of a register, read again only where the file is another one."""
    state = path.stat() if path.is_file() else None
    return _read_once(path, state and (state.st_mtime_ns, state.st_size))


@lru_cache(maxsize=8)
def _read_once(path: Path, _: object) -> tuple[Correction, ...]:
    return read(path)


def _correction(row: Mapping[str, str]) -> Correction:
    return Correction(*(row[name] for name in COLUMNS))


def _twice(rows: Sequence[CsvRow]) -> Iterator[tuple[int, str]]:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        line = first.setdefault(_correction(row.values).place, row.number)
        if line != row.number:
            yield row.number, f"line {line} corrects the same place; one of the two must go"


def _faults(row: Mapping[str, str]) -> Iterator[str]:
    if not _SHA256.fullmatch(row["document_sha256"]):
        yield f"document_sha256 is {row['document_sha256']!r}; it is the document's SHA-256, 64 digits of 0-9 and a-f"
    if row["kind"] == "cell":
        yield from _cell_faults(row)
    elif row["kind"] == "figure":
        yield from _figure_faults(row)
    else:
        yield f"kind is {row['kind']!r}; it is one of {', '.join(words.CORRECTION_KINDS)}"
    yield from _value_faults(row)
    yield from (f"{name} is empty; it must be given" for name in ("reason", "evidence", "by") if not row[name])
    if not _is_date(row["on"]):
        yield f"on is {row['on']!r}; it is the day as YYYY-MM-DD"


def _cell_faults(row: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} is {row[name]!r}; it is empty for a cell" for name in _FIGURE if row[name])
    if row["form_table"] not in words.FORM_TABLES:
        yield f"form_table is {row['form_table']!r}; it is one of {', '.join(words.FORM_TABLES)}"
        return
    rows, columns = _codes(row["form_table"])
    for name, known in (("form_row", rows), ("form_column", columns)):
        if row[name] not in known and not _UNMAPPED.fullmatch(row[name]):
            yield f"{name} is {row[name]!r}; in {row['form_table']} it is one of {', '.join(known)}, or unmapped.<n>"


def _figure_faults(row: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} is {row[name]!r}; it is empty for a figure" for name in _CELL if row[name])
    if row["indicator"] != words.UNMAPPED and row["indicator"] not in indicators():
        yield f"indicator is {row['indicator']!r}; it is a code of indicators.yaml or {words.UNMAPPED}"
    if not row["printed_value"]:
        yield "printed_value is empty; of a figure it is the literal number with its unit"


def _value_faults(row: Mapping[str, str]) -> Iterator[str]:
    corrected = _plain(row["corrected_value"])
    if corrected is None:
        yield f"corrected_value is {row['corrected_value']!r}; it is a number, such as 12 or 19.5, without unit or separators"
    elif corrected == _plain(row["printed_value"]):
        yield f"corrected_value is {row['corrected_value']}, which is what is printed; there is nothing to correct"


def _plain(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@cache
def _codes(table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of the rows and columns that a table has in any form."""
    tables = [form.tables[table] for form in forms().values() if table in form.tables]
    rows = dict.fromkeys(row.code for one in tables for row in one.rows)
    columns = dict.fromkeys(column.code for one in tables for column in (*one.columns, *one.optional_columns))
    more = _ANNEX_COLUMNS if any(one.layout == "list" for one in tables) else ()
    return tuple(rows), tuple({**columns, **dict.fromkeys(more)})

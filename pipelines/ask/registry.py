"""The register of corrections: what became of its lines, as the warehouse has it, and new lines written into it."""

from __future__ import annotations

import datetime
from pathlib import Path

from expectations.corrections import Correction, faults, read, written
from pipelines.ask.newest import opened
from pipelines.ask.review import Item
from pipelines.files import write_atomically
from pipelines.steps.registered import registered
from pipelines.workspace import Workspace

_STATUSES = "select correction_status, count(*) from corrections group by all order by all"


class RefusedError(ValueError):
    """A correction that no register takes; the message says why."""


def statuses(workspace: Workspace) -> dict[str, int]:
    """The number of lines by status in the warehouse; none where there is no line, or no warehouse that knows the register."""
    if not registered(workspace) or not workspace.warehouse.is_file():
        return {}
    import duckdb

    try:
        with opened(workspace.warehouse) as connection:
            return {str(status): int(count) for status, count in connection.execute(_STATUSES).fetchall()}
    except duckdb.CatalogException:
        return {}


def line_for(item: Item, value: str, *, reason: str, evidence: str, by: str, on: datetime.date) -> Correction:
    """The line that corrects a place to a number. Raises `RefusedError` with all that a register would not take."""
    is_cell = item.form_table is not None
    line = Correction(
        document_sha256=item.document_sha256,
        kind="cell" if is_cell else "figure",
        form_table=item.form_table or "",
        form_row=(item.form_row or "") if is_cell else "",
        form_column=(item.form_column or "") if is_cell else "",
        indicator="" if is_cell else item.indicator or "",
        sentence="" if is_cell else item.sentence.strip(),
        printed=item.raw.strip(),
        corrected=value.strip(),
        reason=reason.strip(),
        evidence=evidence.strip() or _seen(item),
        by=by.strip(),
        on=on.isoformat(),
    )
    found = list(faults(line))
    if item.value is not None and not found and float(line.value) == item.value and item.grade != "corrected":
        found.append(f"corrected_value is {line.corrected}, which is what is printed; there is nothing to correct")
    if found:
        raise RefusedError("; ".join(found))
    return line


def known(path: Path, line: Correction) -> Correction | None:
    """The line that a register has for the same place already. Raises `expectations.data_files.DataFileError`."""
    return next((one for one in _lines(path) if one.place == line.place), None)


def keep(path: Path, line: Correction) -> None:
    """Write a line into a register, in place of one for the same place. Raises `expectations.data_files.DataFileError`."""
    others = [one for one in _lines(path) if one.place != line.place]
    write_atomically(path, written([*others, line]), durable=True)


def _lines(path: Path) -> tuple[Correction, ...]:
    return read(path) if path.is_file() else ()


def _seen(item: Item) -> str:
    """The evidence where none is given: the place in the document itself."""
    return ", ".join(part for part in ("seen in the document", item.file_name, item.locator) if part)

"""Tells how DuckDB is opened and how SQL is written down safely, everywhere in this program."""

from __future__ import annotations

#: No extension is fetched or loaded behind our back: what is not in the wheel is not used.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"

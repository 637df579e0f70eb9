"""Tells what `sniff` finds out about a file. Belongs here: the type and its few constructors, nothing that looks at bytes."""

from __future__ import annotations

from dataclasses import dataclass

_CHECK = "check that the download is complete and is a report, not an error page"
_PASSWORD = "remove the password in the program that made it, or ask the publisher for an open version"


@dataclass(frozen=True, slots=True)
class Kind:
    """A file's format (one of `expectations.vocabulary.FORMATS`) and its name in a sentence ("a PDF").

    `code` is None for what can be read; else the reason why not, and `hint` what would help.
    """

    format: str
    name: str
    code: str | None = None
    hint: str | None = None


def unsupported(format: str, name: str, hint: str) -> Kind:
    """A known format that there is no reader for."""
    return Kind(format, name, "format_not_supported", hint)


def encrypted(format: str, name: str) -> Kind:
    """A document that a password protects."""
    return Kind(format, name, "encrypted", _PASSWORD)


def damaged(format: str, name: str) -> Kind:
    """A file that is cut off or broken so that nothing in it can be found."""
    return Kind(format, name, "damaged", "fetch it again: the download is incomplete or the file is broken")


def unknown(name: str) -> Kind:
    """Something that is no document."""
    return Kind("unknown", name, "format_not_supported", _CHECK)


UNKNOWN = unknown("unknown binary data")

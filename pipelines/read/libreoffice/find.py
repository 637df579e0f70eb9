"""Tells where LibreOffice is on this machine, and which version. Looks only, runs nothing."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: The variable that names the program, before anything else is looked for.
VARIABLE = "GONGKAI_SOFFICE"
_NAMES = ("soffice", "libreoffice", "soffice.exe")
#: Where it is installed without being on the path, most usual first.
_PLACES = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice*/program",
    "/usr/local/lib/libreoffice/program",
    "/snap/libreoffice/current/lib/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "~/Applications/LibreOffice.app/Contents/MacOS",
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
)
#: LibreOffice's registry, where its version stands, from the folder of its libraries.
_REGISTRIES = ("../share/registry/main.xcd", "../Resources/registry/main.xcd")
_VERSION = re.compile(r"ooSetupVersion(?:AboutBox)?\"[^>]*>\s*<value>([\d.]+)<")


@dataclass(frozen=True, slots=True)
class Office:
    """An installed LibreOffice: the command, the folder of its libraries, and whether the word processor is there."""

    command: Path
    program: Path
    has_writer: bool

    @property
    def version(self) -> str | None:
        """The version as its own files say; None where they do not."""
        return _version(self.program)


@cache
def office() -> Office | None:
    """The LibreOffice that `$GONGKAI_SOFFICE` names, or is on the path, or in a usual place; None without one."""
    command = _command()
    if command is None:
        return None
    program = command.resolve().parent
    return Office(command, program, _has_writer(program))


def _command() -> Path | None:
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(Path(named).expanduser())
        return Path(found) if found else None
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((path for folder in _PLACES for path in _in(folder)), None)


def _in(folder: str) -> list[Path]:
    """The command in a folder whose name may hold a pattern, the newest first."""
    place = Path(folder).expanduser()
    parent = Path(place.anchor)
    folders = sorted(parent.glob(str(place.relative_to(parent))), reverse=True) if place.is_absolute() else []
    return [path for one in folders for name in _NAMES if os.access(path := one / name, os.X_OK) and path.is_file()]


def _has_writer(program: Path) -> bool:
    """Distributions split LibreOffice into packages. Wrappers (snap, flatpak) hide the libraries: they are believed."""
    if sys.platform == "win32" or not any(program.glob("libuno_sal*")):
        return True
    return any(program.glob("libswlo.*"))


@cache
def _version(program: Path) -> str | None:
    for registry in _REGISTRIES:
        try:
            text = (program / registry).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        return max(_VERSION.findall(text), key=len, default=None)
    return None

"""The optional tools: what each is for, whether it is here, and how to install it.

Belongs here: looking, quickly and without starting anything. Does not belong here: using a tool (`pipelines.read`),
running documents that need one (`pipelines.workers.passes`), or how it is shown (`pipelines.cli.doctor`).
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from importlib.util import find_spec

from pipelines.read.libreoffice import find
from pipelines.steps.fingerprints import OCR, library_version

_OCR_PACKAGES = ("rapidocr", "onnxruntime")
_INSTALL_OCR = "pip install 'gongkai[ocr]'"
#: The command of each system's package manager that installs LibreOffice's word processor.
_INSTALL_OFFICE = {
    "apt-get": "apt install libreoffice-writer-nogui",
    "dnf": "dnf install libreoffice-writer",
    "zypper": "zypper install libreoffice-writer",
    "pacman": "pacman -S libreoffice-still",
    "apk": "apk add libreoffice-writer",
    "brew": "brew install --cask libreoffice",
    "winget": "winget install TheDocumentFoundation.LibreOffice",
}
_INSTALL_ELSEWHERE = {"darwin": "brew install --cask libreoffice", "win32": _INSTALL_OFFICE["winget"]}
_DOWNLOAD = "install LibreOffice from https://www.libreoffice.org/download"


@dataclass(frozen=True, slots=True)
class Tool:
    """An optional tool. `name` is what `pipelines.read.read` calls it; `problem` says why it cannot be used."""

    name: str
    title: str
    #: What cannot be read without it.
    reads: str
    #: The one command that installs it on this machine.
    install: str
    version: str | None = None
    place: str | None = None
    problem: str | None = None

    @property
    def is_available(self) -> bool:
        """Tell whether it is here and looks complete."""
        return self.problem is None


def available() -> frozenset[str]:
    """The names of the tools that are here and look complete."""
    return frozenset(
        name for name, problem in (("libreoffice", _office_problem()), ("ocr", _ocr_problem())) if not problem
    )


def version_of(name: str) -> str:
    """Tell what decides how a tool reads, besides our own code: the versions of its programs or libraries."""
    if name == "ocr":
        return ", ".join(f"{library} {library_version(library)}" for library in OCR)
    office = find.office()
    return (office.version if office else None) or "unknown"


def tools() -> tuple[Tool, ...]:
    """All optional tools, as they are on this machine."""
    return (_libreoffice(), _ocr())


@cache
def _office_problem() -> str | None:
    found = find.office()
    if found is None:
        return "not found"
    return None if found.has_writer else "LibreOffice is here, but without Writer"


@cache
def _ocr_problem() -> str | None:
    missing = [name for name in _OCR_PACKAGES if find_spec(name) is None]
    if not missing:
        return None
    return "not installed" if len(missing) == len(_OCR_PACKAGES) else f"{missing[0]} is missing"


def _libreoffice() -> Tool:
    title, reads = "LibreOffice Writer", "Word and WPS documents of the old binary kind (.doc, .wps), RTF, ODT"
    tool, found = Tool("libreoffice", title, reads, _install_office(), problem=_office_problem()), find.office()
    return replace(tool, version=found.version, place=str(found.command)) if found else tool


def _install_office() -> str:
    managers = (command for manager, command in _INSTALL_OFFICE.items() if shutil.which(manager))
    return next(managers, _INSTALL_ELSEWHERE.get(sys.platform, _DOWNLOAD))


def _ocr() -> Tool:
    title, reads = (
        "OCR",
        "scans and photographs: PDF pages without text, pictures (JPEG, PNG, TIFF), pictures in Word files",
    )
    tool = Tool("ocr", title, reads, _INSTALL_OCR, problem=_ocr_problem())
    if not tool.is_available:
        return tool
    spec = find_spec(_OCR_PACKAGES[0])
    place = spec.submodule_search_locations[0] if spec and spec.submodule_search_locations else None
    return replace(tool, version=", ".join(f"{name} {metadata.version(name)}" for name in _OCR_PACKAGES), place=place)

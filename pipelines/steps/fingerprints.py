"""Fingerprints of the program, stage by stage: what decides that work must be done again.

A stage's fingerprint is that of its folders, its data files and the libraries that decide its result. Only contents
count, never times: a new sentence in the README parses nothing again. `tests/pipelines/steps/test_fingerprints.py`
follows every import of a stage and fails where one is not covered here.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from pipelines.files import fingerprint, sha256_of
from pipelines.workspace import PROJECT

#: The contract's folder. A stage that does not name it depends on those of its modules that the stage imports.
CONTRACT = "expectations"
#: The name under which the running Python counts as a library.
PYTHON = "python"
_CONTRACT_IMPORT = re.compile(rb"from expectations(?:\.| import )(\w+)")
_VERSION = re.compile(r"^Version: *(\S+)", re.MULTILINE)
_SUFFIXES = (".py", ".sql", ".yaml", ".csv", ".json", ".j2", ".html", ".css", ".js")


@cache
def library_version(name: str) -> str:
    """The version of an installed library, or `absent`. Of Python only what can change a result: `3.11`."""
    if name == PYTHON:
        return ".".join(platform.python_version_tuple()[:2])
    try:
        text = metadata.distribution(name).read_text("METADATA") or ""
    except metadata.PackageNotFoundError:
        return "absent"
    # `metadata.version` parses the whole file, and some hold a long description: 40 ms for the eight of parsing.
    said = _VERSION.search(text)
    return said[1] if said else metadata.version(name)


@dataclass(frozen=True, slots=True)
class Stage:
    """Holds what a stage's result depends on besides its input, as paths below the project and names of libraries."""

    folders: tuple[str, ...]
    data: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()

    def version(self, root: Path = PROJECT, library: Callable[[str], str] = library_version) -> str:
        """Short hash of the contents of its files and of the versions of its libraries."""
        versions = [f"{name} {library(name)}" for name in self.libraries]
        return fingerprint([source_hash(self.sources(root), root), *versions])[:12]

    def sources(self, root: Path = PROJECT) -> tuple[str, ...]:
        """Its folders and files, with the modules of the contract that they import."""
        own = (*self.folders, *self.data)
        return own if CONTRACT in self.folders else (*own, *_contract_modules(self.folders, root))


#: From (bytes, hints) to a record.
PARSING = Stage(
    folders=(
        "pipelines/__init__.py",
        "pipelines/progress.py",
        "pipelines/read",
        "pipelines/bodies",
        "pipelines/parse",
        "pipelines/catalogue",
    ),
    data=(
        "data/indicators.yaml",
        "data/narrative_words.yaml",
        "data/forms",
        "data/problem_themes.yaml",
        "data/governments.csv",
        "data/divisions_history.csv",
        "data/aliases.csv",
        "data/zones.csv",
        "data/functions.yaml",
        "data/traditional.csv",
    ),
    libraries=(
        PYTHON,  # its tables of characters, its readers of ZIP and of mail
        "olefile",
        "pyahocorasick",
        "pypdfium2",
        "pyyaml",
        "rapidfuzz",
        "selectolax",
        "webencodings",
        "xlrd",
    ),
)
#: The libraries of OCR. Most documents need none, so these are no part of a stage: a record says which tool read it,
#: of which version (`pipelines.catalogue.record.Summary`), and only such a document is read again by another version.
OCR = ("numpy", "onnxruntime", "opencv-python-headless", "pillow", "rapidocr")
#: From a container of reports to its members. Both the readers and the store decide what a member is.
CONTAINERS = Stage(
    folders=("pipelines/__init__.py", "pipelines/progress.py", "pipelines/archive", "pipelines/read"),
    libraries=(PYTHON, "olefile", "pypdfium2", "selectolax", "webencodings", "xlrd"),
)
#: The contract and what all steps after parsing share: frames, whole files, stamps and pages of gates.
_SHARED = (CONTRACT, "pipelines/__init__.py", "pipelines/files.py", "pipelines/parquet.py", "pipelines/steps")
#: The registers that the contract's closed lists and columns are read from.
_LISTS = (
    "data/forms",
    "data/functions.yaml",
    "data/indicators.yaml",
    "data/narrative_words.yaml",
    "data/measures.csv",
    "data/crosswalk.csv",
)
#: From records to the parsed tables of a year.
TABLES = Stage(
    folders=(*_SHARED, "pipelines/tabulate"),
    data=_LISTS,
    libraries=("duckdb", "jinja2", "pandera", "polars", "pyarrow", "pyyaml"),
)
#: From parsed tables to the warehouse.
WAREHOUSE = Stage(
    folders=(*_SHARED, "dbt_like_sql", "pipelines/warehouse"),
    data=(
        *_LISTS,
        "data/aliases.csv",
        "data/divisions_history.csv",
        "data/governments.csv",
        "data/international_crosswalk.csv",
        "data/legal_breaks.csv",
        "data/peer_groups.csv",
        "data/population.csv",
        "data/problem_themes.yaml",
        "data/references.csv",
        "data/zones.csv",
    ),
    libraries=(*TABLES.libraries, "duckdb-engine", "great-expectations", "rapidfuzz", "sqlalchemy", "sqlglot"),
)
#: From the warehouse to a release.
RELEASE = Stage(
    folders=(*_SHARED, "LICENSE", "LICENSE-DATA", "dbt_like_sql/macros", "pipelines/publish", "pipelines/site"),
    data=(
        *_LISTS,
        "data/codes.csv",
        "data/problem_themes.yaml",
        "data/references.csv",
    ),
    libraries=(*TABLES.libraries, "gongkai", "markupsafe", "vl-convert-python", "xlsxwriter"),
)


@cache
def program_version() -> str:
    """Short hash of the code, forms, registers and libraries that parse documents: the dataset's `parser_version`."""
    return PARSING.version()


@cache
def containers_version() -> str:
    """Short hash of what takes the documents out of an archive of reports."""
    return CONTAINERS.version()


@cache
def tables_version() -> str:
    """Short hash of what turns records into parsed tables."""
    return TABLES.version()


@cache
def warehouse_version() -> str:
    """Short hash of what turns parsed tables into the warehouse."""
    return WAREHOUSE.version()


@cache
def release_version() -> str:
    """Short hash of what turns the warehouse into a release."""
    return RELEASE.version()


def source_hash(paths: Iterable[str], root: Path = PROJECT) -> str:
    """Short hash of the names and contents of source files, given as files or folders under `root`."""
    whole = hashlib.sha256()
    for name in sorted(set(_files(paths, root))):
        # A checkout with Windows line ends is the same program.
        whole.update(name.encode() + b"\0" + _content(root, name).replace(b"\r\n", b"\n") + b"\0")
    return whole.hexdigest()[:12]


def folder_hash(folder: Path) -> str:
    """Short hash of the names and contents of all files right in a folder; of nothing where it is not there."""
    files = sorted(path for path in folder.glob("*") if path.is_file())
    return fingerprint(f"{path.name} {sha256_of(path)}" for path in files)


def _content(root: Path, name: str) -> bytes:
    with open(os.path.join(root, name), "rb") as file:  # noqa: PTH118, PTH123 - hundreds of files at each start
        return file.read()


def _files(paths: Iterable[str], root: Path) -> Iterator[str]:
    """The files that paths name, relative to `root`, with `/` between folders."""
    for path in paths:
        whole = root / path
        if whole.is_file():
            yield path
        for folder, _, names in os.walk(whole):
            below = Path(folder).relative_to(root).as_posix()
            yield from (f"{below}/{name}" for name in names if name.endswith(_SUFFIXES))


def _contract_modules(folders: Iterable[str], root: Path) -> list[str]:
    """The modules of the contract that the modules in some folders import, and those that these import."""
    waiting, found = list(_files(folders, root)), {f"{CONTRACT}/__init__.py"}
    while waiting:
        names = {name.decode() for name in _CONTRACT_IMPORT.findall(_content(root, waiting.pop()))}
        modules = {f"{CONTRACT}/{name}.py" for name in names} - found
        found |= modules
        waiting += [name for name in modules if (root / name).is_file()]
    return sorted(found)

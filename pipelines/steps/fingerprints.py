"""Fingerprints of the program's own source, stage by stage: what decides that work must be done again.

Only contents count, never times, and only the source that can change a stage's result: a new sentence in the README
parses nothing again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from pipelines.files import fingerprint
from pipelines.workspace import PROJECT

#: What a parsed record depends on, besides the document and its hints.
PARSING = (
    "pipelines/read",
    "pipelines/bodies",
    "pipelines/parse",
    "pipelines/catalogue",
    "expectations/forms.py",
    "expectations/functions.py",
    "expectations/governments.py",
    "expectations/identities.py",
    "expectations/indicators.py",
    "expectations/themes.py",
    "data/indicators.yaml",
    "data/forms",
    "data/problem_themes.yaml",
    "data/governments.csv",
    "data/divisions_history.csv",
    "data/aliases.csv",
    "data/zones.csv",
    "data/functions.yaml",
)
#: The registers that stand in the warehouse as dictionaries, or that the contract's closed lists are read from.
DICTIONARIES = (
    "data/indicators.yaml",
    "data/governments.csv",
    "data/divisions_history.csv",
    "data/functions.yaml",
)
#: What the parsed tables of a year depend on, besides its records.
TABLES = (
    "expectations",
    *DICTIONARIES,
    "pipelines/parquet.py",
    "pipelines/tabulate",
)
#: The dictionaries of the harmonised measures.
_HARMONISED = ("data/forms", "data/measures.csv", "data/crosswalk.csv", "data/population.csv", "data/peer_groups.csv")
#: What the warehouse depends on, besides the parsed tables.
WAREHOUSE = ("expectations", *DICTIONARIES, *_HARMONISED, "dbt_like_sql", "pipelines/warehouse")
#: What the release depends on, besides the warehouse.
RELEASE = (
    "expectations",
    *DICTIONARIES,
    *_HARMONISED,
    "data/problem_themes.yaml",
    "data/codes.csv",
    "pipelines/publish",
    "pipelines/site",
    "pipelines/parquet.py",
    "pipelines/steps/gate_page.py",
    "LICENSE",
    "LICENSE-DATA",
)

_SUFFIXES = {".py", ".sql", ".yaml", ".csv", ".json", ".j2", ".html", ".css", ".js"}


@cache
def program_version() -> str:
    """Short hash of the code, forms and registers that parse documents: the `parser_version` of the dataset."""
    return source_hash(PARSING)


@cache
def tables_version() -> str:
    """Short hash of what turns records into parsed tables."""
    return fingerprint([source_hash(TABLES), metadata.version("polars"), metadata.version("pyarrow")])


@cache
def warehouse_version() -> str:
    """Short hash of what turns parsed tables into the warehouse."""
    return fingerprint([source_hash(WAREHOUSE), metadata.version("duckdb")])


@cache
def release_version() -> str:
    """Short hash of what turns the warehouse into a release."""
    libraries = ("duckdb", "pyarrow", "vl-convert-python", "jinja2", "xlsxwriter")
    return fingerprint([source_hash(RELEASE), *map(metadata.version, libraries)])


def source_hash(paths: Iterable[str], root: Path = PROJECT) -> str:
    """Short hash of the names and contents of source files, given as files or folders under `root`."""
    whole = hashlib.sha256()
    for path in sorted(set(_files(paths, root)), key=lambda p: p.relative_to(root).as_posix()):
        whole.update(path.relative_to(root).as_posix().encode())
        # A checkout with Windows line ends is the same program.
        whole.update(b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return whole.hexdigest()[:12]


def _files(paths: Iterable[str], root: Path) -> Iterator[Path]:
    for name in paths:
        path = root / name
        if path.is_dir():
            yield from (p for p in path.rglob("*") if p.suffix in _SUFFIXES and p.is_file())
        elif path.is_file():
            yield path

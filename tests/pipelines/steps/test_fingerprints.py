"""What decides a stage's result makes it due: every module that it imports, its data files, its libraries; nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pipelines.steps import fingerprints
from pipelines.steps.fingerprints import CONTAINERS, PARSING, RELEASE, TABLES, WAREHOUSE, Stage
from pipelines.workspace import DATA, PROJECT
from tests.made import imports

#: Where each stage begins: the step that makes its result.
ENTRIES = {
    "parsing": ("pipelines.catalogue.catalogue", "pipelines.catalogue.examine"),
    "containers": ("pipelines.archive.containers",),
    "tables": ("pipelines.tabulate.years", "pipelines.tabulate.parsed_gate"),
    "warehouse": ("pipelines.warehouse.warehouse_steps",),
    "release": ("pipelines.publish.release_steps",),
}
STAGES = {"parsing": PARSING, "containers": CONTAINERS, "tables": TABLES, "warehouse": WAREHOUSE, "release": RELEASE}
#: Modules that a stage imports and that cannot change its result, with the reason.
CARRIERS = {
    "pipelines.workspace": "names the places of things",
    "pipelines.workers": "says which process works, and when",
    "pipelines.harvest": "says which documents there are; their hashes and hints are in the name of a record",
}
_WRITES = {"pipelines.files": "writes whole files, and gives names to records: another name is another record"}
_SAYS = {"pipelines.steps": "says when a stage is due"}
_STORE = {"pipelines.archive": "gives bytes by their hash; what a container holds has a version of its own"}
_KEEPS = {
    "pipelines.catalogue.segments": "keeps records as they are; its own text is part of the stage",
    "pipelines.catalogue.keeping": "says where records lie; its own text is part of the stage",
}
#: The same for single stages. A stage before has a version, which is in the fingerprint of what this one is made of.
OWN_CARRIERS: dict[str, dict[str, str]] = {
    "parsing": _WRITES | _SAYS | _STORE | _KEEPS,
    "containers": _WRITES | _SAYS,
    "tables": {"pipelines.catalogue": "parsing's version counts", "pipelines.parse": "parsing's version counts"},
    "warehouse": {"pipelines.tabulate": "the bytes of the tables count"},
    "release": {"pipelines.warehouse": "the warehouse's version counts"},
}
#: The store's own libraries. They move bytes; their hash says whether they are the same.
MOVERS = {"fsspec", "warcio", "yarl"}
#: Registers of the harvest, and the sidecar of a folder that bears the same name: which documents there are.
HARVEST_DATA = {"sources.csv", "hosts.csv"}
#: Inputs, line by line: a line makes the year of its document due, and the warehouse (`tests/pipelines/tabulate/test_corrections.py`).
INPUTS = {"corrections.csv"}
#: Named in no import: Python itself, our own version in a release, and libraries behind another one.
UNSEEN = {"python", "gongkai", "onnxruntime", "duckdb-engine"}


def closure(stage: str) -> set[str]:
    return imports.closure(ENTRIES[stage], (*CARRIERS, *OWN_CARRIERS[stage]))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as far as stages name it, to be changed."""
    root = tmp_path_factory.mktemp("program")
    for folder in ("expectations", "pipelines", "dbt_like_sql", "data"):
        shutil.copytree(PROJECT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "sample"))
    for name in ("LICENSE", "LICENSE-DATA", "README.md"):
        shutil.copy(PROJECT / name, root / name)
    return root


def version(stage: str, root: Path) -> str:
    return STAGES[stage].version(root, lambda name: "1")


def is_due(stage: str, root: Path, name: str) -> bool:
    """Whether a stage is due when one byte is added to a file."""
    before, path = _before(stage, root), root / name
    content = path.read_bytes()
    path.write_bytes(content + b"#")
    try:
        return version(stage, root) != before
    finally:
        path.write_bytes(content)


@cache
def _before(stage: str, root: Path) -> str:
    return version(stage, root)


@pytest.mark.parametrize("stage", STAGES)
def test_a_byte_in_any_module_that_a_stage_imports_makes_it_due(stage: str, copy: Path) -> None:
    modules = sorted(module for module in closure(stage) if imports.is_ours(module))
    assert len(modules) > 25
    assert [module for module in modules if not is_due(stage, copy, imports.path_of(module))] == []


def test_a_sentence_that_no_stage_reads_makes_nothing_due(copy: Path) -> None:
    outside = ("README.md", "pipelines/cli/app.py", "pipelines/harvest/run.py", "pipelines/ask/trace.py")
    due = [(stage, name) for stage in STAGES for name in outside if is_due(stage, copy, name)]
    assert due == []
    marts = ("dbt_like_sql/marts/comparison_by_year.sql", "expectations/comparisons.py", "pipelines/site/write_site.py")
    assert [name for name in marts if is_due("parsing", copy, name)] == []


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_names_the_data_that_its_modules_name(stage: str) -> None:
    sources = "".join((PROJECT / imports.path_of(m)).read_text("utf-8") for m in closure(stage) if imports.is_ours(m))
    kept = {path.name for path in DATA.iterdir()} - HARVEST_DATA - INPUTS
    read = {f"data/{name}" for name in kept if f'"{name}"' in sources}
    assert set(STAGES[stage].data) == read


@pytest.mark.parametrize("stage", STAGES)
def test_a_byte_in_the_data_of_a_stage_makes_it_due(stage: str, copy: Path) -> None:
    files = [path for name in STAGES[stage].data for path in _files(copy / name)]
    names = [path.relative_to(copy).as_posix() for path in files if path.suffix != ".md"]
    assert [name for name in names if not is_due(stage, copy, name)] == []


def _files(path: Path) -> Iterator[Path]:
    yield from sorted(path.iterdir()) if path.is_dir() else [path]


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_names_the_libraries_that_its_modules_import(stage: str) -> None:
    imported = imports.libraries(closure(stage))
    named = {imports.normal(name) for name in STAGES[stage].libraries}
    assert imported - set(fingerprints.OCR) - MOVERS - named == set()
    assert named - imported - UNSEEN == set()


@pytest.mark.parametrize("stage", STAGES)
def test_another_version_of_a_library_makes_a_stage_due(stage: str, copy: Path) -> None:
    own = STAGES[stage]
    before = own.version(copy, lambda name: "1")
    same = [name for name in own.libraries if own.version(copy, lambda n, at=name: "2" if n == at else "1") == before]  # type: ignore[misc]
    assert same == []


def test_files_of_every_kind_in_the_folders_of_a_stage_count() -> None:
    folders = {name for stage in STAGES.values() for name in stage.folders if (PROJECT / name).is_dir()}
    kinds = {path.suffix for name in folders for path in (PROJECT / name).rglob("*") if path.is_file()}
    assert kinds - {".pyc", ".md"} <= set(fingerprints._SUFFIXES)


def test_installed_and_absent_libraries_have_versions() -> None:
    assert fingerprints.library_version("no-such-library") == "absent"
    assert fingerprints.library_version("pypdfium2").startswith("5.15.")
    assert fingerprints.library_version("python").startswith("3.")


def test_ocr_is_no_part_of_a_stage() -> None:
    """Installing it parses nothing again that was read without it."""
    assert [name for stage in STAGES.values() for name in stage.libraries if name in fingerprints.OCR] == []


def test_the_hash_of_a_folder_follows_its_files(tmp_path: Path) -> None:
    nothing = fingerprints.folder_hash(tmp_path / "web")
    (tmp_path / "web").mkdir()
    assert fingerprints.folder_hash(tmp_path / "web") == nothing
    (tmp_path / "web" / "duckdb.js").write_bytes(b"1")
    first = fingerprints.folder_hash(tmp_path / "web")
    (tmp_path / "web" / "duckdb.js").write_bytes(b"2")
    assert len({nothing, first, fingerprints.folder_hash(tmp_path / "web")}) == 3


def test_a_stage_follows_the_contract_through_its_imports(tmp_path: Path) -> None:
    (tmp_path / "read").mkdir()
    (tmp_path / "expectations").mkdir()
    (tmp_path / "read" / "a.py").write_text("def f():\n    from expectations import forms as known\n")
    (tmp_path / "expectations" / "forms.py").write_text("from expectations.names import NAMES\n")
    for name in ("__init__", "names", "marts"):
        (tmp_path / "expectations" / f"{name}.py").write_text("")
    assert Stage(("read",)).sources(tmp_path) == (
        "read",
        "expectations/__init__.py",
        "expectations/forms.py",
        "expectations/names.py",
    )

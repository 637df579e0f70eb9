"""`gongkai build` from end to end in a process of its own: what it says, what it costs, and what survives a kill.

Builds are quick ones here (see `tests.made.quick`).
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from assets.command import app
from pipelines import build
from pipelines.archive import by_hash
from pipelines.catalogue import catalogue
from pipelines.publish.sums import verify
from pipelines.tabulate import years
from pipelines.workspace import PROJECT, Workspace
from tests.conftest import GONGKAI
from tests.made import quick
from tests.made.corpus import corpus, record_file, report, spoil, write
from tests.made.quick import gongkai

pytestmark = pytest.mark.long(seconds=60)


def here(*arguments: object) -> Result:
    """The command in this process, where nothing is built."""
    return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False, prog_name="gongkai")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `reports` and a `workspace` built from them."""
    folder = tmp_path_factory.mktemp("first")
    corpus(folder / "reports")
    done = gongkai("build", folder / "reports", "--workspace", folder / "workspace")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 of 4 documents" in done.stderr
    assert "6 html" not in done.stdout and "4 html; years 2020, 2023, 2024" in done.stdout
    return folder


@pytest.fixture
def place(first: Path, tmp_path: Path) -> tuple[Path, Workspace]:
    """The same, to change: its source and its workspace."""
    shutil.copytree(first, tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path / "reports", Workspace(tmp_path / "workspace")


def reports(warehouse: Path) -> int:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return int(connection.execute("select count(*) from reports").fetchall()[0][0])


def proved(folder: Path) -> int:
    """The reports of a release, every file of which is proved by its hash."""
    assert verify(folder).whole
    return reports(folder / "gongkai.duckdb")


def whole(workspace: Workspace) -> tuple[int, int]:
    """Reports in the warehouse and in the newest release, both of which can be read."""
    assert by_hash.verify(workspace.archive).damaged == []
    return reports(workspace.warehouse), proved(workspace.releases / "latest")


def test_the_second_build_does_nothing_and_says_so(place: tuple[Path, Workspace]) -> None:
    source, workspace = place
    assert build.plan(source, workspace).nothing
    before = stamps(workspace)
    done = here("build", source, "--workspace", workspace.root)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "nothing changed: 0 documents parsed")
    assert stamps(workspace) == before


def stamps(workspace: Workspace) -> dict[Path, int]:
    """When each file was last written; whoever looks touches the lock, and notes in the state what files look like."""
    aside = ("build.lock", "state.sqlite")
    files = (path for path in workspace.root.rglob("*") if path.is_file() and path.name not in aside)
    return {path: path.stat().st_mtime_ns for path in files}


def test_a_build_killed_at_any_step_leaves_the_last_one_readable_and_the_next_finishes(
    place: tuple[Path, Workspace],
) -> None:
    source, workspace = place
    write(source, "wuxi2024.html", "无锡市人民政府", 2024, 9)
    hostile(source)
    for step in ("parsed", "gate", "release"):
        assert kill_after(step, source, workspace)
        warehouse, released = whole(workspace)
        assert warehouse == (5 if step == "release" else 4)
        assert released == 4
    done = gongkai("build", source, "--workspace", workspace.root)
    assert done.returncode == 0, done.stderr
    assert "raw gate: files of kinds that no report has were left alone: 1 .swf" in done.stderr
    assert whole(workspace) == (5, 5)
    assert build.plan(source, workspace).nothing
    assert "read/damaged, e.g. corrupt.pdf" in done.stdout
    assert "raw/empty, e.g. empty.html" in done.stdout


def hostile(source: Path) -> None:
    (source / "corrupt.pdf").write_bytes(b"%PDF-1.7\n\x00\xff" * 100)
    (source / "empty.html").write_bytes(b"")
    (source / "film.swf").write_bytes(b"PK")
    (source / "deep.html").write_bytes(b"<div><table><tr><td>" * 2_000)
    (source / "noise.html").write_bytes(bytes(range(256)) * 1000)
    (source / "wide.html").write_bytes(b"<table><tr><td colspan=99999999 rowspan=99999999>1</table>")


def kill_after(step: str, source: Path, workspace: Workspace) -> bool:
    """Kill a build with SIGKILL as soon as it says that a step has begun; whether it came so far."""
    command = quick.command("build", source, "--workspace", workspace.root)
    environment = {**os.environ, quick.STUCK: "yes"} if step == "gate" else None
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, cwd=PROJECT, env=environment
    )
    assert process.stderr is not None
    came = any(line.startswith(step) for line in process.stderr)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return came


def test_a_gate_that_does_not_open_says_what_where_and_that_nothing_was_published(
    place: tuple[Path, Workspace],
) -> None:
    source, workspace = place
    spoil(workspace, "2024", 2)
    before = workspace.warehouse.read_bytes(), (workspace.releases / "latest").readlink()
    done = gongkai("build", source, "--workspace", workspace.root, "--year", "2024")
    assert done.returncode == 1
    for words in (
        "parsed_gate of 2024 did not open",
        "facts.grade: allowed",
        "'splendid'",
        "parsed_gate_2024.html",
        "untouched",
    ):
        assert words in done.stdout + done.stderr, done.stdout + done.stderr
    page = years.page_path(workspace, "2024")
    assert "splendid" in page.read_text()
    assert (workspace.warehouse.read_bytes(), (workspace.releases / "latest").readlink()) == before
    spoiled = catalogue.load(workspace).of("2024")
    for entry in spoiled:
        record_file(workspace, entry.key).unlink(missing_ok=True)
    assert gongkai("build", source, "--workspace", workspace.root).returncode == 0
    assert not page.exists()


def test_two_builds_do_not_collide(place: tuple[Path, Workspace]) -> None:
    source, workspace = place
    with build.lock(workspace):
        done = gongkai("build", source, "--workspace", workspace.root)
    assert (done.returncode, "another build is working in" in done.stderr) == (1, True)


@pytest.mark.parametrize(("made", "says"), [(False, "there is no"), (True, "holds no document that could be a report")])
def test_a_folder_without_reports_is_named(tmp_path: Path, made: bool, says: str) -> None:
    if made:
        (tmp_path / "reports").mkdir()
    done = here("build", tmp_path / "reports", "--workspace", tmp_path / "workspace")
    assert (done.exit_code, says in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, pipelines.cli.app; print(*{'dagster', 'polars', 'pandera', 'duckdb', 'great_expectations'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
    done = subprocess.run([GONGKAI, "--help"], capture_output=True, text=True, check=True)
    assert "build" in done.stdout


def test_sql_models_can_be_listed_and_built_by_selection(place: tuple[Path, Workspace]) -> None:
    _, workspace = place
    before = workspace.warehouse.read_bytes()

    assert "comparison_by_year" in here("sql", "list").stdout
    done = here("sql", "build", "--select", "+reports", "--workspace", workspace.root)
    assert (done.exit_code, "reports" in done.stdout, "comparison_by_year" in done.stdout) == (0, True, False)
    assert workspace.warehouse.read_bytes() == before
    wrong = here("sql", "build", "--select", "nonsense", "--workspace", workspace.root)
    assert (wrong.exit_code, "no model 'nonsense'" in wrong.stderr) == (2, True)


def test_an_archive_of_reports_is_built_and_one_of_them_parsed(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.zip"
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("../北街/a.html", report("杭州市人民政府", 2023, 1))
        file.writestr("b.html", report("南京市人民政府", 2023, 2))
        file.writestr("broken.html", b"")
    done = gongkai("build", bundle, "--workspace", tmp_path / "workspace")
    assert done.returncode == 0, done.stderr
    assert "raw/empty, e.g. bundle.zip/broken.html" in done.stdout
    with duckdb.connect(str(tmp_path / "workspace/warehouse/gongkai.duckdb"), read_only=True) as connection:
        found = connection.execute("select file_name, container_sha256 from documents order by 1").fetchall()
    sha256 = hashlib.sha256(bundle.read_bytes()).hexdigest()
    assert found == [("bundle.zip/b.html", sha256), ("bundle.zip/北街/a.html", sha256)]
    assert {path.name for path in tmp_path.iterdir()} == {"bundle.zip", "workspace"}
    several = here("parse", bundle)
    assert (several.exit_code, "北街/a.html" in several.stderr, "--member" in several.stderr) == (1, True, True)
    assert "杭州市人民政府" in here("parse", bundle, "--member", "北街/a.html").stdout
    again = gongkai("build", bundle, "--workspace", tmp_path / "workspace")
    assert again.stdout.splitlines()[-1] == "nothing changed: 0 documents parsed"

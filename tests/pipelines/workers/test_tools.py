"""The optional tools on machines that have them and that do not, and what `gongkai doctor` says of each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from pipelines.cli import doctor
from pipelines.cli.app import app
from pipelines.read.libreoffice import find
from pipelines.workers import tools
from pipelines.workers.passes import PASSES
from pipelines.workers.pool import JobFailure


def forget() -> None:
    for cached in (find.office, tools._office_problem, tools._ocr_problem):
        cached.cache_clear()


@pytest.fixture
def fresh() -> Iterator[None]:
    """What was found on this machine is forgotten before and after."""
    forget()
    yield
    forget()


@pytest.fixture
def bare(fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without any optional tool, with apt."""
    monkeypatch.setenv(find.VARIABLE, str(tmp_path / "nothing"))
    monkeypatch.setattr(tools, "find_spec", lambda _: None)
    monkeypatch.setattr(tools.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)


def said(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["doctor", *arguments], catch_exceptions=False)
    return done.exit_code, " ".join(done.output.split())


def test_a_bare_machine_has_none(bare: None) -> None:
    assert tools.available() == frozenset()
    office, ocr = tools.tools()
    assert (office.problem, office.install) == ("not found", "apt install libreoffice-writer-nogui")
    assert (ocr.problem, ocr.install) == ("not installed", "pip install 'gongkai[ocr]'")


def test_the_doctor_on_a_bare_machine_says_what_cannot_be_read_and_how_to_change_that(
    bare: None, tmp_path: Path
) -> None:
    code, text = said("--workspace", str(tmp_path))
    assert code == 0
    for part in (
        "LibreOffice Writer not there not found; without it not read: Word and WPS documents",
        "apt install libreoffice-writer-nogui",
        "OCR not there not installed; without it not read: scans and photographs",
        "pip install 'gongkai[ocr]'",
        "gongkai can run; not there: LibreOffice Writer, OCR",
    ):
        assert part in text
    assert "\x1b" not in text


def test_half_of_a_tool_is_not_the_tool(fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "libuno_sal.so").touch()
    (tmp_path / "soffice").write_text("#!/bin/sh\n")
    (tmp_path / "soffice").chmod(0o755)
    monkeypatch.setenv(find.VARIABLE, str(tmp_path / "soffice"))
    monkeypatch.setattr(tools, "find_spec", lambda name: object() if name == "rapidocr" else None)
    assert tools.available() == frozenset()
    assert [tool.problem for tool in tools.tools()] == [
        "LibreOffice is here, but without Writer",
        "onnxruntime is missing",
    ]


def test_a_tool_that_does_not_work_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tools.Tool("ocr", "OCR", "scans", "pip install x", "1.0", "/place")
    line = doctor._tool(tool, {"ocr": "it broke"})
    assert (line.state, line.hint) == ("optional", "pip install x")
    assert "1.0 at /place, but it does not work: it broke" in line.says
    assert doctor._tool(tool, {"ocr": None}).says.endswith("tried, it works")
    assert doctor._tool(tool, {}) == doctor.Diagnosis("OCR", "ok", "1.0 at /place")
    monkeypatch.setattr(doctor.pool, "run", lambda *_, **__: [("ocr", JobFailure("crashed", "by SIGSEGV"))])
    assert doctor._tried(["ocr"]) == {"ocr": "by SIGSEGV"}


def test_a_required_package_that_is_missing_ends_with_1(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = ["duckdb>=2", "no-such-package>=3", "selectolax>=999", "ruff ; extra == 'dev'"]
    monkeypatch.setattr(doctor.metadata, "requires", lambda _: asked)
    code, text = said("--no-try", "--workspace", str(tmp_path))
    assert code == 1
    assert "no-such-package missing not installed pip install 'no-such-package>=3'" in text
    assert "gongkai cannot run: no-such-package" in text
    assert "it is made for >=999, for HTML" in text
    assert "ruff" not in text


def test_a_workspace_that_cannot_be_written_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor.os, "access", lambda *_: False)
    assert doctor._workspace(tmp_path / "a" / "b").state == "missing"
    monkeypatch.undo()
    assert doctor._workspace(tmp_path / "a" / "b").state == "ok"
    (tmp_path / "file").touch()
    assert doctor._workspace(tmp_path / "file" / "w").state == "missing"
    monkeypatch.setattr(doctor.machine, "free_disk_mb", lambda _: 100)
    assert "that is little" in doctor._workspace(tmp_path).says


def test_it_is_no_wider_than_its_terminal(bare: None, tmp_path: Path) -> None:
    lines = [doctor._tool(tool, {}) for tool in tools.tools()]
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(doctor._shown([], lines, []))
    assert max(map(len, console.export_text().splitlines())) <= 80


def test_each_tool_has_a_pass_and_a_trial() -> None:
    names = {tool.name for tool in tools.tools()}
    assert names == set(PASSES) - {""} == set(doctor._TRIALS)


@pytest.mark.parametrize("name", ["libreoffice", "ocr"])
def test_a_trial_succeeds_with_the_tool(name: str) -> None:
    if name not in tools.available():
        pytest.skip(f"{name} is not installed")
    assert doctor.trial(name) is None


def test_a_trial_that_reads_something_else_says_what(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doctor._TRIALS, "ocr", lambda: b"<p>2O24</p>")
    assert doctor.trial("ocr") == "it read '2O24' where '2024' stands"
    monkeypatch.setitem(doctor._TRIALS, "ocr", lambda: b"")
    assert "holds no bytes" in (doctor.trial("ocr") or "")

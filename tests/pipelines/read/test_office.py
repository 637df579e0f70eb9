"""Word's older formats by way of LibreOffice: the same facts as from the page, and nothing left behind or let in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pipelines.catalogue.examine import Refused, examine
from pipelines.parse.report import Hints
from pipelines.read import NeedsTool, Unreadable, read
from pipelines.read import office as reader
from pipelines.read.libreoffice import converter, find
from pipelines.read.libreoffice.converter import ConversionError, Converter
from tests.made.corpus import report
from tests.made.office import made, needs_office

pytestmark = pytest.mark.long(seconds=15)

TOOLS = frozenset({"libreoffice"})
RTF = rb"{\rtf1\ansi Report 2024\par}"
PAGE = report("杭州市人民政府", 2024, 7)


def facts(data: bytes, tools: frozenset[str] = TOOLS) -> dict[tuple[str, str, str], object]:
    found = examine(data, Hints("x"), tools)
    assert not isinstance(found, Refused), found
    return {(f.table, f.row, f.column): (f.value, f.raw, f.unit, f.grade) for f in found[1].facts}


@needs_office
@pytest.mark.parametrize("format", ["doc", "rtf", "odt"])
def test_a_report_gives_the_facts_of_its_page(format: str) -> None:
    data = made(PAGE, format)
    document = read(data, tools=TOOLS)
    assert (document.format, document.size_bytes) == (format, len(data))
    expected = facts(PAGE.encode())
    assert len(expected) > 190
    assert facts(data) == expected


@needs_office
def test_word_2003_xml_is_read() -> None:
    word = "http://schemas.microsoft.com/office/word/2003/wordml"
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("规章", "3"))
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
        f'<w:wordDocument xmlns:w="{word}"><w:body><w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>'
        f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='900'/><w:gridCol w:w='900'/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl></w:body></w:wordDocument>"
    )
    document = read(xml.encode(), tools=TOOLS)
    assert document.format == "doc"
    assert [[cell.text if cell else None for cell in row] for row in document.tables[0].grid] == [["规章", "3"]]


@pytest.mark.parametrize(("data", "says"), [(RTF, "RTF"), (b"{\\rtf1}", "RTF")])
def test_without_libreoffice_the_package_is_named(data: bytes, says: str) -> None:
    with pytest.raises(NeedsTool) as caught:
        read(data)
    assert (caught.value.code, caught.value.tool) == ("needs_libreoffice", "libreoffice")
    assert says in caught.value.message
    assert "libreoffice-writer-nogui" in (caught.value.hint or "")


def test_a_document_that_is_too_large_is_not_given_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 10)
    with pytest.raises(Unreadable, match="over the limit of 10"):
        read(RTF, tools=TOOLS)


@needs_office
def test_a_damaged_document_is_refused_and_the_next_one_read() -> None:
    with pytest.raises(Unreadable) as caught:
        read(made(PAGE, "rtf")[:9000], tools=TOOLS)
    assert caught.value.code == "conversion_failed"
    assert "DOCX" in (caught.value.hint or "")
    assert [block.text for block in read(RTF, tools=TOOLS).blocks] == ["Report 2024"]  # type: ignore[union-attr]


@needs_office
def test_links_to_files_and_servers_are_not_followed(tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / "secret.txt").write_text("hidden")
    there, web = (tmp_path / "secret.txt").as_uri(), f"http://127.0.0.1:{server.server_port}"
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("text", "text"), ("draw", "drawing"))
    )
    sections = "".join(
        f'<text:section text:name="{i}"><text:section-source xlink:href="{href}"/><text:p>{i}</text:p></text:section>'
        for i, href in enumerate((there, f"{web}/section"))
    )
    flat = (
        f'<?xml version="1.0"?><office:document{names} xmlns:xlink="http://www.w3.org/1999/xlink" '
        'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
        f'{sections}<text:p>last<draw:frame><draw:image xlink:href="{web}/picture.png"/></draw:frame></text:p>'
        "</office:text></office:body></office:document>"
    )
    try:
        document = read(flat.encode(), tools=TOOLS)
    finally:
        server.shutdown()
        server.server_close()
    assert [block.text for block in document.blocks] == ["0", "1", "last"]  # type: ignore[union-attr]
    assert asked == []


@needs_office
def test_one_libreoffice_serves_many_documents_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    office = find.office()
    assert office is not None
    using = Converter(office)
    assert [using.to_docx(RTF, ".rtf")[:2] for _ in range(3)] == [b"PK"] * 3
    assert len(list(tmp_path.iterdir())) == 1
    using.close()
    assert list(tmp_path.iterdir()) == []


@needs_office
@pytest.mark.skipif(os.name != "posix", reason="processes are ended with POSIX signals")
def test_a_killed_worker_leaves_no_libreoffice_and_no_folder(tmp_path: Path) -> None:
    code = (
        "import sys; from pipelines.read import read; "
        f"read({RTF!r}, tools=frozenset({{'libreoffice'}})); print('done', flush=True); sys.stdin.read()"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    worker = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"done\n"
    (folder,) = tmp_path.iterdir()
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert within(10, lambda: not folder.exists() and not processes(str(folder)))


def within(seconds: float, reached: object) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if reached():  # type: ignore[operator]
            return True
        os.sched_yield()
    return False


def processes(mention: str) -> list[str]:
    """The running processes whose command line mentions something."""
    listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if mention in line]


# --- a LibreOffice that misbehaves: the command is a script, so it is called as a command


def pretender(folder: Path, script: str) -> find.Office:
    """A program that is called as LibreOffice is; its libraries are not there."""
    command = folder / "soffice"
    command.write_text(f"#!{sys.executable}\nimport sys, time, pathlib\n{script}\n")
    command.chmod(0o755)
    return find.Office(command, folder, has_writer=True)


WELL = "o = sys.argv; pathlib.Path(o[o.index('--outdir') + 1], pathlib.Path(o[-1]).stem + '.docx').write_bytes(b'PK')"


@pytest.mark.skipif(os.name != "posix", reason="scripts are programs on POSIX only")
@pytest.mark.parametrize(
    ("script", "code", "says"),
    [
        ("time.sleep(600)", "timed_out", "longer than 1 s"),
        ("pass", "conversion_failed", "nothing was converted"),
        ("sys.exit(77)", "conversion_failed", "exit code 77"),
    ],
)
def test_a_libreoffice_that_fails_is_ended_and_says_why(tmp_path: Path, script: str, code: str, says: str) -> None:
    using = Converter(pretender(tmp_path, script), seconds=1 if code == "timed_out" else 60)
    with pytest.raises(ConversionError, match=says) as caught:
        using.to_docx(RTF, ".rtf")
    assert caught.value.code == code
    assert processes(str(tmp_path / "soffice")) == []


@pytest.mark.skipif(os.name != "posix", reason="scripts are programs on POSIX only")
def test_it_is_called_for_each_document_where_it_is_no_library(tmp_path: Path) -> None:
    using = Converter(pretender(tmp_path, WELL))
    assert [using.to_docx(RTF, ".rtf") for _ in range(2)] == [b"PK", b"PK"]
    using.close()


def test_a_host_that_dies_is_no_hang_and_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = pretender(tmp_path, WELL)
    using = Converter(office)
    good = converter.host.__file__
    bad = tmp_path / "host.py"
    bad.write_text("raise SystemExit(3)")
    monkeypatch.setattr(converter.host, "__file__", str(bad))
    with pytest.raises(ConversionError, match="crashed"):
        using.to_docx(RTF, ".rtf")
    monkeypatch.setattr(converter.host, "__file__", good)
    assert using.to_docx(RTF, ".rtf") == b"PK"
    using.close()


def test_a_host_that_cannot_be_started_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no python"))
    with pytest.raises(ConversionError, match="could not be started"):
        Converter(find.Office(tmp_path, tmp_path, has_writer=True)).to_docx(RTF, ".rtf")
    assert list(tmp_path.iterdir()) == []


# --- where it is


def test_the_variable_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = pretender(tmp_path, "pass").command
    monkeypatch.setenv(find.VARIABLE, str(command))
    find.office.cache_clear()
    try:
        found = find.office()
        assert found is not None
        assert (found.command, found.has_writer, found.version) == (command, True, None)
        monkeypatch.setenv(find.VARIABLE, str(tmp_path / "nothing"))
        find.office.cache_clear()
        assert find.office() is None
    finally:
        find.office.cache_clear()


def test_a_libreoffice_without_writer_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = tmp_path / "share" / "registry"
    registry.mkdir(parents=True)
    value = '<prop oor:name="ooSetupVersionAboutBox" oor:type="xs:string"><value>24.8.3.2</value></prop>'
    (registry / "main.xcd").write_text(value)
    program = tmp_path / "program"
    program.mkdir()
    (program / "libuno_sal.so.3").touch()
    monkeypatch.setenv(find.VARIABLE, str(pretender(program, "pass").command))
    find.office.cache_clear()
    try:
        found = find.office()
        assert found is not None
        assert (found.has_writer, found.version) == (False, "24.8.3.2")
    finally:
        find.office.cache_clear()

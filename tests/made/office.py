"""Documents in Word's older formats, made by LibreOffice from HTML when a test needs them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipelines.read.libreoffice.find import office

needs_office = pytest.mark.skipif(
    office() is None or not office().has_writer,  # type: ignore[union-attr]
    reason="LibreOffice Writer is not installed",
)

#: LibreOffice's names of the formats. From DOCX it would lose the tables of a .doc, so these are made from HTML.
FILTERS = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "odt": "odt:writer8"}


@cache
def made(html: str, format: str) -> bytes:
    """A page as a document of `FILTERS`. RTF is made by way of .doc: pages are no text documents to LibreOffice."""
    found = office()
    assert found is not None
    with TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(html, encoding="utf-8")
        steps = ["doc", format] if format == "rtf" else [format]
        for step in steps:
            _convert(found.command, source, FILTERS[step], Path(folder))
            source = Path(folder) / f"page.{step}"
        return source.read_bytes()


def _convert(command: Path, source: Path, filter: str, folder: Path) -> None:
    profile = (folder / "profile").as_uri()
    options = [f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    if source.suffix == ".html":
        options.append("--infilter=HTML (StarWriter)")
    subprocess.run(
        [str(command), *options, "--convert-to", filter, "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )

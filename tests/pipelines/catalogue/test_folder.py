"""A folder as a source: which files are documents, in which order, and what the sidecar says of them."""

import os
from pathlib import Path

import pytest

from pipelines.catalogue.folder import FolderError, scan
from pipelines.parse.report import Hints


def names(source: Path) -> list[str]:
    return [found.hints.file_name for found in scan(source).found]


def fill(folder: Path, *paths: str) -> None:
    for name in paths:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_documents_are_found_in_every_folder_in_order_of_their_names(tmp_path: Path) -> None:
    fill(tmp_path, "b.html", "a.TXT", "city/z.pdf", "city/noextension", "c.docx")
    assert names(tmp_path) == ["a.TXT", "b.html", "c.docx", "city/noextension", "city/z.pdf"]


def test_what_is_no_document_is_left_alone(tmp_path: Path) -> None:
    fill(
        tmp_path,
        "README.md",
        "readme.txt",
        ".hidden.html",
        ".git/x.html",
        "expected/a.csv",
        "sources_old.csv",
        "a.html",
    )
    assert names(tmp_path) == ["a.html"]


def test_files_of_unknown_kinds_are_counted_not_passed_over_in_silence(tmp_path: Path) -> None:
    fill(tmp_path, "a.pptx", "b.pptx", "style.css")
    assert dict(scan(tmp_path).ignored) == {".pptx": 2, ".css": 1}


def test_links_out_of_the_folder_pipes_and_broken_links_are_not_opened(tmp_path: Path) -> None:
    fill(tmp_path, "outside/secret.html", "in/a.html")
    inside = tmp_path / "in"
    (inside / "link.html").symlink_to(tmp_path / "outside" / "secret.html")
    (inside / "broken.html").symlink_to(inside / "nothing.html")
    (inside / "folder").symlink_to(tmp_path / "outside")
    (inside / "same.html").symlink_to(inside / "a.html")
    os.mkfifo(inside / "pipe.html")
    result = scan(inside)
    assert [found.hints.file_name for found in result.found] == ["a.html", "same.html"]
    assert result.unopened == ["broken.html", "link.html", "pipe.html"]


def test_a_single_file_is_a_source_too(tmp_path: Path) -> None:
    fill(tmp_path, "a.html", "b.html")
    assert names(tmp_path / "b.html") == ["b.html"]


def test_the_sidecar_gives_hints_and_may_name_what_is_missing(tmp_path: Path) -> None:
    fill(tmp_path, "a.html", "city/b.html")
    (tmp_path / "sources.csv").write_text(
        "file_name,source_url,report_year,body_name\n"
        "city/b.html,https://example.org/b,2023,杭州市人民政府\n"
        "gone.html,,,\n",
        encoding="utf-8",
    )
    result = scan(tmp_path)
    assert [found.hints for found in result.found] == [
        Hints("a.html"),
        Hints("city/b.html", "https://example.org/b", 2023, "杭州市人民政府"),
    ]
    assert result.missing == ["gone.html"]


@pytest.mark.parametrize(
    ("sidecar", "says"),
    [
        ("file_name,report_year\na.html,2023\n", "lacks the columns source_url, body_name"),
        (
            "file_name,source_url,report_year,body_name\na.html,,MMXX,\n",
            "line 2, has the report_year 'MMXX' for a.html",
        ),
        ("file_name,source_url,report_year,body_name\na.html,\ud800,2023,\n", "no CSV in UTF-8 from here on"),
    ],
)
def test_a_sidecar_that_cannot_be_used_says_why(tmp_path: Path, sidecar: str, says: str) -> None:
    fill(tmp_path, "a.html")
    (tmp_path / "sources.csv").write_bytes(sidecar.encode("utf-8", "surrogatepass"))
    with pytest.raises(FolderError, match=says):
        scan(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="nowhere"):
        scan(tmp_path / "nowhere")


@pytest.mark.parametrize(("raw", "name"), [("年报.html".encode("gbk"), "年报.html"), (b"b\xff.html", "b\ufffd.html")])
def test_a_name_that_is_not_utf_8_becomes_text(raw: bytes, name: str, tmp_path: Path) -> None:
    """As files have that were unpacked from a Chinese archive."""
    (tmp_path / "a.html").write_bytes(b"1")
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw)).write_bytes(b"2")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    found = {document.hints.file_name: document.path for document in scan(tmp_path).found}
    assert list(found) == ["a.html", name]
    assert found[name] is not None
    assert found[name].read_bytes() == b"2"

"""Archives of reports: what is taken out under which name, what is refused, and that nothing harms the run."""

import io
import stat
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.archive import by_hash, containers
from pipelines.archive.containers import Held, Refusal, is_container, unpack
from pipelines.catalogue import survey as surveys
from pipelines.catalogue.catalogue import load_record, refresh, survey
from pipelines.catalogue.survey import Survey
from pipelines.workspace import Workspace
from tests.made import hostile
from tests.made.corpus import report

pytestmark = pytest.mark.usefixtures("no_workers")

PAGE = report("杭州市人民政府", 2023, 1).encode()
OTHER = report("南京市人民政府", 2023, 2).encode()


def packed(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An honest archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in members:
            file.writestr(name, content)
    return out.getvalue()


class Kept(dict[str, bytes]):
    """An archive of documents in memory."""

    def __call__(self, data: bytes) -> str:
        sha256 = f"{zlib.crc32(data):064x}"
        self[sha256] = data
        return sha256


def opened(data: bytes) -> tuple[dict[str, bytes], Held]:
    """The bytes of each member by its name, and the whole answer."""
    kept = Kept()
    held = unpack(data, kept)
    return {member.name: kept[member.sha256] for member in held.members}, held


def refusals(data: bytes) -> dict[str, str]:
    """The code of each refusal by its name; each says what it is and what would help."""
    held = opened(data)[1]
    assert all(refusal.message and refusal.hint for refusal in held.refused)
    return {refusal.name: refusal.code for refusal in held.refused}


def raw_named(name: bytes, flags: int = 0, extra: bytes = b"", copies: int = 1) -> bytes:
    """An archive of one page whose name stands there in these bytes. It says that it holds one file in any case."""
    content = zlib.compress(PAGE, 9)[2:-4]
    sizes = struct.pack("<IIIHH", zlib.crc32(PAGE), len(content), len(PAGE), len(name), len(extra))
    fields = struct.pack("<HHHHH", 20, flags, 8, 0, 0x21) + sizes
    body = b"PK\x03\x04" + fields + name + extra + content
    line = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name + extra
    directory = line * copies
    return body + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(directory), len(body), 0)


# --- what is taken out


def test_reports_in_folders_are_taken_out_and_litter_is_not() -> None:
    data = packed(
        ("街道/b.html", PAGE),
        ("街道/a.html", OTHER),
        ("__MACOSX/街道/._a.html", b"x"),
        ("街道/.hidden.html", b"x"),
        ("Thumbs.db", b"x"),
        ("README.txt", b"x"),
        ("sources.csv", b"x"),
        ("style.css", b"x"),
        ("街道/", b""),
    )
    taken, held = opened(data)
    assert list(taken) == ["街道/a.html", "街道/b.html"]
    assert taken["街道/b.html"] == PAGE
    assert (held.refused, held.ignored) == ([], {".css": 1})


@pytest.mark.parametrize(
    ("raw", "flags", "extra", "name"),
    [
        ("街道/北街.html".encode(), 0x800, b"", "街道/北街.html"),
        ("街道/北街.html".encode("gbk"), 0, b"", "街道/北街.html"),
        ("街道/北街.html".encode(), 0, b"", "街道/北街.html"),
        ("联通.html".encode("gbk"), 0, b"", "联通.html"),
        ("乡镇\\塘.html".encode("gb18030"), 0, b"", "乡镇/塘.html"),
        (b"../../etc/a.html", 0, b"", "etc/a.html"),
        (b"C:\\x\\a.html", 0, b"", "x/a.html"),
        (b"/abs//./a.html", 0, b"", "abs/a.html"),
        (b"a\x1b[31m.html", 0, b"", "a\ufffd[31m.html"),
        (
            b"?.html",
            0,
            struct.pack("<HHBI", 0x7075, 5 + len("北.html".encode()), 1, zlib.crc32(b"?.html")) + "北.html".encode(),
            "北.html",
        ),
        (b"b.html", 0, struct.pack("<HHBI", 0x7075, 11, 1, 0) + b"x.html", "b.html"),
    ],
)
def test_names_are_decoded_and_made_harmless(raw: bytes, flags: int, extra: bytes, name: str) -> None:
    assert list(opened(raw_named(raw, flags, extra))[0]) == [name]


def test_an_archive_in_an_archive_is_opened_and_one_deeper_is_not() -> None:
    inner = packed(("b.html", OTHER))
    data = packed(("a.html", PAGE), ("inner.zip", inner), ("deep.zip", packed(("deeper.zip", inner))))
    taken, _ = opened(data)
    assert taken == {"a.html": PAGE, "inner.zip/b.html": OTHER}
    assert refusals(data) == {"deep.zip": "too_deep"}


def test_office_documents_are_documents_and_not_containers() -> None:
    document = packed(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<x/>"))
    assert not is_container(document)
    assert not is_container(packed(("word/document.xml", b"<x/>"), ("[Content_Types].xml", b"<Types/>")))
    assert not is_container(PAGE)
    assert is_container(packed(("a.html", PAGE)))
    assert list(opened(packed(("a.docx", document)))[0]) == ["a.docx"]


# --- what is refused


def test_members_are_refused_one_by_one_and_the_others_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_MEMBER_BYTES", 2_000_000)
    link = zipfile.ZipInfo("link.html")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = packed(
        ("a.html", PAGE),
        (link, b"/etc/passwd"),
        ("zeros.pdf", bytes(2_000_000)),
        ("empty.html", b""),
        ("large.pdf", bytes(range(256)) * 10_000),
    )
    assert list(opened(data)[0]) == ["a.html"]
    assert refusals(data) == {
        "link.html": "link",
        "zeros.pdf": "zip_bomb",
        "empty.html": "empty",
        "large.pdf": "too_large",
    }


def test_all_members_together_may_not_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_TOTAL_BYTES", len(PAGE) + len(OTHER) + 10)
    data = packed(("a.html", PAGE), ("b.html", OTHER), ("c.html", PAGE + b" "))
    assert list(opened(data)[0]) == ["a.html", "b.html"]
    assert refusals(data) == {"c.html": "too_large"}


def test_files_are_counted_over_archives_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_MEMBERS", 3)
    inner = packed(("c.html", PAGE), ("d.html", OTHER))
    data = packed(("a.html", PAGE), ("inner.zip", inner))
    assert list(opened(data)[0]) == ["a.html"]
    assert refusals(data) == {"inner.zip": "too_many_files"}


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (hostile.zip_of_zips, "too_deep"),
        (hostile.overlapping_zip, "zip_bomb"),
        (hostile.lying_zip, "damaged"),
        (hostile.encrypted_zip, "encrypted"),
        (hostile.zip_of_many, "too_many_files"),
        (lambda: raw_named(b"a.html", copies=100_001), "too_many_files"),
        (lambda: packed(("a.css", b"x")), "empty_archive"),
        (packed, "empty_archive"),
        (lambda: packed(("a.html", PAGE), ("b.html", OTHER))[:-30], "damaged"),
        (lambda: packed(("a.html", PAGE))[:500], "damaged"),
        (lambda: packed(("a.html", PAGE), method=zipfile.ZIP_LZMA), "format_not_supported"),
    ],
    ids=["nested", "overlapping", "lying", "encrypted", "many", "more", "css", "nothing", "cut", "cut-2", "lzma"],
)
def test_an_archive_that_gives_nothing_is_refused_as_a_whole(make, code: str) -> None:  # type: ignore[no-untyped-def]
    data = make()
    assert is_container(data)
    assert opened(data)[0] == {}
    assert refusals(data) == {"": code}


def test_a_damaged_member_does_not_harm_the_others() -> None:
    data = bytearray(packed(("a.html", PAGE), ("b.html", OTHER)))
    data[100] ^= 0xFF
    assert list(opened(bytes(data))[0]) == ["b.html"]
    assert refusals(bytes(data)) == {"a.html": "damaged"}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_stands_in_an_archive_there_is_an_answer(data: st.DataObject) -> None:
    whole = bytearray(packed(("a.html", PAGE[:3000]), ("b/c.html", OTHER[:3000]), ("d.zip", packed(("e.html", b"e")))))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    kept = Kept()
    held = unpack(bytes(whole[: data.draw(st.integers(4, len(whole)))]), kept)
    assert held.members or held.refused
    assert all(".." not in member.name.split("/") and not member.name.startswith("/") for member in held.members)


# --- in a source


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    return tmp_path / "reports"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def names(found: Survey) -> list[str]:
    return [job.hints.file_name for job in found.jobs.values()]


def test_each_report_of_an_archive_is_a_document_that_knows_its_archive(source: Path, workspace: Workspace) -> None:
    data = packed(("街道/a.html", PAGE), ("b.html", OTHER), ("broken.pdf", b""))
    (source / "bundle.zip").write_bytes(data)
    (source / "sources.csv").write_text(
        "file_name,source_url,report_year,body_name\n"
        "bundle.zip,https://example.org/bundle.zip,2023,某机关\n"
        "bundle.zip/b.html,https://example.org/b.html,,南京市人民政府\n"
        "bundle.zip/gone.html,,,\n",
        encoding="utf-8",
    )
    found = survey(source, workspace)
    sha256 = by_hash.keep(workspace.archive, data)
    hints = {job.hints.file_name: job.hints for job in found.jobs.values()}
    assert list(hints) == ["bundle.zip/b.html", "bundle.zip/街道/a.html"]
    # The body of a whole archive is not that of each report in it; its address and year are.
    a, b = hints["bundle.zip/街道/a.html"], hints["bundle.zip/b.html"]
    assert (a.source_url, a.report_year, a.body_name) == ("https://example.org/bundle.zip", 2023, None)
    assert (b.source_url, b.report_year, b.body_name) == ("https://example.org/b.html", None, "南京市人民政府")
    assert {a.container_sha256, b.container_sha256} == {sha256}
    assert found.missing == ["bundle.zip/gone.html"]
    (refused,) = found.refused.values()
    (row,) = refused.tables.quarantine
    assert (row.file_name, row.container_sha256) == ("bundle.zip/broken.pdf", sha256)
    assert by_hash.verify(workspace.archive).damaged == []


def test_ten_townships_in_an_archive_with_names_in_gbk(source: Path, workspace: Workspace) -> None:
    """As Chinese Windows packs them: names in GBK, and no mark that says so."""
    names = [f"{numeral}里镇2023年年度报告.html" for numeral in "一二三四五六七八九十"]
    pages = [report(f"示例县{name[:3]}人民政府", 2023, seed).encode() for seed, name in enumerate(names)]
    # Written by its own rules, a name of as many ASCII letters as GBK has bytes; then the bytes are put in its place.
    stands = [f"{k:0{len(name.encode('gbk'))}d}" for k, name in enumerate(names)]
    data = packed(*zip(stands, pages, strict=True))
    for stand, name in zip(stands, names, strict=True):
        data = data.replace(stand.encode(), name.encode("gbk"))
    (source / "乡镇.zip").write_bytes(data)
    found = refresh(source, workspace, worker_count=2, given=frozenset()).catalogue
    said = {e.summary.file_name: (e.summary.code, e.summary.report_year) for e in found.entries}
    assert said == {f"乡镇.zip/{name}": (None, 2023) for name in names}
    bodies = {load_record(workspace, e.key).tables.reports[0].body_name for e in found.entries}
    assert bodies == {f"示例县{name[:3]}人民政府" for name in names}


def test_an_archive_is_unpacked_once(source: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "bundle.zip").write_bytes(packed(("a.html", PAGE), ("b.html", OTHER)))
    first = survey(source, workspace)
    times: list[bytes] = []

    def counted(data: bytes, keep: containers.Keep) -> Held:
        times.append(data)
        return unpack(data, keep)

    monkeypatch.setattr(containers, "unpack", counted)
    assert survey(source, workspace).jobs == first.jobs
    assert times == []
    job = next(iter(first.jobs.values()))
    (Path(workspace.archive) / by_hash.name_of(job.sha256)).unlink()
    assert survey(source, workspace).jobs == first.jobs
    assert len(times) == 1
    for note in workspace.containers.rglob("*.json"):
        note.write_text('{"version": "another"}')
    assert survey(source, workspace).jobs == first.jobs
    assert len(times) == 2


def test_a_file_that_also_lies_open_keeps_its_own_name(source: Path, workspace: Workspace) -> None:
    (source / "a.zip").write_bytes(packed(("x.html", PAGE), ("y.html", OTHER)))
    (source / "z.html").write_bytes(PAGE)
    found = survey(source, workspace)
    assert names(found) == ["z.html", "a.zip/y.html"]
    assert found.names["a.zip/x.html"] == found.names["z.html"]


def test_an_archive_alone_is_a_source(source: Path, workspace: Workspace) -> None:
    (source / "bundle.zip").write_bytes(packed(("a.html", PAGE), ("b.html", OTHER)))
    refreshed = refresh(source / "bundle.zip", workspace, worker_count=1)
    assert {e.summary.file_name: e.summary.code for e in refreshed.catalogue.entries} == {
        "bundle.zip/a.html": None,
        "bundle.zip/b.html": None,
    }
    (document,) = load_record(workspace, refreshed.catalogue.entries[0].key).tables.documents
    assert document.container_sha256 == by_hash.keep(workspace.archive, (source / "bundle.zip").read_bytes())
    assert refresh(source / "bundle.zip", workspace, worker_count=1).parsed == 0


def test_hostile_archives_end_in_quarantine_and_nothing_is_written_beside_the_workspace(
    source: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source / "good.html").write_bytes(PAGE)
    (source / "names.zip").write_bytes(hostile.zip_of_hostile_names())
    (source / "bomb.zip").write_bytes(hostile.overlapping_zip())
    (source / "nested.zip").write_bytes(hostile.zip_of_zips())
    (source / "large.zip").write_bytes(packed(("a.html", PAGE), method=zipfile.ZIP_STORED) + bytes(3_000_000))
    monkeypatch.setattr(surveys, "LARGEST_BYTES", 2_000_000)
    before = {path for path in source.parent.rglob("*") if not path.is_relative_to(workspace.root)}
    entries = refresh(source, workspace, worker_count=1).catalogue.entries
    found = {entry.summary.file_name: entry.summary.code for entry in entries}
    assert found["good.html"] is None
    assert (found["bomb.zip"], found["nested.zip"], found["large.zip"]) == ("zip_bomb", "too_deep", "too_large")
    assert {code for name, code in found.items() if name.startswith("names.zip/")} == {"not_a_report"}
    assert {path for path in source.parent.rglob("*") if not path.is_relative_to(workspace.root)} == before
    assert not any(Path(root, hostile.ESCAPED).exists() for root in ("/", tempfile.gettempdir()))


def test_what_is_noted_is_what_was_found() -> None:
    held = opened(packed(("a.html", PAGE), ("b.html", b""), ("c.css", b"")))[1]
    assert held.refused == [Refusal("b.html", "empty", "the file holds no bytes", "fetch the ZIP file again")]
    assert held.ignored == {".css": 1}

"""Pages and what they link: matched without guessing, told what they do not say themselves, and of one report."""

from pathlib import Path

import polars as pl
import pytest

from pipelines import build
from pipelines.catalogue.attachments import SourceDocuments
from pipelines.catalogue.catalogue import Entry, load, load_record, refresh
from pipelines.catalogue.record import Summary
from pipelines.parse.report import Hints
from pipelines.tabulate import years
from pipelines.tabulate.frames import frames
from pipelines.workspace import Workspace
from tests.made.corpus import report
from tests.made.figures import made
from tests.made.layouts import proactive_html, requests_html

pytestmark = pytest.mark.usefixtures("no_workers")

TITLE = "杭州市人民政府2023年政府信息公开工作年度报告"
HEADER = "file_name,source_url,report_year,body_name\n"


def page(*links: str, title: str = TITLE) -> str:
    """A page with nothing but a title and links."""
    anchors = "".join(f'<p><a href="{href}">附件</a></p>' for href in links)
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{anchors}</body></html>"


def tables() -> str:
    """Two statutory tables and not a word on who and when."""
    cells = made("2021", 5)
    return f"<html><body>{proactive_html('2021', cells)}{requests_html('2021', cells)}</body></html>"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    return tmp_path / "reports"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def put(folder: Path, **files: str) -> None:
    """Write files by their names."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def entries(source: Path, workspace: Workspace) -> dict[str, Entry]:
    return {e.summary.file_name: e for e in refresh(source, workspace, worker_count=1).catalogue.entries}


def quarantined(workspace: Workspace, entry: Entry) -> tuple[str, str | None]:
    (row,) = load_record(workspace, entry.key).tables.quarantine
    return row.code, row.hint


def attached_to(workspace: Workspace, entry: Entry) -> str | None:
    return load_record(workspace, entry.key).tables.documents[0].attached_to


def test_a_silent_attachment_gets_body_and_year_of_its_page_and_stands_before_it(
    source: Path, workspace: Workspace
) -> None:
    put(source, **{"page.html": page("files/tables.doc"), "files/tables.doc": tables()})
    found = entries(source, workspace)
    attachment, holder = found["files/tables.doc"], found["page.html"]
    assert (attachment.summary.code, attachment.summary.report_year) == (None, 2023)
    assert attachment.summary.report_id == holder.summary.report_id
    assert attached_to(workspace, attachment) == "page.html"
    built = frames(load_record(workspace, e.key) for e in load(workspace).of("2023"))
    assert dict(built["documents"].select("file_name", "stands").iter_rows()) == {
        "files/tables.doc": True,
        "page.html": False,
    }
    assert built["reports"].height == 1


def test_a_page_without_a_report_says_that_what_it_links_was_read(source: Path, workspace: Workspace) -> None:
    put(source, **{"page.html": page("a.doc", title="通知公告"), "a.doc": report("杭州市人民政府", 2023)})
    found = entries(source, workspace)
    assert found["a.doc"].summary.code is None
    assert attached_to(workspace, found["a.doc"]) == "page.html"
    assert quarantined(workspace, found["page.html"]) == ("report_attached", "what it links was read: a.doc")


def test_a_page_whose_attachment_cannot_be_read_stays_what_it_was(source: Path, workspace: Workspace) -> None:
    put(source, **{"page.html": page("a.txt", title="通知公告"), "a.txt": "牛奶\n面包\n"})
    found = entries(source, workspace)
    assert {name: entry.summary.code for name, entry in found.items()} == {
        "page.html": "not_a_report",
        "a.txt": "not_a_report",
    }


def test_nothing_is_done_twice_and_a_page_that_goes_takes_its_word_back(source: Path, workspace: Workspace) -> None:
    put(source, **{"page.html": page("t.doc"), "t.doc": tables(), "list.html": page("t.doc", title="目录")})
    first = refresh(source, workspace, worker_count=1)
    assert first.parsed == 4  # three files, and the attachment again with what its page says
    for year in first.catalogue.years:
        years.write_year(workspace, year)
        assert years.gate(workspace, year).is_open
    assert build.plan(source, workspace).parse == 0
    assert not build.plan(source, workspace).catalogue
    assert not build.plan(source, workspace).years
    again = refresh(source, workspace, worker_count=1)
    assert (again.parsed, again.catalogue) == (0, first.catalogue)
    (source / "page.html").unlink()
    (source / "list.html").unlink()
    assert build.plan(source, workspace).catalogue
    assert {e.summary.code for e in refresh(source, workspace, worker_count=1).catalogue.entries} == {"year_unknown"}


def test_page_and_attachment_with_the_same_report_must_agree(source: Path, workspace: Workspace) -> None:
    whole = report("杭州市人民政府", 2023)
    other = report("杭州市人民政府", 2023, seed=2).replace("</body>", '<a href="a.doc">附件</a></body>')
    put(source, **{"page.html": other, "a.doc": whole})
    found = entries(source, workspace)
    assert attached_to(workspace, found["a.doc"]) == "page.html"
    built = frames(load_record(workspace, entry.key) for entry in found.values())
    assert built["reports"].height == 1
    assert built["facts"].filter(pl.col("grade") == "conflicting").height > 0


def test_an_attachment_in_an_archive_belongs_to_the_page_in_it(source: Path, workspace: Workspace) -> None:
    from tests.pipelines.archive.test_containers import packed

    data = packed(("x/page.html", page("t.doc").encode()), ("x/t.doc", tables().encode()))
    (source / "b.zip").write_bytes(data)
    found = entries(source, workspace)
    assert attached_to(workspace, found["b.zip/x/t.doc"]) == "b.zip/x/page.html"


# --- what a link means


def linked(page: Hints, href: str, *others: Hints, text: str = "") -> list[str]:
    """The names of the files that a page's link means."""
    every = {h.file_name: h for h in (page, *others)}
    summaries = {name: Summary(name, name, None) for name in every}
    summaries[page.file_name] = Summary("p", page.file_name, None, links=((href, text),))
    return SourceDocuments({name: name for name in every}, every, summaries).linked.get(page.file_name, [])


@pytest.mark.parametrize(
    ("href", "file", "meant"),
    [
        ("./a%20b.pdf", Hints("x/a b.pdf"), True),
        ("../y/a.pdf", Hints("y/a.pdf"), True),
        ("https://example.org/up/a.pdf?v=2", Hints("x/a.pdf"), True),
        ("/up/A.PDF", Hints("x/page_files/a.pdf"), True),
        ("/web/viewer.html?file=/up/a.pdf", Hints("x/a.pdf"), True),
        ("/up/a.pdf", Hints("y/a.pdf"), False),
        ("../../a.pdf", Hints("a.pdf"), False),
        ("http://EXAMPLE.org/up/1.pdf#p", Hints("z/other.pdf", "https://example.org/up/1.pdf"), True),
        ("1.pdf", Hints("z/other.pdf", "https://example.org/dir/1.pdf"), True),
        ("/up/a.pdf", Hints("x/a.pdf", "https://example.org/another/a.pdf"), False),
        ("https://[bad/a.pdf", Hints("x/b.pdf"), False),
    ],
)
def test_a_link_means_a_file_by_address_path_or_name_beside(href: str, file: Hints, meant: bool) -> None:
    holder = Hints("x/page.html", "https://example.org/dir/page.html")
    assert linked(holder, href, file) == ([file.file_name] if meant else [])


def test_a_name_that_two_files_have_means_neither() -> None:
    assert linked(Hints("page.html"), "/up/a.pdf", Hints("a.pdf"), Hints("page_files/a.pdf")) == []


def test_a_download_without_a_name_goes_by_the_text_of_the_link() -> None:
    assert linked(Hints("page.html"), "/down.jsp?id=3", Hints("年报.pdf"), text="年报.pdf") == ["年报.pdf"]


# --- what a page tells


def told(*summaries: Summary, **hints: Hints) -> dict[str, Hints]:
    names = {s.file_name: s.file_name for s in summaries}
    every = {s.file_name: hints.get(s.document_sha256, Hints(s.file_name)) for s in summaries}
    return dict(SourceDocuments(names, every, {s.file_name: s for s in summaries}).told())


def holder(name: str, *hrefs: str, year: int = 2023) -> Summary:
    return Summary(name, name, year, f"甲-{year}", body_name="甲县人民政府", links=tuple((h, "") for h in hrefs))


def silent(name: str) -> Summary:
    return Summary(name, name, None, stage="parse", code="year_unknown")


def test_a_page_of_several_documents_tells_nothing_of_any() -> None:
    assert told(holder("p.html", "a.pdf", "b.pdf"), silent("a.pdf"), silent("b.pdf")) == {}


def test_one_document_in_two_formats_is_one_document() -> None:
    found = told(holder("p.html", "a.pdf", "a.doc"), silent("a.pdf"), silent("a.doc"))
    assert {name: (h.body_name, h.report_year, h.attached_to) for name, h in found.items()} == {
        "a.doc": ("甲县人民政府", 2023, "p.html"),
        "a.pdf": ("甲县人民政府", 2023, "p.html"),
    }


def test_pages_that_disagree_tell_nothing() -> None:
    assert told(holder("p.html", "a.pdf"), holder("q.html", "a.pdf", year=2022), silent("a.pdf")) == {}


def test_a_document_that_says_another_year_is_not_the_pages_report() -> None:
    other = Summary("a.pdf", "a.pdf", 2022, "甲-2022", fact_count=200, body_name="甲县人民政府")
    assert told(holder("p.html", "a.pdf"), other) == {}


def test_what_the_source_says_of_a_document_goes_before_what_a_page_says() -> None:
    own = Hints("a.pdf", report_year=2021)
    found = told(holder("p.html", "a.pdf"), Summary("a", "a.pdf", 2021, stage="parse", code="body_unknown"), a=own)
    assert (found["a.pdf"].report_year, found["a.pdf"].body_name) == (2021, "甲县人民政府")

"""Sites for tests: from the sample and from hostile reports, with a server and a browser where there is one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from threading import Thread

import duckdb

from expectations.columns import about
from expectations.tables import WAREHOUSE
from pipelines.site import DATABASE, build
from pipelines.site.server import serve
from tests.made.parsed import Parsed

VERSION = "2025.11.26"
#: Every way in which a name can mean harm: an element, quotes, the end of a script, a formula, a template.
HOSTILE = """<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{7*7}}${7*7}&amp;"""
FORMULA = '=HYPERLINK("http://example.org")'
#: What ./.ci/run installs; its own traffic is turned off.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """A browser of the system's; playwright's own is never downloaded."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def published(warehouse: Path, folder: Path) -> Path:
    """A release as far as the site knows one: the database as a DuckDB of the web reads it, and the site beside it."""
    folder.mkdir(parents=True)
    path = folder / DATABASE
    with duckdb.connect() as connection:
        connection.execute(f"attach '{warehouse}' as warehouse (read_only)")
        connection.execute(f"attach '{path}' as published (storage_version 'v1.4.0')")
        for model in WAREHOUSE:
            name, key = about(model).name, ", ".join(about(model).key)
            connection.execute(f"create table published.main.{name} as from warehouse.main.{name} order by {key}")
    return path


def made(database: Path, name: str = "site", engine: Path | None = None) -> Path:
    """The site of a database, beside it."""
    out = database.parent / name
    build(database, out, version=VERSION, downloads={DATABASE: database}, engine=engine, processes=1)
    return out


def hostile(folder: Path) -> Path:
    """The database of two reports whose names, labels, texts and addresses mean harm, in a field that is ranked."""
    cells = {"requests/received_new/total": (5.0, "contradicted", HOSTILE)}
    parsed = Parsed()
    for body, name, value in (("110000", HOSTILE, cells), ("120000", FORMULA, {"requests/received_new/total": 7.0})):
        parsed.report(f"{body}-2022", value, body_name=name, body_kind="government", title=HOSTILE, level="province")
        parsed.problem(f"{body}-2022", "platform", HOSTILE)
    for number in range(4):
        province = {"body_name": f"省{number}", "body_kind": "government", "level": "province"}
        parsed.report(f"13000{number}-2022", {"requests/received_new/total": 6.0 - number}, **province)
    for row in parsed.rows["documents"]:
        row |= {"file_name": HOSTILE, "source_url": "javascript:alert(3)", "stands": True}
    for row in parsed.rows["facts"]:
        row |= {"row_label": HOSTILE, "column_label": FORMULA}
    return published(parsed.build(folder).path, folder / "release")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on loopback while it is served."""
    server = serve(folder, 0)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Page(HTMLParser):
    """What a test asks of a page: its ids, addresses, elements and texts."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._inside = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self._inside = tag
        self.tags.append(tag)
        self.attributes.append((tag, own))
        self.ids += [own["id"] or ""] if "id" in own else []
        if tag == "a":
            self.links.append(own["href"] or "")
        elif address := own.get("src") or (own.get("href") if tag == "link" else None):
            self.loads.append(address)

    def handle_data(self, data: str) -> None:
        if self._inside not in ("script", "style"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All text of the page."""
        return "".join(self.texts)

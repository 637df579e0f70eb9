"""The cases that lie beside the project, in `shared/cases/web`: read as situations, where they are there.

A case is a folder with `_site.json` (host, answers, what a person finds), `www/` (files by path) and `sources.csv`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipelines.workspace import PROJECT
from tests.web.situations.situation import Answer, Row, Situation

PORT = 8811
_TYPES = {".pdf": "application/pdf", ".json": "application/json", ".txt": "text/plain"}


def folder() -> Path | None:
    """Where the cases lie: in `shared/` beside the project or beside a folder that holds it; None where nowhere."""
    beside = (above / "shared" / "cases" / "web" for above in PROJECT.parents)
    return next((path for path in beside if (path / "serve.py").is_file()), None)


def cases(place: Path) -> list[Situation]:
    """All cases of the folder, by name."""
    return [_situation(path.parent) for path in sorted(place.glob("*/_site.json"))]


def _situation(case: Path) -> Situation:
    site = json.loads((case / "_site.json").read_text("utf-8"))
    origin = f"http://{site['host']}:{PORT}"
    with (case / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = tuple(_row(row, origin) for row in csv.DictReader(file))
    answers = dict(_files(case / "www")) | {path: _answer(case, said) for path, said in site["answers"].items()}
    expected = tuple(url.removeprefix(origin) for url in site["expect"])
    return Situation(case.name, rows, answers, expected, origin=origin)


def _row(row: Mapping[str, str], origin: str) -> Row:
    year = int(row["report_year"]) if row["report_year"] else None
    names = {name: row[name] for name in ("body_name", "province", "level", "kind", "covers")}
    return Row(row["url"].removeprefix(origin), **names, report_year=year)


def _answer(case: Path, said: Mapping[str, Any]) -> Answer:
    headers = dict(said["headers"])
    method = headers.pop("X-Method", "")
    body = (case / said["file"]).read_bytes()
    return Answer(body, said["status"], said["ctype"], headers, said["needs"], method)


def _files(place: Path) -> Iterator[tuple[str, Answer]]:
    """The answers of files, and of folders by their first page."""
    for path in sorted(each for each in place.rglob("*") if each.is_file()) if place.is_dir() else ():
        answer = Answer(path.read_bytes(), content_type=_TYPES.get(path.suffix, "text/html"))
        address = f"/{path.relative_to(place).as_posix()}"
        yield address, answer
        if path.stem == "index":
            yield address.removesuffix(path.name), answer

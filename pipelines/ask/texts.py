"""The texts of two reports of one body, and the sections that hold a word.

Belongs here: asking the database for texts. Does not belong here: sentences and their pairs (`pipelines.warehouse.texts`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.ask.newest import NotThere
from pipelines.ask.side_by_side import find_body

if TYPE_CHECKING:
    import duckdb

_TEXTS = """
select s.section, s.title, s.text from sections as s join reports as r using (report_id)
where r.body_id = $body and r.report_year = $year order by s.section
"""
_YEARS = """
select distinct r.report_year from reports as r join sections using (report_id) where r.body_id = $body order by 1
"""
_FOUND = """
select r.report_id, r.body_name, r.report_year, s.section, s.title, s.text, d.file_name, d.source_url
from sections as s join reports as r using (report_id) left join documents as d on r.document_sha256 = d.document_sha256
where contains(lower(s.text), lower($term)) and ($body is null or r.body_id = $body)
    and ($year is null or r.report_year = $year)
order by r.report_year desc, r.body_name, r.report_id, s.section
"""


#: Number of a section → its heading as printed, and its text.
Texts = Mapping[int, tuple[str | None, str]]


@dataclass(frozen=True, slots=True)
class TwoTexts:
    """Two reports of one body."""

    body_id: str
    name: str
    before: Texts
    now: Texts


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A section that holds the term, and where it is printed."""

    report_id: str
    body_name: str
    report_year: int
    section: int
    title: str | None
    text: str
    file_name: str | None
    source_url: str | None


def two_texts(connection: duckdb.DuckDBPyConnection, name: str, before: int, now: int) -> TwoTexts:
    """The reports of a body for two years. Raises `NotThere` for a body or a year that the data lacks."""
    body_id, printed, *_ = find_body(connection, name)
    there = [year for (year,) in connection.execute(_YEARS, {"body": body_id}).fetchall()]
    if missing := [year for year in (before, now) if year not in there]:
        listed = "、".join(map(str, there)) or "none"
        raise NotThere(f"{printed} has no text of {'、'.join(map(str, missing))}; there are: {listed}")
    return TwoTexts(body_id, printed, _texts(connection, body_id, before), _texts(connection, body_id, now))


def _texts(connection: duckdb.DuckDBPyConnection, body: str, year: int) -> Texts:
    rows = connection.execute(_TEXTS, {"body": body, "year": year}).fetchall()
    return {section: (title, text) for section, title, text in rows}


def search(
    connection: duckdb.DuckDBPyConnection, term: str, body: str | None = None, year: int | None = None
) -> Iterator[FoundSection]:
    """The sections that hold `term`, newest reports first. Capital and small letters are alike. Raises `NotThere`."""
    body_id = find_body(connection, body)[0] if body else None
    asked = connection.execute(_FOUND, {"term": term, "body": body_id, "year": year})
    while rows := asked.fetchmany(200):
        yield from (FoundSection(*row) for row in rows)

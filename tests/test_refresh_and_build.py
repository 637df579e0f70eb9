"""The whole chain by the real commands: from sites of the replica web to the comparison datasets, and what a change does."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.made.refreshing import Refreshing, ready
from tests.web import Changed, ReplicaWeb

pytestmark = pytest.mark.long(seconds=30)

SITES = ("jcms", "vsb-gbk-wrong", "trs-pdf", "trs-departments")
_REVISED = """
    select ordinal, stands, decided_by, differing_facts, file_name, fetched_at from revisions
    where report_id = ? order by ordinal
"""


def rows(made: Refreshing, query: str, *values: object) -> list[tuple[object, ...]]:
    with duckdb.connect(str(made.workspace.warehouse), read_only=True) as connection:
        return connection.execute(query, values).fetchall()


def test_the_chain_ends_with_comparisons_and_one_revised_page_is_one_document_parsed(tmp_path: Path) -> None:
    with ReplicaWeb(seed=1) as web:
        # Through fsspec, as an object store would be: the same in every process, and no folder of ours.
        made = ready(web, tmp_path, *SITES, archive=f"dir::file://{tmp_path}/store")
        made.refresh()
        assert "the archive is whole" in made.run("archive", "verify")
        assert not (made.workspace.root / "archive").exists()
        made.build()
        sites = [web.site(name) for name in SITES]
        bodies = {body for site in sites for body in site.bodies}
        expected = {(e.body_name, e.report_year) for e in web.expected() if e.holds_report and e.body_name in bodies}
        found = rows(made, "select body_name, report_year from comparison_by_year")
        # A report may print its government short (邢台市): who it is, is told all the same.
        assert sorted((str(name).removesuffix("人民政府"), year) for name, year in found) == sorted(
            (name.removesuffix("人民政府"), year) for name, year in expected
        )
        grades = dict(rows(made, "select grade, count(*) from facts group by all"))
        assert grades.keys() == {"verified", "unverified"}
        sources = rows(made, "select distinct source_url is not null and fetched_at is not null from documents")
        assert sources == [(True,)]

        made.refresh()
        assert "nothing changed: 0 documents parsed" in made.build()

        body = web.site("jcms").bodies[0]
        changed = web.change_page(body, 2023)
        made.refresh()
        assert "1 to parse" in made.build()
        ((report_id,),) = rows(
            made, "select report_id from reports where starts_with(?, body_name) and report_year = 2023", body
        )
        (first, second) = rows(made, _REVISED, report_id)
        assert (first[1:3], second[1:4]) == ((False, "fetched_last"), (True, "fetched_last", None))
        assert first[3] == "\n".join(sorted(map(_line, changed)))
        assert str(first[5]) < str(second[5])
        # The body took its word back: nothing conflicts, and the comparison has the new number.
        assert rows(made, "select count(*) from facts where grade in ('conflicting', 'contradicted')") == [(0,)]
        (granted,) = [c for c in changed if (c.row, c.column) == ("granted", "total")]
        asked = "select value from facts where report_id = ? and form_row = 'granted' and form_column = 'total'"
        assert rows(made, asked, report_id) == [(granted.after,)]


def _line(changed: Changed) -> str:
    return f"{changed.table}/{changed.row}/{changed.column}: {changed.before} → {changed.after}"

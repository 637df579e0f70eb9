"""Tells what the comparison page loads: who reports and what is measured at once, the values of a measure when it is chosen.

Belongs here: the queries and the files. Ranks are made by the macros of `peer_group_comparison`, for all measures. Does not
belong here: which field is shown, and drawing (`static/compare.js`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from pipelines.site.lending import Files, Lender, fingerprint_of, fingerprints
from pipelines.site.packing import packed, write
from pipelines.site.pages import slug
from pipelines.site.release_data import ReleaseData, by

#: A government's report is often that of its office: the two are one kind, as in `peer_group_comparison`.
_KIND = "if(body_kind = 'government_office', 'government', body_kind)"
_BODIES = f"""
select body_id as id, body_name as name, level, {_KIND} as kind, province_code, government_code
from bodies order by body_id
"""
_PROVINCES = """
select distinct province_code as code, province_name as name from bodies
where province_code is not null order by province_code, province_name
"""
_GROUPS = """
select group_code as code, any_value(group_zh) as zh, any_value(level) as level
from peer_memberships where group_kind = 'peer_group' group by group_code order by group_code
"""
_FUNCTIONS = """
select distinct body_function as code, function_zh as zh, function_en as en
from peer_memberships join functions using (body_function) order by body_function
"""
_MEASURES = "select measure as code, measure_group as grp, measure_zh as zh, measure_en as en, unit, is_main as main from measures order by ordinal"
_YEARS = "select distinct report_year from reports order by report_year desc"
#: A value with the report that states it; a report without one says why.
_VALUES = """
select b.measure, b.report_id, b.report_year as year, b.body_id, b.value, b.grade, b.comparability, r.scope,
    b.series, b.state, nullif(r.body_name, o.body_name) as name
from measures_by_report as b join reports as r using (report_id) join bodies as o on b.body_id = o.body_id
where list_contains($measures, b.measure)
order by b.measure, b.report_year, b.body_id, b.report_id
"""
#: Years that do not continue the one before by law, or are to be read with a note.
_LAWS = """
select measure, report_year as year, cast(legal_date as varchar) as date, legal_kind as kind, reason_zh as zh,
    reason_en as en, source
from legal_breaks order by measure, legal_date, year
"""
#: Where a value stands in each group of peers; without a rank, why.
_PLACES = """
with candidates as (
    select b.measure, b.value, b.series, f.*,
        rank_obstacle(f.obstacle, b.unranked_reason, b.scope, f.scope) as why
    from measures_by_report as b join peer_memberships as f on b.report_id = f.report_id
    where list_contains($measures, b.measure)
), placed as (
    select *, standing(value, why is null, rank_field(
        report_year, group_kind, group_code, level, field_kind, body_function, scope, measure, series
    )) as place
    from candidates
)
select measure, report_id, group_kind || '/' || group_code as field, field_kind as kind, body_function as function,
    place.value_rank as rank,
    place.member_count as members, coalesce(why, if(place.value_rank is null, 'field_small', null)) as why
from placed order by measure, report_year, body_id, report_id, field
"""
#: What the file of every measure depends on besides its own values.
_SHARED = (
    "from bodies",
    "select report_id, report_year, body_id, body_name, scope from reports",
    "from peer_memberships",
    "from legal_breaks",
)


def write_comparison(source: ReleaseData, out: Path, lender: Lender) -> None:
    """Write the index, and a file for each measure that cannot be lent."""
    bodies = source.frame(_BODIES)
    slugs = pl.Series("slug", [slug(body) for body in bodies["id"]], dtype=pl.String)
    index = {
        "count": bodies.height,
        "bodies": packed(bodies.with_columns(slugs)),
        "provinces": {row["code"]: row["name"] for row in source.rows(_PROVINCES)},
        "groups": {row.pop("code"): row for row in source.rows(_GROUPS)},
        "functions": {row.pop("code"): row for row in source.rows(_FUNCTIONS)},
        "measures": source.rows(_MEASURES),
        "years": [row["report_year"] for row in source.rows(_YEARS)],
    }
    write(out, "index", index)
    wanted = _files(source, out)
    due = {measure: files for measure, files in wanted.items() if not lender.lend(files)}
    _write_measures(source, out, bodies, list(due))
    for files in due.values():
        lender.made(files)


def _files(source: ReleaseData, out: Path) -> dict[str, Files]:
    """The file of each measure that has values, with the fingerprint of the rows that it is made of."""
    shared = " ".join(fingerprint_of(source, query) for query in _SHARED)
    values = fingerprints(source, "from measures_by_report", "measure")
    return {
        measure: {out / "data" / "measure" / f"{measure}.js": ("measure", measure, shared, said)}
        for measure, said in sorted(values.items())
    }


def _write_measures(source: ReleaseData, out: Path, bodies: pl.DataFrame, wanted: list[str]) -> None:
    place = pl.DataFrame({"body_id": bodies["id"], "body": pl.int_range(bodies.height, eager=True)})
    values = (
        source.frame(_VALUES, measures=wanted)
        .join(place, on="body_id", how="left", maintain_order="left")
        .drop("body_id")
    )
    laws = by(source.rows(_LAWS), "measure")
    places = source.frame(_PLACES, measures=wanted).partition_by("measure", as_dict=True, include_key=False)
    for (measure,), part in values.partition_by("measure", as_dict=True, include_key=False).items():
        told = {"laws": laws.get(measure, [])}
        write(out, f"measure/{measure}", {**_measure(part.with_row_index("row"), places.get((measure,))), **told})


def _measure(values: pl.DataFrame, places: pl.DataFrame | None) -> dict[str, Any]:
    """The values of a measure, and their places: each names the row of its value."""
    columns = packed(values.drop("row", "report_id"))
    data: dict[str, Any] = {"count": values.height, "columns": columns, "places": {"count": 0, "columns": {}}}
    if places is not None:
        numbered = places.join(values.select("report_id", "row"), on="report_id", how="left", maintain_order="left")
        data["places"] = {"count": numbered.height, "columns": packed(numbered.drop("report_id"))}
    return data

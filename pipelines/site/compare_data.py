"""Tells what the comparison page loads: who reports and what is measured at once, the values of a measure when it is chosen.

Belongs here: the queries and the files. Does not belong here: ranking and drawing (`static/compare.js`).
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pipelines.site.packing import packed, write
from pipelines.site.pages import slug
from pipelines.site.release_data import ReleaseData

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
select g.peer_group as code, g.peer_group_zh as zh, g.government_code from peer_groups as g
where exists (select 1 from bodies as b where b.government_code = g.government_code)
order by g.peer_group, g.government_code
"""
_MEASURES = "select measure as code, measure_group as grp, measure_zh as zh, measure_en as en, unit, is_main as main from measures order by ordinal"
_YEARS = "select distinct report_year from reports order by report_year desc"
#: A value with the report that states it; a report without one says why.
_VALUES = """
select b.measure, b.report_year as year, b.body_id, b.value, b.grade, b.comparability, b.scope, r.scope as report_scope,
    b.series, b.state, b.unranked_reason as unranked, nullif(r.body_name, o.body_name) as name
from measures_by_report as b join reports as r using (report_id) join bodies as o on b.body_id = o.body_id
order by b.measure, b.report_year, b.body_id
"""


def write_comparison(source: ReleaseData, out: Path) -> list[str]:
    """Write the index, and a file for each measure; the names of the data files."""
    bodies = source.frame(_BODIES)
    slugs = pl.Series("slug", [slug(body) for body in bodies["id"]], dtype=pl.String)
    index = {
        "count": bodies.height,
        "bodies": packed(bodies.with_columns(slugs)),
        "provinces": {row["code"]: row["name"] for row in source.rows(_PROVINCES)},
        "groups": _groups(source),
        "measures": source.rows(_MEASURES),
        "years": [row["report_year"] for row in source.rows(_YEARS)],
    }
    write(out, "index", index)
    place = pl.DataFrame({"body_id": bodies["id"], "body": pl.int_range(bodies.height, eager=True)})
    values = source.frame(_VALUES).join(place, on="body_id", how="left", maintain_order="left").drop("body_id")
    for (measure,), part in values.partition_by("measure", as_dict=True, include_key=False).items():
        write(out, f"measure/{measure}", {"count": part.height, "columns": packed(part)})
    return ["index", *(f"measure/{row['code']}" for row in source.rows(_MEASURES))]


def _groups(source: ReleaseData) -> dict[str, dict[str, object]]:
    names: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for row in source.rows(_GROUPS):
        names[row["code"]] = row["zh"]
        members.setdefault(row["code"], []).append(row["government_code"])
    return {code: {"zh": name, "members": members[code]} for code, name in names.items()}

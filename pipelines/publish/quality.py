"""The quality of a release: counts over a warehouse that anyone can make again from its tables, and their files.

Belongs here: the counting. Does not belong here: the page that shows them (`quality_page`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl

from expectations.columns import about
from expectations.tables import QUALITY, RESULTS
from pipelines.files import write_durably
from pipelines.publish import quality_page
from pipelines.publish.export import export_frame
from pipelines.publish.sheets.csv_files import write_csv
from pipelines.steps.gate_page import render

#: Where it stands in a release.
FOLDER = "quality"

_QUERIES: Mapping[str, str] = {
    "coverage_by_year": """
        select report_year, level, count(*) as body_count,
            count(*) filter (where coverage_state <> 'absent') as present_count,
            count(*) filter (where coverage_state <> 'absent' and contradicted_fact_count > 0) as contradicted_count,
            count(*) filter (where coverage_state = 'absent') as absent_count
        from {schema}.coverage group by all""",
    "grades_by_year": """
        with graded as (
            select 'facts' as table_name, report_year, form, grade from {schema}.facts
            union all
            select 'figures', f.report_year, r.form, f.grade
            from {schema}.figures as f join {schema}.reports as r using (report_id)
        ), counted as (select table_name, report_year, form, grade, count(*) as row_count from graded group by all)
        select *, row_count / sum(row_count) over (partition by table_name, report_year, form) as share from counted""",
    "failed_checks_by_code": """
        select check_code, form, kind, count(*) filter (where outcome = 'fails') as failed_count,
            count(*) as tested_count,
            count(distinct report_id) filter (where outcome = 'fails') as report_count
        from {schema}.checks where outcome in ('holds', 'fails') group by all having failed_count > 0""",
    "quarantine_by_reason": """
        select stage, code, count(distinct document_sha256) as document_count,
            min_by(file_name, (file_name, document_sha256)) as example_file_name,
            min_by(message, (file_name, document_sha256)) as example_message
        from {schema}.quarantine group by all""",
    "corrections_by_status": """
        select correction_status, kind, count(*) as line_count, min(correction_id) as example_correction_id
        from {schema}.corrections group by all""",
}


def tables(connection: duckdb.DuckDBPyConnection, schema: str) -> dict[str, pl.DataFrame]:
    """The quality tables of the contract, by name and in the order of their keys, of the tables in a schema."""
    made = {}
    for model in QUALITY:
        facts = about(model)
        frame = connection.sql(_QUERIES[facts.name].format(schema=schema)).pl()
        made[facts.name] = frame.sort(facts.key)
    return made


def write(
    folder: Path, version: str, accepted: str | None, frames: Mapping[str, pl.DataFrame], gate_results: pl.DataFrame
) -> dict[str, list[Path]]:
    """Write `quality/` into a folder: tables as Parquet and CSV, and the pages; the Parquet files by table.

    `accepted` is the reason for which the release passed its gate in spite of what it found.
    """
    files: dict[str, list[Path]] = {}
    for model, frame in ((RESULTS[0], gate_results), *((model, frames[about(model).name]) for model in QUALITY)):
        name = about(model).name
        files[name] = export_frame(model, frame, folder, FOLDER)
        write_csv(model, frame.to_arrow().to_batches(), folder / FOLDER / f"{name}.csv")
    page = quality_page.render(version, accepted, frames, gate_results)
    write_durably(folder / FOLDER / "quality.html", page.encode())
    write_durably(folder / FOLDER / "gates.html", render(gate_results, f"Gate results of {version}").encode())
    return files

"""`README.txt`: a page of plain text for someone who has nothing but the folder."""

from __future__ import annotations

from expectations.columns import about
from expectations.tables import TABLES
from pipelines.publish import dataset


def readme(version: str) -> str:
    """The page of a release."""
    return _HEAD.format(
        title=dataset.TITLE,
        title_zh=dataset.TITLE_ZH,
        version=version,
        license=dataset.LICENSE_TITLE,
        url=dataset.LICENSE_URL,
        cautions="\n".join(f"- {line}" for line in (*dataset.CAUTIONS, *dataset.CAUTIONS_ZH)),
        tables="\n".join(f"  {about(m).name:<24} {about(m).zh} - {about(m).grain}" for m in TABLES.values()),
        database=dataset.DATABASE,
    )


_HEAD = """{title}
{title_zh}

Version {version}. Licence of the data: {license} ({url}).
How to cite it: CITATION.cff.

What is here 内容
  data/             every table as Parquet, by report year where it has years; columns are described in the files
  {database}    all tables, every column with a comment; DuckDB 1.4 or later. Where it has a view how_to_open, the
                    longest tables are views on data/: start DuckDB in this folder, or SET VARIABLE gongkai = '<folder>'
  csv/ xlsx/        the comparison tables for spreadsheets
  quality/          coverage, grades, failing checks, what was turned away, what the gates found; quality.html shows it
  changes/          what is other than in the release before, and why; CHANGES.md to read
  dictionary.*      every table, column and code in Chinese and English
  datapackage.json  Data Package v2; dcat.jsonld: DCAT 3; croissant.json: Croissant 1.0
  release.json      version, schema version, the release before, what it was made of
  SHA256SUMS        sha256sum -c SHA256SUMS, or: gongkai release verify

What a reader must not assume 使用须知
{cautions}

Look into it
  duckdb {database} "select body_name, granted_share from comparison_by_year where report_year = 2024"
  duckdb -c "select * from 'data/comparison_by_year/*.parquet'"

Spreadsheets
  CSV is UTF-8 with a byte order mark; the first line has the codes of the columns. A text that begins with = + - @, a
  tab or a carriage return has an apostrophe before it in CSV, since spreadsheets take it for a formula; Parquet, DuckDB
  and XLSX have it without. A table of more than 200,000 rows has a file for each report
  year, and a year of more than that is there as CSV only.

Reproducible
  The same reports, program and day (SOURCE_DATE_EPOCH) give the same bytes, but for {database}: DuckDB puts an
  identifier of its own into each file and leaves some bytes between its blocks as memory happened to be. SHA256SUMS has
  its hash, so that a download can be proved; the other files describe it without one.

Tables, and what one row of each is
{tables}
"""

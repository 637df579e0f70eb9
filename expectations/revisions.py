"""The history of a report that several documents state: a page and its PDF, a report and its correction."""

import polars as pl

from expectations import vocabulary as words
from expectations.columns import Table, column

SHA256 = r"^[0-9a-f]{64}$"


class Revisions(Table):
    """One row a document of a report that has several."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    document_sha256: str = column("Document", zh="文件哈希", unique=True, pattern=SHA256)
    ordinal: int = column(
        "Place among the report's documents by date of publication and then of fetching, from 1; undated ones first",
        zh="序号",
        minimum=1,
    )
    file_name: str = column("Name under which the document was first found", zh="文件名")
    published_on: pl.Date = column("Date of publication as this document prints it", zh="公开日期", nullable=True)
    fetched_at: str = column(
        "When its address first held it: UTC, ISO form; null for files that were given", zh="抓取时间", nullable=True
    )
    stands: bool = column("Whether the report's facts were taken from this document", zh="是否采用")
    decided_by: str = column(
        "First rule by which this document and the standing one differ (for the standing one: it and the next best): "
        "it has facts at all; text before what OCR read of no more cells; at least half of the most cells; "
        "what its address holds now before what it held before; published last; most facts; smallest hash",
        zh="采用依据",
        allowed=words.REVISION_RULES,
    )
    reason: str = column("Why it stands, or why another stands before it, in a sentence", zh="采用理由")
    fact_count: int = column("Facts read, blank cells included", zh="数据项数", unit="facts", minimum=0)
    compared_fact_count: int = column(
        "Facts that have a number both here and in the standing document", zh="可比数据项数", unit="facts", minimum=0
    )
    differing_fact_count: int = column(
        "Of these, those that have another number here, misreadings of OCR included",
        zh="不一致数据项数",
        unit="facts",
        minimum=0,
    )
    differing_facts: str = column(
        "These facts in order, a line each: `<form_table>/<form_row>/<form_column>: here → standing`; "
        "null where there are none",
        zh="不一致数据项",
        nullable=True,
    )
    only_here_fact_count: int = column(
        "Facts that have a number here and none in the standing document",
        zh="仅见于本文件数据项数",
        unit="facts",
        minimum=0,
    )
    only_standing_fact_count: int = column(
        "Facts that have a number in the standing document and none here",
        zh="仅见于采用文件数据项数",
        unit="facts",
        minimum=0,
    )

    class Config:
        """Table facts."""

        name = "revisions"
        title = "文件沿革"
        description = (
            "Every document of the reports that several documents state: which stands, why, and what the others say "
            "otherwise. A later document need not be a correction: most are a page and its PDF. Reports of one document "
            "are not here."
        )
        unique = ["report_id", "document_sha256"]
        metadata = {
            "grain": "one document of a report that has several",
            "rules": {
                "differing_within_compared": "differing_fact_count <= compared_fact_count",
                "the_standing_one_differs_from_itself_in_nothing": (
                    "not stands or differing_fact_count + only_here_fact_count + only_standing_fact_count = 0"
                ),
                "what_is_listed_is_counted": "differing_fact_count > 0 or differing_facts is null",
            },
        }

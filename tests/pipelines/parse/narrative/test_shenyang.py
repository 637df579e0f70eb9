"""Every quantitative statement of one real narrative, by hand: value, unit, indicator, and its own sums and shares."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from pipelines.parse import Hints, Report, parse
from pipelines.read import read
from pipelines.workspace import PROJECT

PATH = PROJECT.parent / "shared" / "reports" / "shenyang2019.txt"
pytestmark = pytest.mark.skipif(not PATH.exists(), reason="../shared with real reports is not there")

#: In the order of the text: indicator, value, measure word, qualifier. Changes and ranks are below.
STATED = [
    ("topic_columns", 13, "大", ""),
    ("sub_columns", 65, "个", ""),
    ("portal_items", 15366, "条", ""),
    ("regulations_disclosed", 2, "件", ""),
    ("documents_government", 25, "件", ""),
    ("documents_government_interpreted", 11, "件", ""),
    ("documents_general_office", 43, "件", ""),
    ("documents_general_office_interpreted", 25, "件", ""),
    ("wechat_items", 737, "条", ""),
    ("weibo_items", 950, "条", ""),
    ("press_conferences", 122, "场", ""),
    ("press_release_participations", 357, "家次", "累计"),
    ("journalists_attending", 3000, "人次", "多"),
    ("media_original_works", 6000, "篇", "余"),
    ("tv_episodes", 332, "期", ""),
    ("tv_episodes", 359, "期", ""),
    ("tv_episodes", 48, "期", ""),
    ("handbook_volumes", 2, "册", ""),
    ("handbook_copies", 1000, "本", ""),
    ("handbook_topics", 16, "个", ""),
    ("handbook_policy_interpretations", 103, "个", ""),
    ("newspaper_column_issues", 49, "期", ""),
    ("policy_answers", 200, "个", "余"),
    ("gazette_issues", 24, "期", ""),
    ("gazette_documents", 84, "篇", ""),
    ("gazette_interpretations", 13, "篇", ""),
    ("open_day_units", 70, "家", ""),
    ("open_day_entrepreneurs", 330, "名", "余"),
    ("requests_received", 1159, "件", ""),
    ("websites_inspected", 54, "家", ""),
    ("website_inspection_rounds", 12, "轮次", ""),
    ("website_inspections", 647, "次", "累计"),
    ("error_reports", 249, "条", ""),
    ("error_reports_resolved_pct", 100, "%", ""),
    ("new_media_surveys", 4, "次", ""),
    ("new_media_accounts_districts", 100, "个", ""),
    ("new_media_accounts_departments", 109, "个", ""),
    ("websites_consolidated_assessed", 48, "家", ""),
    ("websites_consolidated_unassessed", 23, "家", ""),
    ("websites_columns_adjusted", 35, "家", ""),
    ("columns_adjusted", 593, "个", ""),
    ("columns_added", 253, "个", ""),
    ("columns_renamed", 239, "个", ""),
    ("columns_merged", 45, "个", ""),
    ("columns_deleted", 56, "个", ""),
    ("items_uploaded", 6000, "条", "余"),
    ("platform_visits", 7_700_000, "人次", "超"),
    ("platform_daily_visits", 120_000, "人次", ""),
    ("platform_departments", 539, "个", ""),
    ("platform_departments_city", 51, "个", ""),
    ("platform_services", 9538, "个", ""),
    ("platform_services_city", 1461, "个", ""),
    ("platform_online_rate_pct", Decimal("95.2"), "%", ""),
    ("platform_sections", 34, "个", ""),
    ("platform_linked_departments", 24, "个", ""),
    ("platform_linked_systems", 49, "个", ""),
    ("platform_using_departments", 437, "个", ""),
    ("platform_using_departments_city", 35, "个", ""),
    ("platform_served_departments", 2106, "个", ""),
    ("platform_operators", 5893, "个", ""),
    ("assessment_weight_pct", 5, "%", ""),
    ("problems_solved", 28, "项", ""),
    ("disclosure_supervisors", 20, "名", ""),
]


@cache
def report() -> Report:
    return parse(read(PATH.read_bytes(), PATH.name), Hints(PATH.name))


def test_every_statement_is_a_figure() -> None:
    found = [(f.indicator, f.value, f.unit, f.qualifier) for f in report().figures if f.aspect in ("amount", "share")]
    assert len(STATED) == 63
    assert found == STATED


def test_ranks_and_what_they_gained() -> None:
    found = [(f.indicator, f.aspect, f.value) for f in report().figures if f.aspect in ("rank", "change")]
    assert found == [
        ("website_rank", "rank", 10),
        ("website_rank", "change", 4),
        ("website_rank", "rank", 15),
        ("website_rank", "change", 2),
    ]


def test_parts_are_parts_of_their_wholes() -> None:
    figures = report().figures
    parts = {f.indicator: figures[f.part_of].indicator for f in figures if f.part_of is not None}
    assert parts == {
        "documents_government_interpreted": "documents_government",
        "documents_general_office_interpreted": "documents_general_office",
        "columns_added": "columns_adjusted",
        "columns_renamed": "columns_adjusted",
        "columns_merged": "columns_adjusted",
        "columns_deleted": "columns_adjusted",
        "platform_departments_city": "platform_departments",
        "platform_services_city": "platform_services",
        "platform_using_departments_city": "platform_using_departments",
        "website_rank": "website_rank",
    }


def test_its_own_sums_are_checked() -> None:
    """593 = 253 + 239 + 45 + 56."""
    (check,) = [c for c in report().checks if c.code == "figures.sum"]
    assert (check.outcome, check.left, check.right) == ("holds", 593, 253 + 239 + 45 + 56)
    verified = [f.value for f in report().figures if f.grade == "verified"]
    assert verified == [593, 253, 239, 45, 56]
    assert not [c for c in report().checks if c.kind == "prose" and c.outcome == "fails"]


def test_the_tables_that_it_lacks_leave_prose_untested() -> None:
    tested = [c for c in report().checks if c.code == "figures.table"]
    assert tested and {c.outcome for c in tested} == {"not_testable"}

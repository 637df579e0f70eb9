"""`comparison_by_year` under the column names of the release before: this module goes with the next release.

Belongs here: which old name is which new one. The view itself is `dbt_like_sql/marts/comparison_by_year_former_names.sql`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from expectations import vocabulary as words
from expectations.columns import Declared, Table, column, columns, declared, extended
from expectations.comparison_by_year import ComparisonByYear, Identified
from expectations.harmonised import TOTAL_BASES

#: Every column of the release before but for those that identify the report, in the old order: its name now.
FORMER_NAMES: Mapping[str, str] = {
    "requests_received_count": "requests_received",
    "requests_carried_in_count": "requests_carried_in",
    "requests_processed_count": "requests_processed",
    "requests_carried_out_count": "requests_carried_out",
    "granted_count": "requests_granted",
    "partially_granted_count": "requests_partially_granted",
    "denied_count": "requests_denied",
    "unavailable_count": "requests_unavailable",
    "not_processed_count": "requests_not_processed",
    "other_outcome_count": "requests_other",
    "granted_share": "granted_share",
    "partially_granted_share": "partially_granted_share",
    "denied_share": "denied_share",
    "unavailable_share": "unavailable_share",
    "not_processed_share": "not_processed_share",
    "other_outcome_share": "other_share",
    "substantive_disclosure_share": "granted_or_partial_share",
    "requests_basis": "row_totals.basis",
    "requests_grade": "the worse of requests_grade and outcomes_grade",
    "natural_person_received_count": "requests_natural_person",
    "commercial_enterprise_received_count": "requests_commercial_enterprise",
    "research_institution_received_count": "requests_research_institution",
    "public_welfare_org_received_count": "requests_public_welfare_org",
    "legal_service_org_received_count": "requests_legal_service_org",
    "other_org_received_count": "requests_other_org",
    "natural_person_share": "natural_person_share",
    "reconsideration_count": "reconsiderations",
    "reconsideration_upheld_count": "reconsiderations_upheld",
    "reconsideration_corrected_count": "reconsiderations_corrected",
    "reconsideration_other_count": "reconsiderations_other",
    "reconsideration_pending_count": "reconsiderations_pending",
    "reconsideration_correction_share": "reconsiderations_correction_share",
    "litigation_count": "lawsuits",
    "litigation_upheld_count": "lawsuits_upheld",
    "litigation_corrected_count": "lawsuits_corrected",
    "litigation_other_count": "lawsuits_other",
    "litigation_pending_count": "lawsuits_pending",
    "litigation_correction_share": "lawsuits_correction_share",
    "disputes_grade": "disputes_grade",
    "regulations_in_force_count": "regulations_in_force",
    "normative_documents_in_force_count": "normative_documents_in_force",
    "normative_documents_issued_count": "normative_documents_issued",
    "licensing_decisions_count": "licensing_decisions",
    "penalty_decisions_count": "penalty_decisions",
    "coercion_decisions_count": "coercion_decisions",
    "fees_yuan_10k": "administrative_fees",
    "requests_received_change_count": "requests_received_change",
    "requests_received_change_share": "requests_received_change_share",
    "granted_share_change": "granted_share_change",
    "carried_over_gap_count": "carried_over_gap",
    "level_report_count": "requests_received_member_count",
    "requests_received_rank": "requests_received_rank",
    "granted_share_rank": "granted_share_rank",
    "fact_count": "fact_count",
    "contradicted_fact_count": "contradicted_fact_count",
    "failed_check_count": "failed_check_count",
}


class _Config(Table.Config):
    """Table facts."""

    name = "comparison_by_year_former_names"
    title = "年度比较（旧列名）"
    description = (
        "本视图以旧列名提供年度比较表，下一版本删除，请改用各列说明中的新列名。 A view: `comparison_by_year` under the column "
        "names of the release before. It goes with the next release: use the names that its columns give."
    )
    unique = ["report_id"]
    metadata = {"grain": "one report: one body and one year", "is_view": True}


def _columns() -> Iterator[Declared]:
    known = {c.name: c for c in columns(ComparisonByYear)}
    for old, new in FORMER_NAMES.items():
        if old == "requests_basis":
            said = "Whether totals of the requests table were printed or added up from the applicants; now `row_totals.basis`"
            yield old, str, column(said, zh="合计来源（现为 row_totals.basis）", allowed=TOTAL_BASES)
        elif old == "requests_grade":
            said = "The worse of what are now `requests_grade` and `outcomes_grade`"
            zh = "申请数据可信等级（现为 requests_grade 与 outcomes_grade）"
            yield old, str, column(said, zh=zh, nullable=True, allowed=words.GRADES)
        elif old == new:
            yield declared(known[new])
        else:
            zh = f"{known[new].zh}（现为 {new}）"
            yield declared(known[new], name=old, description=f"Now `{new}`. {known[new].description}", zh=zh)


ComparisonByYearFormerNames = extended(
    "ComparisonByYearFormerNames", "Mart: the wide table under its old names.", Identified, _columns(), _Config
)

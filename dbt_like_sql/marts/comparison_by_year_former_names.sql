-- grain: one report: one body and one year
-- purpose: `comparison_by_year` under the column names of the release before, a view; it goes with the next release
-- do not assume: that a number is that of the release before: it is the one of today under its old name
-- unit: report
with
bases as (
    select
        report_id,
        case
            when bool_or(basis = 'summed_parts') then 'summed_parts'
            when bool_or(basis = 'printed') then 'printed'
            else 'absent'
        end as basis
    from row_totals
    where form_table = 'requests'
    group by report_id
)

select
    c.report_id,
    c.report_year,
    c.body_id,
    c.body_name,
    c.body_kind,
    c.level,
    c.government_code,
    c.government_name,
    c.province_code,
    c.province_name,
    c.form,
    c.scope,
    c.published_on,
    c.requests_received as requests_received_count,
    c.requests_carried_in as requests_carried_in_count,
    c.requests_processed as requests_processed_count,
    c.requests_carried_out as requests_carried_out_count,
    c.requests_granted as granted_count,
    c.requests_partially_granted as partially_granted_count,
    c.requests_denied as denied_count,
    c.requests_unavailable as unavailable_count,
    c.requests_not_processed as not_processed_count,
    c.requests_other as other_outcome_count,
    c.granted_share,
    c.partially_granted_share,
    c.denied_share,
    c.unavailable_share,
    c.not_processed_share,
    c.other_share as other_outcome_share,
    c.granted_or_partial_share as substantive_disclosure_share,
    coalesce(b.basis, 'absent') as requests_basis,
    -- The worse of two. What is published has no macros.
    case
        when 'conflicting' in (c.requests_grade, c.outcomes_grade) then 'conflicting'
        when 'contradicted' in (c.requests_grade, c.outcomes_grade) then 'contradicted'
        when 'corrected' in (c.requests_grade, c.outcomes_grade) then 'corrected'
        when 'unverified' in (c.requests_grade, c.outcomes_grade) then 'unverified'
        else coalesce(c.requests_grade, c.outcomes_grade)
    end as requests_grade,
    c.requests_natural_person as natural_person_received_count,
    c.requests_commercial_enterprise as commercial_enterprise_received_count,
    c.requests_research_institution as research_institution_received_count,
    c.requests_public_welfare_org as public_welfare_org_received_count,
    c.requests_legal_service_org as legal_service_org_received_count,
    c.requests_other_org as other_org_received_count,
    c.natural_person_share,
    c.reconsiderations as reconsideration_count,
    c.reconsiderations_upheld as reconsideration_upheld_count,
    c.reconsiderations_corrected as reconsideration_corrected_count,
    c.reconsiderations_other as reconsideration_other_count,
    c.reconsiderations_pending as reconsideration_pending_count,
    c.reconsiderations_correction_share as reconsideration_correction_share,
    c.lawsuits as litigation_count,
    c.lawsuits_upheld as litigation_upheld_count,
    c.lawsuits_corrected as litigation_corrected_count,
    c.lawsuits_other as litigation_other_count,
    c.lawsuits_pending as litigation_pending_count,
    c.lawsuits_correction_share as litigation_correction_share,
    c.disputes_grade,
    c.regulations_in_force as regulations_in_force_count,
    c.normative_documents_in_force as normative_documents_in_force_count,
    c.normative_documents_issued as normative_documents_issued_count,
    c.licensing_decisions as licensing_decisions_count,
    c.penalty_decisions as penalty_decisions_count,
    c.coercion_decisions as coercion_decisions_count,
    c.administrative_fees as fees_yuan_10k,
    c.requests_received_change as requests_received_change_count,
    c.requests_received_change_share,
    c.granted_share_change,
    c.carried_over_gap as carried_over_gap_count,
    c.requests_received_member_count as level_report_count,
    c.requests_received_rank,
    c.granted_share_rank,
    c.fact_count,
    c.contradicted_fact_count,
    c.failed_check_count
from comparison_by_year as c
left join bases as b on c.report_id = b.report_id
order by c.report_id

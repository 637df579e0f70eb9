-- grain: one report: one body and one year
-- purpose: one wide line a report: outcomes, applicants, disputes, what is in force, change on the year before, ranks
-- do not assume: that reports of different scope compare, that a count is right because it is printed (see the grades),
--   or that a null is a zero; shares are null where a grade behind them is contradicted or conflicting, where a total
--   that was added up here does not match the outcomes, and where a part is larger than its whole
with
requests as (
    select
        report_id,
        max(request_count) filter (where measure = 'received_new') as received,
        max(grade) filter (where measure = 'received_new') as received_grade,
        max(request_count) filter (where measure = 'carried_in') as carried_in,
        max(request_count) filter (where measure = 'total_processed') as processed,
        max(request_count) filter (where measure = 'carried_out') as carried_out,
        max(request_count) filter (where measure = 'granted') as granted,
        max(request_count) filter (where measure = 'partially_granted') as partially_granted,
        max(request_count) filter (where measure = 'denied') as denied,
        max(request_count) filter (where measure = 'unavailable') as unavailable,
        max(request_count) filter (where measure = 'not_processed') as not_processed,
        max(request_count) filter (where measure = 'other') as other,
        -- This and other sums have an order: decimals add up to the same last digit whatever the number of threads.
        sum(request_count order by measure) filter (where measure in (
            'granted', 'partially_granted', 'denied', 'unavailable', 'not_processed', 'other'
        )) as outcomes,
        case
            when bool_or(basis = 'summed_parts') then 'summed_parts'
            when bool_or(basis = 'printed') then 'printed'
            else 'absent'
        end as basis,
        -- Of several grades the worst counts: conflicting, contradicted, unverified, verified, their alphabetical order.
        coalesce(min(grade) filter (where fact_count > 0), 'unverified') as grade
    from request_totals
    group by report_id
),

-- Outcome shares stand or fall together. The form vouches for the sum of printed totals only, so that totals which were
-- added up here must match the outcomes by themselves.
outcome_shares as (
    select
        report_id,
        grade in ('verified', 'unverified') and (basis = 'printed' or outcomes = processed) as has_shares,
        if(has_shares and granted between 0 and processed, granted / nullif(processed, 0), null) as granted,
        if(has_shares and partially_granted between 0 and processed, partially_granted / nullif(processed, 0), null)
            as partially_granted,
        if(has_shares and denied between 0 and processed, denied / nullif(processed, 0), null) as denied,
        if(has_shares and unavailable between 0 and processed, unavailable / nullif(processed, 0), null) as unavailable,
        if(has_shares and not_processed between 0 and processed, not_processed / nullif(processed, 0), null)
            as not_processed,
        if(has_shares and other between 0 and processed, other / nullif(processed, 0), null) as other
    from requests
),

applicants as (
    select
        report_id,
        max(value) filter (where form_column = 'natural_person') as natural_person,
        max(grade) filter (where form_column = 'natural_person') as natural_person_grade,
        max(value) filter (where form_column = 'commercial_enterprise') as commercial_enterprise,
        max(value) filter (where form_column = 'research_institution') as research_institution,
        max(value) filter (where form_column = 'public_welfare_org') as public_welfare_org,
        max(value) filter (where form_column = 'legal_service_org') as legal_service_org,
        max(value) filter (where form_column = 'other_org') as other_org
    from facts
    where form_table = 'requests' and form_row = 'received_new'
    group by report_id
),

dispute_cells as (
    select
        report_id,
        form_row,
        if(form_row = 'reconsideration', 'reconsideration', 'litigation') as path,
        form_column,
        value,
        grade,
        value is null and regexp_matches(raw, '[0-9０-９]') as is_illegible
    from facts
    where
        form_table = 'disputes'
        and form_row in ('reconsideration', 'litigation_direct', 'litigation_after_reconsideration')
        and form_column in ('upheld', 'corrected', 'other', 'pending', 'total')
),

dispute_lines as (
    select
        report_id,
        path,
        form_row,
        max(value) filter (where form_column = 'upheld') as upheld,
        max(value) filter (where form_column = 'corrected') as corrected,
        max(value) filter (where form_column = 'other') as other,
        max(value) filter (where form_column = 'pending') as pending,
        max(value) filter (where form_column = 'total') as printed,
        coalesce(printed, sum(value order by form_column) filter (where form_column <> 'total')) as total,
        printed is null and bool_or(is_illegible) as is_unknown,
        min(grade) filter (where value is not null) as grade
    from dispute_cells
    group by report_id, path, form_row
),

-- Beside a printed total a blank result is none; without one it is not known, and then there is no share.
dispute_paths as (
    select
        report_id,
        path,
        if(bool_or(is_unknown), null, sum(total order by form_row)) as total,
        sum(upheld order by form_row) as upheld,
        sum(corrected order by form_row) as corrected,
        sum(other order by form_row) as other,
        sum(pending order by form_row) as pending,
        sum(if(printed is null, corrected, coalesce(corrected, 0)) order by form_row) as counted_corrected,
        sum(total - if(printed is null, pending, coalesce(pending, 0)) order by form_row) as decided,
        min(grade) in ('verified', 'unverified')
        and not bool_or(is_unknown)
        and not bool_or(total is not null and printed is null and (corrected is null or pending is null))
        and counted_corrected between 0 and decided as has_share,
        if(has_share, counted_corrected / nullif(decided, 0), null) as correction_share
    from dispute_lines
    group by report_id, path
),

dispute_grades as (
    select report_id, coalesce(min(grade) filter (where value is not null), min(grade)) as grade
    from dispute_cells
    group by report_id
),

proactive as (
    select
        report_id,
        max(value) filter (where form_row = 'regulations' and form_column = 'in_force') as regulations_in_force,
        max(value) filter (where form_row = 'normative_documents' and form_column = 'in_force') as documents_in_force,
        max(value) filter (where form_row = 'normative_documents' and form_column in ('issued', 'created'))
            as documents_issued,
        max(value) filter (where form_row = 'licensing' and form_column = 'decisions') as licensing,
        max(value) filter (where form_row = 'penalty' and form_column = 'decisions') as penalty,
        max(value) filter (where form_row = 'coercion' and form_column = 'decisions') as coercion,
        -- Form 2021 asks for 万元; what is printed in another unit, or in none, is not a number of 万元.
        max(value) filter (where form_row = 'fees' and form_column = 'amount_10k_yuan' and unit = '万元') as fees
    from facts
    where form_table = 'proactive'
    group by report_id
),

contradictions as (
    select report_id, count(*) as fact_count
    from facts
    where grade = 'contradicted' and not starts_with(form_row, 'unmapped.')
    group by report_id
),

years as (
    select
        r.*,
        q.* exclude (report_id, grade, basis),
        coalesce(q.basis, 'absent') as requests_basis,
        q.grade as requests_grade,
        q.received_grade in ('verified', 'unverified') as is_received_sound,
        s.granted as granted_share,
        -- Comparing with the others of a level that nobody knows says nothing.
        r.level <> 'unresolved' as has_level
    from reports as r
    left join requests as q on r.report_id = q.report_id
    left join outcome_shares as s on r.report_id = s.report_id
),

-- The same body's report of the year before, if it speaks for the same scope.
changes as (
    select
        y.report_id,
        y.received - p.received as received_change,
        if(y.is_received_sound and p.is_received_sound, (y.received - p.received) / nullif(p.received, 0), null)
            as received_change_share,
        y.granted_share - p.granted_share as granted_share_change,
        y.carried_in - p.carried_out as carried_over_gap
    from years as y
    inner join years as p on y.body_id = p.body_id and y.report_year - 1 = p.report_year and y.scope = p.scope
),

ranks as (
    select
        report_id,
        count(received) over (partition by report_year, level, scope) as level_report_count,
        has_level and is_received_sound and received is not null as has_received_rank,
        has_level and granted_share is not null as has_granted_rank,
        if(
            has_received_rank,
            rank() over (partition by report_year, level, scope, has_received_rank order by received desc),
            null
        ) as received_rank,
        if(
            has_granted_rank,
            rank() over (partition by report_year, level, scope, has_granted_rank order by granted_share desc),
            null
        ) as granted_share_rank
    from years
)

select
    y.report_id,
    y.report_year,
    y.body_id,
    y.body_name,
    y.body_kind,
    y.level,
    y.government_code,
    y.government_name,
    y.province_code,
    y.province_name,
    y.form,
    y.scope,
    y.published_on,

    y.received as requests_received_count,
    y.carried_in as requests_carried_in_count,
    y.processed as requests_processed_count,
    y.carried_out as requests_carried_out_count,
    y.granted as granted_count,
    y.partially_granted as partially_granted_count,
    y.denied as denied_count,
    y.unavailable as unavailable_count,
    y.not_processed as not_processed_count,
    y.other as other_outcome_count,
    s.granted as granted_share,
    s.partially_granted as partially_granted_share,
    s.denied as denied_share,
    s.unavailable as unavailable_share,
    s.not_processed as not_processed_share,
    s.other as other_outcome_share,
    y.requests_basis,
    y.requests_grade,

    a.natural_person as natural_person_received_count,
    a.commercial_enterprise as commercial_enterprise_received_count,
    a.research_institution as research_institution_received_count,
    a.public_welfare_org as public_welfare_org_received_count,
    a.legal_service_org as legal_service_org_received_count,
    a.other_org as other_org_received_count,
    if(
        y.is_received_sound
        and a.natural_person_grade in ('verified', 'unverified')
        and a.natural_person between 0 and y.received,
        a.natural_person / nullif(y.received, 0),
        null
    ) as natural_person_share,

    rc.total as reconsideration_count,
    rc.upheld as reconsideration_upheld_count,
    rc.corrected as reconsideration_corrected_count,
    rc.other as reconsideration_other_count,
    rc.pending as reconsideration_pending_count,
    rc.correction_share as reconsideration_correction_share,
    lt.total as litigation_count,
    lt.upheld as litigation_upheld_count,
    lt.corrected as litigation_corrected_count,
    lt.other as litigation_other_count,
    lt.pending as litigation_pending_count,
    lt.correction_share as litigation_correction_share,
    dg.grade as disputes_grade,

    pa.regulations_in_force as regulations_in_force_count,
    pa.documents_in_force as normative_documents_in_force_count,
    pa.documents_issued as normative_documents_issued_count,
    pa.licensing as licensing_decisions_count,
    pa.penalty as penalty_decisions_count,
    pa.coercion as coercion_decisions_count,
    pa.fees as fees_yuan_10k,

    c.received_change as requests_received_change_count,
    c.received_change_share as requests_received_change_share,
    c.granted_share_change,
    c.carried_over_gap as carried_over_gap_count,
    k.level_report_count,
    k.received_rank as requests_received_rank,
    k.granted_share_rank,
    y.fact_count,
    coalesce(x.fact_count, 0) as contradicted_fact_count,
    y.failed_check_count
from years as y
left join outcome_shares as s on y.report_id = s.report_id
left join applicants as a on y.report_id = a.report_id
left join dispute_paths as rc on y.report_id = rc.report_id and rc.path = 'reconsideration'
left join dispute_paths as lt on y.report_id = lt.report_id and lt.path = 'litigation'
left join dispute_grades as dg on y.report_id = dg.report_id
left join proactive as pa on y.report_id = pa.report_id
left join changes as c on y.report_id = c.report_id
left join ranks as k on y.report_id = k.report_id
left join contradictions as x on y.report_id = x.report_id
order by y.report_id

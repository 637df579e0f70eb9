-- grain: one quantity of the requests table of one report
-- purpose: requests by outcome group, all applicants together: the printed total cells, and where such a cell is blank
--   the sum of the applicant cells beside it; every measure of every report that has a requests table
-- do not assume: that a null is a zero (the report does not print the quantity, or not legibly), or that a total of
--   basis `summed_parts` was printed anywhere
with
measures as (
    select unnest([
        'received_new', 'carried_in', 'granted', 'partially_granted', 'denied', 'unavailable', 'not_processed', 'other',
        'total_processed', 'carried_out'
    ]) as measure
),

-- A row code's first part is its outcome group: denied.state_secret → denied; other and other.other → other.
lines as (
    select *, split_part(form_row, '.', 1) as measure
    from row_totals
    where form_table = 'requests'
),

-- A group is known where each of its lines is printed, summed or blank throughout: reports leave zeros blank.
groups as (
    select
        report_id,
        measure,
        bool_or(is_illegible) or count(total_count) = 0 as is_absent,
        -- Sums have an order, so that decimals too add up to the same last digit whatever the number of threads.
        sum(total_count order by form_row) as total,
        bool_or(basis = 'summed_parts') as is_summed,
        -- Of several grades the worst counts: conflicting, contradicted, unverified, verified, their alphabetical order.
        min(grade) as used_grade,
        sum(fact_count) as used_count,
        min(row_grade) as worst_grade
    from lines
    group by report_id, measure
),

reports_with_requests as (
    select distinct report_id, report_year from lines
)

select
    r.report_id,
    r.report_year,
    m.measure,
    if(g.is_absent, null, g.total) as request_count,
    case when coalesce(g.is_absent, true) then 'absent' when g.is_summed then 'summed_parts' else 'printed' end as basis,
    coalesce(if(g.is_absent, g.worst_grade, g.used_grade), 'unverified') as grade,
    cast(if(coalesce(g.is_absent, true), 0, g.used_count) as bigint) as fact_count
from reports_with_requests as r
cross join measures as m
left join groups as g on r.report_id = g.report_id and m.measure = g.measure
order by r.report_id, m.measure

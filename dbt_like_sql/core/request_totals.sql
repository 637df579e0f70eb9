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
cells as (
    select
        report_id,
        report_year,
        split_part(form_row, '.', 1) as measure,
        form_row,
        form_column,
        form_column = 'total' as is_total,
        value,
        grade,
        -- Digits that could not be read as a number are no blank: what is there is not known.
        value is null and regexp_matches(raw, '[0-9０-９]') as is_illegible
    from facts
    where form_table = 'requests' and not starts_with(form_row, 'unmapped.') and not starts_with(form_column, 'unmapped.')
),

-- Of several grades the worst counts: conflicting, contradicted, unverified, verified. That is their alphabetical order.
-- Sums have an order, so that decimals too add up to the same last digit whatever the number of threads.
lines as (
    select
        report_id,
        measure,
        form_row,
        max(value) filter (where is_total) as printed,
        min(grade) filter (where is_total and value is not null) as printed_grade,
        sum(value order by form_column) filter (where not is_total) as summed,
        min(grade) filter (where not is_total and value is not null) as summed_grade,
        count(value) filter (where not is_total) as summed_count,
        coalesce(bool_or(is_illegible) filter (where not is_total), false) as has_illegible_part,
        bool_or(is_illegible) as has_illegible_cell,
        min(grade) as worst_grade
    from cells
    group by report_id, measure, form_row
),

line_totals as (
    select
        *,
        coalesce(printed, summed) as total,
        printed is null and summed is not null as is_summed,
        printed is null and (has_illegible_part or (summed is null and has_illegible_cell)) as is_unknown,
        if(printed is not null, printed_grade, summed_grade) as used_grade,
        if(printed is not null, 1, summed_count) as used_count
    from lines
),

-- A group is known where each of its lines is printed, summed or blank throughout: reports leave zeros blank.
groups as (
    select
        report_id,
        measure,
        bool_or(is_unknown) or count(total) = 0 as is_absent,
        sum(total order by form_row) as total,
        bool_or(is_summed) as is_summed,
        min(used_grade) as used_grade,
        sum(used_count) as used_count,
        min(worst_grade) as worst_grade
    from line_totals
    group by report_id, measure
),

reports_with_requests as (
    select distinct report_id, report_year from cells
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

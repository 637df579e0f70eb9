-- grain: one row of the requests or disputes table of one report
-- purpose: the total of each row: the printed cell, and where it is blank the sum of the other cells of the row
-- do not assume: that a total of basis `summed_parts` was printed anywhere, or that a null is a zero
-- unit: report
with
cells as (
    select
        report_id,
        report_year,
        form_table,
        form_row,
        form_column,
        form_column = 'total' as is_total,
        fact_id,
        value,
        grade,
        is_illegible(value, raw) as is_illegible
    from facts
    where
        form_table in ('requests', 'disputes')
        and not starts_with(form_row, 'unmapped.')
        and not starts_with(form_column, 'unmapped.')
),

-- Sums have an order, so that decimals too add up to the same last digit whatever the number of threads.
lines as (
    select
        report_id,
        report_year,
        form_table,
        form_row,
        max(value) filter (where is_total) as printed,
        worst_grade(if(is_total and value is not null, grade, null)) as printed_grade,
        max(fact_id) filter (where is_total and value is not null) as printed_id,
        sum(value order by form_column) filter (where not is_total) as summed,
        worst_grade(if(not is_total and value is not null, grade, null)) as summed_grade,
        string_agg(fact_id, ' ' order by form_column) filter (where not is_total and value is not null) as summed_ids,
        count(value) filter (where not is_total) as summed_count,
        coalesce(min(value) filter (where not is_total), 0) as smallest,
        coalesce(bool_or(is_illegible) filter (where not is_total), false) as has_illegible_part,
        bool_or(is_illegible) as has_illegible_cell,
        worst_grade(grade) as row_grade
    from cells
    group by report_id, report_year, form_table, form_row
),

told as (
    select
        *,
        printed is null and (has_illegible_part or (summed is null and has_illegible_cell)) as is_illegible,
        printed is null and summed is null as is_blank
    from lines
)

select
    report_id,
    report_year,
    form_table,
    form_row,
    if(is_illegible, null, coalesce(printed, summed)) as total_count,
    case when is_illegible or is_blank then 'absent' when printed is null then 'summed_parts' else 'printed' end as basis,
    is_illegible,
    -- Counts are never negative: where the others add up to the total, nothing is left for a blank.
    coalesce(printed = coalesce(summed, 0) and smallest >= 0 and not has_illegible_part, false) as is_closed,
    if(printed is not null, printed_grade, summed_grade) as grade,
    row_grade,
    if(printed is not null, 1, summed_count) as fact_count,
    coalesce(printed_id, summed_ids) as evidence_ids
from told
order by report_id, form_table, form_row

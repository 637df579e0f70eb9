-- grain: one report
-- purpose: how many facts, figures and checks it has, and how they fared: what marts over bodies and years add up
-- do not assume: that a report without a row has none of a kind: it has a null there
-- unit: report
with
-- The form asks for the cells of its tables, and for no table before 2014. What stands beside it is not held against anybody.
cells as (
    select
        report_id,
        count(*) filter (where grade = 'contradicted') as contradicted_fact_count,
        count(*) filter (where is_asked) as asked_count,
        count(*) filter (where is_asked and grade = 'contradicted') as asked_contradicted_count,
        count(*) filter (where is_asked and value is null) as asked_blank_count
    from (
        select
            report_id,
            grade,
            value,
            not starts_with(form_row, 'unmapped.') and not starts_with(form_column, 'unmapped.') as is_asked
        from facts
    )
    group by report_id
),

narratives as (
    select report_id, count(*) as figure_count
    from figures
    group by report_id
),

-- Whose report it is and which of its documents stands is our question, not the form's.
checked as (
    select
        report_id,
        count(*) as check_count,
        count(*) filter (where outcome = 'holds') as holds_count,
        count(*) filter (where outcome = 'fails') as fails_count,
        count(*) filter (where outcome in ('not_testable', 'flagged')) as not_testable_count
    from checks
    where kind in ('identity', 'structure', 'prose')
    group by report_id
)

select
    r.report_id,
    r.report_year,
    r.body_id,
    c.* exclude (report_id),
    n.figure_count,
    k.* exclude (report_id)
from reports as r
left join cells as c on r.report_id = c.report_id
left join narratives as n on r.report_id = n.report_id
left join checked as k on r.report_id = k.report_id

-- grain: one indicator that one report states
-- purpose: which of the figures that state an indicator's amount stands for it, and whether the others agree
-- do not assume: that it is a sum (nothing is added up), or that figures of different scope compare
-- unit: report
with
amounts as (
    select
        f.*,
        -- The report's own scope first, then what names nobody and so speaks for whom the report speaks for. Where the
        -- report does not say for whom it speaks, the widest scope that a figure states.
        case
            when f.scope = r.scope and r.scope <> 'not_stated' then 0
            when f.scope = 'not_stated' and r.scope <> 'not_stated' then 1
            when f.scope = 'territory' then 2
            when f.scope = 'own_level' then 3
            when f.scope = 'not_stated' then 4
            else 5
        end as scope_place,
        f.part_of_figure_id is not null as is_part,
        f.value_to is not null as is_range
    from figures as f
    inner join reports as r on f.report_id = r.report_id
    -- What a county or a department has, a share, a change and a number of the year before stand for no body.
    where
        f.indicator <> 'unmapped'
        and f.aspect = 'amount'
        and f.normalised_value is not null
        and f.owner is null
        -- What is carried in from the year before (上年结转) belongs to this one.
        and (f.time is distinct from 'last_year' or f.indicator = 'requests_carried_in')
),

placed as (
    select
        *,
        row_number() over (
            partition by report_id, indicator order by scope_place, is_part, is_range, confidence desc, ordinal
        ) as place,
        count(*) over (partition by report_id, indicator) as figure_count,
        min(normalised_value) over (partition by report_id, indicator, scope_place, is_part) as lowest,
        max(normalised_value) over (partition by report_id, indicator, scope_place, is_part) as highest
    from amounts
)

select
    report_id,
    report_year,
    indicator,
    figure_id,
    figure_count,
    lowest = highest as others_agree
from placed
where place = 1
order by report_id, indicator

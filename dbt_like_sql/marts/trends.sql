-- grain: one measure that one report states
-- purpose: each value beside the one of the year before, whether it continues it and if not why, the change, the mean of
--   three years, and the share of three years pooled
-- do not assume: that a series goes on where there is a previous value (see `is_comparable` and `segment`), that a law
--   changed nothing where the series goes on (see `legal_dates` and the notes of `legal_breaks`), that a year
--   without a row is a zero, or that a contradicted value is left out: it is shown, and breaks the series
-- unit: body
with
-- What the law changed for a measure in a year: whether that cuts its series, and when it changed.
laws as (
    select
        measure,
        report_year,
        bool_or(legal_kind = 'break') as is_cut,
        string_agg(cast(legal_date as varchar), ' ' order by legal_date) as legal_dates
    from legal_breaks
    group by measure, report_year
),

told as (
    select
        b.*,
        r.level,
        r.government_code,
        r.body_kind,
        min(b.report_year) over (partition by b.body_id) as first_year,
        is_sound(b.grade) as is_sound
    from measures_by_report as b
    inner join reports as r on b.report_id = r.report_id
),

paired as (
    select
        t.*,
        p.value as previous_value,
        w.legal_dates,
        p.numerator as previous_numerator,
        p.denominator as previous_denominator,
        case
            when t.report_year = t.first_year then 'first_report'
            when p.report_id is null then 'year_missing'
            when p.value is null then 'not_stated_before'
            when p.scope <> t.scope then 'scope_differs'
            when p.series <> t.series and p.basis = 'figures' and t.basis = 'figures' then 'statement_differs'
            when p.series <> t.series then 'form_differs'
            when
                t.scope = 'territory' and (t.government_code, t.report_year) in (
                    select (government_code, change_year) from territory_changes
                )
                and t.body_kind in ('government', 'government_office')
                then 'territory_differs'
            when w.is_cut then 'law_changed'
            when not t.is_sound or not p.is_sound then 'doubtful'
        end as break_reason
    from told as t
    left join told as p
        on t.body_id = p.body_id and t.measure = p.measure and t.report_year - 1 = p.report_year
    left join laws as w on t.measure = w.measure and t.report_year = w.report_year
    where t.value is not null
),

-- Rows of one body and measure, year by year: where a value is comparable, the row before is that of the year before.
followed as (
    select
        *,
        count(*) filter (where break_reason is not null) over series_so_far as segment,
        lag(break_reason) over series_so_far as break_before,
        lag(previous_value) over series_so_far as value_before_that,
        break_reason is null and break_before is null and unit = 'share of 1' as is_pooled,
        if(is_pooled, numerator + previous_numerator + lag(previous_numerator) over series_so_far, null)
            as pooled_numerator,
        if(is_pooled, denominator + previous_denominator + lag(previous_denominator) over series_so_far, null)
            as pooled_denominator
    from paired
    window series_so_far as (partition by body_id, measure order by report_year)
)

select
    f.report_id,
    f.report_year,
    f.body_id,
    f.body_name,
    f.level,
    f.form,
    f.scope,
    f.measure,
    f.value,
    f.unit,
    f.numerator,
    f.denominator,
    f.interval_low,
    f.interval_high,
    f.comparability,
    f.grade,
    f.previous_value,
    f.break_reason is null as is_comparable,
    f.break_reason,
    f.legal_dates,
    f.segment,
    if(f.break_reason is null, f.value - f.previous_value, null) as value_change,
    if(
        f.break_reason is null and f.previous_value > 0 and f.unit <> 'share of 1',
        (f.value - f.previous_value) / f.previous_value,
        null
    ) as value_change_share,
    if(
        f.break_reason is null and f.break_before is null,
        (f.value + f.previous_value + f.value_before_that) / 3,
        null
    ) as three_year_mean,
    f.pooled_numerator / nullif(f.pooled_denominator, 0) as pooled_share,
    f.pooled_numerator,
    f.pooled_denominator,
    wilson_low(f.pooled_numerator, f.pooled_denominator) as pooled_low,
    wilson_high(f.pooled_numerator, f.pooled_denominator) as pooled_high
from followed as f
order by f.report_id, f.measure

-- grain: one body
-- purpose: how consistent the reports of each body are: checks held, failed and not testable, contradicted facts, gaps;
--   only what the form asks for counts
-- do not assume: that it judges the work of the body, that a check which could not be tested has passed, or that a
--   contradiction is the body's error: it can be one of reading
-- unit: body
with
missing as (
    select body_id, count(*) filter (where coverage_state = 'absent') as missing_year_count
    from coverage
    group by body_id
),

counted as (
    select
        body_id,
        cast(sum(asked_count) as bigint) as fact_count,
        cast(sum(asked_contradicted_count) as bigint) as contradicted_count,
        cast(sum(asked_blank_count) as bigint) as blank_count,
        cast(sum(check_count) as bigint) as check_count,
        cast(sum(holds_count) as bigint) as holds_count,
        cast(sum(fails_count) as bigint) as fails_count,
        cast(sum(not_testable_count) as bigint) as not_testable_count
    from report_counts
    group by body_id
),

asked as (
    select body_id, fact_count, contradicted_count, blank_count
    from counted
    where fact_count > 0
),

checked as (
    select body_id, check_count, holds_count, fails_count, not_testable_count
    from counted
    where check_count > 0
),

-- What each form asks for: measures that its tables have a cell for. A quotient adds nothing to its parts.
askings as (
    select w.form, w.measure
    from crosswalk as w
    inner join measures as m on w.measure = m.measure and m.is_main
    where w.alternative = 1 and w.basis = 'facts'
),

-- A first report, a new form and a new law break every series: that is not the body's doing.
broken as (
    select t.body_id, count(*) as break_count
    from trends as t
    inner join askings as a on t.form = a.form and t.measure = a.measure
    left join reports as p on t.body_id = p.body_id and t.report_year - 1 = p.report_year
    left join askings as b on p.form = b.form and t.measure = b.measure
    where
        t.break_reason in ('year_missing', 'scope_differs', 'doubtful')
        or (t.break_reason = 'not_stated_before' and b.measure is not null)
    group by t.body_id
)

select
    s.body_id,
    s.body_name,
    s.level,
    s.first_year as first_report_year,
    s.last_year as last_report_year,
    s.report_count,
    m.missing_year_count,
    coalesce(c.check_count, 0) as check_count,
    coalesce(c.holds_count, 0) as held_check_count,
    c.holds_count / c.check_count as holds_share,
    wilson_low(c.holds_count, c.check_count) as holds_share_low,
    wilson_high(c.holds_count, c.check_count) as holds_share_high,
    coalesce(c.fails_count, 0) as failing_check_count,
    c.fails_count / c.check_count as fails_share,
    wilson_low(c.fails_count, c.check_count) as fails_share_low,
    wilson_high(c.fails_count, c.check_count) as fails_share_high,
    coalesce(c.not_testable_count, 0) as untested_check_count,
    c.not_testable_count / c.check_count as not_testable_share,
    wilson_low(c.not_testable_count, c.check_count) as not_testable_share_low,
    wilson_high(c.not_testable_count, c.check_count) as not_testable_share_high,
    coalesce(f.fact_count, 0) as fact_count,
    coalesce(f.contradicted_count, 0) as contradicted_fact_count,
    f.contradicted_count / f.fact_count as contradicted_share,
    wilson_low(f.contradicted_count, f.fact_count) as contradicted_share_low,
    wilson_high(f.contradicted_count, f.fact_count) as contradicted_share_high,
    coalesce(f.blank_count, 0) as blank_fact_count,
    f.blank_count / f.fact_count as blank_share,
    wilson_low(f.blank_count, f.fact_count) as blank_share_low,
    wilson_high(f.blank_count, f.fact_count) as blank_share_high,
    coalesce(b.break_count, 0) as break_count
from bodies as s
inner join missing as m on s.body_id = m.body_id
left join checked as c on s.body_id = c.body_id
left join asked as f on s.body_id = f.body_id
left join broken as b on s.body_id = b.body_id
order by s.body_id

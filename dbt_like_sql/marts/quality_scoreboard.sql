-- grain: one body
-- purpose: how consistent the reports of each body are: checks held, failed and not testable, contradicted facts, gaps;
--   only what the form asks for counts
-- do not assume: that it judges the work of the body, that a check which could not be tested has passed, or that a
--   contradiction is the body's error: it can be one of reading
with
missing as (
    select body_id, count(*) filter (where coverage_state = 'absent') as missing_year_count
    from coverage
    group by body_id
),

-- The form asks for the cells of its tables, and for no table before 2014. What stands beside it is not held against anybody.
asked as (
    select
        r.body_id,
        count(*) as fact_count,
        count(*) filter (where f.grade = 'contradicted') as contradicted_count,
        count(*) filter (where f.value is null) as blank_count
    from facts as f
    inner join reports as r on f.report_id = r.report_id
    where not starts_with(f.form_row, 'unmapped.') and not starts_with(f.form_column, 'unmapped.')
    group by r.body_id
),

-- Whose report it is and which of its documents stands is our question, not the form's.
checked as (
    select
        r.body_id,
        count(*) as check_count,
        count(*) filter (where c.outcome = 'holds') as holds_count,
        count(*) filter (where c.outcome = 'fails') as fails_count,
        count(*) filter (where c.outcome in ('not_testable', 'flagged')) as not_testable_count
    from checks as c
    inner join reports as r on c.report_id = r.report_id
    where c.kind in ('identity', 'structure', 'prose')
    group by r.body_id
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

-- grain: one body
-- purpose: how consistent the reports of each body are: checks held, failed and not testable, contradicted facts, gaps
-- do not assume: that it judges the work of the body, that a check which could not be tested has passed, or that a
--   contradiction is the body's error: it can be one of reading
with
covered as (
    select
        body_id,
        count(*) filter (where coverage_state = 'absent') as missing_year_count,
        cast(sum(fact_count) as bigint) as fact_count,
        cast(sum(contradicted_fact_count) as bigint) as contradicted_count
    from coverage
    group by body_id
),

checked as (
    select
        r.body_id,
        count(*) as check_count,
        count(*) filter (where c.outcome = 'holds') as holds_count,
        count(*) filter (where c.outcome = 'fails') as fails_count,
        count(*) filter (where c.outcome = 'not_testable') as not_testable_count
    from checks as c
    inner join reports as r on c.report_id = r.report_id
    group by r.body_id
),

blanks as (
    select r.body_id, count(*) as blank_count
    from facts as f
    inner join reports as r on f.report_id = r.report_id
    where f.value is null
    group by r.body_id
),

-- A first report and a new form break every series: that is not the body's doing.
broken as (
    select t.body_id, count(*) as break_count
    from trends as t
    inner join measures as m on t.measure = m.measure and m.is_main
    where t.break_reason in ('year_missing', 'scope_differs', 'not_stated_before', 'doubtful')
    group by t.body_id
)

select
    s.body_id,
    s.body_name,
    s.level,
    s.first_year as first_report_year,
    s.last_year as last_report_year,
    s.report_count,
    v.missing_year_count,
    coalesce(c.check_count, 0) as check_count,
    c.holds_count / c.check_count as holds_share,
    c.fails_count / c.check_count as fails_share,
    c.not_testable_count / c.check_count as not_testable_share,
    v.fact_count,
    v.contradicted_count as contradicted_fact_count,
    v.contradicted_count / nullif(v.fact_count, 0) as contradicted_share,
    coalesce(f.blank_count, 0) / nullif(v.fact_count, 0) as blank_share,
    coalesce(b.break_count, 0) as break_count
from bodies as s
inner join covered as v on s.body_id = v.body_id
left join checked as c on s.body_id = c.body_id
left join blanks as f on s.body_id = f.body_id
left join broken as b on s.body_id = b.body_id
order by s.body_id

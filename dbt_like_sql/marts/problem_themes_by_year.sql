-- grain: one theme of one level in one report year
-- purpose: how often reports of a year and level name each theme among their problems, those that none names included
-- do not assume: that what is named often goes worst: it is what reports admit
with
themes as (
    select unnest([
        'awareness', 'proactive_scope', 'interpretation', 'request_handling', 'platform', 'new_media',
        'staff_and_training', 'supervision', 'data_quality', 'participation', 'other'
    ]) as theme
),

-- A report that lacks section 5 cannot name a problem there; one that names problems elsewhere counts as having it.
admitting as (
    select report_id, report_year, level
    from reports
    where
        report_id in (select report_id from sections where section = 5)
        or report_id in (select report_id from problems)
),

fields as (
    select report_year, level, count(*) as report_count
    from admitting
    group by report_year, level
),

named as (
    select
        r.report_year,
        r.level,
        p.theme,
        count(distinct p.report_id) as report_count,
        count(*) as problem_count,
        count(p.commitment_id) as answered_count
    from problems as p
    inner join admitting as r on p.report_id = r.report_id
    group by r.report_year, r.level, p.theme
)

select
    f.report_year,
    f.level,
    t.theme,
    f.report_count,
    coalesce(n.report_count, 0) as naming_report_count,
    coalesce(n.report_count, 0) / f.report_count as naming_share,
    wilson_low(coalesce(n.report_count, 0), f.report_count) as naming_share_low,
    wilson_high(coalesce(n.report_count, 0), f.report_count) as naming_share_high,
    coalesce(n.problem_count, 0) as problem_count,
    coalesce(n.answered_count, 0) as answered_problem_count
from fields as f
cross join themes as t
left join named as n on f.report_year = n.report_year and f.level = n.level and t.theme = n.theme
order by f.report_year, f.level, t.theme

-- grain: one theme of one level in one report year
-- purpose: how often reports of a year and level name each theme among their problems, those that none names included
-- do not assume: that what is named often goes worst: it is what reports admit; that reports of themes add up to those of
--   their group: one report names several
-- unit: year
with
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

-- A report names a field where one of its problems names a theme of it, as the first or as the second.
mentions as (
    select p.report_id, r.report_year, r.level, t.theme, t.theme_group
    from problems as p
    inner join admitting as r on p.report_id = r.report_id
    inner join themes as t on t.theme in (p.theme, p.second_theme)
),

mentioned as (
    select report_year, level, theme, count(distinct report_id) as report_count
    from mentions
    group by report_year, level, theme
),

mentioned_groups as (
    select report_year, level, theme_group, count(distinct report_id) as report_count
    from mentions
    group by report_year, level, theme_group
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
    t.theme_group,
    f.report_count,
    coalesce(n.report_count, 0) as naming_report_count,
    coalesce(n.report_count, 0) / f.report_count as naming_share,
    wilson_low(coalesce(n.report_count, 0), f.report_count) as naming_share_low,
    wilson_high(coalesce(n.report_count, 0), f.report_count) as naming_share_high,
    coalesce(n.problem_count, 0) as problem_count,
    coalesce(n.answered_count, 0) as answered_problem_count,
    coalesce(m.report_count, 0) as mentioning_report_count,
    coalesce(g.report_count, 0) as group_report_count
from fields as f
cross join themes as t
left join named as n on f.report_year = n.report_year and f.level = n.level and t.theme = n.theme
left join mentioned as m on f.report_year = m.report_year and f.level = m.level and t.theme = m.theme
left join mentioned_groups as g
    on f.report_year = g.report_year and f.level = g.level and t.theme_group = g.theme_group
order by f.report_year, f.level, t.theme

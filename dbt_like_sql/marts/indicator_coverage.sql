-- grain: one indicator of the dictionary in one report year
-- purpose: in what share of a year's reports the narrative states each indicator, those that none states included
-- do not assume: that what is not stated was not done, or that a stated indicator is stated as an amount
-- unit: year
with
years as (
    select report_year, count(*) as report_count
    from reports
    group by report_year
),

stated as (
    select
        report_year,
        indicator,
        count(distinct report_id) as report_count,
        count(*) as figure_count,
        count(*) filter (where grade = 'contradicted') as contradicted_figure_count
    from figures
    group by report_year, indicator
)

select
    y.report_year,
    i.indicator,
    i.indicator_group,
    i.indicator_zh,
    y.report_count,
    coalesce(s.report_count, 0) as stating_report_count,
    coalesce(s.report_count, 0) / y.report_count as stating_share,
    wilson_low(coalesce(s.report_count, 0), y.report_count) as stating_share_low,
    wilson_high(coalesce(s.report_count, 0), y.report_count) as stating_share_high,
    coalesce(s.figure_count, 0) as figure_count,
    coalesce(s.contradicted_figure_count, 0) as contradicted_figure_count
from years as y
cross join indicators as i
left join stated as s on y.report_year = s.report_year and i.indicator = s.indicator
order by y.report_year, i.indicator

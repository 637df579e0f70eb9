-- grain: one indicator that one report states
-- purpose: the one figure that stands for an indicator in a report, for comparison over bodies and years
-- do not assume: that it is a sum (nothing is added up), that figures of different scope compare, that a contradicted
--   figure is left out (see `grade`), or that an indicator without a row is zero
-- unit: report
select
    s.report_id,
    s.report_year,
    r.body_id,
    r.body_name,
    r.level,
    s.indicator,
    f.indicator_group,
    f.normalised_value,
    f.normalised_unit,
    f.qualifier,
    f.scope,
    f.grade,
    s.figure_id,
    s.figure_count,
    s.others_agree
from standing_figures as s
inner join figures as f on s.figure_id = f.figure_id
inner join reports as r on s.report_id = r.report_id
order by s.report_id, s.indicator

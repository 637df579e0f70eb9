-- grain: one quantity of bodies of the same kind, level and scope in one report year
-- purpose: what the same year brought to bodies of the same kind, level and scope: medians, which a few slips do not move
-- do not assume: that all such bodies reported
-- unit: year
select
    report_year,
    level,
    body_kind,
    scope,
    form_table,
    form_row,
    form_column,
    count(*) as body_count,
    median(deviation) as usual_deviation,
    mad(deviation) as spread,
    median(size) as usual_size
from cell_histories
where year_count > 0 and level <> 'unresolved'
group by all
-- Fewer than five others are no measure.
having count(*) >= 6

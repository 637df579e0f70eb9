-- grain: one report that has sections
-- purpose: each report beside the body's report before it that has sections too
-- do not assume: that the report before is that of the year before
-- unit: body
with written as (
    select distinct r.report_id, r.report_year, r.body_id, r.body_name, r.level
    from reports as r
    inner join sections as s on r.report_id = s.report_id
)

select
    *,
    lag(report_id) over (partition by body_id order by report_year, report_id) as previous_report_id,
    lag(report_year) over (partition by body_id order by report_year, report_id) as previous_report_year
from written

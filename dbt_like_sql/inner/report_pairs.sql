-- grain: one report
-- purpose: every report beside the body's report of the year before, and what stands in the way of comparing the two
-- do not assume: that a body has one report a year before
-- unit: body
select
    r.report_id,
    r.report_year,
    r.body_id,
    r.form,
    p.report_id as previous_report_id,
    p.form as previous_form,
    case
        when p.report_id is null then 'the body has no report of the year before'
        when p.scope <> r.scope
            then concat('this report is of scope ', r.scope, ' and that of the year before of ', p.scope)
    end as obstacle
from reports as r
left join reports as p on r.body_id = p.body_id and r.report_year - 1 = p.report_year

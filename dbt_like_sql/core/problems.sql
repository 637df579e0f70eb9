-- grain: one problem of one report
-- purpose: the shortcomings that section 5 names, in the order of their key
-- do not assume: that a report which names none has none
select *
from stg_problems
order by report_id, ordinal

-- grain: one report: one body and one year
-- purpose: the reports, in the order of their key
-- do not assume: that reports of different scope can be compared
select *
from stg_reports
order by report_id

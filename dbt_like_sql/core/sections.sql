-- grain: one section of one report
-- purpose: the text of the sections, in the order of their key
-- do not assume: that every report has all six sections
select *
from stg_sections
order by report_id, section

-- grain: one quantitative statement of one report
-- purpose: the numbers of the narrative, in the order of their key
-- do not assume: that figures can be added up: a part stands beside its whole, and one quantity can be stated for several scopes
select *
from stg_figures
order by report_id, ordinal

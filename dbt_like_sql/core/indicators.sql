-- grain: one indicator
-- purpose: the dictionary of the narrative's indicators, in the order of its key
-- do not assume: that a report states an indicator because the dictionary has it
select *
from stg_indicators
order by indicator

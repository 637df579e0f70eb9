-- grain: one measure
-- purpose: the harmonised measures, in the order of the key
-- do not assume: that every report states a measure because it is in the list
select *
from stg_measures
order by measure

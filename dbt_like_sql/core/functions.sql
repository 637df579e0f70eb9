-- grain: one name of the organ of one function
-- purpose: names of departments by function, in the order of their key
-- do not assume: that every department has a function: only whole names that are known count
select *
from stg_functions
order by organ_name

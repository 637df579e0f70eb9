-- grain: one division under one name
-- purpose: the divisions of today and the former ones, in the order of their key
-- do not assume: that a code stands once: some were given to another division
select *
from stg_governments
order by government_code, government_name

-- grain: one government
-- purpose: residents by the census of 2020, in the order of the key
-- do not assume: that a division which is not listed has no residents, or that the count is that of the report year
select *
from stg_population
order by government_code

-- grain: one administrative division
-- purpose: the administrative division tree down to counties, in the order of its key
-- do not assume: that a report of a division is here because the division is
select *
from stg_governments
order by government_code

-- grain: one check at one place of one report
-- purpose: the checks, in the order of their key
-- do not assume: that a check that could not be tested has passed
select *
from stg_checks
order by check_id

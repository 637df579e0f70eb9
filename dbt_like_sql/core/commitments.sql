-- grain: one commitment of one report
-- purpose: the improvements that section 5 promises, in the order of their key
-- do not assume: that what is promised was done
select *
from stg_commitments
order by report_id, ordinal

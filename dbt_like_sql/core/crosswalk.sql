-- grain: one measure, form and alternative
-- purpose: how each form offers each counted measure, in the order of the key
-- do not assume: that two approximate lines are comparable: only those of one series are
select *
from stg_crosswalk
order by measure, form, alternative

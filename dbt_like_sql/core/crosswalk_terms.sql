-- grain: one addend of one formula
-- purpose: the formulas of the crosswalk, addend by addend, in the order of the key
-- do not assume: that a blank addend is a zero
select *
from stg_crosswalk_terms
order by measure, form, alternative, term

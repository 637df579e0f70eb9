-- grain: one addend of one side of one derived measure
-- purpose: what derived measures are quotients of, in the order of the key
-- do not assume: that every part is a counted measure: `residents` is the population
select *
from stg_derived_terms
order by measure, side, term

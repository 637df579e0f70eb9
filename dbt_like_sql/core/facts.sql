-- grain: one cell of a statutory table of one report
-- purpose: the cells of the statutory tables, in the order of their key
-- do not assume: that a null is a zero, or that every row code is one of the form's: `unmapped.<n>` is a row that no form knows
select *
from stg_facts
order by fact_id

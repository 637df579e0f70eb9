-- grain: one addend of one formula
-- purpose: the formulas of the crosswalk, addend by addend, in the contract's types
-- do not assume: that a blank addend is a zero
select
    cast(measure as varchar) as measure,
    cast(form as varchar) as form,
    cast(alternative as bigint) as alternative,
    cast(term as bigint) as term,
    cast(basis as varchar) as basis,
    cast(form_table as varchar) as form_table,
    cast(form_row as varchar) as form_row,
    cast(form_column as varchar) as form_column,
    cast(indicator as varchar) as indicator
from source.crosswalk_terms

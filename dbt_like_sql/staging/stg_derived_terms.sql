-- grain: one addend of one side of one derived measure
-- purpose: what derived measures are quotients of, in the contract's types
-- do not assume: that every part is a counted measure: `residents` is the population
select
    cast(measure as varchar) as measure,
    cast(side as varchar) as side,
    cast(term as bigint) as term,
    cast(part_measure as varchar) as part_measure
from source.derived_terms

-- grain: one administrative division
-- purpose: the administrative division tree down to counties, in the contract's types
-- do not assume: that a report of a division is here because the division is
select
    cast(government_code as varchar) as government_code,
    cast(government_name as varchar) as government_name,
    cast(level as varchar) as level,
    cast(parent_code as varchar) as parent_code
from source.governments

-- grain: one division under one name
-- purpose: the divisions of today and the former ones, in the contract's types
-- do not assume: that a code stands once: some were given to another division
select
    cast(government_code as varchar) as government_code,
    cast(government_name as varchar) as government_name,
    cast(level as varchar) as level,
    cast(is_zone as boolean) as is_zone,
    cast(parent_government_code as varchar) as parent_government_code,
    cast(parent_government_name as varchar) as parent_government_name,
    cast(province_code as varchar) as province_code,
    cast(province_name as varchar) as province_name,
    cast(valid_to as bigint) as valid_to,
    cast(change as varchar) as change,
    cast(government_successor_code as varchar) as government_successor_code
from source.governments

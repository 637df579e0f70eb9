-- grain: one name of the organ of one function
-- purpose: names of departments by function, in the contract's types
-- do not assume: that every department has a function: only whole names that are known count
select
    cast(organ_name as varchar) as organ_name,
    cast(body_function as varchar) as body_function,
    cast(function_zh as varchar) as function_zh,
    cast(function_en as varchar) as function_en,
    cast(valid_from as bigint) as valid_from,
    cast(valid_until as bigint) as valid_until,
    cast(fit as varchar) as fit,
    cast(note as varchar) as note
from source.functions

-- grain: one government
-- purpose: residents by the census of 2020, in the contract's types
-- do not assume: that a division which is not listed has no residents, or that the count is that of the report year
select
    cast(government_code as varchar) as government_code,
    cast(government_name as varchar) as government_name,
    cast(resident_count as bigint) as resident_count,
    cast(source as varchar) as source
from source.population

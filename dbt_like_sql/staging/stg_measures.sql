-- grain: one measure
-- purpose: the harmonised measures, in the contract's types
-- do not assume: that every report states a measure because it is in the list
select
    cast(measure as varchar) as measure,
    cast(ordinal as bigint) as ordinal,
    cast(measure_group as varchar) as measure_group,
    cast(measure_zh as varchar) as measure_zh,
    cast(measure_en as varchar) as measure_en,
    cast(definition as varchar) as definition,
    cast(unit as varchar) as unit,
    cast(part_of_measure as varchar) as part_of_measure,
    cast(is_main as boolean) as is_main,
    cast(is_derived as boolean) as is_derived,
    cast(derivation as varchar) as derivation
from source.measures

-- grain: one indicator
-- purpose: the dictionary of the narrative's indicators, in the contract's types
-- do not assume: that a report states an indicator because the dictionary has it
select
    cast(indicator as varchar) as indicator,
    cast(ordinal as bigint) as ordinal,
    cast(indicator_group as varchar) as indicator_group,
    cast(group_zh as varchar) as group_zh,
    cast(group_en as varchar) as group_en,
    cast(indicator_zh as varchar) as indicator_zh,
    cast(indicator_en as varchar) as indicator_en,
    cast(definition as varchar) as definition,
    cast(unit as varchar) as unit,
    cast(part_of_indicator as varchar) as part_of_indicator,
    cast(is_main as boolean) as is_main
from source.indicators

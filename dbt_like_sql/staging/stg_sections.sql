-- grain: one section of one report
-- purpose: the text of the sections, in the contract's types
-- do not assume: that every report has all six sections
select
    cast(report_id as varchar) as report_id,
    cast(report_year as bigint) as report_year,
    cast(section as bigint) as section,
    cast(title as varchar) as title,
    cast(text as varchar) as text,
    cast(character_count as bigint) as character_count
from source.sections

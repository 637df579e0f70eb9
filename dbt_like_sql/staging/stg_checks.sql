-- grain: one check at one place of one report
-- purpose: the checks, in the contract's types
-- do not assume: that a check that could not be tested has passed
select
    cast(check_id as varchar) as check_id,
    cast(report_id as varchar) as report_id,
    cast(report_year as bigint) as report_year,
    cast(form as varchar) as form,
    cast(kind as varchar) as kind,
    cast(check_code as varchar) as check_code,
    cast(place as varchar) as place,
    cast(left_value as double) as left_value,
    cast(right_value as double) as right_value,
    cast(difference as double) as difference,
    cast(outcome as varchar) as outcome,
    cast(message as varchar) as message
from source.checks

-- grain: one measure, form and alternative
-- purpose: how each form offers each counted measure, in the contract's types
-- do not assume: that two approximate lines are comparable: only those of one series are
select
    cast(measure as varchar) as measure,
    cast(form as varchar) as form,
    cast(alternative as bigint) as alternative,
    cast(form_first_year as bigint) as form_first_year,
    cast(form_last_year as bigint) as form_last_year,
    cast(basis as varchar) as basis,
    cast(formula as varchar) as formula,
    cast(comparability as varchar) as comparability,
    cast(series as varchar) as series,
    cast(reason as varchar) as reason,
    cast(source as varchar) as source
from source.crosswalk

-- grain: one check of one form in one report year; `check_code` is null for the count of all reports of the form
-- purpose: in how many reports each check was tested and failed, to be added up over the years
-- do not assume: that a form without a check has no reports
-- unit: year
with
per_report as (
    select
        report_year,
        form,
        kind,
        check_code,
        report_id,
        count(*) filter (where outcome = 'holds') as holds_count,
        count(*) filter (where outcome = 'fails') as fails_count,
        count(*) filter (where outcome in ('not_testable', 'flagged')) as not_testable_count
    from checks
    group by report_year, form, kind, check_code, report_id
)

select
    report_year,
    form,
    kind,
    check_code,
    count(*) as report_count,
    count(*) filter (where holds_count + fails_count > 0) as tested_report_count,
    count(*) filter (where fails_count > 0) as failing_report_count,
    cast(sum(holds_count) as bigint) as holds_count,
    cast(sum(fails_count) as bigint) as fails_count,
    cast(sum(not_testable_count) as bigint) as not_testable_count
from per_report
group by report_year, form, kind, check_code
union all by name
select report_year, form, count(*) as report_count
from reports
group by report_year, form

-- grain: one check of one form
-- purpose: in what share of the reports of a form each check could be tested in at least one place
-- do not assume: that a check without failures has proved anything; look at its tested share first
-- unit: whole
with
form_reports as (
    select form, cast(sum(report_count) as bigint) as report_count
    from checks_by_year
    where check_code is null
    group by form
),

counted as (
    select
        form,
        kind,
        check_code,
        cast(sum(tested_report_count) as bigint) as tested_report_count,
        cast(sum(failing_report_count) as bigint) as failing_report_count,
        cast(sum(holds_count) as bigint) as holds_count,
        cast(sum(fails_count) as bigint) as fails_count,
        cast(sum(not_testable_count) as bigint) as not_testable_count
    from checks_by_year
    where check_code is not null
    group by form, kind, check_code
)

select
    p.form,
    p.kind,
    p.check_code,
    f.report_count,
    p.tested_report_count,
    p.tested_report_count / f.report_count as tested_share,
    wilson_low(p.tested_report_count, f.report_count) as tested_share_low,
    wilson_high(p.tested_report_count, f.report_count) as tested_share_high,
    p.failing_report_count,
    p.holds_count,
    p.fails_count,
    p.not_testable_count
from counted as p
inner join form_reports as f on p.form = f.form
order by p.form, p.check_code

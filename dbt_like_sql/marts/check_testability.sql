-- grain: one check of one form
-- purpose: in what share of the reports of a form each check could be tested in at least one place
-- do not assume: that a check without failures has proved anything; look at its tested share first
with
form_reports as (
    select form, count(*) as report_count
    from reports
    group by form
),

per_report as (
    select
        form,
        kind,
        check_code,
        report_id,
        count(*) filter (where outcome = 'holds') as holds_count,
        count(*) filter (where outcome = 'fails') as fails_count,
        count(*) filter (where outcome in ('not_testable', 'flagged')) as not_testable_count
    from checks
    group by form, kind, check_code, report_id
)

select
    p.form,
    p.kind,
    p.check_code,
    f.report_count,
    count(*) filter (where p.holds_count + p.fails_count > 0) as tested_report_count,
    tested_report_count / f.report_count as tested_share,
    wilson_low(tested_report_count, f.report_count) as tested_share_low,
    wilson_high(tested_report_count, f.report_count) as tested_share_high,
    count(*) filter (where p.fails_count > 0) as failing_report_count,
    cast(sum(p.holds_count) as bigint) as holds_count,
    cast(sum(p.fails_count) as bigint) as fails_count,
    cast(sum(p.not_testable_count) as bigint) as not_testable_count
from per_report as p
inner join form_reports as f on p.form = f.form
group by p.form, p.kind, p.check_code, f.report_count
order by p.form, p.check_code

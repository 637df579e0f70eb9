-- grain: one report that names problems and has one before it that does
-- purpose: what share of the problems of a report its report before named too
-- do not assume: that a body which repeats its problems does worse than one which names new ones, or that a repeated wording
--   is the same matter: likeness decides (see `problems_over_years`)
-- unit: report
select
    report_id,
    report_year,
    body_id,
    body_name,
    level,
    previous_report_id,
    previous_report_year,
    count(*) filter (where state = 'repeated') / count(*) as repeated_share,
    count(*) filter (where state = 'repeated') as repeated_share_numerator,
    count(*) as repeated_share_denominator,
    wilson_low(count(*) filter (where state = 'repeated'), count(*)) as repeated_share_low,
    wilson_high(count(*) filter (where state = 'repeated'), count(*)) as repeated_share_high
from problems_over_years
where state in ('new', 'repeated')
group by report_id, report_year, body_id, body_name, level, previous_report_id, previous_report_year
order by report_id

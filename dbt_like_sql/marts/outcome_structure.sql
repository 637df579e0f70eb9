-- grain: one outcome of one report that says how many requests were processed
-- purpose: what became of requests, as counts and as shares of all that were processed: six groups and the lines under them
-- do not assume: that groups and lines can be added up together, that a null is a zero, or that outcomes of form 2014 are those of
--   later forms (see `comparability`)
-- unit: report
with
-- The share of a measure is the quotient that has it alone above the line, and the whole alone below.
shares as (
    select
        measure,
        min(part_measure) filter (where side = 'numerator') as part_measure
    from derived_terms
    group by measure
    having count(*) = 2 and bool_or(side = 'denominator' and part_measure = 'requests_processed')
),

wholes as (
    select report_id
    from measures_by_report
    where measure = 'requests_processed' and value is not null
)

select
    b.report_id,
    b.report_year,
    b.body_id,
    b.body_name,
    b.form,
    b.scope,
    b.measure,
    m.part_of_measure,
    m.part_of_measure = 'requests_processed' as is_group,
    b.value as request_count,
    s.value as outcome_share,
    s.numerator as outcome_share_numerator,
    s.denominator as outcome_share_denominator,
    s.interval_low as outcome_share_low,
    s.interval_high as outcome_share_high,
    b.state,
    b.comparability,
    b.grade
from measures_by_report as b
inner join measures as m on b.measure = m.measure and m.measure_group = 'outcomes' and not m.is_derived
inner join wholes as w on b.report_id = w.report_id
inner join shares as q on b.measure = q.part_measure
inner join measures_by_report as s on b.report_id = s.report_id and q.measure = s.measure
order by b.report_id, b.measure

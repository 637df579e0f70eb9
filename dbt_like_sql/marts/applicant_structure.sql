-- grain: one kind of applicant of one report that says how many requests were received
-- purpose: who asks, as counts and as shares of all new requests: natural persons, organisations and the kinds of organisation
-- do not assume: that groups and kinds can be added up together, or that a null is a zero
-- unit: report
with
-- The share of a measure is the quotient that has it alone above the line, and the whole alone below.
shares as (
    select
        measure,
        min(part_measure) filter (where side = 'numerator') as part_measure
    from derived_terms
    group by measure
    having count(*) = 2 and bool_or(side = 'denominator' and part_measure = 'requests_received')
),

wholes as (
    select report_id
    from measures_by_report
    where measure = 'requests_received' and value is not null
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
    m.part_of_measure = 'requests_received' as is_group,
    b.value as request_count,
    s.value as applicant_share,
    s.numerator as applicant_share_numerator,
    s.denominator as applicant_share_denominator,
    s.interval_low as applicant_share_low,
    s.interval_high as applicant_share_high,
    b.state,
    b.comparability,
    b.grade
from measures_by_report as b
inner join measures as m on b.measure = m.measure and m.measure_group = 'applicants' and not m.is_derived
inner join wholes as w on b.report_id = w.report_id
inner join shares as q on b.measure = q.part_measure
inner join measures_by_report as s on b.report_id = s.report_id and q.measure = s.measure
order by b.report_id, b.measure

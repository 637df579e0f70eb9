-- grain: one ground of refusal of one report that says how many requests it denied
-- purpose: by which grounds requests were denied: the mix, and how far it is concentrated on few grounds
-- do not assume: that a mix of few refusals means anything (see `is_readable`), that other countries count one ground a
--   request too, or that all eight grounds are there: form 2014 has three of them and no concentration
-- unit: report
with
grounds as (
    select t.measure as share_measure, t.part_measure
    from derived_terms as t
    inner join measures as m on t.measure = m.measure and m.measure_group = 'refusals'
    where t.side = 'numerator'
),

told as (
    select
        s.report_id,
        s.report_year,
        s.body_id,
        s.body_name,
        s.form,
        s.scope,
        g.part_measure as measure,
        s.value,
        s.numerator,
        s.denominator,
        s.interval_low,
        s.interval_high,
        s.grade,
        s.comparability
    from measures_by_report as s
    inner join grounds as g on s.measure = g.share_measure
    where s.value is not null
)

select
    report_id,
    report_year,
    body_id,
    body_name,
    form,
    scope,
    measure,
    value as refusal_share,
    numerator as refusal_share_numerator,
    denominator as refusal_share_denominator,
    interval_low as refusal_share_low,
    interval_high as refusal_share_high,
    -- Herfindahl's index: 1 where all refusals have one ground, 1/8 where the eight are alike. Known only if all are.
    if(
        count(*) over (partition by report_id) = (select count(*) from grounds),
        sum(value * value order by measure) over (partition by report_id),
        null
    ) as concentration,
    denominator >= 30 as is_readable,
    comparability,
    grade
from told
order by report_id, measure

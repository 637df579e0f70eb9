-- grain: one concept of one report
-- purpose: our side of what FOIA.gov's annual report data or the UK's FOI statistics count alike or nearly alike: which
--   measure each concept is, with its figure; nothing is computed here
-- do not assume: that a null is a zero, that a share of one country compares with one of another without the reason that
--   `international_crosswalk` gives, or that bodies of several countries can be ranked: there is no rank here and none is meant
-- unit: report
with shared as (
    select distinct concept, measure
    from international_crosswalk
    where relation <> 'none'
)

select
    b.report_id,
    s.concept,
    b.measure,
    b.report_year,
    b.body_id,
    b.body_name,
    b.form,
    b.scope,
    b.value,
    b.unit,
    b.numerator,
    b.denominator,
    b.interval_low,
    b.interval_high,
    b.state,
    b.comparability,
    b.series,
    b.grade
from shared as s
inner join measures_by_report as b on s.measure = b.measure
order by b.report_id, s.concept

-- grain: one concept of one report
-- purpose: our side of what FOIA.gov's annual report data or the UK's FOI statistics count alike or nearly alike
-- do not assume: that a null is a zero, that a share of one country compares with one of another without the reason that
--   `international_crosswalk` gives, or that bodies of several countries can be ranked: there is no rank here and none is meant
with
shared as (
    select distinct concept
    from international_crosswalk
    where relation <> 'none'
),

sides as (
    select
        b.report_id,
        t.concept,
        sum(t.sign * b.value) filter (where t.side = 'numerator') as over,
        sum(t.sign * b.value) filter (where t.side = 'denominator') as under,
        count(*) as part_count,
        bool_or(t.side = 'denominator') as is_share,
        bool_or(b.state = 'not_collected') as is_not_collected,
        bool_and(b.state = 'absent') as is_absent,
        bool_and(b.value is not null) as is_whole,
        worst_comparability(b.comparability) as comparability,
        worst_grade(b.grade) as grade,
        max(b.scope) as scope
    from international_terms as t
    inner join shared as s on t.concept = s.concept
    inner join measures_by_report as b on t.part_measure = b.measure
    group by b.report_id, t.concept
),

-- What is taken off or divided must be sound: a difference of contradicted numbers would look right and be wrong.
judged as (
    select
        *,
        case
            when is_not_collected then 'not_collected'
            when is_absent then 'absent'
            when not is_whole then 'part_missing'
            when part_count > 1 and not is_sound(grade) then 'doubtful'
            when is_share and under = 0 then 'no_denominator'
            when over < 0 or (is_share and over > under) then 'doubtful'
            else 'stated'
        end as state
    from sides
)

select
    j.report_id,
    j.concept,
    r.report_year,
    r.body_id,
    r.body_name,
    r.form,
    j.scope,
    if(j.state = 'stated', if(j.is_share, j.over / j.under, j.over), null) as value,
    if(j.is_share, 'share of 1', '件') as unit,
    if(j.state = 'stated' and j.is_share, j.over, null) as numerator,
    if(j.state = 'stated' and j.is_share, j.under, null) as denominator,
    wilson_low(numerator, denominator) as interval_low,
    wilson_high(numerator, denominator) as interval_high,
    j.state,
    j.comparability,
    j.grade
from judged as j
inner join reports as r on j.report_id = r.report_id
order by j.report_id, j.concept

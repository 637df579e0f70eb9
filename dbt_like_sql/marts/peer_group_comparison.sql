-- grain: one stated measure of one report in one group of peers
-- purpose: rank, percentile and distance to the median of the main measures within level, province and groups of
--   governments; for a value that is not ranked, the reason
-- do not assume: that a high rank is a good one, that all peers are there (a report without a value has no row here and is
--   counted in `missing_count`), or that a rank says anything beside another `member_count`. A field is one year, group, level, kind of body, function, scope and series;
--   one of fewer than five members has no rank. Ties share the best rank and count half in the percentile
-- unit: year
with
-- What the form does not ask for keeps nobody out of a field: such reports have no row.
candidates as (
    select
        f.*,
        b.body_name,
        b.measure,
        b.series,
        b.value,
        b.unit,
        b.numerator,
        b.denominator,
        b.interval_low,
        b.interval_high,
        b.grade,
        rank_obstacle(f.obstacle, b.unranked_reason, b.scope, f.scope) as obstacle_of_value
    from measures_by_report as b
    inner join measures as m on b.measure = m.measure and m.is_main
    inner join peer_memberships as f on b.report_id = f.report_id
    where b.state <> 'not_collected'
),

fielded as (
    select
        *,
        obstacle_of_value is null as is_member,
        rank_field(
            report_year, group_kind, group_code, level, field_kind, body_function, scope, measure, series
        ) as field,
        count(*) filter (where obstacle is null) over (
            partition by report_year, group_kind, group_code, level, field_kind, body_function, scope, measure
        ) as report_count
    from candidates
),

-- A report without a value counts among the missing; its row would say nothing that `measures_by_report` does not.
placed as (
    select *, standing(value, is_member, field) as place
    from fielded
    where value is not null
)

select
    report_id,
    report_year,
    body_id,
    body_name,
    group_kind,
    group_code,
    group_zh,
    level,
    field_kind,
    body_function,
    scope,
    measure,
    series,
    value,
    unit,
    numerator,
    denominator,
    interval_low,
    interval_high,
    grade,
    place.member_count,
    report_count - place.member_count as missing_count,
    place.value_rank,
    coalesce(obstacle_of_value, if(place.value_rank is null, 'field_small', null)) as unranked_reason,
    place.percentile,
    place.median_value,
    value - place.median_value as distance_to_median
from placed
order by report_id, group_kind, group_code, measure

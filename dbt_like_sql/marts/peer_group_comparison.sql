-- grain: one measure of one report in one group of peers
-- purpose: rank, percentile and distance to the median of the main measures within level, province and groups of cities
-- do not assume: that a high rank is a good one, that all peers are there (see `missing_count`), or that fields of
--   different scope or series compare: they never share a ranking. Ties share the best rank and count half in the
--   percentile; what is not rankable is not ranked (`measures_by_report`)
with
-- Comparing with the others of a level or a kind that nobody knows says nothing. A government's report is often that of
-- its office: the two are one kind.
known as (
    select
        *,
        if(body_kind = 'government_office', 'government', body_kind) as kind
    from reports
    where level <> 'unresolved' and body_kind <> 'unresolved'
),

memberships as (
    select report_id, report_year, kind, scope, 'level' as group_kind, level as group_code, level as group_zh
    from known
    union all
    select
        report_id,
        report_year,
        kind,
        scope,
        'province' as group_kind,
        province_code || '/' || level as group_code,
        province_name || ' ' || level as group_zh
    from known
    where province_code is not null and province_name is not null
    union all
    select
        k.report_id,
        k.report_year,
        k.kind,
        k.scope,
        'peer_group' as group_kind,
        g.peer_group as group_code,
        g.peer_group_zh as group_zh
    from known as k
    inner join peer_groups as g on k.government_code = g.government_code
    where k.kind = 'government'
),

fielded as (
    select
        *,
        count(*) over (partition by report_year, kind, scope, group_kind, group_code) as field_count
    from memberships
),

-- The scope of a measure can be told where that of its report is not: it is the measure's that must be the same.
members as (
    select
        b.report_id,
        b.report_year,
        b.body_id,
        b.body_name,
        f.group_kind,
        f.group_code,
        f.group_zh,
        b.scope,
        b.measure,
        b.series,
        b.value,
        b.unit,
        b.numerator,
        b.denominator,
        b.interval_low,
        b.interval_high,
        b.grade,
        f.field_count,
        f.kind,
        f.scope as report_scope
    from measures_by_report as b
    inner join measures as m on b.measure = m.measure and m.is_main
    inner join fielded as f on b.report_id = f.report_id
    where b.is_rankable and b.scope = f.scope
)

select
    report_id,
    report_year,
    body_id,
    body_name,
    group_kind,
    group_code,
    group_zh,
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
    count(*) over field as member_count,
    field_count - count(*) over field as missing_count,
    rank() over (field order by value desc) as value_rank,
    (rank() over (field order by value) - 1 + (count(*) over (field order by value range current row) - 1) / 2)
    / nullif(count(*) over field - 1, 0) as percentile,
    median(value) over field as median_value,
    value - median(value) over field as distance_to_median
from members
window field as (partition by report_year, kind, scope, group_kind, group_code, measure, series)
order by report_id, group_kind, group_code, measure

-- grain: one report: one body and one year
-- purpose: one wide line a report of any form: the measures that analysts compare, block by block, each block with its
--   comparability and grade; then the change on the year before, ranks, and how far the report agrees with itself
-- do not assume: that a null is a zero, that reports of different scope or values of different comparability compare, or
--   that a count is right because it is there (see the grades). Nothing is computed here: each figure is that of the
--   table which this one reads, and `measures_by_report` says why one is missing
-- unit: report
with
told as (
    select
        b.report_id,
        m.measure_group,
        b.measure,
        b.value,
        b.numerator,
        b.denominator,
        b.interval_low,
        b.interval_high,
        b.comparability,
        b.grade
    from measures_by_report as b
    inner join measures as m on b.measure = m.measure and m.in_comparison
),

-- The dictionary says which columns there are; the contract, which order they stand in.
figures as (
    pivot (
        select report_id, measure, value from told
        union all
        select report_id, measure || '_numerator' as measure, numerator as value from told
        union all
        select report_id, measure || '_denominator' as measure, denominator as value from told
        union all
        select report_id, measure || '_low' as measure, interval_low as value from told
        union all
        select report_id, measure || '_high' as measure, interval_high as value from told
    )
    on measure in (
        select measure from measures where in_comparison
        union all
        select measure || side from measures cross join (select unnest(['_numerator', '_denominator']) as side)
        where in_comparison and is_derived
        union all
        select measure || part from measures cross join (select unnest(['_low', '_high']) as part)
        where in_comparison and unit = 'share of 1'
    )
    using max(value)
    group by report_id
),

-- What a form does not ask for makes the rest of a block no less comparable. What is doubtful has no value: a share of two
-- blocks is left out where the other block contradicts itself.
blocks as (
    select
        report_id,
        measure_group,
        worst_comparability(if(value is not null, comparability, null)) as comparability,
        worst_grade(if(value is not null, grade, null)) as grade
    from told
    group by report_id, measure_group
),

comparabilities as (
    pivot (select report_id, measure_group || '_comparability' as block, comparability from blocks)
    on block in (select distinct measure_group || '_comparability' from measures where in_comparison)
    using max(comparability)
    group by report_id
),

grades as (
    pivot (select report_id, measure_group || '_grade' as block, grade from blocks)
    on block in (select distinct measure_group || '_grade' from measures where in_comparison)
    using max(grade)
    group by report_id
),

changes as (
    select
        report_id,
        max(value_change) filter (where measure = 'requests_received') as requests_received_change,
        max(value_change_share) filter (where measure = 'requests_received') as requests_received_change_share,
        max(value_change) filter (where measure = 'granted_share') as granted_share_change
    from trends
    where measure in ('requests_received', 'granted_share')
    group by report_id
),

gaps as (
    select report_id, left_value - right_value as carried_over_gap
    from pair_checks
    where
        check_code = 'years.carried_over' and place = 'total' and why_not is null and outcome in ('holds', 'fails')
),

-- A report without a value has no place: its measure says why.
places as (
    select
        b.report_id,
        b.measure,
        p.value_rank,
        p.member_count,
        if(b.value is null, b.unranked_reason, p.unranked_reason) as unranked_reason
    from measures_by_report as b
    left join peer_group_comparison as p
        on b.report_id = p.report_id and b.measure = p.measure and p.group_kind = 'level'
    where b.measure in ('requests_received', 'granted_share') and b.state <> 'not_collected'
),

ranks as (
    select
        report_id,
        max(value_rank) filter (where measure = 'requests_received') as requests_received_rank,
        max(member_count) filter (where measure = 'requests_received') as requests_received_member_count,
        max(unranked_reason) filter (where measure = 'requests_received') as requests_received_unranked_reason,
        max(value_rank) filter (where measure = 'granted_share') as granted_share_rank,
        max(member_count) filter (where measure = 'granted_share') as granted_share_member_count,
        max(unranked_reason) filter (where measure = 'granted_share') as granted_share_unranked_reason
    from places
    group by report_id
)

select
    r.report_id,
    r.report_year,
    r.body_id,
    r.body_name,
    r.body_kind,
    r.level,
    r.government_code,
    r.government_name,
    r.province_code,
    r.province_name,
    r.form,
    r.scope,
    r.published_on,
    f.* exclude (report_id),
    c.* exclude (report_id),
    g.* exclude (report_id),
    y.* exclude (report_id),
    o.carried_over_gap,
    k.* exclude (report_id),
    v.fact_count,
    v.contradicted_fact_count,
    r.failed_check_count,
    r.identity_from
from reports as r
left join figures as f on r.report_id = f.report_id
left join comparabilities as c on r.report_id = c.report_id
left join grades as g on r.report_id = g.report_id
left join changes as y on r.report_id = y.report_id
left join gaps as o on r.report_id = o.report_id
left join ranks as k on r.report_id = k.report_id
left join coverage as v on r.report_id = v.report_id
order by r.report_id

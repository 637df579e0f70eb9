-- grain: one report: one body and one year
-- purpose: the narrative in wide form: a column for each main indicator of the dictionary, in the dictionary's order
-- do not assume: that a null is a zero (the narrative does not state it), that reports of different scope compare, or
--   that a number is right because it is there: contradicted and differing ones are named at the beginning of the row
-- unit: report
with
main_values as (
    select
        v.report_id,
        v.indicator,
        v.normalised_value,
        v.grade,
        v.others_agree
    from indicator_by_year as v
    inner join indicators as i on v.indicator = i.indicator
    where i.is_main
),

-- The dictionary says which columns there are: one list for this table and for its contract.
wide as (
    pivot (select report_id, indicator, normalised_value from main_values)
    on indicator in (select indicator from indicators where is_main order by ordinal)
    using max(normalised_value)
    group by report_id
),

doubts as (
    select
        report_id,
        string_agg(indicator, ' ' order by indicator) filter (where grade = 'contradicted') as contradicted,
        string_agg(indicator, ' ' order by indicator) filter (where not others_agree) as differing
    from main_values
    group by report_id
),

counts as (
    select report_id, count(*) as figure_count
    from figures
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
    r.province_name,
    r.scope,
    coalesce(c.figure_count, 0) as figure_count,
    d.contradicted as contradicted_indicators,
    d.differing as differing_indicators,
    w.* exclude (report_id)
from reports as r
left join counts as c on r.report_id = c.report_id
left join doubts as d on r.report_id = d.report_id
left join wide as w on r.report_id = w.report_id
order by r.report_id

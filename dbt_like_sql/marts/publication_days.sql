-- grain: one report
-- purpose: how many days after its due date each report was published, by the date that it prints
-- do not assume: that a report with a later date was not there before (sites move, pages are put up again), or that a
--   day of our reading makes anybody late: only the statute does (`due_basis`)
-- unit: year
with
-- An organ of a zone without a code has the level below the government that the zone belongs to.
told as (
    select
        r.*,
        r.body_kind = 'department'
        and (coalesce(g.is_zone, false) or (g.level is not null and g.level <> r.level)) as is_of_zone,
        r.body_kind = 'department' and r.accountability is not distinct from 'vertical' as is_vertical,
        r.body_kind = 'government_office' and (r.government_code, r.report_year) in (
            select (government_code, report_year) from reports where body_kind = 'government'
        ) as has_own_report,
        r.published_on > make_date(r.report_year, 12, 31) as is_dated
    from reports as r
    left join governments as g on r.government_code = g.government_code and r.government_name = g.government_name
),

-- Nobody knows whose a body of no known level is: the statute may not mean it.
due as (
    select
        t.*,
        make_date(t.report_year + 1, d.due_month, d.due_day) as due_on,
        if(t.level = 'unresolved', 'our_reading', d.due_basis) as due_basis,
        d.source as due_source
    from told as t
    inner join due_rules as d
        on
            t.body_kind = d.body_kind
            and t.is_of_zone = d.is_of_zone
            and t.is_vertical = d.is_vertical
            and coalesce(t.has_own_report, false) = d.has_own_report
            and t.report_year between d.first_report_year and coalesce(d.last_report_year, t.report_year)
)

select
    report_id,
    report_year,
    body_id,
    body_name,
    body_kind,
    level,
    due_on,
    due_basis,
    due_source,
    published_on,
    if(is_dated, date_diff('day', due_on, published_on), null) as days_after_due,
    if(days_after_due is null, null, 'approximate') as comparability,
    case
        when days_after_due is null then 'date_unknown'
        when due_basis <> 'statute' then 'not_said'
        when days_after_due > 0 then 'after_due_date'
        else 'by_due_date'
    end as timing
from due
order by report_id

-- grain: one measure at one change of form
-- purpose: for each measure the years in which a new form changes what is counted, and why
-- do not assume: that a series without a break here has none: a report can lack its table (see `trends`), and a law can
--   change in a year without a new form (see `legal_breaks`)
-- unit: whole
with
-- What each form offers first; the figures that stand in for a missing table are alternatives to it.
offered as (
    select measure, form, form_first_year, form_last_year, comparability, series, reason
    from crosswalk
    where alternative = 1
),

changes as (
    select
        o.measure,
        o.form_first_year as report_year,
        p.form as form_before,
        o.form,
        p.comparability as comparability_before,
        o.comparability,
        o.series = p.series and o.comparability <> 'not_collected' as is_comparable,
        'Form ' || p.form || ': ' || p.reason || ' Form ' || o.form || ': ' || o.reason as reason
    from offered as o
    inner join offered as p on o.measure = p.measure and o.form_first_year - 1 = p.form_last_year
),

-- A quotient goes on where all of its parts do; residents are told for all forms.
quotients as (
    select
        t.measure,
        c.report_year,
        c.form_before,
        c.form,
        nullif(worst_comparability(c.comparability_before), 'exact') as worst_before,
        nullif(worst_comparability(c.comparability), 'exact') as worst,
        bool_and(c.is_comparable) as is_comparable,
        string_agg(t.part_measure || ': ' || c.reason, ' ' order by t.side desc, t.term)
            filter (where not c.is_comparable) as reason
    from derived_terms as t
    inner join changes as c on t.part_measure = c.measure
    group by t.measure, c.report_year, c.form_before, c.form
),

-- A quotient is at best as comparable as its line of `measures` says.
best as (
    select measure, best_comparability as comparability
    from measures
    where is_derived
),

cuts as (
    select
        measure,
        report_year,
        string_agg(cast(legal_date as varchar), ' ' order by legal_date) as legal_dates,
        string_agg('Law of ' || legal_date || ': ' || reason_en, ' ' order by legal_date) as reason
    from legal_breaks
    where legal_kind = 'break'
    group by measure, report_year
),

everything as (
    select * from changes
    union all
    select
        q.measure,
        q.report_year,
        q.form_before,
        q.form,
        coalesce(q.worst_before, b.comparability) as comparability_before,
        coalesce(q.worst, b.comparability) as comparability,
        q.is_comparable,
        coalesce(q.reason, 'All of its parts go on.') as reason
    from quotients as q
    inner join best as b on q.measure = b.measure
)

select
    e.measure,
    e.report_year,
    e.form_before,
    e.form,
    e.comparability_before,
    e.comparability,
    e.is_comparable and c.measure is null as is_comparable,
    c.legal_dates,
    concat_ws(' ', e.reason, c.reason) as reason
from everything as e
left join cuts as c on e.measure = c.measure and e.report_year = c.report_year
order by e.measure, e.form

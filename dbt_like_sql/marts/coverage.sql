-- grain: one body and one year from its first report to its last
-- purpose: which reports are there, which of them contradict themselves, and which are missing in between
-- do not assume: that an absent report was never published, or that a body without rows published none
-- unit: body
with
years as (
    select body_id, body_name, level, unnest(range(first_year, last_year + 1)) as report_year
    from bodies
)

select
    y.body_id,
    y.body_name,
    y.level,
    y.report_year,
    case when r.report_id is null then 'absent' when c.contradicted_fact_count > 0 then 'contradicted' else 'present' end
        as coverage_state,
    r.report_id,
    r.form,
    r.scope,
    coalesce(r.fact_count, 0) as fact_count,
    coalesce(c.contradicted_fact_count, 0) as contradicted_fact_count,
    coalesce(c.figure_count, 0) as figure_count,
    coalesce(t.document_count, 0) as quarantined_document_count
from years as y
left join reports as r on y.body_id = r.body_id and y.report_year = r.report_year
left join report_counts as c on r.report_id = c.report_id
-- A document that was turned away says at most its year, not its body.
left join quarantine_by_year as t on y.report_year = t.report_year
order by y.body_id, y.report_year

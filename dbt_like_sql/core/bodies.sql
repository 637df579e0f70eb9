-- grain: one body
-- purpose: the bodies that reported, as their latest report names them, with the years and all names printed
-- do not assume: that a renamed department is one body; follow it by government_code and body_function
-- unit: body
with seen as (
    select
        body_id,
        min(report_year) as first_year,
        max(report_year) as last_year,
        count(*) as report_count,
        surest_origin(body_from) as body_from,
        string_agg(distinct body_name, '、' order by body_name) as names_printed
    from reports
    group by body_id
),

latest as (
    select *
    from reports
    qualify row_number() over (partition by body_id order by report_year desc, report_id asc) = 1
)

select
    l.body_id,
    l.body_name,
    l.body_kind,
    l.body_function,
    l.accountability,
    l.level,
    l.government_code,
    l.government_name,
    g.parent_government_code,
    g.parent_government_name,
    l.province_code,
    l.province_name,
    l.government_successor_code,
    s.body_from,
    s.first_year,
    s.last_year,
    s.report_count,
    s.names_printed
from latest as l
inner join seen as s using (body_id)
left join governments as g using (government_code, government_name)
order by l.body_id

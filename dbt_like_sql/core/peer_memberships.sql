-- grain: one report in one group of peers
-- purpose: among whom each report could be ranked: those of its level, of its level in the province, and of each group of
--   governments; and what keeps the report as a whole from being ranked
-- do not assume: that a report without an obstacle has a value, or that all members of a group report. A field is narrower
--   than a group: kind of body, function, scope and series divide it (macro `rank_field`)
-- unit: year
with
-- A government's report is often that of its office: the two are one kind, and one of them stands for the government.
kinds as (
    select
        *,
        if(body_kind = 'government_office', 'government', body_kind) as field_kind,
        if(body_kind = 'department', body_function, null) as field_function,
        if(field_kind = 'government', coalesce(government_code, body_id), body_id) as whose,
        row_number() over (
            partition by report_year, field_kind, whose, scope
            order by report_preference(scope, body_kind, report_id)
        ) as preference
    from reports
),

known as (
    select
        *,
        case
            -- Its level and province say where it sits, not whom it belongs to.
            when accountability = 'vertical' then 'vertical_system'
            when level = 'unresolved' or body_kind = 'unresolved' then 'body_unknown'
            when body_kind = 'department' and body_function is null then 'function_unknown'
            when scope = 'not_stated' then 'scope_not_stated'
            when preference > 1 then 'other_report'
        end as obstacle
    from kinds
),

memberships as (
    select *, 'level' as group_kind, level as group_code, level as group_zh
    from known
    union all
    select
        *,
        'province' as group_kind,
        province_code || '/' || level as group_code,
        province_name || ' ' || level as group_zh
    from known
    where province_code is not null and province_name is not null
    union all
    select k.*, 'peer_group' as group_kind, g.peer_group as group_code, g.peer_group_zh as group_zh
    from known as k
    inner join peer_groups as g
        on k.government_code = g.government_code and coalesce(k.government_name, g.government_name) = g.government_name
    where k.field_kind = 'government'
)

select
    report_id,
    report_year,
    body_id,
    group_kind,
    group_code,
    group_zh,
    level,
    field_kind,
    field_function as body_function,
    scope,
    obstacle
from memberships
order by report_id, group_kind, group_code

-- grain: one check of a report against that of the year before at one place
-- purpose: the part of `cross_year_checks` that two reports of one body decide: what is carried over, what is in force,
--   and numbers that repeat those of the year before
-- do not assume: what `cross_year_checks` says not to assume
-- unit: body
with
cells as (
    select
        f.fact_id,
        f.report_id,
        f.report_year,
        f.form,
        f.form_table,
        f.form_row,
        f.form_column,
        f.value,
        f.unit,
        r.body_id,
        r.body_kind,
        r.scope,
        r.level,
        is_illegible(f.value, f.raw) as is_illegible
    from facts as f
    inner join reports as r on f.report_id = r.report_id
    where not starts_with(f.form_row, 'unmapped.') and not starts_with(f.form_column, 'unmapped.')
),

-- 上年结转 against 结转下年度继续办理 of the year before, for each applicant; in total for every report.
applicants as (
    select unnest([
        'total', 'natural_person', 'commercial_enterprise', 'research_institution', 'public_welfare_org',
        'legal_service_org', 'other_org'
    ]) as place
),

carried_cells as (
    select fact_id, report_id, form_row, form_column as place, value, is_illegible
    from cells
    where form_table = 'requests' and form_row in ('carried_in', 'carried_out')
),

carried_over as (
    select
        p.*,
        'years.carried_over' as check_code,
        a.place,
        i.value as left_value,
        o.value as right_value,
        i.fact_id as left_evidence,
        o.fact_id as right_evidence,
        coalesce(
            p.obstacle,
            case
                when i.fact_id is null then 'this report has no cell of 上年结转'
                when o.fact_id is null then 'the report of the year before has no cell of 结转下年度继续办理'
                when i.is_illegible or o.is_illegible then 'a cell cannot be read'
                when i.value is null or o.value is null then 'a cell is blank'
            end
        ) as why_not,
        '上年结转 equals 结转下年度继续办理 of the year before' as says
    from report_pairs as p
    cross join applicants as a
    left join carried_cells as i
        on p.report_id = i.report_id and i.form_row = 'carried_in' and a.place = i.place
    left join carried_cells as o
        on p.previous_report_id = o.report_id and o.form_row = 'carried_out' and a.place = o.place
    where a.place = 'total' or i.fact_id is not null
),

-- 现行有效件数 against that of the year before + 制发 - 废止. As in the identities of the forms a blank adds nothing, but
-- a stock that is blank says nothing.
stocks as (
    select
        report_id,
        form_row as place,
        max(value) filter (where form_column = 'in_force') as in_force,
        max(fact_id) filter (where form_column = 'in_force') as in_force_id,
        coalesce(max(value) filter (where form_column = 'issued'), 0)
        - coalesce(max(value) filter (where form_column = 'repealed'), 0) as net_flow,
        string_agg(fact_id, ' ' order by form_column) filter (where form_column in ('issued', 'repealed')) as flow_ids,
        count(*) filter (where form_column in ('issued', 'repealed')) as flow_count,
        bool_or(is_illegible) as is_illegible,
        bool_or(is_illegible and form_column = 'in_force') as is_stock_illegible
    from cells
    where
        form_table = 'proactive'
        and form_row in ('regulations', 'normative_documents')
        and form_column in ('issued', 'repealed', 'in_force')
    group by report_id, form_row
),

in_force as (
    select
        p.*,
        'years.in_force' as check_code,
        w.place,
        n.in_force as left_value,
        b.in_force + n.net_flow as right_value,
        n.in_force_id as left_evidence,
        concat_ws(' ', b.in_force_id, n.flow_ids) as right_evidence,
        coalesce(
            p.obstacle,
            case
                when n.in_force_id is null or n.flow_count < 2 then 'this report has not all three cells'
                when b.in_force_id is null then 'the report of the year before has no cell of 现行有效件数'
                when n.is_illegible or b.is_stock_illegible then 'a cell cannot be read'
                when n.in_force is null or b.in_force is null then 'a number in force is blank'
            end
        ) as why_not,
        '现行有效件数 is that of the year before, plus 制发, less 废止, unless documents lapsed or were put in order' as says
    from report_pairs as p
    cross join (select unnest(['regulations', 'normative_documents']) as place) as w
    left join stocks as n on p.report_id = n.report_id and w.place = n.place
    left join stocks as b on p.previous_report_id = b.report_id and w.place = b.place
),

-- Cells that are not zero in both years, sums left out: they repeat what their parts repeat. Ten cells at least: among
-- fewer, and small numbers, chance makes four of five the same. Four of five, since who copies a report changes a few
-- cells, while of reports that are not copied far fewer than half are the same.
like_cells as (
    select
        p.report_id,
        n.form_table,
        count(*) as compared_count,
        count(*) filter (where coalesce(n.value, 0) = coalesce(o.value, 0)) as same_count
    from report_pairs as p
    inner join cells as n on p.report_id = n.report_id
    inner join cells as o
        on
            p.previous_report_id = o.report_id
            and n.form_table = o.form_table
            and n.form_row = o.form_row
            and n.form_column = o.form_column
    where
        p.obstacle is null
        and p.form = p.previous_form
        and n.form_column <> 'total'
        and n.form_row <> 'total_processed'
        and not n.is_illegible
        and not o.is_illegible
        and (n.value <> 0 or o.value <> 0)
    group by p.report_id, n.form_table
),

likeness as (
    select report_id, '' as place, sum(compared_count) as compared_count, sum(same_count) as same_count
    from like_cells
    group by report_id
    union all
    select report_id, form_table, compared_count, same_count
    from like_cells
    where form_table = 'requests'
),

repeat_places as (
    select report_id, '' as place
    from reports
    union all
    select distinct report_id, form_table
    from cells
    where form_table = 'requests'
),

repeated as (
    select
        p.*,
        'years.repeated' as check_code,
        w.place,
        k.same_count,
        k.compared_count,
        cast(k.same_count as double) as left_value,
        cast(k.compared_count as double) as right_value,
        p.report_id as left_evidence,
        p.previous_report_id as right_evidence,
        k.same_count / nullif(k.compared_count, 0) as statistic,
        coalesce(
            p.obstacle,
            case
                when p.form <> p.previous_form then 'the report of the year before follows another form'
                when coalesce(k.compared_count, 0) < 10
                    then concat('only ', coalesce(k.compared_count, 0), ' cells are not zero; it takes 10')
            end
        ) as why_not
    from report_pairs as p
    inner join repeat_places as w on p.report_id = w.report_id
    left join likeness as k on p.report_id = k.report_id and w.place = k.place
)

select
    report_id, report_year, body_id, form, previous_report_id, check_code, place, left_value, right_value,
    null as statistic, null as threshold, left_evidence, right_evidence, why_not, says,
    -- Documents lapse by themselves and are put in order: a stock that does not add up is no error.
    case
        when left_value = right_value then 'holds'
        when check_code = 'years.in_force' then 'flagged'
        else 'fails'
    end as outcome
from (select * from carried_over union all by name select * from in_force)
union all by name
select
    report_id, report_year, body_id, form, previous_report_id, check_code, place, left_value, right_value,
    statistic, 0.8 as threshold, left_evidence, right_evidence, why_not,
    concat(same_count, ' of ', compared_count, ' cells that are not zero are those of the year before') as says,
    if(statistic >= 0.8, 'fails', 'holds') as outcome
from repeated

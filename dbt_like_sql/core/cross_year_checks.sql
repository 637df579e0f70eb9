-- grain: one check between years at one place of one report
-- purpose: what a report says against the same body's other reports of the same scope: requests carried over, documents
--   in force, numbers that repeat those of the year before, and jumps beyond what history and peers make plausible
-- do not assume: that the later year is the wrong one where a check fails, that what is flagged is wrong, or that a check
--   that could not be tested has passed; cells that a report leaves blank have no `years.jump` at all
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

-- Every report beside the body's report of the year before, and what stands in the way of comparing the two.
pairs as (
    select
        r.report_id,
        r.report_year,
        r.body_id,
        r.form,
        p.report_id as previous_report_id,
        p.form as previous_form,
        case
            when p.report_id is null then 'the body has no report of the year before'
            when p.scope <> r.scope
                then concat('this report is of scope ', r.scope, ' and that of the year before of ', p.scope)
        end as obstacle
    from reports as r
    left join reports as p on r.body_id = p.body_id and r.report_year - 1 = p.report_year
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
    from pairs as p
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
    from pairs as p
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
    from pairs as p
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
    from pairs as p
    inner join repeat_places as w on p.report_id = w.report_id
    left join likeness as k on p.report_id = k.report_id and w.place = k.place
),

-- Quantities that have a history: totals, and cells without parts. Money is brought to 万元 and counts to ones by the
-- unit as printed, so that only a number in another unit than the printed one stands out. Sizes are powers of ten; one
-- is added, so that zero has a size too.
series as (
    select
        *,
        case
            when unit = '亿元' then 1e4
            when unit = '万元' then 1
            when unit = '元' then 1e-4
            when starts_with(unit, '亿') then 1e8
            when starts_with(unit, '万') then 1e4
            else 1
        end as scale,
        log10(1 + value * scale) as size
    from cells
    where
        value >= 0
        and (
            (form_table = 'requests' and form_column = 'total' and form_row in ('received_new', 'total_processed'))
            or (form_table = 'disputes' and form_column = 'total')
            or (form_table = 'proactive' and form_column not in ('items_previous_year', 'items_change'))
            or (form_table = 'statistics' and form_column = 'value')
        )
),

histories as (
    select
        s.fact_id,
        count(o.fact_id) as year_count,
        median(o.size) as usual_size,
        mad(o.size) as spread,
        string_agg(o.fact_id, ' ' order by o.report_year) as fact_ids
    from series as s
    left join series as o
        on
            s.body_id = o.body_id
            and s.scope = o.scope
            and s.form_table = o.form_table
            and s.form_row = o.form_row
            and s.form_column = o.form_column
            and s.report_year <> o.report_year
    group by s.fact_id
),

deviations as (
    select s.*, h.year_count, h.usual_size, h.spread, h.fact_ids, s.size - h.usual_size as deviation
    from series as s
    inner join histories as h on s.fact_id = h.fact_id
),

-- What the same year brought to bodies of the same kind, level and scope: medians, which a few slips do not move.
peers as (
    select
        report_year,
        level,
        body_kind,
        scope,
        form_table,
        form_row,
        form_column,
        count(*) as body_count,
        median(deviation) as usual_deviation,
        mad(deviation) as spread,
        median(size) as usual_size
    from deviations
    where year_count > 0 and level <> 'unresolved'
    group by all
    -- Fewer than five others are no measure.
    having count(*) >= 6
),

-- The threshold is five robust standard deviations (1.4826 times the median absolute deviation) of the body's own other
-- years or of its peers, whichever is larger; at least 1.3, a factor of 20, below which small counts jump by nature; at
-- most 3, a factor of 1,000, which no variation excuses. A slip of 10,000 is beyond it however much the body varies,
-- unless the right number would itself be ten times further from the usual on the other side.
-- One or two other years cannot tell which of them is wrong: only the factor of 1,000 counts, and of the years the one
-- that is further away from the peers.
judged as (
    select
        d.*,
        p.body_count,
        coalesce(p.usual_deviation, 0) as usual_deviation,
        d.deviation - coalesce(p.usual_deviation, 0) as distance,
        if(
            d.year_count >= 3,
            least(3, greatest(1.3, 5 * 1.4826 * d.spread, 5 * 1.4826 * coalesce(p.spread, 0))),
            3
        ) as threshold,
        abs(distance) > threshold
        and (d.year_count >= 3 or abs(d.size - p.usual_size) > abs(d.usual_size - p.usual_size)) as is_jump,
        greatest(0, round(pow(10, d.usual_size + coalesce(p.usual_deviation, 0)) - 1, 4)) / d.scale as expected,
        case
            when d.year_count = 0 then 'the body states it in no other year, or for another scope'
            when d.year_count < 3 and p.body_count is null
                then 'the body states it in fewer than three other years, and fewer than five peers do'
        end as why_not
    from deviations as d
    left join peers as p
        on
            d.report_year = p.report_year
            and d.level = p.level
            and d.body_kind = p.body_kind
            and d.scope = p.scope
            and d.form_table = p.form_table
            and d.form_row = p.form_row
            and d.form_column = p.form_column
),

jumps as (
    select
        p.*,
        'years.jump' as check_code,
        concat_ws('/', j.form_table, j.form_row, j.form_column) as place,
        j.value as left_value,
        if(j.why_not is null, j.expected, null) as right_value,
        j.fact_id as left_evidence,
        j.fact_ids as right_evidence,
        if(j.why_not is null, j.distance, null) as statistic,
        if(j.why_not is null, j.threshold, null) as threshold,
        j.is_jump,
        j.why_not,
        concat(
            regexp_replace(cast(j.value as varchar), '\.0$', ''), coalesce(j.unit, ''), ' where ', round(j.expected, 4), ' is to be expected of ', j.year_count,
            ' other years', if(j.body_count is null, '', concat(' and ', j.body_count, ' bodies of its kind')),
            ': 10^', round(j.distance, 1), ' times as much',
            if(abs(abs(j.distance) - 4) <= 0.7, '; near 10,000: perhaps another unit', '')
        ) as says
    from judged as j
    inner join pairs as p on j.report_id = p.report_id
),

found as (
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
    union all by name
    select
        report_id, report_year, body_id, form, previous_report_id, check_code, place, left_value, right_value,
        statistic, threshold, left_evidence, right_evidence, why_not, says,
        if(is_jump, 'flagged', 'holds') as outcome
    from jumps
)

select
    concat(report_id, '/', check_code, '/', place) as check_id,
    report_id,
    report_year,
    body_id,
    form,
    previous_report_id,
    'years' as kind,
    check_code,
    place,
    left_value,
    right_value,
    left_value - right_value as difference,
    cast(statistic as double) as statistic,
    cast(threshold as double) as threshold,
    if(why_not is null, outcome, 'not_testable') as outcome,
    case
        when why_not is not null then why_not
        when outcome <> 'holds' and check_code in ('years.carried_over', 'years.in_force')
            then regexp_replace(concat(left_value, ' against ', right_value, '; ', says), '\.0\b', '', 'g')
        else says
    end as message,
    left_evidence,
    right_evidence
from found
order by check_id

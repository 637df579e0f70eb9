-- grain: one check of one cell of one report for a whole territory
-- purpose: whole-territory reports (全市各级行政机关) against the reports of the divisions in the territory: no part can be
--   more than its whole, and where every part and the government's own level (市本级) are known they make the whole;
--   and what a narrative says of one owner (东湖县233件) against that owner's own report
-- do not assume: that a sum below the whole means that parts are missing from it (the government's own organs are in the
--   whole and in no part), or that a check that could not be tested has passed
-- unit: year
with
-- One report a government and year; organs of vertical systems (海关, 税务) are no part of a territory.
-- Of a government's reports it has the one that speaks for most, its own before its office's.
governments_reports as (
    select
        *,
        row_number() over (
            partition by government_code, report_year
            order by report_preference(scope, body_kind, report_id)
        ) as preference
    from reports
    where
        body_kind in ('government', 'government_office')
        and government_code is not null
        and accountability is distinct from 'vertical'
),

-- The divisions of today; development zones are in the territory of another division.
divisions as (
    select government_code, parent_government_code
    from governments
    where valid_to is null and not is_zone
),

children as (
    select parent_government_code, count(*) as division_count
    from divisions
    where parent_government_code is not null
    group by parent_government_code
),

-- Counts that add up over organs. Stocks of documents do not: one document can be in force for several.
cells as (
    select fact_id, report_id, form_table, form_row, form_column, value
    from facts
    where
        (
            form_table = 'requests'
            and form_column = 'total'
            and form_row in (
                'received_new', 'carried_in', 'granted', 'partially_granted', 'total_processed', 'carried_out'
            )
        )
        or (form_table = 'disputes' and form_column = 'total')
        or (form_table = 'proactive' and form_row in ('licensing', 'penalty', 'coercion') and form_column = 'decisions')
        or (
            form_table = 'statistics'
            and form_column = 'value'
            and form_row in (
                'proactive.total', 'requests.received', 'requests.completed', 'requests.answered',
                'reconsideration.total', 'litigation.total'
            )
        )
),

wholes as (
    select r.report_id, r.report_year, r.body_id, r.government_code, r.form, c.division_count, w.* exclude (report_id)
    from governments_reports as r
    inner join children as c on r.government_code = c.parent_government_code
    inner join cells as w on r.report_id = w.report_id
    where r.scope = 'territory'
),

-- What every division in the territory states in the same cell of the same form.
parts as (
    select
        w.report_id,
        w.fact_id as whole_fact_id,
        p.fact_id,
        p.value,
        r.scope = 'territory' as is_territory,
        r.government_name
    from wholes as w
    inner join divisions as g on w.government_code = g.parent_government_code
    inner join governments_reports as r
        on
            g.government_code = r.government_code
            and w.report_year = r.report_year
            and w.form = r.form
            and r.preference = 1
    inner join cells as p
        on
            r.report_id = p.report_id
            and w.form_table = p.form_table
            and w.form_row = p.form_row
            and w.form_column = p.form_column
    where p.value is not null
),

sums as (
    select
        whole_fact_id,
        count(*) as part_count,
        count(*) filter (where is_territory) as territory_count,
        sum(value order by fact_id) as total,
        max(value) as largest,
        arg_max(government_name, value) as largest_name,
        string_agg(fact_id, ' ' order by fact_id) as fact_ids
    from parts
    group by whole_fact_id
),

-- What the narrative says of the government's own level (市本级), where all its sentences say the same.
own_levels as (
    select report_id, max(normalised_value) as value, min(figure_id) as figure_id
    from figures
    where
        indicator = 'requests_received'
        and aspect = 'amount'
        and scope = 'own_level'
        and grade <> 'contradicted'
        and normalised_value is not null
    group by report_id
    having count(distinct normalised_value) = 1
),

-- Requests that a narrative counts for an owner, beside what the owner's own report has: received in the year alone, or with
-- those carried in.
of_owners as (
    select
        f.report_id,
        f.report_year,
        r.body_id,
        r.government_code,
        r.form,
        1 as division_count,
        min(n.fact_id) filter (where n.form_row = 'received_new') as fact_id,
        'figures' as form_table,
        f.indicator as form_row,
        cast(f.ordinal as varchar) as form_column,
        max(n.value) filter (where n.form_row = 'received_new') as received,
        max(n.value) filter (where n.form_row = 'carried_in') as carried_in,
        f.normalised_value as stated,
        f.figure_id,
        o.body_name
    from figures as f
    inner join reports as r on f.report_id = r.report_id
    inner join reports as o on f.owner_body_id = o.body_id and f.report_year = o.report_year
    inner join facts as n
        on
            o.report_id = n.report_id
            and n.form_table = 'requests'
            and n.form_column = 'total'
            and n.form_row in ('received_new', 'carried_in')
    where
        f.indicator = 'requests_received'
        and f.aspect = 'amount'
        and f.owner is not null
        and r.government_code is not null
        and o.report_id <> r.report_id
    group by all
),

tested as (
    select
        * exclude (received, carried_in, stated, figure_id, body_name),
        if(stated = received + carried_in, stated, received) as value,
        'hierarchy.owner_agrees' as check_code,
        stated as left_value,
        figure_id as left_evidence,
        1 as part_count,
        stated as largest,
        body_name as largest_name,
        if(received is null, 'the own report of the owner leaves it blank', null) as why_not
    from of_owners
    union all by name
    select
        w.*,
        'hierarchy.within_whole' as check_code,
        s.total as left_value,
        s.fact_ids as left_evidence,
        coalesce(s.part_count, 0) as part_count,
        s.largest,
        s.largest_name,
        case
            when w.value is null then 'the whole is blank or cannot be read'
            when s.total is null then 'no division of the territory has a report of the year and form with this number'
        end as why_not
    from wholes as w
    left join sums as s on w.fact_id = s.whole_fact_id
    union all by name
    select
        w.*,
        'hierarchy.equals_whole' as check_code,
        s.total + o.value as left_value,
        concat_ws(' ', s.fact_ids, o.figure_id) as left_evidence,
        coalesce(s.territory_count, 0) as part_count,
        s.largest,
        s.largest_name,
        case
            when w.value is null then 'the whole is blank or cannot be read'
            when coalesce(s.territory_count, 0) < w.division_count
                then concat(
                    'of ', w.division_count, ' divisions ', coalesce(s.territory_count, 0),
                    ' have a report for their whole territory with this number'
                )
            when o.value is null then 'the narrative does not say how many are of the own level (本级)'
        end as why_not
    from wholes as w
    left join sums as s on w.fact_id = s.whole_fact_id
    left join own_levels as o on w.report_id = o.report_id
    where w.form_row in ('received_new', 'requests.received')
),

found as (
    select
        *,
        concat_ws('/', form_table, form_row, form_column) as place,
        case
            when why_not is not null then 'not_testable'
            when check_code = 'hierarchy.within_whole' and left_value <= value then 'holds'
            when check_code in ('hierarchy.equals_whole', 'hierarchy.owner_agrees') and left_value = value then 'holds'
            else 'fails'
        end as outcome
    from tested
)

select
    concat(report_id, '/', check_code, '/', place) as check_id,
    report_id,
    report_year,
    body_id,
    government_code,
    form,
    'hierarchy' as kind,
    check_code,
    place,
    left_value,
    value as right_value,
    left_value - value as difference,
    division_count,
    part_count,
    outcome,
    coalesce(why_not, regexp_replace(if(
        check_code = 'hierarchy.owner_agrees',
        concat('the narrative says ', left_value, ' of ', largest_name, ', whose own report says ', value),
        concat(
        part_count, ' of ', division_count, ' divisions',
        if(check_code = 'hierarchy.equals_whole', ' and the own level', ''), ' have ', left_value, ' of ', value,
        if(outcome = 'fails', concat('; the largest part is ', largest, ' (', largest_name, ')'), '')
        )
    ), '\.0\b', '', 'g')) as message,
    left_evidence,
    fact_id as right_evidence
from found
order by check_id

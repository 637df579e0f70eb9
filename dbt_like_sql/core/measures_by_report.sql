-- grain: one measure of one report
-- purpose: every harmonised measure of every report: which line of the crosswalk makes it, its value, how comparable and
--   how certain it is, and the facts and figures it was made of; why it has no value where it has none
-- do not assume: that a null is a zero, that values of different series or scope compare, or that a contradicted value is
--   left out. Blanks: a sum whose parts are all blank is blank; a blank beside printed parts adds nothing, as reports
--   leave zeros blank, and is counted in `blank_part_count`; a blank in a row whose other cells add up to its printed
--   total is a zero. A sum that lacks a row, or has a cell that cannot be read, is null. A value that is not rankable says
--   why in `unranked_reason`; an interval says how far chance alone could move a share, not how well the body works
-- unit: report
with
-- One line for each cell: totals as `row_totals` knows them, the others as printed, blanks that can only be a zero as 0.
cells as (
    select
        report_id,
        form_table,
        form_row,
        'total' as form_column,
        total_count as value,
        '件' as unit,
        coalesce(grade, row_grade) as grade,
        is_illegible,
        evidence_ids
    from row_totals
    union all
    select
        f.report_id,
        f.form_table,
        f.form_row,
        f.form_column,
        coalesce(f.value, if(t.is_closed, 0, null)) as value,
        f.unit,
        if(f.value is null and t.is_closed, t.grade, f.grade) as grade,
        is_illegible(f.value, f.raw) as is_illegible,
        if(f.value is null and t.is_closed, f.fact_id || ' ' || t.evidence_ids, f.fact_id) as evidence_ids
    from facts as f
    left join row_totals as t on f.report_id = t.report_id and f.form_table = t.form_table and f.form_row = t.form_row
    where f.form_column <> 'total'
),

-- What each addend of each formula is worth in a report; a missing cell has a line too, without `is_present`.
fact_parts as (
    select
        r.report_id,
        t.measure,
        t.alternative,
        t.term,
        c.report_id is not null as is_present,
        in_unit(c.value, c.unit, m.unit) as part_value,
        coalesce(c.is_illegible, false) as is_illegible,
        c.value is not null and part_value is null as is_unit_unknown,
        false as is_other_scope,
        c.grade,
        c.evidence_ids,
        null as figure_scope,
        null as statement
    from reports as r
    inner join crosswalk_terms as t on r.form = t.form and t.basis = 'facts'
    inner join measures as m on t.measure = m.measure
    left join cells as c
        on
            r.report_id = c.report_id
            and t.form_table = c.form_table
            and t.form_row = c.form_row
            and t.form_column = c.form_column
),

-- A figure counts where it speaks for whom the report speaks for, and gives a number, not a range.
figure_parts as (
    select
        r.report_id,
        t.measure,
        t.alternative,
        t.term,
        f.figure_id is not null as is_present,
        f.value_to is not null
        or (f.scope = 'own_level' and r.scope <> 'own_level')
        or (f.scope <> r.scope and f.scope <> 'not_stated' and r.scope <> 'not_stated') as is_elsewhere,
        if(
            is_elsewhere,
            null,
            if(m.unit = '万元' and f.normalised_unit = '元', f.normalised_value / 10000, f.normalised_value)
        ) as part_value,
        false as is_illegible,
        false as is_unit_unknown,
        coalesce(is_elsewhere, false) as is_other_scope,
        if(s.others_agree, f.grade, 'conflicting') as grade,
        f.figure_id as evidence_ids,
        if(r.scope = 'not_stated' and not is_elsewhere, f.scope, null) as figure_scope,
        -- What is stated of others, or as a part of another number, is another statement.
        f.scope || if(f.part_of_figure_id is null, '', ', part') as statement
    from reports as r
    inner join crosswalk_terms as t on r.form = t.form and t.basis = 'figures'
    inner join measures as m on t.measure = m.measure
    left join standing_figures as s on r.report_id = s.report_id and t.indicator = s.indicator
    left join figures as f on s.figure_id = f.figure_id
),

parts as (
    select * from fact_parts
    union all by name
    select * exclude (is_elsewhere) from figure_parts
),

lines as (
    select
        report_id,
        measure,
        alternative,
        count(*) as needed_count,
        count(*) filter (where is_present) as present_count,
        case
            when present_count < needed_count then 'part_missing'
            when bool_or(is_illegible) then 'illegible'
            when bool_or(is_unit_unknown) then 'unit_unknown'
            when bool_or(is_other_scope) then 'other_scope'
            when count(part_value) = 0 then 'blank'
            else 'stated'
        end as state,
        sum(part_value order by term) as value,
        worst_grade(if(part_value is not null, grade, null)) as grade,
        count(*) filter (where is_present and part_value is null) as blank_part_count,
        string_agg(evidence_ids, ' ') filter (where part_value is not null) as evidence_ids,
        max(figure_scope) as figure_scope,
        max(statement) as statement
    from parts
    group by report_id, measure, alternative
),

-- The first alternative of which the report has anything is the one: a line that is there in part is not passed over.
chosen as (
    select *
    from lines
    where present_count > 0
    qualify row_number() over (partition by report_id, measure order by alternative) = 1
),

looked_up as (
    select
        r.report_id,
        m.measure,
        case
            when w.basis = 'none' then 'not_collected'
            when
                m.asked_of = 'rule_makers'
                and not coalesce(can_make_rules(r.level, r.body_kind, r.government_name), true)
                then 'not_applicable'
            else coalesce(c.state, 'absent')
        end as measure_state,
        if(measure_state = 'stated', c.value, null) as value,
        if(c.alternative is null, 'none', w.basis) as basis,
        w.comparability,
        w.series || if(w.basis = 'figures' and c.statement is not null, ' (' || c.statement || ')', '') as series,
        if(measure_state = 'stated', c.grade, null) as grade,
        if(c.figure_scope in ('territory', 'own_level', 'organ'), c.figure_scope, r.scope) as scope,
        c.alternative,
        w.formula,
        coalesce(c.blank_part_count, 0) as blank_part_count,
        if(measure_state = 'stated', c.evidence_ids, null) as evidence_ids
    from reports as r
    cross join measures as m
    left join chosen as c on r.report_id = c.report_id and m.measure = c.measure
    inner join crosswalk as w on r.form = w.form and m.measure = w.measure and coalesce(c.alternative, 1) = w.alternative
    where not m.is_derived
),

counted as (
    select * rename (measure_state as state)
    from looked_up
),

-- Residents are known of whole territories and of some years only.
residents as (
    select
        r.report_id,
        p.resident_count as value,
        r.scope
    from reports as r
    inner join population as p on r.government_code = p.government_code and r.report_year = p.report_year
    where r.scope = 'territory' and r.body_kind in ('government', 'government_office')
),

quotient_parts as (
    select
        c.report_id,
        t.measure,
        t.side,
        t.term,
        t.part_measure,
        c.state,
        c.value,
        c.basis,
        c.comparability,
        c.series,
        c.grade,
        c.scope,
        c.blank_part_count,
        c.evidence_ids
    from derived_terms as t
    inner join counted as c on t.part_measure = c.measure
    union all
    select
        r.report_id,
        t.measure,
        t.side,
        t.term,
        t.part_measure,
        if(p.value is null, 'absent', 'stated') as state,
        p.value,
        null as basis,
        null as comparability,
        'exact' as series,
        null as grade,
        r.scope,
        0 as blank_part_count,
        null as evidence_ids
    from reports as r
    inner join derived_terms as t on t.part_measure = 'residents'
    left join residents as p on r.report_id = p.report_id
),

sides as (
    select
        report_id,
        measure,
        bool_and(value is not null) as is_whole,
        bool_or(state = 'not_collected') as is_not_collected,
        bool_or(state = 'not_applicable') as is_not_applicable,
        bool_and(state = 'absent') as is_absent,
        sum(value order by term) filter (where side = 'numerator') as over,
        sum(value order by term) filter (where side = 'denominator') as under,
        case
            when bool_or(basis = 'none') then 'none'
            when min(basis) = max(basis) then min(basis)
            else 'mixed'
        end as basis,
        worst_comparability(comparability) as comparability,
        if(
            bool_and(series = 'exact'),
            'exact',
            string_agg(part_measure || ' = ' || series, '; ' order by side, term) filter (where series <> 'exact')
        ) as series,
        worst_grade(grade) as grade,
        max(scope) as scope,
        cast(sum(blank_part_count) as bigint) as blank_part_count,
        string_agg(evidence_ids, ' ') as evidence_ids
    from quotient_parts
    group by report_id, measure
),

derived as (
    select
        s.report_id,
        s.measure,
        -- A quotient of what is contradicted, and a share beyond 0 and 1, would be a wrong number that looks right.
        s.over,
        s.under,
        s.over / nullif(s.under, 0) as quotient,
        case
            when s.is_not_collected then 'not_collected'
            when s.is_not_applicable then 'not_applicable'
            when s.is_absent then 'absent'
            when not s.is_whole then 'part_missing'
            when not is_sound(s.grade) then 'doubtful'
            when s.under = 0 then 'no_denominator'
            when m.unit = 'share of 1' and quotient not between 0 and 1 then 'doubtful'
            else 'stated'
        end as state,
        if(state = 'stated', quotient * if(m.unit = 'per 100,000 residents', 100000, 1), null) as value,
        s.basis,
        -- As comparable as its parts, at best as its line of `measures` says.
        if(s.comparability = 'exact', m.best_comparability, s.comparability) as comparability,
        s.series,
        if(state in ('stated', 'doubtful'), s.grade, null) as grade,
        s.scope,
        null as alternative,
        m.derivation as formula,
        s.blank_part_count,
        if(state = 'stated', s.evidence_ids, null) as evidence_ids
    from sides as s
    inner join measures as m on s.measure = m.measure
),

everything as (
    select * from counted
    union all by name
    select
        * exclude (over, under, quotient),
        if(state = 'stated', over, null) as numerator,
        if(state = 'stated', under, null) as denominator
    from derived
)

select
    e.report_id,
    r.report_year,
    r.body_id,
    r.body_name,
    r.form,
    e.measure,
    e.value,
    m.unit,
    e.state,
    e.basis,
    e.comparability,
    e.series,
    e.grade,
    e.scope,
    cast(e.alternative as bigint) as alternative,
    e.formula,
    cast(coalesce(len(list_distinct(string_split(e.evidence_ids, ' '))), 0) as bigint) as evidence_count,
    e.blank_part_count,
    e.numerator,
    e.denominator,
    if(m.unit = 'share of 1', wilson_low(e.numerator, e.denominator), null) as interval_low,
    if(m.unit = 'share of 1', wilson_high(e.numerator, e.denominator), null) as interval_high,
    case
        when e.state = 'doubtful' or not is_sound(e.grade) then 'doubtful'
        when e.value is null then 'no_value'
        when e.basis <> 'facts' then 'narrative'
        when e.denominator < m.least_denominator then 'too_few'
        when not m.is_main or r.report_year > m.main_until then 'not_main'
    end as unranked_reason,
    unranked_reason is null as is_rankable,
    -- A cell can stand on both sides of a quotient: it is named once. The ids are put in order here alone.
    array_to_string(list_sort(list_distinct(string_split(e.evidence_ids, ' '))), ' ') as evidence_ids
from everything as e
inner join reports as r on e.report_id = r.report_id
inner join measures as m on e.measure = m.measure
order by e.report_id, e.measure

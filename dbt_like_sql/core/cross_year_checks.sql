-- grain: one check between years at one place of one report
-- purpose: what a report says against the same body's other reports of the same scope: requests carried over, documents
--   in force, numbers that repeat those of the year before, and jumps beyond what history and peers make plausible
-- do not assume: that the later year is the wrong one where a check fails, that what is flagged is wrong, or that a check
--   that could not be tested has passed; cells that a report leaves blank have no `years.jump` at all
-- unit: report
with
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
    from cell_histories as d
    left join peer_deviations as p
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
    inner join report_pairs as p on j.report_id = p.report_id
),

found as (
    select * from pair_checks
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

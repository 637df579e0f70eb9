-- grain: one cell that has a history
-- purpose: how far each quantity of a report is from what the same body states in its other years
-- do not assume: that a deviation is an error: peers and the body's own spread decide (`cross_year_checks`)
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
)

select s.*, h.year_count, h.usual_size, h.spread, h.fact_ids, s.size - h.usual_size as deviation
from series as s
inner join histories as h on s.fact_id = h.fact_id

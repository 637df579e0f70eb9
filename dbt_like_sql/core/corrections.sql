-- grain: one line of the register of corrections
-- purpose: the numbers that a person put right, with reason and evidence, and what became of each line
-- do not assume: that a line which was not applied is wrong: its document may be another one now; look at `correction_status`
-- unit: whole
with
cells as (
    select
        c.correction_id,
        f.report_id,
        f.fact_id as place_id,
        f.raw as printed_now,
        1 as place_count,
        f.grade = 'corrected' as is_corrected
    from source.corrections_register as c
    inner join facts as f
        on
            c.document_sha256 = f.document_sha256
            and c.form_table = f.form_table
            and c.form_row = f.form_row
            and c.form_column = f.form_column
    where c.kind = 'cell'
),

-- The figures of the indicator whose sentence holds the piece; those that print what the line says go before others.
-- A figure of which two lines speak is as ambiguous as a line that speaks of two figures.
described as (
    select
        c.correction_id,
        f.report_id,
        f.figure_id,
        f.raw,
        f.ordinal,
        f.grade = 'corrected' as is_corrected,
        trim(f.raw) = c.printed_text as is_printed,
        count(*) filter (where trim(f.raw) = c.printed_text) over (partition by f.figure_id) as line_count
    from source.corrections_register as c
    inner join figures as f
        on
            c.document_sha256 = f.document_sha256
            and c.indicator = f.indicator
            and contains(f.sentence, coalesce(c.sentence, ''))
    where c.kind = 'figure'
),

narrated as (
    select
        correction_id,
        min(report_id) as report_id,
        coalesce(min_by(figure_id, ordinal) filter (where is_printed), min_by(figure_id, ordinal)) as place_id,
        coalesce(min_by(raw, ordinal) filter (where is_printed), min_by(raw, ordinal)) as printed_now,
        count(*) filter (where is_printed) * coalesce(max(line_count) filter (where is_printed), 1) as place_count,
        coalesce(bool_and(is_corrected) filter (where is_printed), false) as is_corrected
    from described
    group by correction_id
),

places as (
    select * from cells
    union all by name
    select * from narrated
)

select
    c.correction_id,
    c.document_sha256,
    c.kind,
    c.form_table,
    c.form_row,
    c.form_column,
    c.indicator,
    c.sentence,
    c.printed_text,
    c.corrected_value,
    c.reason,
    c.evidence,
    c.corrected_by,
    c.corrected_on,
    case
        when p.is_corrected and p.place_count = 1 then 'applied'
        when d.document_sha256 is null then 'document_gone'
        when not d.stands then 'not_standing'
        when p.correction_id is null then 'no_such_cell'
        when p.place_count > 1 then 'ambiguous'
        else 'printed_differs'
    end as correction_status,
    d.report_id,
    p.place_id,
    p.printed_now
from source.corrections_register as c
left join documents as d on c.document_sha256 = d.document_sha256
left join places as p on c.correction_id = p.correction_id
order by c.correction_id

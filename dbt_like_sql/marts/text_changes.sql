-- grain: one sentence that is new, gone, or reworded against the same section of the body's report before
-- purpose: what a body writes otherwise than the time before, numbers set aside
-- do not assume: that a new sentence tells of new work, or that a sentence which is gone tells of work that ended; that the
--   report before is that of the year before; that a sentence which moved to another section is found again there
-- unit: body
with
-- The sections of both reports: one that only one of them has is new or gone as a whole.
sides as (
    select w.report_id, w.previous_report_id, s.section
    from text_successions as w
    inner join sections as s on s.report_id in (w.report_id, w.previous_report_id)
    where w.previous_report_id is not null
    group by all
),

aligned as (
    select
        d.report_id,
        d.section,
        unnest(text_pairs(coalesce(b.text, ''), coalesce(n.text, ''))) as pair
    from sides as d
    left join sections as b on d.previous_report_id = b.report_id and d.section = b.section
    left join sections as n on d.report_id = n.report_id and d.section = n.section
)

select
    a.report_id,
    w.report_year,
    w.body_id,
    w.body_name,
    w.level,
    w.previous_report_id,
    w.previous_report_year,
    a.section,
    row_number() over (
        partition by a.report_id, a.section
        order by a.pair.start is null, a.pair.start, a.pair.previous_start
    ) as ordinal,
    a.pair.state as text_state,
    a.pair.sentence as sentence,
    a.pair.start as sentence_start,
    a.pair.previous_sentence as previous_sentence,
    a.pair.previous_start as previous_sentence_start,
    round(a.pair.similarity, 4) as similarity
from aligned as a
inner join text_successions as w on a.report_id = w.report_id
where a.pair.state <> 'repeated'
order by a.report_id, a.section, ordinal

-- grain: one subject with one unit
-- purpose: quantitative statements that the dictionary does not know, most frequent first, so that it can grow
-- do not assume: that one subject is one thing, or that a frequent one belongs into the dictionary: look at sentences
with
subjects as (
    select
        subject,
        unit,
        count(distinct report_id) as report_count,
        count(*) as figure_count,
        first(figure_id order by report_id, ordinal) as figure_id,
        first(sentence order by report_id, ordinal) as sentence
    from figures
    where indicator = 'unmapped'
    group by subject, unit
)

select
    row_number() over (order by report_count desc, figure_count desc, subject, unit) as frequency_rank,
    subject,
    unit,
    report_count,
    figure_count,
    figure_id,
    sentence
from subjects
order by frequency_rank

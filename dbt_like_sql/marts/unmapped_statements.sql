-- grain: one subject with one unit
-- purpose: quantitative statements that the dictionary does not know, most frequent first, so that it can grow
-- do not assume: that one subject is one thing, or that a frequent one belongs into the dictionary: look at sentences
-- unit: whole
with
subjects as (
    select
        subject,
        unit,
        cast(sum(report_count) as bigint) as report_count,
        cast(sum(figure_count) as bigint) as figure_count,
        first(figure_id order by place) as figure_id,
        first(sentence order by place) as sentence
    from unmapped_by_year
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

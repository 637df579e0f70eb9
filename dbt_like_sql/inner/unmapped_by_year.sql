-- grain: one subject with one unit in one report year
-- purpose: statements that the dictionary does not know, counted, with the first of them as the example
-- do not assume: that one subject is one thing
-- unit: year
select
    report_year,
    subject,
    unit,
    count(distinct report_id) as report_count,
    count(*) as figure_count,
    min({'report_id': report_id, 'ordinal': ordinal}) as place,
    first(figure_id order by report_id, ordinal) as figure_id,
    first(sentence order by report_id, ordinal) as sentence
from figures
where indicator = 'unmapped'
group by report_year, subject, unit

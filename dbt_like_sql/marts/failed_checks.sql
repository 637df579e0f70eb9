-- grain: one failing check at one place of one report
-- purpose: what fails, with the body, the file and both sides, so that a person can look it up
-- do not assume: that the document is wrong; a failing check is the document's error or ours
-- unit: report
select
    c.check_id,
    c.report_id,
    c.report_year,
    r.body_name,
    c.kind,
    c.check_code,
    c.place,
    c.left_value,
    c.right_value,
    c.difference,
    c.message,
    d.file_name,
    r.document_sha256
from checks as c
-- A left join: a check whose report or document is missing must not vanish, the gate reports its nulls.
left join reports as r on c.report_id = r.report_id
left join documents as d on r.document_sha256 = d.document_sha256
where c.outcome = 'fails'
order by c.check_id

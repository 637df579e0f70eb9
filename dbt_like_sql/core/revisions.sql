-- grain: one document of a report that has several
-- purpose: the documents of reports that several documents state, in the order of their key
-- do not assume: that a later document is a correction: most are a page and its PDF
select *
from stg_revisions
order by report_id, document_sha256

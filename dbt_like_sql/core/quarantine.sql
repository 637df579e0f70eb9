-- grain: one document and one reason
-- purpose: the documents that were turned away, in the order of their key
-- do not assume: that a document has one reason only
select *
from stg_quarantine
order by document_sha256, stage, code

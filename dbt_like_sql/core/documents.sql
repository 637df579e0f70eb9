-- grain: one document
-- purpose: the documents that were read, in the order of their key
-- do not assume: that each is a report of its own: only documents that stand gave facts
select *
from stg_documents
order by document_sha256

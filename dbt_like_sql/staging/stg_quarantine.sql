-- grain: one document and one reason
-- purpose: the documents that were turned away, in the contract's types
-- do not assume: that a document has one reason only
select
    cast(document_sha256 as varchar) as document_sha256,
    cast(container_sha256 as varchar) as container_sha256,
    cast(file_name as varchar) as file_name,
    cast(report_year as bigint) as report_year,
    cast(stage as varchar) as stage,
    cast(code as varchar) as code,
    cast(message as varchar) as message,
    cast(hint as varchar) as hint
from source.quarantine

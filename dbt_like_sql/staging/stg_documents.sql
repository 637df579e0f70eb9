-- grain: one document
-- purpose: the documents that were read, in the contract's types
-- do not assume: that each is a report of its own: only documents that stand gave facts
select
    cast(document_sha256 as varchar) as document_sha256,
    cast(report_id as varchar) as report_id,
    cast(report_year as bigint) as report_year,
    cast(file_name as varchar) as file_name,
    cast(source_url as varchar) as source_url,
    cast(fetched_at as varchar) as fetched_at,
    cast(container_sha256 as varchar) as container_sha256,
    cast(attached_to as varchar) as attached_to,
    cast(format as varchar) as format,
    cast(encoding as varchar) as encoding,
    cast(size_bytes as bigint) as size_bytes,
    cast(page_count as bigint) as page_count,
    cast(ocr_page_count as bigint) as ocr_page_count,
    cast(block_count as bigint) as block_count,
    cast(table_count as bigint) as table_count,
    cast(unused_table_count as bigint) as unused_table_count,
    cast(replacement_character_count as bigint) as replacement_character_count,
    cast(stands as boolean) as stands,
    cast(parser_version as varchar) as parser_version
from source.documents

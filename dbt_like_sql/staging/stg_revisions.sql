-- grain: one document of a report that has several
-- purpose: the documents of reports that several documents state, in the contract's types
-- do not assume: that a later document is a correction: most are a page and its PDF
select
    cast(report_id as varchar) as report_id,
    cast(report_year as bigint) as report_year,
    cast(document_sha256 as varchar) as document_sha256,
    cast(ordinal as bigint) as ordinal,
    cast(file_name as varchar) as file_name,
    cast(published_on as date) as published_on,
    cast(fetched_at as varchar) as fetched_at,
    cast(stands as boolean) as stands,
    cast(decided_by as varchar) as decided_by,
    cast(reason as varchar) as reason,
    cast(fact_count as bigint) as fact_count,
    cast(compared_fact_count as bigint) as compared_fact_count,
    cast(differing_fact_count as bigint) as differing_fact_count,
    cast(differing_facts as varchar) as differing_facts,
    cast(only_here_fact_count as bigint) as only_here_fact_count,
    cast(only_standing_fact_count as bigint) as only_standing_fact_count
from source.revisions

-- grain: one report: one body and one year
-- purpose: the reports, in the contract's types
-- do not assume: that reports of different scope can be compared
select
    cast(report_id as varchar) as report_id,
    cast(document_sha256 as varchar) as document_sha256,
    cast(report_year as bigint) as report_year,
    cast(body_id as varchar) as body_id,
    cast(body_name as varchar) as body_name,
    cast(body_kind as varchar) as body_kind,
    cast(body_function as varchar) as body_function,
    cast(government_code as varchar) as government_code,
    cast(government_name as varchar) as government_name,
    cast(government_successor_code as varchar) as government_successor_code,
    cast(government_note as varchar) as government_note,
    cast(level as varchar) as level,
    cast(province_code as varchar) as province_code,
    cast(province_name as varchar) as province_name,
    cast(form as varchar) as form,
    cast(scope as varchar) as scope,
    cast(published_on as date) as published_on,
    cast(title as varchar) as title,
    cast(index_number as varchar) as index_number,
    cast(fact_count as bigint) as fact_count,
    cast(failed_check_count as bigint) as failed_check_count
from source.reports

-- grain: one commitment of one report
-- purpose: the improvements that section 5 promises, in the contract's types
-- do not assume: that what is promised was done
select
    cast(commitment_id as varchar) as commitment_id,
    cast(report_id as varchar) as report_id,
    cast(report_year as bigint) as report_year,
    cast(ordinal as bigint) as ordinal,
    cast(theme as varchar) as theme,
    cast(text as varchar) as text,
    cast(section as bigint) as section,
    cast(text_start as bigint) as text_start,
    cast(text_end as bigint) as text_end,
    cast(document_sha256 as varchar) as document_sha256
from source.commitments

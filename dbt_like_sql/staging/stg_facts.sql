-- grain: one cell of a statutory table of one report
-- purpose: the cells of the statutory tables, in the contract's types
-- do not assume: that a null is a zero, or that every row code is one of the form's: `unmapped.<n>` is a row that no form knows
select
    cast(fact_id as varchar) as fact_id,
    cast(report_id as varchar) as report_id,
    cast(report_year as bigint) as report_year,
    cast(form as varchar) as form,
    cast(form_table as varchar) as form_table,
    cast(form_row as varchar) as form_row,
    cast(form_column as varchar) as form_column,
    cast(value as double) as value,
    cast(unit as varchar) as unit,
    cast(raw as varchar) as raw,
    cast(row_label as varchar) as row_label,
    cast(column_label as varchar) as column_label,
    cast(grade as varchar) as grade,
    cast(prose_outcome as varchar) as prose_outcome,
    cast(read_by as varchar) as read_by,
    cast(confidence as double) as confidence,
    cast(document_sha256 as varchar) as document_sha256,
    cast(locator as varchar) as locator,
    cast(grid_row as bigint) as grid_row,
    cast(grid_column as bigint) as grid_column
from source.facts

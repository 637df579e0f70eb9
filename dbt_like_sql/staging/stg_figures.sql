-- grain: one quantitative statement of one report
-- purpose: the numbers of the narrative, in the contract's types
-- do not assume: that figures can be added up: a part stands beside its whole, and one quantity can be stated for several scopes
select
    cast(figure_id as varchar) as figure_id,
    cast(report_id as varchar) as report_id,
    cast(report_year as bigint) as report_year,
    cast(ordinal as bigint) as ordinal,
    cast(indicator as varchar) as indicator,
    cast(indicator_group as varchar) as indicator_group,
    cast(aspect as varchar) as aspect,
    cast(value as double) as value,
    cast(value_to as double) as value_to,
    cast(unit as varchar) as unit,
    cast(normalised_value as double) as normalised_value,
    cast(normalised_unit as varchar) as normalised_unit,
    cast(qualifier as varchar) as qualifier,
    cast(change_kind as varchar) as change_kind,
    cast(change_base as varchar) as change_base,
    cast(part_of_figure_id as varchar) as part_of_figure_id,
    cast(scope as varchar) as scope,
    cast(section as bigint) as section,
    cast(subject as varchar) as subject,
    cast(raw as varchar) as raw,
    cast(sentence as varchar) as sentence,
    cast(sentence_start as bigint) as sentence_start,
    cast(sentence_end as bigint) as sentence_end,
    cast(number_start as bigint) as number_start,
    cast(number_end as bigint) as number_end,
    cast(confidence as double) as confidence,
    cast(grade as varchar) as grade,
    cast(document_sha256 as varchar) as document_sha256
from source.figures

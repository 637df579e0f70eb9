-- The field that a value is ranked in, as one text: a year, group of peers, level, kind of body, function, scope, measure and
-- series. All ranks are made within it, so that none can cross one of them.
create macro rank_field(
    report_year, group_kind, group_code, level, field_kind, body_function, scope, measure, series
) as concat_ws(
    '|', report_year, group_kind, group_code, level, field_kind, coalesce(body_function, ''), scope, measure, series
)

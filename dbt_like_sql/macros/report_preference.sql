-- Which of several reports of one government and year stands for it, smallest first: the one that speaks for most, its own
-- before its office's, then the smallest id. For `order by` in a window over government_code and report_year.
create macro report_preference(scope, body_kind, report_id) as {
    'scope': case scope when 'territory' then 1 when 'not_stated' then 2 when 'own_level' then 3 else 4 end,
    'is_office': body_kind <> 'government',
    'report_id': report_id
}

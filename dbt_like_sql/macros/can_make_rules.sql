-- Whether a body can make 规章: ministries, and governments of provinces, cities with districts and autonomous prefectures
-- (立法法 of 2015, 第八十条、第八十二条; before, only some cities). A 地区 or 盟 cannot. Null where the level or the kind of
-- the body is not known.
create macro can_make_rules(level, kind, government_name) as case
    when 'unresolved' in (level, kind) then null
    when level = 'state' then true
    when level in ('province', 'prefecture') and kind in ('government', 'government_office')
        then not regexp_matches(coalesce(government_name, ''), '(地区|盟)$')
    else false
end

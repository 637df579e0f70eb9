-- Whether a body can make 规章: ministries, and governments of provinces, cities with districts and autonomous prefectures
-- (立法法 第九十一条、第九十三条). A 地区 or 盟 cannot. Null where the level or the kind of the body is not known.
create macro can_make_rules(level, kind, government_name) as case
    when 'unresolved' in (level, kind) then null
    when level = 'state' then true
    when level in ('province', 'prefecture') and kind in ('government', 'government_office')
        then not regexp_matches(coalesce(government_name, ''), '(地区|盟)$')
    else false
end

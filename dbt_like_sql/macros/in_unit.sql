-- A printed number in the unit of a measure: 19.5 千元 is 1.95 万元, 605 万件 is 6,050,000 件. Null where the unit is another
-- kind of thing: 美元 for 万元, 元 for 件.
create macro in_unit(value, unit, wanted) as case
    when wanted = '万元' then case unit
        when '元' then value / 10000
        when '千元' then value / 10
        when '万元' then value
        when '十万元' then value * 10
        when '百万元' then value * 100
        when '千万元' then value * 1000
        when '亿元' then value * 10000
    end
    when suffix(coalesce(unit, ''), '元') then null
    when starts_with(unit, '百万') then value * 1000000
    when starts_with(unit, '十万') then value * 100000
    when starts_with(unit, '亿') then value * 100000000
    when starts_with(unit, '万') then value * 10000
    when starts_with(unit, '千') then value * 1000
    when starts_with(unit, '百') then value * 100
    else value
end

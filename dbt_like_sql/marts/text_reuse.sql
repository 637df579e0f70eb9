-- grain: one section of one report that has sentences, and the whole report (`whole`); only with a report before it or
--   peers
-- purpose: how much of a text the body wrote before, and how much its peers write too, numbers and names set aside
-- do not assume: that repeating is bad (a duty that stays is told alike); that a sentence was copied from the peer it is shared
--   with (both may follow a model); that shares with peers compare where the peers are of other number
-- unit: year
with keyed as (
    select
        r.report_id,
        r.report_year,
        r.body_id,
        r.body_name,
        r.level,
        -- The office that reports for a government is that government: it is no peer of it.
        if(r.body_kind in ('government', 'government_office'), coalesce(r.government_code, r.body_id), r.body_id) as own,
        if(r.level in ('state', 'province'), '', r.province_code) as province,
        s.section,
        unnest(
            sentence_keys(
                s.text,
                [r.body_name, r.government_name, r.province_name, regexp_replace(r.government_name, '[省市县区旗]$', '')]
            )
        ) as key
    from reports as r
    inner join sections as s on r.report_id = s.report_id
),

sentences as (
    select * replace (hash(key) as key)
    from keyed
),

-- Whose peers: of the same year, level and province; provinces have all provinces.
writers as (
    select
        *,
        count(distinct own) over (partition by report_year, level, province) - 1 as other_count
    from (select distinct report_id, report_year, body_id, body_name, level, province, own from sentences)
),

spread as (
    select report_year, level, province, key, count(distinct own) as writer_count
    from sentences
    where province is not null
    group by all
),

-- Sentences that at most 50 bodies write point to the nearest peer; what all write points to nobody.
telling as (
    select s.report_id, s.report_year, s.level, s.province, s.own, s.key
    from sentences as s
    inner join spread as p using (report_year, level, province, key)
    where p.writer_count between 2 and 50
    group by all
),

nearest as (
    select
        a.report_id,
        b.report_id as nearest_report_id
    from telling as a
    inner join telling as b using (report_year, level, province, key)
    where a.own <> b.own
    group by a.report_id, b.report_id
    qualify row_number() over (partition by a.report_id order by count(*) desc, b.report_id) = 1
),

-- Sentences of the report that also stand in the nearest one, each counted as often as it is written.
with_nearest as (
    select n.report_id, n.nearest_report_id, count(*) as shared_count
    from nearest as n
    inner join sentences as s on n.report_id = s.report_id
    where exists (from sentences as o where o.report_id = n.nearest_report_id and o.key = s.key)
    group by all
),

counted as (
    select
        s.report_id,
        s.section,
        count(*) as sentence_count,
        count(*) filter (where p.writer_count > 1) as shared_count
    from sentences as s
    left join spread as p using (report_year, level, province, key)
    group by grouping sets ((s.report_id, s.section), (s.report_id))
),

changed as (
    select
        report_id,
        section,
        count(*) filter (where text_state = 'nearly') as nearly,
        count(*) filter (where text_state = 'changed') as changed,
        count(*) filter (where text_state = 'new') as fresh,
        count(*) filter (where text_state = 'gone') as gone
    from text_changes
    group by grouping sets ((report_id, section), (report_id))
),

shares as (
    select
        w.report_id,
        w.report_year,
        w.body_id,
        w.body_name,
        w.level,
        coalesce(c.section::varchar, 'whole') as part,
        c.sentence_count,
        b.previous_report_id,
        b.previous_report_year,
        -- A pair of reports in which nothing changed has no row in `text_changes`.
        if(b.previous_report_id is null, null, coalesce(h.nearly, 0)) as nearly_count,
        if(b.previous_report_id is null, null, coalesce(h.changed, 0)) as changed_count,
        if(b.previous_report_id is null, null, coalesce(h.fresh, 0)) as new_count,
        if(b.previous_report_id is null, null, coalesce(h.gone, 0)) as gone_count,
        c.sentence_count - changed_count - new_count as repeated_share_numerator,
        if(w.province is null, null, w.other_count) as peer_count,
        if(w.province is not null and w.other_count > 0, c.shared_count, null) as shared_with_peers_share_numerator,
        if(c.section is null, n.nearest_report_id, null) as nearest_report_id,
        if(c.section is null, n.shared_count, null) as shared_with_nearest_share_numerator,
        -- A share that is not known has no denominator either.
        if(b.previous_report_id is null, null, c.sentence_count) as repeated_share_denominator,
        if(shared_with_peers_share_numerator is null, null, c.sentence_count) as shared_with_peers_share_denominator,
        if(shared_with_nearest_share_numerator is null, null, c.sentence_count) as shared_with_nearest_share_denominator
    from counted as c
    inner join writers as w on c.report_id = w.report_id
    -- The same pairs of reports as in `text_changes`.
    inner join text_successions as b on c.report_id = b.report_id
    left join changed as h on c.report_id = h.report_id and c.section is not distinct from h.section
    left join with_nearest as n on c.report_id = n.report_id
)

select
    report_id,
    report_year,
    body_id,
    body_name,
    level,
    part,
    previous_report_id,
    previous_report_year,
    repeated_share_numerator / repeated_share_denominator as repeated_share,
    repeated_share_numerator,
    repeated_share_denominator,
    wilson_low(repeated_share_numerator, repeated_share_denominator) as repeated_share_low,
    wilson_high(repeated_share_numerator, repeated_share_denominator) as repeated_share_high,
    nearly_count,
    changed_count,
    new_count,
    gone_count,
    peer_count,
    shared_with_peers_share_numerator / shared_with_peers_share_denominator as shared_with_peers_share,
    shared_with_peers_share_numerator,
    shared_with_peers_share_denominator,
    wilson_low(shared_with_peers_share_numerator, shared_with_peers_share_denominator) as shared_with_peers_share_low,
    wilson_high(shared_with_peers_share_numerator, shared_with_peers_share_denominator) as shared_with_peers_share_high,
    nearest_report_id,
    shared_with_nearest_share_numerator / shared_with_nearest_share_denominator as shared_with_nearest_share,
    shared_with_nearest_share_numerator,
    shared_with_nearest_share_denominator,
    wilson_low(shared_with_nearest_share_numerator, shared_with_nearest_share_denominator) as shared_with_nearest_share_low,
    wilson_high(shared_with_nearest_share_numerator, shared_with_nearest_share_denominator) as shared_with_nearest_share_high
from shares
where previous_report_id is not null or peer_count > 0
order by report_id, part

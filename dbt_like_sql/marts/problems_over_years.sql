-- grain: one problem of one report, or one of the body's report before that it no longer names
-- purpose: what a body says goes badly, year against year: new, repeated, or no longer named
-- do not assume: that a problem that is `no_longer_named` is gone (the body does not name it any more), or that a new one did not exist before;
--   the report before need not be that of the year before, and states follow from the wording alone
-- unit: body
with
-- What is left of a statement without its enumeration mark, punctuation, numbers, the words of the trade, which all
-- problems of a theme share, and the words that only say that something is wanting.
named as (
    select
        p.*,
        r.body_id,
        r.body_name,
        r.level,
        regexp_replace(
            regexp_replace(regexp_replace(p.text, '^[一二三四五六七八九十]+是', ''), '[^\p{L}]', '', 'g'),
            '政策解读|解读|依申请|主动|公开|政府网站|新媒体|政务|政府|信息|工作|部分|个别|单位|部门|'
            '进一步|有待|还需|仍需|需要|存在|还有|加强|提高|提升|不够|不足|不|还|比较|较|的|了|与|和|及|等',
            '',
            'g'
        ) as core,
        list_distinct([core[i:i + 1] for i in range(1, length(core))]) as pairs
    from problems as p
    inner join reports as r on p.report_id = r.report_id
),

-- A report without problems says nothing of those before: only reports that name some are compared.
naming as (
    select distinct report_id, report_year, body_id, body_name, level
    from named
),

successions as (
    select
        *,
        lag(report_id) over (partition by body_id order by report_year) as previous_report_id,
        lag(report_year) over (partition by body_id order by report_year) as previous_report_year
    from naming
),

-- Likeness is Dice's: twice the pairs of neighbouring characters that both have, of the pairs of each. DuckDB's own
-- measures (jaccard, jaro_winkler_similarity, levenshtein) compare bytes, of which all Chinese texts share most.
-- Problems that share a theme, first or second, are compared. Statements of which nothing is left say their theme and no more: they are the same.
compared as (
    select
        s.report_id,
        n.problem_id,
        p.problem_id as previous_problem_id,
        p.ordinal as previous_ordinal,
        if(
            len(n.pairs) + len(p.pairs) = 0,
            1,
            2 * len(list_intersect(n.pairs, p.pairs)) / nullif(len(n.pairs) + len(p.pairs), 0)
        ) as likeness,
        -- Wordings of one matter that were compared by eye begin at 0.33, those of two matters of one theme end at 0.2.
        likeness >= 0.3 as is_counterpart
    from successions as s
    inner join named as n on s.report_id = n.report_id
    inner join named as p
        on
            s.previous_report_id = p.report_id
            and list_has_any([n.theme, n.second_theme], [p.theme, p.second_theme])
),

now as (
    select
        problem_id,
        max(likeness) as likeness,
        first(previous_problem_id order by likeness desc, previous_ordinal) filter (where is_counterpart)
            as previous_problem_id
    from compared
    group by problem_id
),

before as (
    select
        report_id,
        previous_problem_id as problem_id,
        max(likeness) as likeness,
        bool_or(is_counterpart) as is_repeated
    from compared
    group by report_id, previous_problem_id
),

states as (
    select
        s.*,
        case
            when s.previous_report_id is null then 'first_report'
            when c.previous_problem_id is null then 'new'
            else 'repeated'
        end as state,
        n.theme,
        n.second_theme,
        n.text,
        n.problem_id,
        c.previous_problem_id,
        c.likeness
    from successions as s
    inner join named as n on s.report_id = n.report_id
    left join now as c on n.problem_id = c.problem_id
    union all
    select
        s.*,
        'no_longer_named' as state,
        p.theme,
        p.second_theme,
        p.text,
        p.problem_id,
        null as previous_problem_id,
        c.likeness
    from successions as s
    inner join named as p on s.previous_report_id = p.report_id
    left join before as c on s.report_id = c.report_id and p.problem_id = c.problem_id
    where not coalesce(c.is_repeated, false)
)

select
    report_id,
    report_year,
    body_id,
    body_name,
    level,
    state,
    problem_id,
    theme,
    second_theme,
    text,
    previous_report_id,
    previous_report_year,
    previous_problem_id,
    -- Where the other report names no problem that shares a theme, nothing is alike.
    if(previous_report_id is null, null, coalesce(likeness, 0)) as similarity
from states
order by report_id, problem_id

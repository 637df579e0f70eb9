-- Where a value stands in its field (`rank_field`): rank (1 the largest; ties share the best), percentile (ties count half),
-- the number of members, and their median. `is_member` says whether the value takes part: a null or false one gets the
-- number of members alone. A field of fewer than five has no rank, percentile or median.
create macro standing(value, is_member, field) as if(
    is_member and count(*) filter (where is_member) over (partition by field) >= 5,
    {
        'member_count': count(*) filter (where is_member) over (partition by field),
        'value_rank': rank() over (partition by field, is_member order by value desc),
        'percentile': (
            rank() over (partition by field, is_member order by value) - 1
            + (count(*) over (partition by field, is_member, value) - 1) / 2
        ) / nullif(count(*) over (partition by field, is_member) - 1, 0),
        'median_value': median(value) over (partition by field, is_member)
    },
    {
        'member_count': count(*) filter (where is_member) over (partition by field),
        'value_rank': null,
        'percentile': null,
        'median_value': null
    }
)

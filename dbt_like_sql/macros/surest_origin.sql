-- The most certain of several origins of an identity, nulls left out; an aggregate.
create macro surest_origin(origin) as
    arg_min(
        origin,
        list_position(
            ['title', 'first_sentence', 'period', 'signature', 'field', 'line', 'text', 'source'], origin
        )
    )

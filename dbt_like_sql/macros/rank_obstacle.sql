-- Why a value takes no part in any field; null where it does. `obstacle` is that of the whole report (`peer_memberships`).
create macro rank_obstacle(obstacle, value, state, grade, scope, report_scope) as case
    when obstacle is not null then obstacle
    when state = 'doubtful' or not is_sound(grade) then 'doubtful'
    when value is null then 'no_value'
    -- The scope of a measure can be told where that of its report is not.
    when scope <> report_scope then 'other_scope_of_value'
end

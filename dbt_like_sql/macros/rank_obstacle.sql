-- Why a value takes no part in any field; null where it does. `obstacle` is that of the whole report (`peer_memberships`),
-- `unranked_reason` that of the value (`measures_by_report`).
create macro rank_obstacle(obstacle, unranked_reason, scope, report_scope) as case
    when obstacle is not null then obstacle
    when unranked_reason is not null then unranked_reason
    -- The scope of a measure can be told where that of its report is not.
    when scope <> report_scope then 'other_scope_of_value'
end

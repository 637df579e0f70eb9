-- grain: one government in one group of peers
-- purpose: the groups of cities that are compared, in the contract's types
-- do not assume: that a city is in one group only
select
    cast(peer_group as varchar) as peer_group,
    cast(peer_group_zh as varchar) as peer_group_zh,
    cast(government_code as varchar) as government_code,
    cast(government_name as varchar) as government_name
from source.peer_groups

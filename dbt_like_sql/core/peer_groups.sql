-- grain: one government in one group of peers
-- purpose: the groups of cities that are compared, in the order of the key
-- do not assume: that a city is in one group only
select *
from stg_peer_groups
order by peer_group, government_code

-- The worst of several comparabilities, nulls left out; an aggregate. A macro takes no `filter`: give null for what does not count.
create macro worst_comparability(comparability) as
    arg_min(comparability, list_position(['not_collected', 'approximate', 'exact'], comparability))

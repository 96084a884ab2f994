-- A share outside 0 to 1 means that the closure itself was computed wrongly.
-- severity: blocks

select
    descendant_lot_id,
    list_min(shares) as least_share,
    list_max(shares) as largest_share
from genealogy.ancestries
where
    list_min(shares) < 0
    or list_max(shares) > 1 + 1e-9

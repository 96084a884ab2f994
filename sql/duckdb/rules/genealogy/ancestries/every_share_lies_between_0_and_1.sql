-- A share outside 0 to 1 means that the closure itself was computed wrongly.
-- severity: blocks

select
    descendant_lot_id,
    share
from (
    select
        descendant_lot_id,
        unnest(shares) as share
    from genealogy.ancestries
)
where share < 0 or share > 1 + 1e-9

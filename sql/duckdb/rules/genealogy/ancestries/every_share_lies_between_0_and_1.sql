-- A share outside 0 to 1 means that the closure itself was computed wrongly. Looked for in the lists
-- that this run made; the others kept the rule when they were made.
-- severity: blocks
-- partial closure: hides no breach

select
    descendant_lot_id,
    share
from (
    select
        descendant_lot_id,
        unnest(shares) as share
    from genealogy.ancestries
    -- where descendant_lot_id was made anew
)
where share < 0 or share > 1 + 1e-9

-- A share outside 0 to 1 means that the closure itself was computed wrongly.
-- severity: blocks

select
    ancestor_lot_id,
    descendant_lot_id,
    share
from genealogy.closure
where share not between 0 and 1 + 1e-9

-- Every ancestor of every lot: how near, and which share of the lot came from it.
--
-- kind: view
-- grain: ancestor_lot_id, descendant_lot_id
-- columns:
--   ancestor_lot_id    lot whose material went in, directly or through other lots
--   descendant_lot_id  lot that material ended up in
--   steps              fewest links between the two; 1 means direct
--   share              part of the descendant's input mass that came from the ancestor, 0 to 1;
--                      null where a quantity that counts is unknown
--
-- The lists of `genealogy.ancestries`, pair by pair. One lot's ancestors are read at once; one lot's
-- descendants are looked for in every list.

select
    cast(unnest(ancestor_lot_ids) as bigint) as ancestor_lot_id,
    descendant_lot_id,
    unnest(steps) as steps,
    unnest(shares) as share
from genealogy.ancestries

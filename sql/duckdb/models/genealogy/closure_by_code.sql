-- The closure, with the codes that people know the lots by.
--
-- kind: view
-- grain: ancestor_lot_code, descendant_lot_code
-- columns:
--   ancestor_lot_code    code of the lot whose material went in
--   descendant_lot_code  code of the lot that material ended up in
--   steps                fewest links between the two
--   share                part of the descendant's input mass from the ancestor; null: unknown

select
    ancestors.lot_code as ancestor_lot_code,
    descendants.lot_code as descendant_lot_code,
    closure.steps,
    closure.share
from genealogy.closure as closure
inner join raw.lots as ancestors on closure.ancestor_lot_id = ancestors.lot_id
inner join raw.lots as descendants on closure.descendant_lot_id = descendants.lot_id

-- An ancestor that stands twice in a list counts its kilograms twice.
-- severity: blocks

select
    descendant_lot_id,
    len(ancestor_lot_ids) as listed_count,
    list_unique(ancestor_lot_ids) as ancestors_count,
    len(steps) as steps_count,
    len(shares) as shares_count
from genealogy.ancestries
where
    len(ancestor_lot_ids) <> list_unique(ancestor_lot_ids)
    or len(ancestor_lot_ids) <> len(steps)
    or len(ancestor_lot_ids) <> len(shares)

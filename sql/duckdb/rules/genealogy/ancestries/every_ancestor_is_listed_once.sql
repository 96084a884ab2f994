-- An ancestor that stands twice in a list counts its kilograms twice. Lengths are compared in every
-- list; in a plant of more than 100,000 lots, repeats are looked for in one list of 50.
-- severity: blocks

select
    descendant_lot_id,
    len(ancestor_lot_ids) as listed_count,
    len(steps) as steps_count,
    len(shares) as shares_count
from genealogy.ancestries
where
    len(ancestor_lot_ids) <> len(steps)
    or len(ancestor_lot_ids) <> len(shares)
    or case
        when
            hash(descendant_lot_id) % 50 = 0
            or (select count(*) from genealogy.ancestries) <= 100000
            then len(ancestor_lot_ids) <> list_unique(ancestor_lot_ids)
        else false
    end

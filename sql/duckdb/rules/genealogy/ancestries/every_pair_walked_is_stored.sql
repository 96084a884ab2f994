-- The table holds fewer or more pairs than the walk gave: boards would miss ancestors, or count some
-- twice, and every rule that reads the closure would pass over them.
-- severity: blocks
-- partial closure: hides no breach

select
    closure.pairs_count,
    stored.pairs_count as stored_pairs_count
from edition.closure as closure
cross join (
    select coalesce(sum(len(ancestries.ancestor_lot_ids)), 0) as pairs_count
    from genealogy.ancestries as ancestries
) as stored
where closure.pairs_count <> stored.pairs_count

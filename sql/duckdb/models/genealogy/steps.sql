-- Every ancestor of every lot, at its shortest distance.
--
-- grain: ancestor_lot_id, descendant_lot_id
-- columns:
--   ancestor_lot_id    lot whose material went in, directly or through other lots
--   descendant_lot_id  lot that material ended up in
--   steps              fewest links between the two; 1 means direct
--
-- One row a pair (using key), so the walk ends even on a circle. Such a pair has equal ends,
-- and the rule no_lot_is_its_own_ancestor stops the run on it.

with recursive

links as (
    select distinct
        parent_lot_id,
        child_lot_id
    from raw.lot_genealogy
),

reach (ancestor_lot_id, descendant_lot_id, steps)
using key (ancestor_lot_id, descendant_lot_id) as (
    select
        parent_lot_id,
        child_lot_id,
        1
    from links

    union

    select
        reach.ancestor_lot_id,
        links.child_lot_id,
        min(reach.steps) + 1
    from reach
    inner join links on reach.descendant_lot_id = links.parent_lot_id
    left join recurring.reach as known
        on
            reach.ancestor_lot_id = known.ancestor_lot_id
            and links.child_lot_id = known.descendant_lot_id
    where known.steps is null
    group by reach.ancestor_lot_id, links.child_lot_id
)

select
    ancestor_lot_id,
    descendant_lot_id,
    steps
from reach

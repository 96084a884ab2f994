-- How deep each lot lies: the most links between it and a lot made from nothing.
--
-- grain: lot_id
-- columns:
--   lot_id  a lot that no circle holds back
--   level   0 for a lot without parents, else one more than its deepest parent's
--
-- Shares are computed level by level. A lot joins when its last parent has; lots on a circle,
-- and those behind one, never do, so the walk ends on any data.

with recursive

links as (
    select distinct
        parent_lot_id,
        child_lot_id
    from raw.lot_genealogy
),

levelled (lot_id, level)
using key (lot_id) as (
    select
        lots.lot_id,
        0
    from raw.lots as lots
    left join links on lots.lot_id = links.child_lot_id
    where links.child_lot_id is null

    union

    select distinct
        reached.child_lot_id,
        reached.level
    from (
        select
            links.child_lot_id,
            levelled.level + 1 as level
        from levelled
        inner join links on levelled.lot_id = links.parent_lot_id
    ) as reached
    inner join links as into_child on reached.child_lot_id = into_child.child_lot_id
    left join recurring.levelled as known on into_child.parent_lot_id = known.lot_id
    group by reached.child_lot_id, reached.level
    having count(*) = count(known.lot_id)
)

select
    lot_id,
    level
from levelled

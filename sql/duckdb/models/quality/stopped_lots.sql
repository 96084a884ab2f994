-- The lots that are stopped by origin: an ancestor stands on HOLD or FAIL, and nobody assessed that.
--
-- grain: lot_id
-- columns:
--   lot_id  the lot
--
-- Down from every stop along the links, not along the closure, which may leave lots out. An
-- assessment covers the decisions it names: few lots have one, and they alone are looked at stop by
-- stop.

with recursive

reached (lot_id) as (
    select child_lot_id
    from raw.lot_genealogy
    where parent_lot_id in (select lot_id from quality.standing_stops)
    union
    select child_lot_id
    from raw.lot_genealogy
    where parent_lot_id in (select lot_id from reached)
),

behind_assessed (lot_id, ancestor_lot_id) as (
    select
        child_lot_id,
        parent_lot_id
    from raw.lot_genealogy
    where child_lot_id in (select lot_id from raw.origin_assessments)
    union
    select
        behind_assessed.lot_id,
        links.parent_lot_id
    from behind_assessed
    inner join raw.lot_genealogy as links
        on behind_assessed.ancestor_lot_id = links.child_lot_id
),

covered as (
    select distinct
        lot_id,
        unnest(decision_ids) as decision_id
    from raw.origin_assessments
),

not_covered as (
    select distinct behind_assessed.lot_id
    from behind_assessed
    inner join quality.standing_stops as stops
        on behind_assessed.ancestor_lot_id = stops.lot_id
    left join covered
        on behind_assessed.lot_id = covered.lot_id and stops.decision_id = covered.decision_id
    where covered.decision_id is null
)

select lot_id
from reached
where
    lot_id not in (select lot_id from raw.origin_assessments)
    or lot_id in (select lot_id from not_covered)

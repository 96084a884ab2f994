-- Which lots stop another by its origin, and which share of it came from them.
--
-- grain: lot_id, decision_id
-- columns:
--   lot_id             the lot that is stopped, or was assessed
--   stopping_lot_id    its ancestor that stands on HOLD or FAIL
--   stopping_lot_code  that one's code
--   decision_id        the decision that stops it
--   decision           HOLD or FAIL
--   decided_at         when
--   assessed_at        when a manager first assessed the lot against this decision; null: it stops it
--   steps              fewest links between the two
--   share              part of the lot that came from the ancestor, 0 to 1; null: unknown
--
-- Lots that a partial closure leaves out have no row: `quality.stopped_lots` names them too.

with

behind as (
    select
        descendant_lot_id,
        unnest(ancestor_lot_ids) as ancestor_lot_id,
        unnest(steps) as steps,
        unnest(shares) as share
    from genealogy.ancestries
    where
        descendant_lot_id in (select lot_id from quality.stopped_lots)
        or descendant_lot_id in (select lot_id from raw.origin_assessments)
),

named as (
    select
        lot_id,
        unnest(decision_ids) as decision_id,
        recorded_at
    from raw.origin_assessments
),

covered as (
    select
        lot_id,
        decision_id,
        min(recorded_at) as assessed_at
    from named
    group by lot_id, decision_id
)

select
    behind.descendant_lot_id as lot_id,
    stops.lot_id as stopping_lot_id,
    stops.lot_code as stopping_lot_code,
    stops.decision_id,
    stops.decision,
    stops.decided_at,
    covered.assessed_at,
    behind.steps,
    behind.share
from behind
inner join quality.standing_stops as stops on behind.ancestor_lot_id = stops.lot_id
left join covered
    on behind.descendant_lot_id = covered.lot_id and stops.decision_id = covered.decision_id

-- Material went on into production although a lot it was made from was on HOLD or rejected by then, as
-- it still is, and no manager had assessed that.
-- severity: error
-- bears on: lots

select
    parents.lot_code,
    children.lot_code as used_in_lot_code,
    links.quantity_kg,
    links.happened_at as used_at,
    stops.stopping_lot_code,
    stops.decision,
    stops.decided_at,
    stops.share
from raw.lot_genealogy as links
inner join raw.lots as parents on links.parent_lot_id = parents.lot_id
inner join raw.lots as children on links.child_lot_id = children.lot_id
inner join quality.origin_stops as stops on links.parent_lot_id = stops.lot_id
inner join raw.qc_decisions as decisions on stops.decision_id = decisions.decision_id
where
    coalesce(decisions.happened_until, stops.decided_at) <= links.happened_at
    and coalesce(stops.assessed_at > links.recorded_at, true)
    and links.rework_reason is null
order by links.happened_at, stops.stopping_lot_code

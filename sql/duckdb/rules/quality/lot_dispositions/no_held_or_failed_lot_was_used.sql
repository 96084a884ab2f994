-- Material went on into production while quality had said no.
-- severity: error

select
    parents.lot_code,
    children.lot_code as used_in_lot_code,
    links.quantity_kg,
    links.happened_at as used_at,
    stops.decision,
    stops.decided_at
from raw.lot_genealogy as links
inner join raw.lots as parents on links.parent_lot_id = parents.lot_id
inner join raw.lots as children on links.child_lot_id = children.lot_id
inner join quality.stops as stops on links.parent_lot_id = stops.lot_id
where
    stops.decided_at <= links.happened_at
    and coalesce(stops.ended_at > links.happened_at, true)
order by links.happened_at

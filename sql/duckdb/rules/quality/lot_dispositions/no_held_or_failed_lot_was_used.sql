-- Material went on into production while quality had said no.
-- severity: error

select
    parents.lot_code,
    children.lot_code as used_in_lot_code,
    links.quantity_kg,
    links.happened_at as used_at,
    stops.decision,
    stops.happened_at as decided_at
from raw.lot_genealogy as links
inner join raw.lots as parents on links.parent_lot_id = parents.lot_id
inner join raw.lots as children on links.child_lot_id = children.lot_id
inner join raw.qc_decisions as stops on links.parent_lot_id = stops.lot_id
where
    stops.decision in ('HOLD', 'FAIL')
    and stops.happened_at <= links.happened_at
    and not exists (
        select 1
        from raw.qc_decisions as later
        where
            later.lot_id = stops.lot_id
            and later.gate_id is not distinct from stops.gate_id
            and later.happened_at <= links.happened_at
            and (later.happened_at, later.decision_id) > (stops.happened_at, stops.decision_id)
    )
order by links.happened_at

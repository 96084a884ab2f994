-- A customer has a lot that quality had held or rejected when it left: think of a recall.
-- severity: error

select
    lots.lot_code,
    shipments.shipment_code,
    partners.name as customer_name,
    shipments.quantity_kg,
    shipments.happened_at as shipped_at,
    stops.decision,
    stops.happened_at as decided_at
from raw.shipments as shipments
inner join raw.lots as lots on shipments.lot_id = lots.lot_id
inner join raw.partners as partners on shipments.customer_id = partners.partner_id
inner join raw.qc_decisions as stops on shipments.lot_id = stops.lot_id
where
    stops.decision in ('HOLD', 'FAIL')
    and stops.happened_at <= shipments.happened_at
    and not exists (
        select 1
        from raw.qc_decisions as later
        where
            later.lot_id = stops.lot_id
            and later.gate_id is not distinct from stops.gate_id
            and later.happened_at <= shipments.happened_at
            and (later.happened_at, later.decision_id) > (stops.happened_at, stops.decision_id)
    )
order by shipments.happened_at

-- A customer has a lot made from one that is on HOLD or rejected now, and nobody assessed that: think
-- of a recall.
-- severity: error
-- bears on: lots
-- partial closure: hides no breach

select
    stops.stopping_lot_code as lot_code,
    stops.decision,
    lots.lot_code as shipped_lot_code,
    stops.steps,
    stops.share,
    partners.name as customer_name,
    shipments.shipment_code,
    shipments.quantity_kg,
    shipments.happened_at as shipped_at
from quality.stopped_lots as stopped
inner join raw.shipments as shipments on stopped.lot_id = shipments.lot_id
inner join raw.lots as lots on stopped.lot_id = lots.lot_id
inner join raw.partners as partners on shipments.customer_id = partners.partner_id
-- A lot that a partial closure leaves out is named without the lots that stop it.
left join quality.origin_stops as stops
    on stopped.lot_id = stops.lot_id and stops.assessed_at is null
order by lots.lot_code, stops.stopping_lot_code, shipments.happened_at

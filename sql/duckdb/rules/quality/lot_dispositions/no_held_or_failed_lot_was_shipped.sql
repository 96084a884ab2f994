-- A customer has a lot that quality had held or rejected when it left: think of a recall.
-- severity: error
-- bears on: lots
--
-- Of what is known by the day or month, nobody is blamed for what may have been in order.

select
    lots.lot_code,
    shipments.shipment_code,
    partners.name as customer_name,
    shipments.quantity_kg,
    shipments.happened_at as shipped_at,
    periods.decision,
    periods.decided_at
from raw.shipments as shipments
inner join raw.lots as lots on shipments.lot_id = lots.lot_id
inner join raw.partners as partners on shipments.customer_id = partners.partner_id
inner join quality.hold_and_fail_periods as periods on shipments.lot_id = periods.lot_id
where
    coalesce(periods.decided_until, periods.decided_at) <= shipments.happened_at
    and coalesce(periods.ended_at >= shipments.happened_until, periods.ended_at > shipments.happened_at, true)
order by shipments.happened_at

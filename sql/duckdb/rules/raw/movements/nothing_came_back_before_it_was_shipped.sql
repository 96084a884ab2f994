-- Goods are dated as back before they left: a wrong time, or of another shipment.
-- severity: warning
-- bears on: lots
--
-- People type minutes, so the minute in which they left is late enough; so is the day or month where no
-- more is known.

select
    lots.lot_code,
    shipments.shipment_code,
    movements.quantity_kg,
    shipments.happened_at as shipped_at,
    movements.happened_at
from raw.movements as movements
inner join raw.shipments as shipments on movements.shipment_id = shipments.shipment_id
inner join raw.lots as lots on movements.lot_id = lots.lot_id
where
    coalesce(
        movements.happened_until <= date_trunc('minute', shipments.happened_at),
        movements.happened_at < date_trunc('minute', shipments.happened_at)
    )
order by movements.happened_at, lots.lot_code

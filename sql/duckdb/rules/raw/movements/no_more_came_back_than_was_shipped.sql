-- A customer gave back more of a shipment than it had: a wrong weight, or of another shipment.
-- severity: error

select
    lots.lot_code,
    any_value(shipments.shipment_code) as shipment_code,
    any_value(partners.name) as customer_name,
    any_value(shipments.quantity_kg) as shipped_kg,
    sum(movements.quantity_kg) as returned_kg,
    any_value(shipments.quantity) as shipped_quantity,
    sum(movements.quantity) filter (movements.unit = shipments.unit) as returned_quantity,
    any_value(shipments.unit) as unit
from raw.movements as movements
inner join raw.shipments as shipments on movements.shipment_id = shipments.shipment_id
inner join raw.lots as lots on movements.lot_id = lots.lot_id
inner join raw.partners as partners on shipments.customer_id = partners.partner_id
where movements.kind = 'RETURNED'
group by lots.lot_code, movements.shipment_id
having
    sum(movements.quantity_kg) > any_value(shipments.quantity_kg)
    or sum(movements.quantity) filter (movements.unit = shipments.unit) > any_value(shipments.quantity)
order by lots.lot_code, shipment_code

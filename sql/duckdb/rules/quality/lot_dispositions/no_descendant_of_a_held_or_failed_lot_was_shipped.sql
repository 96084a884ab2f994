-- A customer has a lot made from one that is on HOLD or rejected now: think of a recall.
-- severity: error
-- bears on: lots

select
    ancestors.lot_code,
    ancestors.disposition,
    lots.lot_code as shipped_lot_code,
    closure.steps,
    closure.share,
    partners.name as customer_name,
    shipments.shipment_code,
    shipments.quantity_kg,
    shipments.happened_at as shipped_at
from quality.lot_dispositions as ancestors
inner join genealogy.closure as closure on ancestors.lot_id = closure.ancestor_lot_id
inner join raw.shipments as shipments on closure.descendant_lot_id = shipments.lot_id
inner join raw.lots as lots on shipments.lot_id = lots.lot_id
inner join raw.partners as partners on shipments.customer_id = partners.partner_id
where ancestors.disposition in ('hold', 'rejected')
order by ancestors.lot_code, shipments.happened_at

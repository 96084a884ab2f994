-- name: lots_before
-- Every lot that went into a lot, directly or not, itself included.
select cast(:lot_id as bigint) as lot_id
union
select lots_before(:lot_id);

-- name: lots_after
-- Every lot that a lot went into, directly or not, itself included.
select cast(:lot_id as bigint) as lot_id
union
select lots_after(:lot_id);

-- name: links_into
-- Every link into these lots: what each was made from, complete, in the order recorded.
select link_id, parent_lot_id, child_lot_id, quantity_kg, happened_at, recorded_at
from lot_genealogy
where child_lot_id = any(cast(:lot_ids as bigint []))
order by link_id;

-- name: lots_traced
select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    products.product_code,
    products.name as product_name,
    lots.weight_kg,
    lot_given_out_kg(lots.lot_id) as given_out_kg,
    lot_disposition(lots.lot_id) as disposition,
    partners.partner_code as supplier_code,
    partners.name as supplier_name,
    lots.supplier_lot_code,
    lots.happened_at,
    lots.recorded_at
from lots
left join products on lots.product_id = products.product_id
left join partners on lots.supplier_id = partners.partner_id
where lots.lot_id = any(cast(:lot_ids as bigint []));

-- name: shipments_of
select
    shipments.shipment_code,
    lots.lot_code,
    partners.partner_code as customer_code,
    partners.name as customer_name,
    shipments.quantity_kg,
    shipments.happened_at,
    shipments.document,
    shipments.sscc,
    partners.phone,
    partners.email
from shipments
inner join lots on shipments.lot_id = lots.lot_id
inner join partners on shipments.customer_id = partners.partner_id
where shipments.lot_id = any(cast(:lot_ids as bigint []))
order by partners.name, shipments.happened_at, shipments.shipment_id;

-- name: lot_id_by_code
select lot_id from lots where lot_code = :lot_code;

-- name: lot_to_act_on
-- A lot with what decides whether it may be used; the write lock is held by then.
select
    lot_id,
    lot_code,
    lot_type,
    operator_id,
    weight_kg,
    lot_given_out_kg(lot_id) as given_out_kg,
    lot_disposition(lot_id) as disposition
from lots
where lot_code = :lot_code;

-- name: lot_by_id
select lot_code from lots where lot_id = :lot_id;

-- name: who_registered
select
    lots.lot_code,
    lots.recorded_at,
    users.full_name
from lots
left join users on lots.operator_id = users.user_id
where lots.lot_code = :lot_code;

-- name: write_lot
insert into lots (
    lot_code, lot_type, product_id, run_id, phase_id, supplier_id, supplier_lot_code, weight_kg,
    temperature_c, expires_on, metadata, operator_id, happened_at
) values (
    :lot_code, :lot_type, :product_id, :run_id, :phase_id, :supplier_id, :supplier_lot_code,
    :weight_kg, :temperature_c, :expires_on, cast(:metadata as jsonb), :operator_id, :happened_at
)
returning
    lot_id, lot_code, lot_type, run_id, phase_id, operator_id, weight_kg, temperature_c, metadata,
    recorded_at;

-- name: write_link
insert into lot_genealogy (parent_lot_id, child_lot_id, quantity_kg, operator_id, happened_at)
values (:parent_lot_id, :child_lot_id, :quantity_kg, :operator_id, :happened_at)
returning link_id;

-- name: is_descendant
-- Whether lot_id was made, directly or not, from of_lot_id. A set walk: it ends on any data.
with recursive descendants (lot_id) as (
    select child_lot_id from lot_genealogy where parent_lot_id = :of_lot_id
    union
    select lot_genealogy.child_lot_id
    from descendants
    inner join lot_genealogy on descendants.lot_id = lot_genealogy.parent_lot_id
)

select exists (select 1 from descendants where lot_id = :lot_id);

-- name: product_id
select product_id from products where product_code = :code;

-- name: supplier_id
select partner_id from partners where partner_code = :code and role = 'SUPPLIER';

-- name: customer_id
select partner_id from partners where partner_code = :code and role = 'CUSTOMER';

-- name: write_reading
insert into readings (lot_id, gate_id, characteristic, value, unit, operator_id, happened_at)
values (:lot_id, :gate_id, :characteristic, :value, :unit, :operator_id, :happened_at)
returning reading_id;

-- name: write_shipment
insert into shipments (
    shipment_code, lot_id, customer_id, quantity_kg, document, sscc, operator_id, happened_at
) values (
    :shipment_code, :lot_id, :customer_id, :quantity_kg, :document, :sscc, :operator_id,
    :happened_at
)
returning shipment_id;

-- name: known_products
select
    product_id as id,
    product_code,
    name,
    gtin
from products
where product_code = any(:codes);

-- name: known_partners
select
    partner_id as id,
    partner_code,
    name,
    role,
    gln,
    address,
    phone,
    email
from partners
where partner_code = any(:codes);

-- name: known_production_runs
select
    run_id as id,
    run_code,
    status,
    daily_target_kg,
    started_at,
    ended_at
from production_runs
where run_code = any(:codes);

-- name: known_qc_gates
select
    gate_id as id,
    gate_number
from qc_gates
where gate_number = any(cast(:codes as numeric []));

-- name: known_lots
-- As they read now, and as they were registered where a correction may have changed that.
select
    lots.lot_id as id,
    lots.lot_code,
    lots.lot_type,
    products.product_code,
    lots.weight_kg,
    lots.happened_at,
    partners.partner_code as supplier_code,
    lots.supplier_lot_code,
    production_runs.run_code,
    lots.temperature_c,
    lots.expires_on,
    cast(lots.metadata as text) as metadata,
    first_products.product_code as registered_product_code,
    registered.weight_kg as registered_weight_kg,
    registered.happened_at as registered_happened_at,
    registered.temperature_c as registered_temperature_c,
    registered.expires_on as registered_expires_on
from lots
inner join facts.lots as registered on lots.lot_id = registered.lot_id
left join products on lots.product_id = products.product_id
left join products as first_products on registered.product_id = first_products.product_id
left join partners on lots.supplier_id = partners.partner_id
left join production_runs on lots.run_id = production_runs.run_id
where lots.lot_code = any(:codes);

-- name: look_alikes
-- Codes that resemble another of the same list, or one the record knows; each with one it resembles.
with asked as (
    select
        code,
        lot_code_skeleton(code) as skeleton
    from unnest(cast(:codes as text [])) as code
),

alike as (
    select code, skeleton from asked
    union
    select lot_code, code_skeleton
    from facts.lots
    where code_skeleton in (select skeleton from asked)
)

select
    asked.code,
    min(alike.code) as known
from asked
inner join alike on asked.skeleton = alike.skeleton and asked.code <> alike.code
group by asked.code;

-- name: known_users
select
    user_id as id,
    email
from users
where email = any(:codes);

-- name: links_below
-- Every link reached downwards from the given lots. A set walk: it ends on any data.
with recursive reached (lot_id) as (
    select unnest(cast(:lot_ids as bigint []))
    union
    select lot_genealogy.child_lot_id
    from reached
    inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
)

select
    parents.lot_code as parent_lot_code,
    children.lot_code as child_lot_code
from reached
inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
inner join lots as parents on lot_genealogy.parent_lot_id = parents.lot_id
inner join lots as children on lot_genealogy.child_lot_id = children.lot_id;

-- name: held_genealogy
-- What was ever written about the given lots, column for column as an import file has it: what was
-- voided or withdrawn since must not come back with the next copy of the file.
select parent_lot_id, child_lot_id, quantity_kg, happened_at
from facts.lot_genealogy
where child_lot_id = any(:lot_ids);

-- name: held_readings
select lot_id, characteristic, value, unit, happened_at, gate_id
from readings
where lot_id = any(:lot_ids);

-- name: held_qc_decisions
select
    decisions.lot_id,
    decisions.decision,
    decisions.happened_at,
    decisions.gate_id,
    decisions.notes,
    decisions.temperature_c,
    coalesce(decisions.decided_by, users.email) as decided_by
from facts.qc_decisions as decisions
left join users on decisions.operator_id = users.user_id
where decisions.lot_id = any(:lot_ids);

-- name: held_shipments
select shipment_code, lot_id, customer_id, quantity_kg, happened_at, document, sscc
from shipments
where lot_id = any(:lot_ids);

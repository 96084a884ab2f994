-- name: export_products
-- What stands now, column for column as an import file has it, in the order in which it was written:
-- of two decisions of one minute the later stays the later. A product or partner that is retired and
-- that nothing names is left out.
select
    product_code,
    name,
    gtin,
    unit,
    trim_scale(kg_per_unit) as kg_per_unit,
    storage_class
from products
where
    not is_retired
    or exists (select from lots where lots.product_id = products.product_id)
order by product_id;

-- name: export_partners
select
    partner_code,
    name,
    role,
    gln,
    address,
    phone,
    email
from partners
where
    not is_retired
    or exists (select from lots where lots.supplier_id = partners.partner_id)
    or exists (select from shipments where shipments.customer_id = partners.partner_id)
    or exists (select from movements where movements.partner_id = partners.partner_id)
    or exists (select from places where places.partner_id = partners.partner_id)
order by partner_id;

-- name: export_production_runs
select
    run_code,
    status,
    trim_scale(daily_target_kg) as daily_target_kg,
    started_at,
    ended_at
from production_runs
order by run_id;

-- name: export_lots
select
    lots.lot_code,
    lots.lot_type,
    products.product_code,
    trim_scale(lots.weight_kg) as weight_kg,
    trim_scale(lots.quantity) as quantity,
    lots.unit,
    lots.happened_at,
    lots.happened_until,
    partners.partner_code as supplier_code,
    lots.supplier_lot_code,
    lots.printed_code,
    production_runs.run_code,
    receipts.place_code,
    trim_scale(lots.temperature_c) as temperature_c,
    lots.expires_on,
    cast(nullif(lots.metadata, '{}') as text) as metadata,
    lots.source_key
from lots
left join products on lots.product_id = products.product_id
left join partners on lots.supplier_id = partners.partner_id
left join production_runs on lots.run_id = production_runs.run_id
left join lateral (
    select places.place_code
    from moves
    inner join facts.places on moves.place_id = places.place_id
    where
        moves.lot_id = lots.lot_id
        and moves.from_place_id is null
        and moves.quantity_kg is null
        and moves.quantity is null
        and moves.happened_at <= lots.happened_at
    order by moves.happened_at, moves.move_id
    limit 1
) as receipts on true
order by lots.lot_id;

-- name: export_productions
select
    productions.production_code,
    productions.happened_at,
    productions.happened_until,
    production_runs.run_code,
    productions.place,
    trim_scale(productions.waste_kg) as waste_kg,
    productions.source_key
from productions
left join production_runs on productions.run_id = production_runs.run_id
order by productions.production_id;

-- name: export_production_inputs
-- What went in before inputs kept their unit has it with its links.
select
    productions.production_code,
    lots.lot_code,
    trim_scale(inputs.quantity_kg) as quantity_kg,
    trim_scale(coalesce(inputs.quantity, linked.quantity)) as quantity,
    coalesce(inputs.unit, linked.unit) as unit,
    inputs.expiry_reason
from production_inputs as inputs
inner join productions on inputs.production_id = productions.production_id
inner join lots on inputs.lot_id = lots.lot_id
left join (
    select production_id, parent_lot_id, sum(quantity) as quantity, min(unit) as unit
    from lot_genealogy
    where production_id is not null and quantity is not null
    group by production_id, parent_lot_id
    having min(unit) = max(unit)
) as linked
    on inputs.production_id = linked.production_id and inputs.lot_id = linked.parent_lot_id
order by inputs.input_id;

-- name: export_production_outputs
select
    productions.production_code,
    lots.lot_code,
    trim_scale(outputs.quantity_kg) as quantity_kg,
    trim_scale(outputs.quantity) as quantity,
    outputs.unit,
    outputs.kind
from production_outputs as outputs
inner join productions on outputs.production_id = productions.production_id
inner join lots on outputs.lot_id = lots.lot_id
order by outputs.output_id;

-- name: export_genealogy
-- Links made by hand; those that follow from a production follow from it again.
select
    parents.lot_code as parent_lot_code,
    children.lot_code as child_lot_code,
    trim_scale(links.quantity_kg) as quantity_kg,
    trim_scale(links.quantity) as quantity,
    links.unit,
    links.happened_at,
    links.happened_until,
    links.source_key,
    links.expiry_reason,
    parents_of.product_code as parent_product_code,
    children_of.product_code as child_product_code
from lot_genealogy as links
inner join lots as parents on links.parent_lot_id = parents.lot_id
inner join lots as children on links.child_lot_id = children.lot_id
left join products as parents_of on parents.product_id = parents_of.product_id
left join products as children_of on children.product_id = children_of.product_id
where links.production_id is null
order by links.link_id;

-- name: export_readings
select
    lots.lot_code,
    readings.characteristic,
    result_words(readings.sign, readings.value, readings.word) as value,
    nullif(readings.unit, '') as unit,
    readings.happened_at,
    readings.happened_until,
    trim_scale(qc_gates.gate_number) as gate_number,
    readings.source_key
from readings
inner join lots on readings.lot_id = lots.lot_id
left join qc_gates on readings.gate_id = qc_gates.gate_id
order by readings.reading_id;

-- name: export_qc_decisions
select
    lots.lot_code,
    decisions.decision,
    decisions.happened_at,
    decisions.happened_until,
    trim_scale(qc_gates.gate_number) as gate_number,
    decisions.notes,
    trim_scale(decisions.temperature_c) as temperature_c,
    coalesce(decisions.decided_by, users.email) as decided_by,
    decisions.source_key
from qc_decisions as decisions
inner join lots on decisions.lot_id = lots.lot_id
left join qc_gates on decisions.gate_id = qc_gates.gate_id
left join users on decisions.operator_id = users.user_id
order by decisions.decision_id;

-- name: export_shipments
select
    shipments.shipment_code,
    lots.lot_code,
    partners.partner_code as customer_code,
    trim_scale(shipments.quantity_kg) as quantity_kg,
    trim_scale(shipments.quantity) as quantity,
    shipments.unit,
    shipments.happened_at,
    shipments.happened_until,
    shipments.document,
    shipments.sscc,
    places.place_code as from_place_code,
    shipments.source_key,
    shipments.expiry_reason
from shipments
inner join lots on shipments.lot_id = lots.lot_id
inner join partners on shipments.customer_id = partners.partner_id
left join places on shipments.from_place_id = places.place_id
order by shipments.shipment_id;

-- name: export_movements
select
    lots.lot_code,
    movements.kind,
    trim_scale(movements.quantity_kg) as quantity_kg,
    trim_scale(movements.quantity) as quantity,
    movements.unit,
    movements.happened_at,
    movements.happened_until,
    movements.reason,
    partners.partner_code,
    shipments.shipment_code,
    places.place_code,
    movements.source_key
from movements
inner join lots on movements.lot_id = lots.lot_id
left join partners on movements.partner_id = partners.partner_id
left join shipments on movements.shipment_id = shipments.shipment_id
left join places on movements.place_id = places.place_id
order by movements.movement_id;

-- name: export_packings
-- In the order in which it was said: what is in a unit follows from it. Of a lot that was voided since,
-- all was taken out.
select
    packings.sscc,
    packings.kind,
    lots.lot_code,
    packings.inner_sscc,
    trim_scale(packings.quantity_kg) as quantity_kg,
    trim_scale(packings.quantity) as quantity,
    packings.unit,
    packings.happened_at,
    packings.source_key
from packings
left join lots on packings.lot_id = lots.lot_id
where packings.lot_id is null or lots.lot_id is not null
order by packings.packing_id;

-- name: export_places
select
    places.place_code,
    places.name,
    places.kind,
    partners.partner_code as site_code,
    case when places.is_retired then 'yes' end as is_retired
from places
left join partners on places.partner_id = partners.partner_id
order by places.place_id;

-- name: export_moves
select
    lots.lot_code,
    places.place_code,
    origins.place_code as from_place_code,
    trim_scale(moves.quantity_kg) as quantity_kg,
    trim_scale(moves.quantity) as quantity,
    moves.unit,
    moves.happened_at,
    moves.happened_until,
    moves.reason,
    moves.source_key
from moves
inner join lots on moves.lot_id = lots.lot_id
inner join places on moves.place_id = places.place_id
left join places as origins on moves.from_place_id = origins.place_id
order by moves.move_id;

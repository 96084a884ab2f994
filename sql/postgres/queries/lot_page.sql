-- name: lot_shown
-- A lot as its screen shows it.
select
    lots.lot_id,
    lots.lot_code,
    lot_label_code(lots.lot_id) as label_code,
    lots.lot_type,
    lot_types.name_en as type_name,
    lot_disposition(lots.lot_id) as disposition,
    products.product_code,
    products.name as product_name,
    products.unit as product_unit,
    products.kg_per_unit,
    production_runs.run_code,
    phases.name_en as phase_name,
    partners.partner_code as supplier_code,
    partners.name as supplier_name,
    lots.supplier_lot_code,
    lots.printed_code,
    lots.weight_kg,
    lots.quantity,
    lots.unit,
    counted.given_out_quantity,
    counted.on_hand_quantity,
    counted.on_hand_at_most_quantity,
    counted.overdrawn_quantity,
    balance.given_out_kg,
    balance.given_out_at_least_kg,
    balance.on_hand_kg,
    balance.on_hand_at_most_kg,
    balance.overdrawn_kg,
    balance.overdrawn_at_least_kg,
    balance.is_counted,
    balance.counted_difference_kg,
    balance.accounted_ratio,
    undecided.at_most_kg as undecided_kg,
    undecided.unknown_count as undecided_unknown_count,
    lots.temperature_c,
    lots.expires_on,
    coalesce(lots.expires_on < site_date(), false) as is_expired,
    lots.metadata,
    lots.happened_at,
    lots.happened_until,
    lots.recorded_at,
    case
        when
            lots.operator_id is not null
            and not exists (select from facts.lot_voids as renames where renames.renamed_id = lots.lot_id)
            then lots.recorded_at
    end as entered_at,
    users.full_name as registered_by,
    lots.correction_id
from lots
cross join lateral lot_balance(lots.lot_id, lots.weight_kg) as balance
left join lateral unit_balance(lots.lot_id, lots.quantity, lots.unit) as counted on true
left join undecided_returns as undecided on lots.lot_id = undecided.lot_id
left join products on lots.product_id = products.product_id
left join production_runs on lots.run_id = production_runs.run_id
left join phases on lots.phase_id = phases.phase_id
left join lot_types on lots.lot_type = lot_types.lot_type
left join partners on lots.supplier_id = partners.partner_id
left join users on lots.operator_id = users.user_id
where lots.lot_code = :lot_code;

-- name: gates_waited_for
-- The gates that a lot must pass and has not passed yet.
select
    trim_scale(qc_gates.gate_number) as gate_number,
    qc_gates.name_en
from lots
inner join gates_to_pass
    on
        coalesce(lots.lot_type, '') = coalesce(gates_to_pass.lot_type, '')
        and made_within(lots.happened_at, gates_to_pass.made_from, null)
inner join qc_gates on gates_to_pass.gate_id = qc_gates.gate_id
left join decided_lots on lots.lot_id = decided_lots.lot_id
where
    lots.lot_id = :lot_id
    and (qc_gates.gate_id = any(decided_lots.passed_gate_ids)) is not true
order by qc_gates.gate_number;

-- name: parents_of_lot
select
    lot_genealogy.link_id,
    lots.lot_code,
    lots.lot_type,
    states.disposition,
    products.product_code,
    lots.expires_on,
    coalesce(lots.expires_on < (select site_date()), false) as is_expired,
    lot_genealogy.quantity_kg,
    lot_genealogy.quantity,
    lot_genealogy.unit,
    lot_genealogy.happened_at,
    lot_genealogy.happened_until,
    case
        when
            lot_genealogy.operator_id is not null
            and not exists (
                select from facts.lot_voids as renames
                where
                    renames.renamed_id in (lot_genealogy.parent_lot_id, lot_genealogy.child_lot_id)
                    and renames.row_xid = lot_genealogy.row_xid
            )
            then lot_genealogy.recorded_at
    end as entered_at
from lot_genealogy
inner join lots on lot_genealogy.parent_lot_id = lots.lot_id
inner join
    lot_states(array(select parent_lot_id from lot_genealogy where child_lot_id = :lot_id)) as states
    on lots.lot_id = states.lot_id
left join products on lots.product_id = products.product_id
where lot_genealogy.child_lot_id = :lot_id
order by lots.lot_code, lot_genealogy.link_id;

-- name: children_of_lot
select
    lot_genealogy.link_id,
    lots.lot_code,
    lots.lot_type,
    states.disposition,
    products.product_code,
    lots.expires_on,
    coalesce(lots.expires_on < (select site_date()), false) as is_expired,
    lot_genealogy.quantity_kg,
    lot_genealogy.quantity,
    lot_genealogy.unit,
    lot_genealogy.happened_at,
    lot_genealogy.happened_until,
    case
        when
            lot_genealogy.operator_id is not null
            and not exists (
                select from facts.lot_voids as renames
                where
                    renames.renamed_id in (lot_genealogy.parent_lot_id, lot_genealogy.child_lot_id)
                    and renames.row_xid = lot_genealogy.row_xid
            )
            then lot_genealogy.recorded_at
    end as entered_at
from lot_genealogy
inner join lots on lot_genealogy.child_lot_id = lots.lot_id
inner join
    lot_states(array(select child_lot_id from lot_genealogy where parent_lot_id = :lot_id)) as states
    on lots.lot_id = states.lot_id
left join products on lots.product_id = products.product_id
where lot_genealogy.parent_lot_id = :lot_id
order by lots.lot_code, lot_genealogy.link_id;

-- name: units_of_lot
-- The logistic units that hold something of a lot, what they stand on, and the shipment they left with.
select
    packed.sscc,
    stands.sscc as stands_on,
    packed.quantity_kg,
    packed.quantity,
    packed.unit,
    packed.packed_at,
    shipped.shipment_code
from packed
left join lateral (
    select around.sscc from packed as around where around.inner_sscc = packed.sscc limit 1
) as stands on true
left join lateral (
    select shipments.shipment_code
    from shipments
    where search_key(shipments.sscc) in (select units.sscc from units_around(packed.sscc) as units)
    order by shipments.shipment_id
    limit 1
) as shipped on true
where packed.lot_id = :lot_id
order by packed.packed_at desc, packed.sscc;

-- name: shipments_of_lot
select
    shipments.shipment_id,
    shipments.happened_at,
    shipments.happened_until,
    case
        when
            shipments.operator_id is not null
            and not exists (
                select from facts.lot_voids as renames
                where renames.renamed_id = shipments.lot_id and renames.row_xid = shipments.row_xid
            )
            then shipments.recorded_at
    end as entered_at,
    shipments.shipment_code,
    partners.name as customer_name,
    shipments.quantity_kg,
    shipments.quantity,
    shipments.unit,
    places.label as from_place,
    shipments.document,
    shipments.sscc
from shipments
inner join partners on shipments.customer_id = partners.partner_id
left join places on shipments.from_place_id = places.place_id
where shipments.lot_id = :lot_id
order by shipments.happened_at desc, shipments.shipment_id desc;

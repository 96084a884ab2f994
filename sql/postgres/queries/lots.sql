-- name: lot_to_act_on
-- A lot with what the decisions about itself say; the write lock is held by then. What its origin
-- says is asked where it is used or shipped.
select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    lots.operator_id,
    lots.product_id,
    lots.weight_kg,
    lots.quantity,
    lots.unit,
    products.unit as product_unit,
    products.kg_per_unit,
    counted.on_hand_quantity,
    counted.on_hand_at_most_quantity,
    counted.overdrawn_quantity,
    lots.temperature_c,
    lots.expires_on,
    lots.happened_at,
    lots.happened_until,
    balance.into_children_kg,
    balance.into_children_at_least_kg,
    balance.shipped_kg,
    balance.shipped_at_least_kg,
    balance.given_out_kg,
    balance.given_out_at_least_kg,
    balance.on_hand_kg,
    balance.on_hand_at_most_kg,
    balance.overdrawn_kg,
    balance.overdrawn_at_least_kg,
    balance.returned_kg,
    balance.moved_out_kg,
    balance.moved_out_at_least_kg,
    balance.counted_difference_kg,
    downgraded.kg as downgraded_kg,
    undecided.at_most_kg as undecided_kg,
    (
        select case when has_fail then 'rejected' when has_hold then 'hold' end
        from decided_lots
        where decided_lots.lot_id = lots.lot_id
    ) as stopped_as,
    coalesce(
        (select heaviest_kg from lot_types where lot_types.lot_type = lots.lot_type),
        (select heaviest_kg from plant_bounds)
    ) as heaviest_kg
from lots
cross join lateral lot_balance(lots.lot_id, lots.weight_kg) as balance
left join lateral (
    select sum(movements.quantity_kg) as kg
    from movements
    where movements.lot_id = lots.lot_id and movements.kind = 'DOWNGRADED'
) as downgraded on true
left join undecided_returns as undecided on lots.lot_id = undecided.lot_id
left join lateral unit_balance(lots.lot_id, lots.quantity, lots.unit) as counted on true
left join products on lots.product_id = products.product_id
where lots.lot_code = :lot_code;

-- name: shipped_already
-- Lines of a shipment that name the lot, and whom the shipment goes to.
select
    partners.partner_code as customer_code,
    partners.name as customer_name,
    shipments.lot_id = :lot_id as is_of_lot,
    shipments.quantity_kg
from shipments
inner join partners on shipments.customer_id = partners.partner_id
where shipments.shipment_code = :shipment_code
order by shipments.shipment_id desc;

-- name: lot_by_id
select lot_code from lots where lot_id = :lot_id;

-- name: lot_resembling
-- The known lot that a code would be taken for (`codes_resemble`), itself or another.
with asked as materialized (
    select
        lot_code_skeleton(:lot_code) as skeleton,
        nullif(search_key(:lot_code), '') as key
),

alike as (
    select lot_code
    from facts.lots
    where code_skeleton = (select skeleton from asked)
    union
    select lot_code
    from facts.lots
    where search_key(lot_code) = (select key from asked) and codes_resemble(lot_code, :lot_code)
)

select lot_code
from alike
order by lot_code = :lot_code desc, lot_code
limit 1;

-- name: lots_alike
-- Lots, voided ones too, whose code no search tells from the typed one; a few, to be named.
select lot_code
from facts.lots
where search_key(lot_code) = search_key(:typed) and search_key(:typed) <> ''
order by lot_code = :typed desc, lot_code
limit 6;

-- name: lots_printed
-- Lots that carry just this code, or on whose label it is printed, but for case and separators: each with
-- the short code that names it alone. A few, those that carry it first, then the newest; how many there
-- are, and whether it is printed on the label of any.
select
    lots.lot_code,
    lot_label_code(lots.lot_id) as label_code,
    count(*) over () as found_count,
    bool_or(search_key(lots.printed_code) = asked.key) over () is true as is_printed_somewhere
from (select nullif(search_key(:typed), '') as key) as asked
inner join lots
    on
        search_key(lots.lot_code) = asked.key
        or (
            lots.lot_id in (select lots_by_printed_code(array[(select nullif(search_key(:typed), ''))]))
            and search_key(lots.printed_code) = asked.key
        )
order by search_key(lots.lot_code) = asked.key desc, lots.happened_at desc, lots.lot_id desc
limit 5;

-- name: was_expired
-- Whether a lot's last day of use had passed at a moment, by the site's day.
select coalesce(expires_on < site_day(:moment), false) from lots where lot_id = :lot_id;

-- name: last_taken
-- Who took from a lot last, how much, and for what.
select
    taken.quantity_kg,
    taken.taken_for,
    taken.happened_at,
    taken.happened_until,
    users.full_name as taken_by
from (
    (
        select
            lot_genealogy.quantity_kg,
            'lot ' || lots.lot_code as taken_for,
            lot_genealogy.happened_at,
            lot_genealogy.happened_until,
            lot_genealogy.recorded_at,
            lot_genealogy.operator_id
        from lot_genealogy
        inner join lots on lot_genealogy.child_lot_id = lots.lot_id
        where lot_genealogy.parent_lot_id = :lot_id
        order by lot_genealogy.link_id desc
        limit 1
    )
    union all
    (
        select
            quantity_kg,
            'shipment ' || shipment_code,
            happened_at,
            happened_until,
            recorded_at,
            operator_id
        from shipments
        where lot_id = :lot_id
        order by shipment_id desc
        limit 1
    )
    union all
    (
        select
            quantity_kg,
            'movement ' || kind,
            happened_at,
            happened_until,
            recorded_at,
            operator_id
        from movements
        where lot_id = :lot_id and kind <> 'RETURNED'
        order by movement_id desc
        limit 1
    )
) as taken
left join users on taken.operator_id = users.user_id
order by taken.recorded_at desc
limit 1;

-- name: what_stops
-- Since when and by whose decision a lot is on HOLD or rejected.
select
    qc_decisions.happened_at,
    qc_decisions.happened_until,
    coalesce(users.full_name, qc_decisions.decided_by) as decided_by
from latest_decisions
inner join qc_decisions on latest_decisions.decision_id = qc_decisions.decision_id
left join users on qc_decisions.operator_id = users.user_id
where latest_decisions.lot_id = :lot_id and latest_decisions.decision in ('HOLD', 'FAIL')
order by latest_decisions.decision, qc_decisions.decision_id desc
limit 1;

-- name: who_registered
-- Who registered a lot of that code, voided since or not.
select
    lots.lot_code,
    lots.happened_at,
    lots.happened_until,
    users.full_name
from facts.lots
left join users on lots.operator_id = users.user_id
where lots.lot_code = :lot_code;

-- name: write_lot
insert into facts.lots (
    lot_code, lot_type, product_id, run_id, phase_id, supplier_id, supplier_lot_code, weight_kg,
    quantity, unit, temperature_c, expires_on, metadata, operator_id, happened_at, happened_until,
    beyond_reason, printed_code
) values (
    :lot_code, :lot_type, :product_id, :run_id, :phase_id, :supplier_id, :supplier_lot_code,
    :weight_kg, :quantity, :unit, :temperature_c, :expires_on, cast(:metadata as jsonb),
    :operator_id, :happened_at, :happened_until, :beyond_reason, :printed_code
)
returning
    lot_id, lot_code, lot_type, run_id, phase_id, operator_id, weight_kg, quantity, unit, temperature_c,
    metadata, happened_at, happened_until, recorded_at;

-- name: write_link
insert into facts.lot_genealogy (
    parent_lot_id, child_lot_id, quantity_kg, quantity, unit, operator_id, happened_at, happened_until,
    expiry_reason
) values (
    :parent_lot_id, :child_lot_id, :quantity_kg, :quantity, :unit, :operator_id, :happened_at,
    :happened_until, :expiry_reason
)
returning link_id;

-- name: write_rework
insert into facts.lot_genealogy (
    parent_lot_id, child_lot_id, quantity_kg, operator_id, happened_at, expiry_reason, rework_reason
) values (
    :parent_lot_id, :child_lot_id, :quantity_kg, :operator_id, :happened_at, :expiry_reason,
    :rework_reason
)
returning link_id;

-- name: has_gone_on
-- Whether something of a lot went into another, to a customer or elsewhere.
select
    exists (select from lot_genealogy where parent_lot_id = :lot_id)
    or exists (select from shipments where lot_id = :lot_id)
    or exists (select from movements where lot_id = :lot_id and kind in ('DONATED', 'SENT_BACK'));

-- name: is_descendant
-- Whether lot_id was made, directly or not, from of_lot_id.
select :lot_id in (select lot_id from lots_after(:of_lot_id) as lot_id) as is_descendant;

-- name: product_id
select product_id from products where product_code = :code;

-- name: product_named
select product_id, unit, kg_per_unit from products where product_code = :code;

-- name: partner_named
select partner_id, role from partners where partner_code = :code;

-- name: write_reading
insert into facts.readings (
    lot_id, gate_id, characteristic, sign, value, word, unit, operator_id, happened_at
) values (
    :lot_id, :gate_id, :characteristic, :sign, :value, :word, :unit, :operator_id, :happened_at
)
returning reading_id;

-- name: write_shipment
insert into facts.shipments (
    shipment_code, lot_id, customer_id, quantity_kg, quantity, unit, document, sscc, operator_id,
    happened_at, happened_until, expiry_reason, from_place_id
) values (
    :shipment_code, :lot_id, :customer_id, :quantity_kg, :quantity, :unit, :document, :sscc, :operator_id,
    :happened_at, :happened_until, :expiry_reason, :from_place_id
)
returning shipment_id;

-- name: known_characteristic
-- The word that limits are kept under, for what a person calls it: core temperature.
select characteristic
from gate_limits
where lower(replace(characteristic, '_', ' ')) = lower(replace(:typed, '_', ' '))
limit 1;

-- name: product_of_gtin
-- The product that a label's GTIN names: the same number with or without leading zeros.
select product_code
from products
where lpad(gtin, 14, '0') = :gtin
order by product_code
limit 1;

-- name: links_traced
-- Lots by their codes, and every link into them and into all that either way reaches from them,
-- packed (see `sql/record/binary_columns.py`): what each was made from, complete, those from lots
-- out of reach too. Parameters stand in selects of their own, so that no plan is better for knowing
-- them: PostgreSQL then plans this once a connection, not at every trace, and follows links by their
-- index however many lots are asked about.
with recursive asked as materialized (
    select
        lot_id,
        weight_kg
    from lots
    where lot_code = any(cast((select cast(:lot_codes as text [])) as text []))
),

behind (lot_id) as (
    select lot_id from asked
    union
    select lot_genealogy.parent_lot_id
    from behind
    inner join lot_genealogy on behind.lot_id = lot_genealogy.child_lot_id
),

ahead (lot_id) as (
    select lot_id from asked
    union
    select lot_genealogy.child_lot_id
    from ahead
    inner join lot_genealogy on ahead.lot_id = lot_genealogy.parent_lot_id
),

links as (
    select 0 as is_forward, lot_genealogy.*
    from lot_genealogy
    where (select cast(:is_back as boolean)) and child_lot_id in (select lot_id from behind)
    union all
    select 1 as is_forward, lot_genealogy.*
    from lot_genealogy
    where (select cast(:is_forward as boolean)) and child_lot_id in (select lot_id from ahead)
)

select
    (select string_agg(int8send(lot_id), '' order by lot_id) from asked) as asked_lot_id,
    (
        select
            string_agg(int8send(coalesce(cast(weight_kg * 1000000 as bigint), -1)), '' order by lot_id)
        from asked
    ) as asked_milligrams,
    string_agg(int8send(is_forward), '') as is_forward,
    string_agg(int8send(link_id), '') as link_id,
    string_agg(int8send(parent_lot_id), '') as parent_lot_id,
    string_agg(int8send(child_lot_id), '') as child_lot_id,
    string_agg(int8send(coalesce(cast(quantity_kg * 1000000 as bigint), -1)), '') as milligrams,
    string_agg(timestamptz_send(happened_at), '') as happened_at,
    string_agg(timestamptz_send(recorded_at), '') as recorded_at
from links;

-- name: links_in_one_unit
-- Of these lots those whose every link in is in one unit: how much each link brought, in millionths of
-- it, packed and in the links' order.
select
    string_agg(int8send(links.link_id), '' order by links.link_id) as link_id,
    string_agg(
        int8send(cast(links.quantity * 1000000 as bigint)), '' order by links.link_id
    ) as millionths
from lot_genealogy as links
inner join (
    select child_lot_id
    from lot_genealogy
    where child_lot_id = any(cast((select cast(:child_lot_ids as bigint [])) as bigint []))
    group by child_lot_id
    having count(quantity) = count(*) and count(distinct unit) = 1
) as alike on links.child_lot_id = alike.child_lot_id;

-- name: links_said
-- Of these links what few say: their amounts in units, the production that each followed from, and the
-- end of a time known by the day or month. A record that has none of these is not read further.
select
    links.link_id,
    links.quantity,
    links.unit,
    links.happened_until,
    productions.production_code
from unnest(cast(:link_ids as bigint [])) as asked (link_id)
inner join facts.lot_genealogy as links on asked.link_id = links.link_id
left join facts.productions on links.production_id = productions.production_id
where
    num_nonnulls(links.quantity, links.production_id, links.happened_until) > 0
    and (
        (select exists (select from facts.lot_genealogy where quantity is not null))
        or (select exists (select from facts.lot_genealogy where production_id is not null))
        or (select exists (select from facts.lot_genealogy where happened_until is not null))
    );

-- name: lots_traced
-- The facts of these lots. Set by set: a function a lot costs five times as much. Here and below the
-- lots stand in a select of their own, as above: a plan made anew for each small trace would take
-- longer than the trace. What of an input was not allotted (`lot_genealogy`) few links say: they have
-- an index of their own.
with asked as materialized (
    select lot_id from each_lot((select cast(:lot_ids as bigint []))) as asked (lot_id)
),

consumed as (
    select
        links.parent_lot_id as lot_id,
        sum(links.quantity_kg) as kg,
        count(*) filter (where links.quantity_kg is null) as unknown_count
    from lot_genealogy as links
    inner join asked on links.parent_lot_id = asked.lot_id
    group by links.parent_lot_id
),

unallotted as (
    select
        links.parent_lot_id as lot_id,
        sum(links.unallotted_kg) as kg,
        count(links.unallotted_kg) as known_count
    from lot_genealogy as links
    where
        links.parent_lot_id = any(cast((select cast(:lot_ids as bigint [])) as bigint []))
        and links.quantity_kg is null
        and links.production_id is not null
    group by links.parent_lot_id
),

shipped as (
    select
        shipments.lot_id,
        sum(shipments.quantity_kg) as kg,
        count(distinct shipments.shipment_code) as shipments_count,
        count(*) - count(shipments.quantity_kg) as unknown_count
    from shipments
    inner join asked on shipments.lot_id = asked.lot_id
    group by shipments.lot_id
)

select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    types.position as type_position,
    products.product_code,
    products.name as product_name,
    products.gtin,
    lots.expires_on,
    lots.weight_kg,
    lots.quantity,
    lots.unit,
    balance.*,
    coalesce(shipped.shipments_count, 0) as shipments_count,
    partners.partner_code as supplier_code,
    partners.name as supplier_name,
    lots.supplier_lot_code,
    lots.printed_code,
    lots.happened_at,
    lots.happened_until,
    lots.recorded_at
from asked
inner join lots on asked.lot_id = lots.lot_id
left join products on lots.product_id = products.product_id
left join partners on lots.supplier_id = partners.partner_id
left join lot_types as types on lots.lot_type = types.lot_type
left join consumed on lots.lot_id = consumed.lot_id
left join unallotted on lots.lot_id = unallotted.lot_id
left join shipped on lots.lot_id = shipped.lot_id
left join movement_sums((select cast(:lot_ids as bigint []))) as moved on lots.lot_id = moved.lot_id
cross join lateral balance_of(
    lots.weight_kg,
    coalesce(consumed.kg, 0) + coalesce(unallotted.kg, 0),
    coalesce(consumed.unknown_count, 0) - coalesce(unallotted.known_count, 0),
    coalesce(shipped.kg, 0),
    coalesce(shipped.unknown_count, 0),
    moved.moved_out_kg,
    moved.unknown_moved_out_count,
    moved.returned_kg,
    moved.returned_at_most_kg,
    moved.unknown_returns_count,
    moved.counted_kg,
    moved.since_kg,
    moved.since_at_most_kg,
    moved.unknown_since_count
) as balance;

-- name: unit_balances
-- What is known of these lots' amounts in their own units, as `balance_of` says it in kilograms; a lot
-- without such an amount has no row.
with counted as materialized (
    select
        lot_id,
        quantity,
        unit
    from lots
    where lot_id = any(cast((select cast(:lot_ids as bigint [])) as bigint [])) and quantity is not null
),

flows as (
    select
        counted.lot_id,
        'used' as way,
        coalesce(links.quantity, links.unallotted_quantity) as quantity,
        coalesce(links.unit, links.unallotted_unit) is not distinct from counted.unit as is_known
    from counted
    inner join lot_genealogy as links on counted.lot_id = links.parent_lot_id
    union all
    select
        counted.lot_id,
        'shipped',
        shipments.quantity,
        shipments.unit is not distinct from counted.unit
    from counted
    inner join shipments on counted.lot_id = shipments.lot_id
    union all
    select
        counted.lot_id,
        case movements.kind when 'RETURNED' then 'returned' else 'moved' end,
        movements.quantity,
        movements.unit is not distinct from counted.unit
    from counted
    inner join movements on counted.lot_id = movements.lot_id
    where movements.kind not in ('COUNTED', 'DOWNGRADED')
),

sums as (
    select
        lot_id,
        coalesce(sum(quantity) filter (where way = 'used' and is_known), 0) as used,
        coalesce(sum(quantity) filter (where way = 'moved' and is_known), 0) as moved_out,
        coalesce(sum(quantity) filter (where way = 'shipped' and is_known), 0) as shipped,
        coalesce(sum(quantity) filter (where way = 'returned' and is_known), 0) as returned,
        coalesce(bool_and(is_known) filter (where way = 'used'), true) as is_used_known,
        coalesce(bool_and(is_known) filter (where way = 'moved'), true) as is_moved_known,
        coalesce(bool_and(is_known) filter (where way = 'returned'), true) as is_back_known,
        coalesce(bool_and(is_known) filter (where way in ('shipped', 'returned')), true) as is_away_known
    from flows
    group by lot_id
)

select
    counted.lot_id,
    balance.*,
    case when coalesce(sums.is_used_known, true) then coalesce(sums.used, 0) end
        as into_children_quantity,
    case when coalesce(sums.is_moved_known, true) then coalesce(sums.moved_out, 0) end
        as moved_out_quantity,
    case when coalesce(sums.is_away_known, true) then coalesce(sums.shipped - sums.returned, 0) end
        as away_quantity,
    case
        when not sums.is_away_known
            then case when sums.is_back_known then greatest(sums.shipped - sums.returned, 0) else 0 end
    end as away_at_least_quantity
from counted
left join sums on counted.lot_id = sums.lot_id
cross join lateral unit_balance(counted.lot_id, counted.quantity, counted.unit) as balance;

-- name: states_traced
-- What each of these lots is, in one word.
select
    lot_id,
    disposition
from lot_states((select cast(:lot_ids as bigint [])));

-- name: shipments_of
select
    shipments.shipment_code,
    shipments.lot_id,
    partners.partner_code as customer_code,
    partners.name as customer_name,
    shipments.quantity_kg,
    shipments.quantity,
    shipments.unit,
    case when back.unknown_count = 0 then back.kg end as returned_kg,
    case when back.unknown_count > 0 then back.kg end as returned_at_least_kg,
    case when back.unknown_count = 0 then shipments.quantity_kg - back.kg end as away_kg,
    case when back.is_known then back.quantity end as returned_quantity,
    case when back.is_known then shipments.quantity - back.quantity end as away_quantity,
    case when not back.is_known then shipments.quantity - back.quantity end as away_at_most_quantity,
    shipments.happened_at,
    shipments.happened_until,
    shipments.document,
    shipments.sscc,
    partners.phone,
    partners.email
from shipments
inner join partners on shipments.customer_id = partners.partner_id
cross join lateral (
    select
        coalesce(sum(movements.quantity_kg), 0) as kg,
        count(*) - count(movements.quantity_kg) as unknown_count,
        coalesce(sum(movements.quantity) filter (where movements.unit = shipments.unit), 0) as quantity,
        coalesce(bool_and(movements.unit is not distinct from shipments.unit), true)
            and shipments.unit is not null as is_known
    from movements
    where movements.shipment_id = shipments.shipment_id
) as back
where shipments.lot_id = any(cast((select cast(:lot_ids as bigint [])) as bigint []))
order by partners.name, shipments.happened_at, shipments.shipment_id;

-- name: movements_of
-- What else happened to these lots.
select
    movements.movement_id,
    movements.lot_id,
    movements.kind,
    movements.quantity_kg,
    movements.quantity,
    movements.unit,
    movements.happened_at,
    movements.happened_until,
    shipments.shipment_code,
    coalesce(partners.name, customers.name) as partner_name,
    movements.reason
from movements
left join partners on movements.partner_id = partners.partner_id
left join shipments on movements.shipment_id = shipments.shipment_id
left join partners as customers on shipments.customer_id = customers.partner_id
where movements.lot_id = any(cast((select cast(:lot_ids as bigint [])) as bigint []))
order by movements.happened_at, movements.movement_id;

-- name: lot_id_by_code
select lot_id from lots where lot_code = :lot_code;

-- name: lots_not_looked_at
-- Of these lots, those that the last checks say nothing about; see the function.
select lot_id
from lots_not_looked_at(
    :looked_until, cast(:head as text), cast(:lot_ids as bigint [])
) as lot_id;

-- name: lots_looked_at_later
-- Of these lots, as of a moment, those of which a check spoke after it, when facts that bear on them
-- had been recorded since: what it found may not have been so then. As of now there are none.
select lot_id
from lots_not_looked_at(
    :looked_until, cast(:head as text), cast(:lot_ids as bigint [])
) as lot_id
where cast(:record_as_of as timestamptz) > known_until();

-- name: facts_not_looked_at
-- How many facts came after those the checks saw; null: they saw another record.
select facts_not_looked_at(:looked_until, cast(:head as text)) as facts_count;

-- name: damaged_identifiers
-- Identifiers of these lots that a spreadsheet or a misreading spoilt: a trace may stop at one where
-- its lot goes on under another name. Lots' codes are never corrected, so the facts themselves are
-- asked. The damaged ones of the record are few and found by their index, so they come first,
-- whatever a planner without statistics would prefer.
with

damaged_lots as materialized (
    select lot_id, lot_code, supplier_lot_code
    from facts.lots
    where
        identifier_damage('code', lot_code) is not null
        or identifier_damage('code', supplier_lot_code) is not null
    union
    select lot_id, null, supplier_lot_code
    from facts.lot_corrections
    where identifier_damage('code', supplier_lot_code) is not null
),

damaged_shipments as materialized (
    select lot_id, shipment_code, document, sscc
    from shipments
    where
        identifier_damage('code', shipment_code) is not null
        or identifier_damage('code', document) is not null
        or identifier_damage('sscc', sscc) is not null
),

asked as (
    select lot_id, 'lot_code' as field, 'code' as kind, lot_code as written from damaged_lots
    union all
    select damaged_lots.lot_id, 'supplier_lot_code', 'code', lots.supplier_lot_code
    from damaged_lots
    inner join lots
        on
            damaged_lots.lot_id = lots.lot_id
            and damaged_lots.supplier_lot_code = lots.supplier_lot_code
    union all
    select lot_id, 'shipment_code', 'code', shipment_code from damaged_shipments
    union all
    select lot_id, 'document', 'code', document from damaged_shipments
    union all
    select lot_id, 'sscc', 'sscc', sscc from damaged_shipments
    union all
    select lot_id, field, kind, written
    from damaged_masters_of((select cast(:lot_ids as bigint [])))
)

select
    lots.lot_code,
    asked.field,
    asked.kind,
    asked.written,
    identifier_damage(asked.kind, asked.written) as damage
from asked
inner join facts.lots on asked.lot_id = lots.lot_id
where
    asked.lot_id = any(cast((select cast(:lot_ids as bigint [])) as bigint []))
    and identifier_damage(asked.kind, asked.written) is not null;

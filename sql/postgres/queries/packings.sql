-- name: unit_packed
-- What is in a logistic unit now, as it was put there: lots, then units.
select
    packed.lot_id,
    lots.lot_code,
    lots.lot_type,
    products.product_code,
    packed.inner_sscc,
    packed.quantity_kg,
    packed.quantity,
    packed.unit,
    packed.packed_at
from packed
left join lots on packed.lot_id = lots.lot_id
left join products on lots.product_id = products.product_id
where packed.sscc = :sscc
order by packed.lot_id is null, packed.packed_at, lots.lot_code, packed.inner_sscc;

-- name: lots_in_unit
-- The lots of a unit and of all units in it, once a lot, oldest first; kilograms null where any of it
-- was not weighed, pieces where any of it was not counted or they are in two units.
select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    lots.product_id,
    products.product_code,
    case when count(*) = count(inside.quantity_kg) then sum(inside.quantity_kg) end as quantity_kg,
    case
        when count(*) = count(inside.quantity) and count(distinct inside.unit) = 1
            then sum(inside.quantity)
    end as quantity,
    case
        when count(*) = count(inside.quantity) and count(distinct inside.unit) = 1
            then min(inside.unit)
    end as unit
from lots_of_unit(:sscc) as inside
inner join lots on inside.lot_id = lots.lot_id
left join products on lots.product_id = products.product_id
group by lots.lot_id, lots.lot_code, lots.lot_type, lots.product_id, products.product_code
order by lots.lot_id;

-- name: unit_known
-- Whether anything was ever put into a unit.
select exists (select from packings where sscc = :sscc) as is_known;

-- name: unit_stands_on
-- The unit that a unit stands in or on; none: on the floor.
select packed.sscc from packed where packed.inner_sscc = :sscc limit 1;

-- name: is_around
-- Whether one unit is another, or has it in it, directly or not.
select :outer_sscc in (select around.sscc from units_around(:sscc) as around) as is_around;

-- name: outermost_unit
-- The unit on the floor: the asked one, or what it stands on in the end.
select around.sscc
from units_around(:sscc) as around
where not exists (select from packed where packed.inner_sscc = around.sscc);

-- name: does_pallet_rule_hold
-- Whether a rule about pallets that these types stand on held at a moment, or all of the time from it
-- until another.
select exists (
    select from process_rules
    where
        rule = :rule
        and not is_retired
        and coalesce(in_force_from <= :at, true)
        and coalesce(in_force_until >= cast(:until as timestamptz), in_force_until > :at, true)
        and (lot_type is null or lot_type = any(cast(:lot_types as text [])))
) as does_hold;

-- name: lines_on_unit
-- What has left on a unit, on one in it or on one that it stands on: lines that stand, oldest first.
with recursive inside (sscc) as (
    select cast(:sscc as text)
    union
    select packed.inner_sscc
    from inside
    inner join packed on inside.sscc = packed.sscc
    where packed.inner_sscc is not null
),

family as (
    select inside.sscc from inside
    union
    select around.sscc from units_around(:sscc) as around
)

select
    shipments.shipment_code,
    shipments.sscc,
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    lots.product_id,
    partners.partner_code as customer_code,
    partners.name as customer_name
from family
inner join shipments on family.sscc = search_key(shipments.sscc)
inner join lots on shipments.lot_id = lots.lot_id
inner join partners on shipments.customer_id = partners.partner_id
order by shipments.shipment_id;

-- name: unit_shipped
-- The shipment that a unit left with, itself or on what it stands on.
select
    shipments.shipment_code,
    shipments.sscc,
    partners.name as customer_name,
    shipments.happened_at,
    shipments.happened_until
from shipments
inner join partners on shipments.customer_id = partners.partner_id
where search_key(shipments.sscc) in (select around.sscc from units_around(:sscc) as around)
order by shipments.shipment_id
limit 1;

-- name: packed_of_lot
-- How much of a lot stands in units that are still here: kilograms of what was weighed, and in how many
-- it stands unweighed.
select
    coalesce(sum(packed.quantity_kg), 0) as kg,
    count(*) - count(packed.quantity_kg) as unweighed_count
from packed
where
    packed.lot_id = :lot_id
    and not exists (
        select from shipments
        where
            search_key(shipments.sscc)
            in (select around.sscc from units_around(packed.sscc) as around)
    );

-- name: units_holding_lot
-- The units, still here, in which a lot stands packed, the fullest first.
select packed.sscc
from packed
where
    packed.lot_id = :lot_id
    and not exists (
        select from shipments
        where
            search_key(shipments.sscc)
            in (select around.sscc from units_around(packed.sscc) as around)
    )
order by packed.quantity_kg desc nulls last, packed.sscc;

-- name: write_packing
insert into facts.packings (
    sscc, kind, lot_id, inner_sscc, quantity_kg, quantity, unit, operator_id, happened_at
)
values (
    :sscc, :kind, :lot_id, :inner_sscc, :quantity_kg, :quantity, :unit, :operator_id, :happened_at
)
returning packing_id;

-- name: packed_since
-- Whether something of the same lot or unit was packed, or taken out of the same unit, after a row.
select exists (
    select from packings
    where
        packings.packing_id > :packing_id
        and (packings.lot_id = :lot_id or packings.inner_sscc = :inner_sscc)
        and packings.kind <> :kind
        and (packings.sscc = :sscc or packings.kind = 'PACKED')
) as is_used;

-- name: packings_of_unit
-- What was put into a unit and taken out of it, newest first.
select
    packings.packing_id,
    packings.happened_at,
    case
        when
            packings.operator_id is not null
            and not exists (
                select from facts.lot_voids as renames
                where renames.renamed_id = packings.lot_id and renames.row_xid = packings.row_xid
            )
            then packings.recorded_at
    end as entered_at,
    packings.kind,
    lots.lot_code,
    packings.inner_sscc,
    packings.quantity_kg,
    packings.quantity,
    packings.unit,
    users.full_name as recorded_by
from packings
left join lots on packings.lot_id = lots.lot_id
left join users on packings.operator_id = users.user_id
where packings.sscc = :sscc
order by packings.packing_id desc;

-- name: units_newest
-- The units that something was put into last, with what is in them and how they left.
select
    units.sscc,
    units.packed_at,
    inside.lots_count,
    inside.lot_codes,
    inside.quantity_kg,
    inside.quantity,
    inside.unit,
    stands.sscc as stands_on,
    shipped.shipment_code
from (
    select
        packings.sscc,
        max(packings.happened_at) as packed_at,
        max(packings.packing_id) as last_id
    from packings
    where cast(:search as text) is null or position(:search in packings.sscc) > 0
    group by packings.sscc
    order by last_id desc
    limit :newest
) as units
left join lateral (
    select
        count(distinct lots.lot_id) as lots_count,
        string_agg(distinct lots.lot_code, ', ') as lot_codes,
        case when count(*) = count(of_unit.quantity_kg) then sum(of_unit.quantity_kg) end as quantity_kg,
        case
            when count(*) = count(of_unit.quantity) and count(distinct of_unit.unit) = 1
                then sum(of_unit.quantity)
        end as quantity,
        case
            when count(*) = count(of_unit.quantity) and count(distinct of_unit.unit) = 1
                then min(of_unit.unit)
        end as unit
    from lots_of_unit(units.sscc) as of_unit
    inner join lots on of_unit.lot_id = lots.lot_id
) as inside on true
left join lateral (
    select packed.sscc from packed where packed.inner_sscc = units.sscc limit 1
) as stands on true
left join lateral (
    select shipments.shipment_code
    from shipments
    where search_key(shipments.sscc) in (select around.sscc from units_around(units.sscc) as around)
    order by shipments.shipment_id
    limit 1
) as shipped on true
order by units.last_id desc;

-- name: units_traced
-- In which units these lots lie, what those stand on in the end, and the shipment they left with: set
-- by set, however many units there are.
with recursive held as materialized (
    select
        sscc,
        lot_id,
        quantity_kg,
        quantity,
        unit,
        packed_at
    from packed
    where lot_id = any(cast((select cast(:lot_ids as bigint [])) as bigint []))
),

around (unit, inside, sscc) as (
    select distinct
        sscc as unit,
        cast(null as text) as inside,
        sscc
    from held
    union
    select
        around.unit,
        around.sscc as inside,
        stands.sscc
    from around
    cross join lateral (
        select packed.sscc from packed where packed.inner_sscc = around.sscc offset 0
    ) as stands
),

outermost as materialized (
    select
        around.unit,
        min(around.sscc) as sscc
    from around
    left join around as further on around.unit = further.unit and around.sscc = further.inside
    where further.unit is null
    group by around.unit
),

departures as materialized (
    select distinct on (around.unit)
        around.unit,
        shipments.shipment_code,
        partners.name as customer_name,
        shipments.happened_at as left_at,
        shipments.happened_until as left_until
    from around
    inner join shipments on around.sscc = search_key(shipments.sscc)
    inner join partners on shipments.customer_id = partners.partner_id
    order by around.unit, shipments.shipment_id
)

select
    held.lot_id,
    held.sscc,
    coalesce(outermost.sscc, held.sscc) as outermost_sscc,
    held.quantity_kg,
    held.quantity,
    held.unit,
    held.packed_at,
    departures.shipment_code,
    departures.customer_name,
    departures.left_at,
    departures.left_until
from held
left join outermost on held.sscc = outermost.unit
left join departures on held.sscc = departures.unit;

-- name: packing_written
-- A row as it was written.
select
    packings.packing_id,
    packings.sscc,
    packings.kind,
    packings.lot_id,
    lots.lot_code,
    packings.inner_sscc,
    packings.quantity_kg,
    packings.quantity,
    packings.unit,
    packings.operator_id,
    packings.happened_at,
    packings.recorded_at
from packings
left join lots on packings.lot_id = lots.lot_id
where packings.packing_id = :packing_id;

-- name: lots_that_keep_unit
-- The lots of a unit and of the units in it that may not leave as they are: stopped, or expired.
select
    lots.lot_code,
    states.disposition,
    coalesce(lots.expires_on < (select site_date()), false) as is_expired
from lots
inner join lot_states(
    array(select inside.lot_id from lots_of_unit(:sscc) as inside)
) as states on lots.lot_id = states.lot_id
where
    states.disposition in ('hold', 'rejected', 'stopped')
    or lots.expires_on < (select site_date())
order by lots.lot_code;

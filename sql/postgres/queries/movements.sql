-- name: write_movement
insert into facts.movements (
    lot_id, kind, quantity_kg, quantity, unit, reason, partner_id, shipment_id, operator_id, happened_at,
    happened_until, place_id
) values (
    :lot_id, :kind, :quantity_kg, :quantity, :unit, :reason, :partner_id, :shipment_id, :operator_id,
    :happened_at, :happened_until, :place_id
)
returning
    movement_id, lot_id, kind, quantity_kg, quantity, unit, reason, partner_id, shipment_id, operator_id,
    happened_at, happened_until, recorded_at;

-- name: partner_id
select partner_id from partners where partner_code = :code;

-- name: supplier_of_lot
select supplier_id from lots where lot_id = :lot_id;

-- name: lines_shipped
-- The lines of a lot that left the plant, each with what came back of it: all, or those of a shipment.
select
    shipments.shipment_id,
    shipments.shipment_code,
    partners.name as customer_name,
    shipments.quantity_kg,
    shipments.quantity,
    shipments.unit,
    shipments.happened_at,
    shipments.happened_until,
    shipments.sscc,
    coalesce(sum(movements.quantity_kg), 0) as returned_kg,
    coalesce(sum(movements.quantity) filter (where movements.unit = shipments.unit), 0)
        as returned_quantity
from shipments
inner join partners on shipments.customer_id = partners.partner_id
left join movements on shipments.shipment_id = movements.shipment_id
where
    shipments.lot_id = :lot_id
    and (cast(:shipment_code as text) is null or shipments.shipment_code = :shipment_code)
group by shipments.shipment_id, shipments.shipment_code, partners.name, shipments.quantity_kg,
    shipments.quantity, shipments.unit, shipments.happened_at, shipments.happened_until, shipments.sscc
order by shipments.happened_at desc, shipments.shipment_id desc;

-- name: movements_of_lot
-- What else happened to a lot; of a count, by how much it differed from what was there before it.
select
    movements.movement_id,
    movements.happened_at,
    movements.happened_until,
    case
        when
            movements.operator_id is not null
            and not exists (
                select from facts.lot_voids as renames
                where renames.renamed_id = movements.lot_id and renames.row_xid = movements.row_xid
            )
            then movements.recorded_at
    end as entered_at,
    movements.kind,
    movements.quantity_kg,
    movements.quantity,
    movements.unit,
    case
        when movements.kind = 'COUNTED' and rest.is_known then movements.quantity_kg - rest.at_most_kg
    end as difference_kg,
    movements.reason,
    shipments.shipment_code,
    places.label as place,
    coalesce(partners.name, customers.name) as partner_name,
    users.full_name as recorded_by,
    signatures.signed_name,
    signatures.signed_role,
    signatures.meaning,
    signatures.method,
    signatures.recorded_at as signed_at,
    encode(signatures.signed_hash, 'hex') as signed_hash
from movements
inner join lots on movements.lot_id = lots.lot_id
left join lateral lot_left(
    lots.lot_id, lots.weight_kg, movements.happened_at,
    movements.recorded_at - interval '1 microsecond'
) as rest on movements.kind = 'COUNTED'
left join partners on movements.partner_id = partners.partner_id
left join facts.shipments as shipments on movements.shipment_id = shipments.shipment_id
left join partners as customers on shipments.customer_id = customers.partner_id
left join places on movements.place_id = places.place_id
left join users on movements.operator_id = users.user_id
left join facts.decision_signatures as signatures
    on movements.movement_id = signatures.movement_id
where movements.lot_id = :lot_id
order by movements.happened_at desc, movements.movement_id desc;

-- name: movement_to_void
select
    movements.movement_id as fact_id,
    movements.lot_id,
    'The movement ' || movements.kind || ' of lot ' || lots.lot_code as named,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    users.full_name as voided_by
from facts.movements
inner join facts.lots on movements.lot_id = lots.lot_id
left join facts.movement_voids as voids on movements.movement_id = voids.movement_id
left join users on voids.operator_id = users.user_id
where movements.movement_id = :fact_id;

-- name: write_movement_void
insert into facts.movement_voids (movement_id, reason, operator_id, happened_at)
values (:fact_id, :reason, :operator_id, :happened_at)
returning void_id;

-- name: left_of_weight
-- What the lot would have left of another weight, until it was counted first.
select
    rest.at_most_kg,
    rest.is_known
from lot_left(:lot_id, :weight_kg, '-infinity', '-infinity') as rest;

-- name: lot_left
-- What a lot had left when something happened to it that is recorded now: see the function.
select
    rest.at_most_kg,
    rest.is_known
from lots
cross join lateral lot_left(lots.lot_id, lots.weight_kg, :at, 'infinity') as rest
where lots.lot_id = :lot_id;

-- name: units_left
-- What a lot had left in its own unit when something happened to it that is recorded now: see the
-- function; no row where it has no such amount.
select
    rest.at_most_quantity,
    rest.is_known,
    lots.unit
from lots
cross join lateral units_left(lots.lot_id, lots.quantity, lots.unit, :at, 'infinity') as rest
where lots.lot_id = :lot_id;

-- name: left_after_count
-- What a lot would have at most if so much had been found of it at a moment; null: nobody can say, or a
-- later count says it.
select
    case
        when not coalesce(bool_or(flows.is_count or flows.sign = 1 and flows.quantity_kg is null), false)
            then cast(:found_kg as numeric) + coalesce(sum(flows.sign * flows.quantity_kg), 0)
    end as kg
from (
    select
        -1 as sign,
        coalesce(quantity_kg, unallotted_kg) as quantity_kg,
        false as is_count,
        happened_at
    from lot_genealogy
    where parent_lot_id = :lot_id
    union all
    select -1, quantity_kg, false, happened_at
    from shipments
    where lot_id = :lot_id
    union all
    select case kind when 'RETURNED' then 1 else -1 end, quantity_kg, kind = 'COUNTED', happened_at
    from movements
    where lot_id = :lot_id and kind <> 'DOWNGRADED'
) as flows
where flows.happened_at > :at;

-- What of which lot lies in which logistic unit, what that stands on, and how it left.
--
-- grain: sscc, lot_id
-- columns:
--   sscc            the unit that the lot lies in
--   lot_id          the lot
--   quantity_kg     what was put in less what was taken out; null: some of it was not weighed
--   quantity        the same in a unit; null: not all was said in one unit
--   unit            that unit
--   outermost_sscc  what the unit stands on in the end; itself where it stands on none
--   left_on_sscc    the unit that its shipment names: itself, or one that it stands on; null: it is here
--   shipment_id     the first line that names it; null: it is here
--
-- The record's view of that name says the same live. What was taken out without kilograms was all there
-- was. Units in a circle, which only a wrong import could bring, are each their own outermost.

with recursive

emptied as (
    select
        sscc,
        lot_id,
        inner_sscc,
        max(packing_id) as packing_id
    from raw.packings
    where kind = 'UNPACKED' and quantity_kg is null
    group by all
),

held as (
    select
        packings.sscc,
        packings.lot_id,
        packings.inner_sscc,
        case
            when count(*) = count(packings.quantity_kg)
                then sum(if(packings.kind = 'PACKED', 1, -1) * packings.quantity_kg)
        end as quantity_kg,
        case
            when count(*) = count(packings.quantity) and min(packings.unit) = max(packings.unit)
                then sum(if(packings.kind = 'PACKED', 1, -1) * packings.quantity)
        end as quantity,
        case
            when count(*) = count(packings.quantity) and min(packings.unit) = max(packings.unit)
                then min(packings.unit)
        end as unit
    from raw.packings as packings
    left join emptied
        on
            packings.sscc = emptied.sscc
            and packings.lot_id is not distinct from emptied.lot_id
            and packings.inner_sscc is not distinct from emptied.inner_sscc
    where packings.packing_id > coalesce(emptied.packing_id, 0)
    group by packings.sscc, packings.lot_id, packings.inner_sscc
    having
        count(*) > count(packings.quantity_kg)
        or sum(if(packings.kind = 'PACKED', 1, -1) * packings.quantity_kg) > 0
),

around (unit, inside, sscc) as (
    select distinct
        sscc,
        cast(null as varchar),
        sscc
    from held
    where lot_id is not null
    union
    select
        around.unit,
        around.sscc,
        held.sscc
    from around
    inner join held on around.sscc = held.inner_sscc
),

outermost as (
    select
        around.unit,
        min(around.sscc) as sscc
    from around
    anti join around as further on around.unit = further.unit and around.sscc = further.inside
    group by around.unit
),

departures as (
    select
        around.unit,
        min(shipments.shipment_id) as shipment_id,
        arg_min(around.sscc, shipments.shipment_id) as sscc
    from around
    inner join raw.shipments as shipments
        on around.sscc = regexp_replace(shipments.sscc, '[^0-9]', '', 'g')
    group by around.unit
)

select
    held.sscc,
    held.lot_id,
    held.quantity_kg,
    held.quantity,
    held.unit,
    coalesce(outermost.sscc, held.sscc) as outermost_sscc,
    departures.sscc as left_on_sscc,
    departures.shipment_id
from held
left join outermost on held.sscc = outermost.unit
left join departures on held.sscc = departures.unit
where held.lot_id is not null

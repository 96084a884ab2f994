-- What each received lot would drag along if it were bad today.
--
-- kind: reaching rows
-- grain: lot_id
-- columns:
--   lot_id              a lot that nothing went into
--   lot_code            its code
--   lot_type            its type
--   received_on         its day, in the site's zone
--   lots_count          lots made from it, directly or through others
--   steps_furthest      most of the fewest steps to one of them; 0: nothing was made from it
--   days_spread         days from it to the last of them
--   customers_count     customers that something of them, or of it, was shipped to
--   on_hand_kg          kilograms still here of them and of it: to hold; those unknown not counted
--   shipped_kg          kilograms of them and of it that left: to recall
--   suspect_on_hand_kg  part of on_hand_kg that came from the lot, by shares that are known
--   suspect_shipped_kg  part of shipped_kg that came from the lot, by shares that are known
--   unknown_count       of these lots, those whose weight or share, or what they gave out, is unknown
--
-- Kilograms are counted where they rest, on hand or shipped, so no kilogram counts twice on its way
-- through the stages.

with

received as (
    select lot_id
    from raw.lots
    where
        lot_id not in (
            select child_lot_id
            from raw.lot_genealogy
            -- where child_lot_id is to be made
        )
        -- and lot_id is to be made
),

reached as (
    select
        ancestor_lot_id as lot_id,
        descendant_lot_id as reached_lot_id,
        steps,
        share
    from genealogy.closure
    where ancestor_lot_id in (select lot_id from received)
    union all
    select
        lot_id,
        lot_id as reached_lot_id,
        0 as steps,
        1.0 as share
    from received
),

rests as (
    select
        balance.lot_id,
        case when balance.on_hand_kg > 0 then balance.on_hand_kg else 0 end as on_hand_kg,
        balance.shipped_kg,
        balance.weight_kg is null or balance.unknown_quantities_count > 0 as is_unknown,
        timezone(getvariable('site_zone'), lots.happened_at)::date as made_on
    from genealogy.mass_balance as balance
    inner join raw.lots as lots on balance.lot_id = lots.lot_id
),

summed as (
    select
        reached.lot_id,
        count(*) - 1 as lots_count,
        max(reached.steps) as steps_furthest,
        max(rests.made_on) as last_made_on,
        sum(rests.on_hand_kg) as on_hand_kg,
        sum(rests.shipped_kg) as shipped_kg,
        coalesce(sum(rests.on_hand_kg::double * reached.share), 0) as suspect_on_hand_kg,
        coalesce(sum(rests.shipped_kg::double * reached.share), 0) as suspect_shipped_kg,
        count(*) filter (rests.is_unknown or reached.share is null) as unknown_count
    from reached
    inner join rests on reached.reached_lot_id = rests.lot_id
    group by reached.lot_id
),

customers as (
    select
        reached.lot_id,
        count(distinct shipments.customer_id) as customers_count
    from reached
    inner join raw.shipments as shipments on reached.reached_lot_id = shipments.lot_id
    group by reached.lot_id
)

select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    timezone(getvariable('site_zone'), lots.happened_at)::date as received_on,
    summed.lots_count,
    summed.steps_furthest,
    summed.last_made_on
    - timezone(getvariable('site_zone'), lots.happened_at)::date as days_spread,
    coalesce(customers.customers_count, 0) as customers_count,
    summed.on_hand_kg,
    summed.shipped_kg,
    summed.suspect_on_hand_kg,
    summed.suspect_shipped_kg,
    summed.unknown_count
from summed
inner join raw.lots as lots on summed.lot_id = lots.lot_id
left join customers on summed.lot_id = customers.lot_id

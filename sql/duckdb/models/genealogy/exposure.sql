-- What each received lot would drag along if it were bad today.
--
-- kind: reaching rows
-- grain: lot_id
-- columns:
--   lot_id                       a lot that nothing went into
--   lot_code                     its code
--   lot_type                     its type
--   received_on                  its day, in the site's zone
--   lots_count                   lots made from it, directly or through others
--   steps_furthest               most of the fewest steps to one of them; 0: nothing was made of it
--   days_spread                  days from it to the last of them
--   customers_count              customers that something of them, or of it, was shipped to
--   on_hand_kg                   kilograms still here of them and of it: to hold; null: unknown
--   on_hand_at_least_kg          then, what lots of which all is known have
--   shipped_kg                   kilograms of them and of it that left and didn't come back: to
--                                recall; null: unknown
--   shipped_at_least_kg          then, what is known to be there
--   suspect_on_hand_kg           part of on_hand_kg that came from the lot; null: unknown
--   suspect_on_hand_at_least_kg  then, by the shares and kilograms that are known
--   suspect_shipped_kg           part of shipped_kg that came from the lot; null: unknown
--   suspect_shipped_at_least_kg  then, by the shares and kilograms that are known
--   unknown_count                of these lots, those whose weight or share, or what they gave out,
--                                is unknown, and those that gave out more than they weighed
--
-- Kilograms are counted where they rest, on hand or with customers, so no kilogram counts twice on its way
-- through the stages. A plain sum is told only where every part of it is known exactly.

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
        balance.on_hand_kg,
        balance.away_kg as shipped_kg,
        coalesce(balance.away_kg, balance.away_at_least_kg) as shipped_at_least_kg,
        balance.on_hand_kg is null or balance.away_kg is null as is_unknown,
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
        coalesce(sum(rests.on_hand_kg), 0) as on_hand_kg,
        count(*) = count(rests.on_hand_kg) as is_on_hand_known,
        sum(rests.shipped_at_least_kg) as shipped_kg,
        count(*) = count(rests.shipped_kg) as is_shipped_known,
        coalesce(sum(rests.on_hand_kg::double * reached.share), 0) as suspect_on_hand_kg,
        coalesce(sum(rests.shipped_at_least_kg::double * reached.share), 0) as suspect_shipped_kg,
        count(*) filter (
            rests.on_hand_kg is null or (rests.on_hand_kg <> 0 and reached.share is null)
        ) = 0 as is_suspect_on_hand_known,
        count(*) filter (
            rests.shipped_kg is null or (rests.shipped_kg <> 0 and reached.share is null)
        ) = 0 as is_suspect_shipped_known,
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
    case when is_on_hand_known then summed.on_hand_kg end as on_hand_kg,
    case when not is_on_hand_known then summed.on_hand_kg end as on_hand_at_least_kg,
    case when is_shipped_known then summed.shipped_kg end as shipped_kg,
    case when not is_shipped_known then summed.shipped_kg end as shipped_at_least_kg,
    case when is_suspect_on_hand_known then summed.suspect_on_hand_kg end as suspect_on_hand_kg,
    case
        when not is_suspect_on_hand_known then summed.suspect_on_hand_kg
    end as suspect_on_hand_at_least_kg,
    case when is_suspect_shipped_known then summed.suspect_shipped_kg end as suspect_shipped_kg,
    case
        when not is_suspect_shipped_known then summed.suspect_shipped_kg
    end as suspect_shipped_at_least_kg,
    summed.unknown_count
from summed
inner join raw.lots as lots on summed.lot_id = lots.lot_id
left join customers on summed.lot_id = customers.lot_id

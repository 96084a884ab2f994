-- More went from a place than can have stood there: a wrong place, lot or weight, or a move that nobody recorded.
-- severity: warning
-- bears on: lots
--
-- Whoever enters a move is held to this; an import is taken as it was. What can have stood there is what
-- came there since all of the lot last went to one place, or all that stood there away, less what left
-- there by name. Of a lot that was counted, or of which something with a place is known by its day or
-- month only, nobody is accused. Of each lot and place the first is named: later ones may follow from it.

with unweighed as (select 900000000000::decimal(18, 6) as kg),  -- more than any plant has

flows as (
    select
        lot_id, happened_at, recorded_at, 0 as first_to_last, true as is_move, from_place_id,
        place_id as to_place_id, quantity_kg, quantity is null and quantity_kg is null as is_all,
        happened_until
    from raw.moves
    union all by name
    select
        lot_id, happened_at, recorded_at, 1 as first_to_last, false as is_move, from_place_id,
        null as to_place_id, quantity_kg, happened_until
    from raw.shipments
    where from_place_id is not null
    union all by name
    select
        lot_id, happened_at, recorded_at, 1 as first_to_last, false as is_move,
        case when kind <> 'RETURNED' then place_id end as from_place_id,
        case when kind = 'RETURNED' then place_id end as to_place_id,
        quantity_kg, happened_until
    from raw.movements
    where place_id is not null
),

judged as (
    select lot_id from flows
    group by lot_id
    having bool_and(happened_until is null)
    except
    select lot_id from raw.movements
    where kind = 'COUNTED'
),

returned as (
    select
        lot_id,
        sum(coalesce(quantity_kg, unweighed.kg)) as kg
    from raw.movements
    cross join unweighed
    where kind = 'RETURNED'
    group by lot_id
),

ordered as (
    select
        flows.*,
        row_number() over (
            partition by flows.lot_id order by flows.happened_at, flows.recorded_at, flows.first_to_last
        ) as step,
        -- No more than this can be anywhere.
        coalesce(lots.weight_kg, unweighed.kg) + coalesce(returned.kg, 0) as most_kg,
        lots.lot_code
    from flows
    inner join judged on flows.lot_id = judged.lot_id
    inner join raw.lots as lots on flows.lot_id = lots.lot_id
    left join returned on flows.lot_id = returned.lot_id
    cross join unweighed
),

since as (
    select
        taken.lot_id,
        taken.step,
        coalesce(max(earlier.step), 0) as emptied_step,
        coalesce(arg_max(
            case
                when earlier.from_place_id is null and earlier.to_place_id = taken.from_place_id
                    then earlier.most_kg
                else 0
            end, earlier.step
        ), 0) as began_with_kg
    from ordered as taken
    left join ordered as earlier
        on
            taken.lot_id = earlier.lot_id
            and earlier.step < taken.step
            and earlier.is_all
            and (earlier.from_place_id is null or earlier.from_place_id = taken.from_place_id)
    where taken.from_place_id is not null
    group by taken.lot_id, taken.step
),

stood as (
    select
        taken.lot_code,
        taken.from_place_id,
        taken.step,
        taken.quantity_kg,
        taken.happened_at,
        any_value(since.began_with_kg)
        + coalesce(sum(coalesce(between_them.quantity_kg, between_them.most_kg))
            filter (where between_them.to_place_id = taken.from_place_id), 0)
        - coalesce(sum(between_them.quantity_kg)
            filter (where between_them.from_place_id = taken.from_place_id), 0) as at_most_kg
    from ordered as taken
    inner join since on taken.lot_id = since.lot_id and taken.step = since.step
    left join ordered as between_them
        on
            taken.lot_id = between_them.lot_id
            and between_them.step > since.emptied_step
            and between_them.step < taken.step
    group by
        taken.lot_code, taken.from_place_id, taken.step, taken.quantity_kg, taken.happened_at
    union all by name
    -- Without a place it came from anywhere, and that is all there is.
    select
        lot_code,
        null as from_place_id,
        step,
        quantity_kg,
        happened_at,
        most_kg as at_most_kg
    from ordered
    where is_move and from_place_id is null
)

select
    stood.lot_code,
    places.place_code,
    stood.quantity_kg,
    greatest(stood.at_most_kg, 0) as at_most_kg,
    stood.happened_at
from stood
left join raw.places as places on stood.from_place_id = places.place_id
where stood.at_most_kg < stood.quantity_kg or (stood.at_most_kg <= 0 and places.place_id is not null)
qualify row_number() over (partition by stood.lot_code, stood.from_place_id order by stood.step) = 1
order by stood.lot_code, stood.happened_at

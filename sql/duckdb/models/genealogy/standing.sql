-- Where each lot that is not known to be used up stands, and how much of it is there.
--
-- made with: sql/genealogy/taught_stands.py, sql/genealogy/stand_orders.py, sql/genealogy/stands.py
-- made with: sql/genealogy/flows.py
-- grain: lot_id, place_id
-- columns:
--   lot_id               a lot of which something is or may be left
--   lot_code             its code
--   place_id             where it stands, or may stand; null: nobody said where
--   place_code           that place's code
--   place                its code, name and site, as people read it
--   on_hand_kg           kilograms of it there; null: not known exactly
--   on_hand_at_most_kg   then, no more than this; null: nobody knows
--   on_hand_at_least_kg  then, no less than this; null: nothing is sure to be there
--
-- What happened to a lot is followed by `stands_of` (`sql/genealogy/taught_stands.py`), as a trace does
-- live. Of a lot that stands in one place, all that is on hand by its balance is there. Where the lot came
-- to be says nothing here: nobody said that it stands there still.

with

here as (
    select
        balance.lot_id,
        balance.lot_code,
        balance.weight_kg,
        balance.on_hand_kg,
        balance.on_hand_at_most_kg
    from genealogy.mass_balance as balance
    left join genealogy.unit_balance as counted on balance.lot_id = counted.lot_id
    where
        coalesce(balance.on_hand_kg, balance.on_hand_at_most_kg, 1) <> 0
        and coalesce(counted.on_hand_quantity, 1) <> 0
),

placed as (
    select lot_id
    from raw.moves
    union
    select lot_id
    from raw.movements
    where kind = 'RETURNED' and place_id is not null
),

flows as (
    select
        lot_id, 'MOVED' as what, quantity_kg, quantity is not null as is_some, place_id as to_place_id, from_place_id, happened_at,
        happened_until, recorded_at, 0 as first_to_last
    from raw.moves
    union all by name
    select
        parent_lot_id as lot_id, 'LEFT' as what, coalesce(quantity_kg, unallotted_kg) as quantity_kg,
        happened_at, happened_until, recorded_at, 1 as first_to_last
    from raw.lot_genealogy
    union all by name
    select
        lot_id, 'LEFT' as what, quantity_kg, from_place_id, happened_at, happened_until, recorded_at,
        1 as first_to_last
    from raw.shipments
    union all by name
    select
        lot_id,
        case kind when 'RETURNED' then 'CAME' when 'COUNTED' then 'COUNTED' else 'LEFT' end as what,
        quantity_kg,
        case when kind = 'RETURNED' then place_id end as to_place_id,
        case when kind <> 'RETURNED' then place_id end as from_place_id,
        happened_at, happened_until, recorded_at, 1 as first_to_last
    from raw.movements
    where kind <> 'DOWNGRADED'
),

stood as (
    select
        here.lot_id,
        stands_of(
            any_value(here.weight_kg),
            list(
                {
                    'what': flows.what,
                    'quantity_kg': flows.quantity_kg,
                    'is_some': coalesce(flows.is_some, false),
                    'to_place_id': flows.to_place_id,
                    'from_place_id': flows.from_place_id,
                    'happened_us': epoch_us(flows.happened_at),
                    'until_us': epoch_us(coalesce(flows.happened_until, flows.happened_at))
                }
                order by flows.happened_at, flows.recorded_at, flows.first_to_last
            )
        ) as stands
    from here
    inner join placed on here.lot_id = placed.lot_id
    inner join flows on here.lot_id = flows.lot_id
    group by here.lot_id
),

apart as (
    select
        lot_id,
        unnest(stands) as part,
        len(stands) > 1 as is_in_several
    from stood
)

select
    here.lot_id,
    here.lot_code,
    apart.part.place_id as place_id,
    places.place_code,
    places.place_code || ' ' || places.name || coalesce(', ' || sites.name, '') as place,
    case when apart.is_in_several then apart.part.on_hand_kg else here.on_hand_kg end as on_hand_kg,
    case when apart.is_in_several then apart.part.on_hand_at_most_kg else here.on_hand_at_most_kg end
        as on_hand_at_most_kg,
    case when apart.is_in_several then apart.part.on_hand_at_least_kg end as on_hand_at_least_kg
from here
left join apart on here.lot_id = apart.lot_id
left join raw.places as places on apart.part.place_id = places.place_id
left join raw.partners as sites on places.partner_id = sites.partner_id

-- What each lot weighed, what went in, what went out, and what should still be there.
--
-- kind: own rows
-- grain: lot_id
-- columns:
--   lot_id                    the lot
--   lot_code                  its code
--   lot_type                  its type
--   weight_kg                 received or produced; null: unknown
--   inputs_kg                 known kilograms of its parents in it
--   into_children_kg          known kilograms of it in its children
--   shipped_kg                known kilograms of it that left for customers
--   on_hand_kg                what should still be there; below zero: it gave out too much
--   accounted_ratio           into children and shipped, of its weight
--   yield_ratio               its weight, of its inputs; null for a lot without parents
--   yield_is_off              whether its yield differs from 1 by more than its type allows
--   unknown_quantities_count  links and shipments of it whose kilograms are unknown

with

given as (
    select
        parent_lot_id as lot_id,
        sum(quantity_kg) as into_children_kg,
        count(*) - count(quantity_kg) as unknown_count
    from raw.lot_genealogy
    -- where parent_lot_id is to be made
    group by parent_lot_id
),

taken as (
    select
        child_lot_id as lot_id,
        sum(quantity_kg) as inputs_kg,
        count(*) - count(quantity_kg) as unknown_count
    from raw.lot_genealogy
    -- where child_lot_id is to be made
    group by child_lot_id
),

shipped as (
    select
        lot_id,
        sum(quantity_kg) as shipped_kg,
        count(*) - count(quantity_kg) as unknown_count
    from raw.shipments
    -- where lot_id is to be made
    group by lot_id
),

added as (
    select
        lots.lot_id,
        lots.lot_code,
        lots.lot_type,
        lots.weight_kg,
        coalesce(taken.inputs_kg, 0) as inputs_kg,
        coalesce(given.into_children_kg, 0) as into_children_kg,
        coalesce(shipped.shipped_kg, 0) as shipped_kg,
        coalesce(taken.unknown_count, 0) as unknown_inputs_count,
        coalesce(given.unknown_count, 0) + coalesce(shipped.unknown_count, 0) as unknown_count
    from raw.lots as lots
    left join given on lots.lot_id = given.lot_id
    left join taken on lots.lot_id = taken.lot_id
    left join shipped on lots.lot_id = shipped.lot_id
    -- where lots.lot_id is to be made
),

measured as (
    select
        *,
        weight_kg - into_children_kg - shipped_kg as on_hand_kg,
        ((into_children_kg + shipped_kg) / nullif(weight_kg, 0))::double as accounted_ratio,
        case
            when unknown_inputs_count = 0 then (weight_kg / nullif(inputs_kg, 0))::double
        end as yield_ratio
    from added
)

select
    lot_id,
    lot_code,
    lot_type,
    weight_kg,
    inputs_kg,
    into_children_kg,
    shipped_kg,
    on_hand_kg,
    accounted_ratio,
    yield_ratio,
    coalesce(abs(yield_ratio - 1) > getvariable('yield_tolerances')[lot_type], false) as yield_is_off,
    unknown_count::bigint as unknown_quantities_count
from measured

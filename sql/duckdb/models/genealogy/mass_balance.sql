-- What each lot weighed, what went in, what went out, and what should still be there.
--
-- kind: own rows
-- grain: lot_id
-- columns:
--   lot_id                    the lot
--   lot_code                  its code
--   lot_type                  its type
--   weight_kg                 received or produced; null: unknown
--   inputs_kg                 kilograms of its parents in it; null: not all of them are known
--   inputs_at_least_kg        then, those that are known
--   into_children_kg          kilograms of it in its children; null: not all of them are known
--   into_children_at_least_kg then, those that are known
--   shipped_kg                kilograms of it that left for customers; null: not all are known
--   shipped_at_least_kg       then, those that are known
--   on_hand_kg                what should still be there; null: unknown, or it gave out too much
--   on_hand_at_most_kg        where what it gave out is not all known, what the known part leaves
--   overdrawn_kg              what it gave out beyond its weight; null: nothing, as far as is known
--   overdrawn_at_least_kg     the same where what it gave out is not all known
--   accounted_ratio           into children and shipped, of its weight; null: not all are known
--   yield_ratio               its weight, of its inputs; null for a lot without parents
--   yield_is_off              whether its yield differs from 1 by more than its type allows
--   unknown_quantities_count  links and shipments of it whose kilograms are unknown
--
-- A plain kilogram is told only where it is known exactly (sql/domain.md, Mass balance). The record's
-- `balance_of` says the same of a lot live.

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
        coalesce(taken.inputs_kg, 0) as known_inputs_kg,
        coalesce(given.into_children_kg, 0) as known_into_children_kg,
        coalesce(shipped.shipped_kg, 0) as known_shipped_kg,
        lots.weight_kg - known_into_children_kg - known_shipped_kg as left_kg,
        coalesce(taken.unknown_count, 0) as unknown_inputs_count,
        coalesce(given.unknown_count, 0) as unknown_links_count,
        coalesce(shipped.unknown_count, 0) as unknown_shipments_count,
        unknown_links_count + unknown_shipments_count as unknown_count
    from raw.lots as lots
    left join given on lots.lot_id = given.lot_id
    left join taken on lots.lot_id = taken.lot_id
    left join shipped on lots.lot_id = shipped.lot_id
    -- where lots.lot_id is to be made
),

measured as (
    select
        *,
        case
            when unknown_inputs_count = 0 then (weight_kg / nullif(known_inputs_kg, 0))::double
        end as yield_ratio
    from added
)

select
    lot_id,
    lot_code,
    lot_type,
    weight_kg,
    case when unknown_inputs_count = 0 then known_inputs_kg end as inputs_kg,
    case when unknown_inputs_count > 0 then known_inputs_kg end as inputs_at_least_kg,
    case when unknown_links_count = 0 then known_into_children_kg end as into_children_kg,
    case when unknown_links_count > 0 then known_into_children_kg end as into_children_at_least_kg,
    case when unknown_shipments_count = 0 then known_shipped_kg end as shipped_kg,
    case when unknown_shipments_count > 0 then known_shipped_kg end as shipped_at_least_kg,
    case when unknown_count = 0 and left_kg >= 0 then left_kg end as on_hand_kg,
    case when unknown_count > 0 and left_kg >= 0 then left_kg end as on_hand_at_most_kg,
    case when unknown_count = 0 and left_kg < 0 then -left_kg end as overdrawn_kg,
    case when unknown_count > 0 and left_kg < 0 then -left_kg end as overdrawn_at_least_kg,
    case
        when unknown_count = 0
            then ((known_into_children_kg + known_shipped_kg) / nullif(weight_kg, 0))::double
    end as accounted_ratio,
    yield_ratio,
    coalesce(abs(yield_ratio - 1) > getvariable('yield_tolerances')[lot_type], false) as yield_is_off,
    unknown_count::bigint as unknown_quantities_count
from measured

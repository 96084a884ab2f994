-- What each lot weighed, what went in, what went out and came back, and what should still be there.
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
--   moved_out_kg              waste, samples, destroyed, sent back, donated; null: not all are known
--   moved_out_at_least_kg     then, those that are known
--   returned_kg               what customers sent back; null: not all of it is known
--   returned_at_least_kg      then, what is known
--   away_kg                   shipped and not returned; null: not all of it is known
--   away_at_least_kg          then, at least so much
--   on_hand_kg                what should still be there; null: unknown, or it gave out too much
--   on_hand_at_most_kg        where what it gave out is not all known, what the known part leaves
--   overdrawn_kg              what it gave out beyond its weight; null: nothing, as far as is known
--   overdrawn_at_least_kg     the same where what it gave out is not all known
--   is_counted                whether somebody counted what was there
--   counted_difference_kg     what all its counts found beyond what was there before them; null: it
--                             was never counted, or not all that left it is known
--   accounted_ratio           what left it and didn't come back, and what was counted and is still
--                             there, of its weight; null: not all are known
--   quantity_check            passed: accounted for within the plant's band; failed: beyond it;
--                             incomplete: below it, with a rest that nobody counted, or not known
--   yield_ratio               its weight, of its inputs; null for a lot without parents
--   yield_is_off              whether its yield differs from 1 by more than its type allows
--   unknown_quantities_count  links, shipments and movements of it whose kilograms are unknown
--
-- A plain kilogram is told only where it is known exactly (sql/domain.md, Mass balance). The record's
-- `balance_of` says the same of a lot live.

with

given as (
    select
        parent_lot_id as lot_id,
        sum(coalesce(quantity_kg, unallotted_kg)) as into_children_kg,
        count(*) - count(coalesce(quantity_kg, unallotted_kg)) as unknown_count
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
        types.yield_tolerance_ratio,
        coalesce(taken.inputs_kg, 0) as known_inputs_kg,
        coalesce(given.into_children_kg, 0) as known_into_children_kg,
        coalesce(shipped.shipped_kg, 0) as known_shipped_kg,
        coalesce(moved.moved_out_kg, 0) as known_moved_out_kg,
        coalesce(moved.returned_kg, 0) as known_returned_kg,
        coalesce(taken.unknown_count, 0) as unknown_inputs_count,
        coalesce(given.unknown_count, 0) as unknown_links_count,
        coalesce(shipped.unknown_count, 0) as unknown_shipments_count,
        coalesce(moved.unknown_moved_out_count, 0) as unknown_moves_count,
        coalesce(moved.unknown_returns_count, 0) as unknown_back_count,
        unknown_links_count + unknown_shipments_count + unknown_moves_count + unknown_back_count
            as unknown_out_count,
        known_into_children_kg + known_shipped_kg + known_moved_out_kg - known_returned_kg as gone_kg,
        moved.unknown_since_count is not null as is_counted,
        case
            when is_counted then moved.unknown_since_count = 0 and moved.counted_kg is not null
            else unknown_out_count = 0
        end as is_left_known,
        case when is_counted then moved.counted_kg + moved.since_kg else lots.weight_kg - gone_kg end
            as left_kg,
        case
            when is_counted then moved.counted_kg + moved.since_at_most_kg
            else lots.weight_kg - gone_kg - known_returned_kg + coalesce(moved.returned_at_most_kg, 0)
        end as left_at_most_kg
    from raw.lots as lots
    left join given on lots.lot_id = given.lot_id
    left join taken on lots.lot_id = taken.lot_id
    left join shipped on lots.lot_id = shipped.lot_id
    left join genealogy.movement_sums as moved on lots.lot_id = moved.lot_id
    left join raw.lot_types as types on lots.lot_type = types.lot_type
    -- where lots.lot_id is to be made
),

measured as (
    select
        *,
        unknown_shipments_count + unknown_back_count as unknown_away_count,
        case
            when unknown_back_count > 0 then 0
            else greatest(known_shipped_kg - known_returned_kg, 0)
        end as known_away_kg,
        case
            when unknown_inputs_count = 0 then (weight_kg / nullif(known_inputs_kg, 0))::double
        end as yield_ratio,
        case
            when unknown_out_count = 0 and is_left_known
                then
                    (
                        (gone_kg + case when is_counted then left_kg else 0 end) / nullif(weight_kg, 0)
                    )::double
        end as accounted_ratio
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
    case when unknown_moves_count = 0 then known_moved_out_kg end as moved_out_kg,
    case when unknown_moves_count > 0 then known_moved_out_kg end as moved_out_at_least_kg,
    case when unknown_back_count = 0 then known_returned_kg end as returned_kg,
    case when unknown_back_count > 0 then known_returned_kg end as returned_at_least_kg,
    case when unknown_away_count = 0 then known_shipped_kg - known_returned_kg end as away_kg,
    case when unknown_away_count > 0 then known_away_kg end as away_at_least_kg,
    case when is_left_known and left_kg >= 0 then left_kg end as on_hand_kg,
    case when not is_left_known and left_at_most_kg >= 0 then left_at_most_kg end as on_hand_at_most_kg,
    case when is_left_known and left_kg < 0 then -left_kg end as overdrawn_kg,
    case when not is_left_known and left_at_most_kg < 0 then -left_at_most_kg end as overdrawn_at_least_kg,
    is_counted,
    case
        when is_counted and is_left_known and unknown_out_count = 0 then left_kg - (weight_kg - gone_kg)
    end as counted_difference_kg,
    accounted_ratio,
    case
        when accounted_ratio > getvariable('accounted_highest_ratio') then 'failed'
        when accounted_ratio >= getvariable('accounted_lowest_ratio') then 'passed'
        when accounted_ratio is not null and is_counted then 'failed'
        else 'incomplete'
    end as quantity_check,
    yield_ratio,
    coalesce(abs(yield_ratio - 1) > yield_tolerance_ratio, false) as yield_is_off,
    unknown_out_count::bigint as unknown_quantities_count
from measured

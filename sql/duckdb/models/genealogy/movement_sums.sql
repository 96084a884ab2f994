-- What movements say of a lot's kilograms, for its balance; a lot that nothing was moved of has no row.
--
-- kind: own rows
-- grain: lot_id
-- columns:
--   lot_id                    the lot
--   moved_out_kg              waste, samples, destroyed, sent back and donated, as far as known
--   unknown_moved_out_count   how many of these are of unknown weight
--   returned_kg               what customers sent back, as far as known
--   unknown_returns_count     how many returns are of unknown weight
--   returned_at_most_kg       so much came back at most; of a lot that was counted, see since_at_most_kg
--   counted_kg                what its last count found; null: it was never counted, or in a unit alone
--   since_kg                  what came and went after that, together, as far as known
--   since_at_most_kg          the most that it may come to; null: nobody knows
--   unknown_since_count       how many facts after it are of unknown weight; null: it was never counted
--   downgraded_kg             how much of it was downgraded, which moves nothing
--
-- The record's function of that name says the same of lots live. What happened in the same minute as a
-- count is after it where it was recorded later. Of a return of unknown weight as much may have come
-- back as was shipped of its line, and what came back of a line of unknown weight left with it before.

with

moved as (
    select
        *,
        kind in ('WASTE', 'SAMPLE', 'DESTROYED', 'SENT_BACK', 'DONATED') as is_out,
        kind = 'RETURNED' as is_back
    from raw.movements
    -- where lot_id is to be made
),

counts as (
    select
        lot_id,
        arg_max_null(quantity_kg, (happened_at, recorded_at)) as counted_kg,
        max((happened_at, recorded_at)) as at
    from moved
    where kind = 'COUNTED'
    group by lot_id
),

placed as (
    select
        moved.*,
        counts.at is null or (moved.happened_at, moved.recorded_at) > counts.at as is_since
    from moved
    left join counts on moved.lot_id = counts.lot_id
),

sums as (
    select
        lot_id,
        coalesce(sum(quantity_kg) filter (is_out), 0) as moved_out_kg,
        count(*) filter (is_out and quantity_kg is null) as unknown_moved_out_count,
        coalesce(sum(quantity_kg) filter (is_back), 0) as returned_kg,
        count(*) filter (is_back and quantity_kg is null) as unknown_returns_count,
        coalesce(sum(quantity_kg) filter (is_out and is_since), 0) as out_since_kg,
        coalesce(sum(quantity_kg) filter (is_back and is_since), 0) as back_since_kg,
        count(*) filter ((is_out or is_back) and is_since and quantity_kg is null)
            as unknown_moved_since_count,
        coalesce(sum(quantity_kg) filter (kind = 'DOWNGRADED'), 0) as downgraded_kg
    from placed
    group by lot_id
),

lines as (
    select
        placed.lot_id,
        any_value(shipments.quantity_kg) as line_kg,
        any_value(
            counts.at is null or (shipments.happened_at, shipments.recorded_at) > counts.at
        ) as is_since,
        coalesce(sum(placed.quantity_kg) filter (placed.is_since), 0) as since_kg,
        coalesce(sum(placed.quantity_kg) filter (not placed.is_since), 0) as before_kg,
        bool_or(placed.quantity_kg is null and placed.is_since) as is_unknown
    from placed
    left join raw.shipments as shipments on placed.shipment_id = shipments.shipment_id
    left join counts on placed.lot_id = counts.lot_id
    where placed.is_back
    group by placed.lot_id, placed.shipment_id
),

came_back as (
    select
        lot_id,
        case when count(*) = count(kg) then sum(kg) end as at_most_kg
    from (
        select
            lot_id,
            case
                when line_kg is not null and is_unknown then line_kg - before_kg
                when line_kg is null and is_since then 0
                when not is_unknown then since_kg
            end as kg
        from lines
    ) as bounds
    group by lot_id
),

given as (
    select
        counts.lot_id,
        coalesce(links.quantity_kg, links.unallotted_kg) as quantity_kg
    from counts
    inner join raw.lot_genealogy as links on counts.lot_id = links.parent_lot_id
    where (links.happened_at, links.recorded_at) > counts.at
    union all
    select
        counts.lot_id,
        shipments.quantity_kg
    from counts
    inner join raw.shipments as shipments on counts.lot_id = shipments.lot_id
    where (shipments.happened_at, shipments.recorded_at) > counts.at
),

taken as (
    select
        lot_id,
        coalesce(sum(quantity_kg), 0) as kg,
        count(*) - count(quantity_kg) as unknown_count
    from given
    group by lot_id
)

select
    sums.lot_id,
    sums.moved_out_kg,
    sums.unknown_moved_out_count,
    sums.returned_kg,
    sums.unknown_returns_count,
    case when counts.lot_id is null then coalesce(came_back.at_most_kg, 0) end as returned_at_most_kg,
    counts.counted_kg,
    case
        when counts.lot_id is not null
            then sums.back_since_kg - sums.out_since_kg - coalesce(taken.kg, 0)
    end as since_kg,
    case
        when counts.lot_id is not null
            then
                case when came_back.lot_id is null then 0 else came_back.at_most_kg end
                - sums.out_since_kg - coalesce(taken.kg, 0)
    end as since_at_most_kg,
    case
        when counts.lot_id is not null
            then sums.unknown_moved_since_count + coalesce(taken.unknown_count, 0)
    end as unknown_since_count,
    sums.downgraded_kg
from sums
left join counts on sums.lot_id = counts.lot_id
left join came_back on sums.lot_id = came_back.lot_id
left join taken on sums.lot_id = taken.lot_id

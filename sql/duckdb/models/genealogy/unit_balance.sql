-- What each lot counts in a unit of its own, what of that went out, and what should still be there.
--
-- kind: view
-- grain: lot_id
-- columns:
--   lot_id                        a lot that has an amount in a unit other than kilograms
--   lot_code                      its code
--   lot_type                      its type
--   unit                          its unit
--   quantity                      received or produced, in that unit
--   given_out_quantity            used, shipped and moved out, less what came back; null: not all is known
--                                 in the unit
--   given_out_at_least_quantity   then, what is known
--   away_quantity                 shipped and not returned; null: not all of it is known in the unit
--   away_at_least_quantity        then, at least so much
--   on_hand_quantity              what should still be there; null: unknown, or it gave out too much
--   on_hand_at_most_quantity      where what it gave out is not all known, what the known part leaves
--   overdrawn_quantity            what it gave out beyond its own; null: nothing, as far as is known
--
-- Amounts in another unit, and kilograms alone, are unknown in this one. A count in the unit takes the
-- place of all that was known before it. The record's `unit_balance` says the same of a lot live.

with

counts as (
    select
        lot_id,
        arg_max_null(quantity, (happened_at, recorded_at)) as quantity,
        arg_max_null(unit, (happened_at, recorded_at)) as unit,
        max((happened_at, recorded_at)) as at
    from raw.movements
    where kind = 'COUNTED'
    group by lot_id
),

gone as (
    select
        parent_lot_id as lot_id,
        'used' as way,
        coalesce(quantity, unallotted_quantity) as quantity,
        coalesce(unit, unallotted_unit) as unit,
        happened_at,
        recorded_at
    from raw.lot_genealogy
    union all
    select
        lot_id,
        'shipped' as way,
        quantity,
        unit,
        happened_at,
        recorded_at
    from raw.shipments
    union all
    select
        lot_id,
        if(kind = 'RETURNED', 'returned', 'used') as way,
        quantity,
        unit,
        happened_at,
        recorded_at
    from raw.movements
    where kind not in ('COUNTED', 'DOWNGRADED')
),

placed as (
    select
        lots.lot_id,
        gone.way,
        gone.quantity,
        gone.unit is not distinct from lots.unit as is_in_unit,
        counts.at is null or (gone.happened_at, gone.recorded_at) > counts.at as is_since
    from raw.lots as lots
    inner join gone on lots.lot_id = gone.lot_id
    left join counts on lots.lot_id = counts.lot_id
    where lots.quantity is not null
),

sums as (
    select
        lot_id,
        coalesce(sum(quantity) filter (way = 'used' and is_in_unit), 0) as used,
        coalesce(sum(quantity) filter (way = 'shipped' and is_in_unit), 0) as shipped,
        coalesce(sum(quantity) filter (way = 'returned' and is_in_unit), 0) as returned,
        bool_and(is_in_unit) as is_known,
        coalesce(bool_and(is_in_unit) filter (way in ('shipped', 'returned')), true) as is_away_known,
        coalesce(bool_and(is_in_unit) filter (way = 'returned'), true) as is_back_known,
        coalesce(bool_and(is_in_unit) filter (is_since), true) as is_left_known,
        coalesce(bool_and(is_in_unit) filter (is_since and way = 'returned'), true) as is_only_less,
        coalesce(
            sum(if(way = 'returned', quantity, -quantity)) filter (is_since and is_in_unit), 0
        ) as since_quantity
    from placed
    group by lot_id
),

added as (
    select
        lots.lot_id,
        lots.lot_code,
        lots.lot_type,
        lots.unit,
        lots.quantity,
        coalesce(sums.used, 0) as used,
        coalesce(sums.shipped, 0) as shipped,
        coalesce(sums.returned, 0) as returned,
        coalesce(sums.is_known, true) as is_known,
        coalesce(sums.is_away_known, true) as is_away_known,
        coalesce(sums.is_back_known, true) as is_back_known,
        coalesce(sums.is_left_known, true) as is_left_known,
        coalesce(sums.is_only_less, true) as is_only_less,
        case
            when counts.at is null then lots.quantity
            when counts.unit = lots.unit then counts.quantity
        end + coalesce(sums.since_quantity, 0) as left_quantity
    from raw.lots as lots
    left join counts on lots.lot_id = counts.lot_id
    left join sums on lots.lot_id = sums.lot_id
    where lots.quantity is not null
)

select
    lot_id,
    lot_code,
    lot_type,
    unit,
    quantity,
    case when is_known then used + shipped - returned end as given_out_quantity,
    case
        when not is_known
            then used + case when is_back_known then greatest(shipped - returned, 0) else 0 end
    end as given_out_at_least_quantity,
    case when is_away_known then shipped - returned end as away_quantity,
    case
        when not is_away_known then if(is_back_known, greatest(shipped - returned, 0), 0)
    end as away_at_least_quantity,
    case when is_left_known and left_quantity >= 0 then left_quantity end as on_hand_quantity,
    case
        when not is_left_known and is_only_less and left_quantity >= 0 then left_quantity
    end as on_hand_at_most_quantity,
    case when is_only_less and left_quantity < 0 then -left_quantity end as overdrawn_quantity
from added

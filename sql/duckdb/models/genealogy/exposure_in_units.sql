-- What each received lot would drag along, in the units that lots are kept in, each by itself.
--
-- kind: reaching rows
-- grain: lot_id, unit
-- columns:
--   lot_id                             a lot that nothing went into
--   unit                               a unit of it, or of lots made from it
--   lots_count                         how many of these are kept in it
--   on_hand_quantity                   how much of them is still here: to hold; null: unknown
--   on_hand_at_least_quantity          then, what lots of which all is known have
--   shipped_quantity                   what left and didn't come back: to recall; null: unknown
--   shipped_at_least_quantity          then, what is known to be there
--   suspect_on_hand_quantity           part of on_hand_quantity that came from the lot; null: unknown
--   suspect_on_hand_at_least_quantity  then, by the shares and amounts that are known
--   suspect_shipped_quantity           part of shipped_quantity that came from the lot; null: unknown
--   suspect_shipped_at_least_quantity  then, by the shares and amounts that are known
--
-- As `genealogy.exposure` says it in kilograms; lots that have kilograms alone are left out.

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

counted as (
    select
        lot_id,
        unit,
        on_hand_quantity,
        away_quantity,
        coalesce(away_quantity, away_at_least_quantity) as known_away_quantity
    from genealogy.unit_balance
),

reached as (
    select
        closure.ancestor_lot_id as lot_id,
        closure.share,
        counted.* exclude (lot_id)
    from genealogy.closure as closure
    inner join counted on closure.descendant_lot_id = counted.lot_id
    where closure.ancestor_lot_id in (select lot_id from received)
    union all
    select
        counted.lot_id,
        1.0 as share,
        counted.* exclude (lot_id)
    from counted
    where lot_id in (select lot_id from received)
),

summed as (
    select
        lot_id,
        unit,
        count(*) as lots_count,
        coalesce(sum(on_hand_quantity), 0) as on_hand,
        count(*) = count(on_hand_quantity) as is_on_hand_known,
        sum(known_away_quantity) as shipped,
        count(*) = count(away_quantity) as is_shipped_known,
        coalesce(sum(on_hand_quantity::double * share), 0) as suspect_on_hand,
        count(*) filter (on_hand_quantity is null or (on_hand_quantity <> 0 and share is null)) = 0
            as is_suspect_on_hand_known,
        coalesce(sum(known_away_quantity::double * share), 0) as suspect_shipped,
        count(*) filter (away_quantity is null or (away_quantity <> 0 and share is null)) = 0
            as is_suspect_shipped_known
    from reached
    group by lot_id, unit
)

select
    lot_id,
    unit,
    lots_count,
    case when is_on_hand_known then on_hand end as on_hand_quantity,
    case when not is_on_hand_known then on_hand end as on_hand_at_least_quantity,
    case when is_shipped_known then shipped end as shipped_quantity,
    case when not is_shipped_known then shipped end as shipped_at_least_quantity,
    case when is_suspect_on_hand_known then suspect_on_hand end as suspect_on_hand_quantity,
    case when not is_suspect_on_hand_known then suspect_on_hand end as suspect_on_hand_at_least_quantity,
    case when is_suspect_shipped_known then suspect_shipped end as suspect_shipped_quantity,
    case when not is_suspect_shipped_known then suspect_shipped end as suspect_shipped_at_least_quantity
from summed

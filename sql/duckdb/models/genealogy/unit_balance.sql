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
--   given_out_quantity            into children and to customers; null: not all is known in the unit
--   given_out_at_least_quantity   then, what is known
--   on_hand_quantity              what should still be there; null: unknown, or it gave out too much
--   on_hand_at_most_quantity      where what it gave out is not all known, what the known part leaves
--   overdrawn_quantity            what it gave out beyond its own; null: nothing, as far as is known
--
-- Amounts in another unit, and kilograms alone, are unknown in this one. The record's `unit_balance`
-- says the same of a lot live.

with

gone as (
    select
        parent_lot_id as lot_id,
        quantity,
        unit,
        true as is_out
    from raw.lot_genealogy
    union all
    select
        lot_id,
        quantity,
        unit,
        true as is_out
    from raw.shipments
    union all
    select
        lot_id,
        null as quantity,
        null as unit,
        kind not in ('RETURNED', 'COUNTED') as is_out
    from raw.movements
    where kind <> 'DOWNGRADED'
),

added as (
    select
        lots.lot_id,
        coalesce(sum(gone.quantity) filter (gone.unit = lots.unit), 0) as known,
        coalesce(
            bool_and(gone.unit is not distinct from lots.unit) filter (gone.is_out is not null), true
        ) as is_known,
        coalesce(bool_and(gone.is_out), true) as is_only_less
    from raw.lots as lots
    left join gone on lots.lot_id = gone.lot_id
    where lots.quantity is not null
    group by lots.lot_id
)

select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    lots.unit,
    lots.quantity,
    case when is_known then known end as given_out_quantity,
    case when not is_known then known end as given_out_at_least_quantity,
    case when is_known and lots.quantity >= known then lots.quantity - known end as on_hand_quantity,
    case
        when not is_known and is_only_less and lots.quantity >= known then lots.quantity - known
    end as on_hand_at_most_quantity,
    case
        when is_only_less and lots.quantity < known then known - lots.quantity
    end as overdrawn_quantity
from added
inner join raw.lots as lots on added.lot_id = lots.lot_id

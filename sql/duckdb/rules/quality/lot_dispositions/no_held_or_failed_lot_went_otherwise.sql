-- Material was given away, written off as waste or downgraded while quality had said no.
-- severity: error
-- bears on: lots
--
-- Of what is known by the day or month, nobody is blamed for what may have been in order.

select
    lots.lot_code,
    movements.kind,
    movements.quantity_kg,
    movements.happened_at as moved_at,
    periods.decision,
    periods.decided_at
from raw.movements as movements
inner join raw.lots as lots on movements.lot_id = lots.lot_id
inner join quality.hold_and_fail_periods as periods on movements.lot_id = periods.lot_id
where
    movements.kind in ('WASTE', 'DONATED', 'DOWNGRADED')
    and coalesce(periods.decided_until, periods.decided_at) <= movements.happened_at
    and coalesce(periods.ended_at >= movements.happened_until, periods.ended_at > movements.happened_at, true)
order by movements.happened_at, lots.lot_code

-- Material was given away, written off as waste or downgraded while quality had said no.
-- severity: error
-- bears on: lots

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
    and periods.decided_at <= movements.happened_at
    and coalesce(periods.ended_at > movements.happened_at, true)
order by movements.happened_at, lots.lot_code

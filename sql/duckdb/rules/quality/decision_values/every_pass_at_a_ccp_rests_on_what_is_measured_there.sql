-- A lot passed a critical control point and no result by then shows that it keeps what is measured there.
-- severity: error
-- bears on: lots
--
-- A decision without any temperature, where one is measured, has a rule of its own.

select
    lots.lot_code,
    gates.gate_number,
    found.characteristic,
    found.result,
    found.unit,
    found.lower_bound,
    found.upper_bound,
    found.wanted_word,
    found.decided_at
from quality.decision_values as found
inner join quality.decision_gates as gates on found.decision_id = gates.decision_id
inner join raw.lots as lots on found.lot_id = lots.lot_id
where
    gates.is_ccp
    and found.is_limited
    and not found.is_outside
    and not found.is_kept
    and (found.unit <> 'C' or gates.carries_temperature)
order by found.decided_at, lots.lot_code, found.characteristic

-- A lot passed a gate although its latest result there broke the limit, whatever is measured there.
-- severity: error
-- bears on: lots
--
-- The temperature of a decision at a critical gate has a rule of its own.

select
    lots.lot_code,
    gates.gate_number,
    found.characteristic,
    found.result,
    found.unit,
    found.lower_bound,
    found.upper_bound,
    found.wanted_word,
    found.measured_at,
    found.decided_at
from quality.decision_values as found
inner join quality.decision_gates as gates on found.decision_id = gates.decision_id
inner join raw.lots as lots on found.lot_id = lots.lot_id
where
    found.is_outside
    and not (gates.is_ccp and not found.is_reading and found.measured_at = found.decided_at)
order by found.decided_at, lots.lot_code, found.characteristic

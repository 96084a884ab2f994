-- A critical control point without its measured temperature proves nothing to an auditor.
-- severity: error
-- bears on: lots

select
    lots.lot_code,
    gates.gate_number,
    decisions.decision,
    decisions.happened_at as decided_at
from raw.qc_decisions as decisions
inner join raw.qc_gates as gates on decisions.gate_id = gates.gate_id
inner join raw.lots as lots on decisions.lot_id = lots.lot_id
where
    gates.is_ccp
    and decisions.temperature_c is null
order by decisions.happened_at

-- A critical control point that measures a temperature proves nothing to an auditor without it.
-- severity: error
-- bears on: lots

select
    lots.lot_code,
    gates.gate_number,
    decisions.decision,
    decisions.happened_at as decided_at
from raw.qc_decisions as decisions
inner join quality.decision_gates as gates on decisions.decision_id = gates.decision_id
inner join raw.lots as lots on decisions.lot_id = lots.lot_id
where
    gates.is_ccp
    and gates.has_temperature
    and not gates.carries_temperature
order by decisions.happened_at

-- Somebody decided about a lot at a gate that is not its own: the lot still waits for its own gate.
-- severity: warning
-- bears on: lots

select
    lots.lot_code,
    lots.lot_type,
    gates.gate_number,
    gates.name_en as gate_name,
    gates.lot_type as gate_lot_type,
    decisions.decision,
    decisions.happened_at as decided_at
from raw.qc_decisions as decisions
inner join raw.lots as lots on decisions.lot_id = lots.lot_id
inner join raw.qc_gates as gates on decisions.gate_id = gates.gate_id
where lots.lot_type <> gates.lot_type
order by decisions.happened_at

-- Somebody decided about a lot at a gate that is not its own: the lot still waits for its own gate.
-- severity: warning
-- bears on: lots

select
    lots.lot_code,
    lots.lot_type,
    gates.gate_number,
    gates.name_en as gate_name,
    array_to_string(stated.lot_types, ', ') as gate_lot_type,
    decisions.decision,
    decisions.happened_at as decided_at
from raw.qc_decisions as decisions
inner join raw.lots as lots on decisions.lot_id = lots.lot_id
inner join raw.qc_gates as gates on decisions.gate_id = gates.gate_id
inner join quality.decision_gates as stated on decisions.decision_id = stated.decision_id
where
    len(stated.lot_types) > 0
    and not list_contains(stated.lot_types, lots.lot_type)
order by decisions.happened_at

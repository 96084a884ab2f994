-- The first decision about each lot at each gate that it came to.
--
-- kind: view
-- grain: lot_id, gate_id
-- columns:
--   lot_id      the lot
--   gate_id     the gate
--   decided_at  when
--   decision    PASS, HOLD or FAIL

select
    lot_id,
    gate_id,
    min(happened_at) as decided_at,
    arg_min(decision, (happened_at, decision_id)) as decision
from raw.qc_decisions
where gate_id is not null
group by lot_id, gate_id

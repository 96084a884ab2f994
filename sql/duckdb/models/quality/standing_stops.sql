-- Every HOLD and FAIL that is the latest decision about a lot at its gate, or without one.
--
-- grain: decision_id
-- columns:
--   decision_id  the HOLD or FAIL
--   lot_id       the lot it stands on
--   lot_code     its code
--   gate_id      the gate; null: decided about the lot as such
--   decision     HOLD or FAIL
--   decided_at   when

with

latest as (
    select
        lot_id,
        gate_id,
        arg_max(decision_id, (happened_at, decision_id)) as decision_id
    from raw.qc_decisions
    where lot_id in (select lot_id from quality.lot_decisions where has_fail or has_hold)
    group by lot_id, gate_id
)

select
    decisions.decision_id,
    decisions.lot_id,
    lots.lot_code,
    decisions.gate_id,
    decisions.decision,
    decisions.happened_at as decided_at
from latest
inner join raw.qc_decisions as decisions on latest.decision_id = decisions.decision_id
inner join raw.lots as lots on decisions.lot_id = lots.lot_id
where decisions.decision in ('HOLD', 'FAIL')

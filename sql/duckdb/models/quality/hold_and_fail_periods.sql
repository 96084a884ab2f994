-- Every HOLD and FAIL, and until when it stood in the way.
--
-- grain: decision_id
-- columns:
--   decision_id  the HOLD or FAIL
--   lot_id       the lot it was about
--   decision     HOLD or FAIL
--   decided_at   from when the lot might not be used or shipped
--   ended_at     when the next decision at the same gate came; null: it still stands

with

in_order as (
    select
        decision_id,
        lot_id,
        decision,
        happened_at,
        lead(happened_at) over (
            partition by lot_id, gate_id order by happened_at, decision_id
        ) as ended_at
    from raw.qc_decisions
)

select
    decision_id,
    lot_id,
    decision,
    happened_at as decided_at,
    ended_at
from in_order
where decision in ('HOLD', 'FAIL')

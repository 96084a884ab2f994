-- Every HOLD and FAIL, and until when it stood in the way.
--
-- grain: decision_id
-- columns:
--   decision_id    the HOLD or FAIL
--   lot_id         the lot it was about
--   decision       HOLD or FAIL
--   decided_at     from when the lot might not be used or shipped
--   ended_at       when the next decision at the same gate came; null: it still stands
--   decided_until  where decided_at is known by the day or month, its end: it stood from then at least
--   ended_until    so for ended_at: the next decision had come by then

with

in_order as (
    select
        decision_id,
        lot_id,
        decision,
        happened_at,
        happened_until,
        lead(happened_at) over at_gate as ended_at,
        lead(happened_until) over at_gate as ended_until
    from raw.qc_decisions
    -- Few lots were ever stopped; the decisions of all others need no order.
    where lot_id in (select lot_id from raw.qc_decisions where decision in ('HOLD', 'FAIL'))
    window at_gate as (partition by lot_id, gate_id order by happened_at, decision_id)
)

select
    decision_id,
    lot_id,
    decision,
    happened_at as decided_at,
    ended_at,
    happened_until as decided_until,
    ended_until
from in_order
where decision in ('HOLD', 'FAIL')

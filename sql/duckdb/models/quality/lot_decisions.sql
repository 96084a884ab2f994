-- What the latest decisions about each lot come to, of lots that somebody decided about.
--
-- kind: own rows
-- grain: lot_id
-- columns:
--   lot_id           the lot
--   has_fail         whether FAIL is the latest decision at some gate
--   has_hold         whether HOLD is
--   has_pass         whether PASS is
--   passed_gate_ids  the gates where it is PASS
--   decided_at       when its latest decision was made
--   decided_until    where that is known by the day or month, its end
--   decisions_count  how many decisions there were

with

latest as (
    select
        lot_id,
        coalesce(gate_id, 0) as gate_id,
        arg_max(decision, (happened_at, decision_id)) as decision,
        max(happened_at) as decided_at,
        arg_max_null(happened_until, (happened_at, decision_id)) as decided_until,
        count(*) as decisions_count
    from raw.qc_decisions
    -- where lot_id is to be made
    group by lot_id, coalesce(gate_id, 0)
)

select
    lot_id,
    bool_or(decision = 'FAIL') as has_fail,
    bool_or(decision = 'HOLD') as has_hold,
    bool_or(decision = 'PASS') as has_pass,
    coalesce(list(gate_id) filter (decision = 'PASS' and gate_id <> 0), []) as passed_gate_ids,
    max(decided_at) as decided_at,
    arg_max_null(decided_until, decided_at) as decided_until,
    sum(decisions_count)::bigint as decisions_count
from latest
group by lot_id

-- What the latest decisions make of each lot.
--
-- kind: own rows
-- grain: lot_id
-- columns:
--   lot_id           the lot
--   lot_code         its code
--   lot_type         its type
--   disposition      pending, released, hold or rejected
--   decided_at       when its latest decision was made; null: none yet
--   decisions_count  how many decisions there were
--
-- The latest decision at each gate counts: one FAIL rejects the lot, else one HOLD holds it,
-- else a PASS releases it.

with

latest as (
    select
        lot_id,
        coalesce(gate_id, 0) as gate_id,
        arg_max(decision, (happened_at, decision_id)) as decision,
        max(happened_at) as decided_at,
        count(*) as decisions_count
    from raw.qc_decisions
    -- where lot_id is to be made
    group by lot_id, coalesce(gate_id, 0)
),

decided as (
    select
        lot_id,
        bool_or(decision = 'FAIL') as has_fail,
        bool_or(decision = 'HOLD') as has_hold,
        max(decided_at) as decided_at,
        sum(decisions_count) as decisions_count
    from latest
    group by lot_id
)

select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    case
        when decided.lot_id is null then 'pending'
        when decided.has_fail then 'rejected'
        when decided.has_hold then 'hold'
        else 'released'
    end as disposition,
    decided.decided_at,
    coalesce(decided.decisions_count, 0)::bigint as decisions_count
from raw.lots as lots
left join decided on lots.lot_id = decided.lot_id
-- where lots.lot_id is to be made

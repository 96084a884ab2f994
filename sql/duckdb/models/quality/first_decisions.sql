-- The first decision about each lot at each gate that it came to.
--
-- kind: view
-- grain: lot_id, gate_id
-- columns:
--   lot_id         the lot
--   gate_id        the gate
--   decided_at     when
--   decision       PASS, HOLD or FAIL
--   decided_until  where decided_at is known by the day or month, its end
--
-- A HOLD or FAIL about the lot as such counts at the gate that was decided next: a lot that was held
-- for a reading on its way there did not pass it the first time.

with

firsts as (
    select
        lot_id,
        gate_id,
        min(happened_at) as decided_at,
        arg_min(decision, (happened_at, decision_id)) as decision,
        arg_min_null(happened_until, (happened_at, decision_id)) as decided_until,
        arg_min(decision_id, (happened_at, decision_id)) as decision_id
    from raw.qc_decisions
    where gate_id is not null
    group by lot_id, gate_id
),

in_turn as (
    select
        *,
        lag((decided_at, decision_id)) over (
            partition by lot_id order by decided_at, decision_id
        ) as turn_before
    from firsts
),

held as (
    select distinct
        in_turn.lot_id,
        in_turn.gate_id
    from in_turn
    inner join raw.qc_decisions as stops on in_turn.lot_id = stops.lot_id
    where
        stops.gate_id is null
        and stops.decision in ('HOLD', 'FAIL')
        and (stops.happened_at, stops.decision_id) < (in_turn.decided_at, in_turn.decision_id)
        and coalesce((stops.happened_at, stops.decision_id) > in_turn.turn_before, true)
)

select
    in_turn.lot_id,
    in_turn.gate_id,
    in_turn.decided_at,
    if(in_turn.decision = 'PASS' and held.lot_id is not null, 'HOLD', in_turn.decision) as decision,
    in_turn.decided_until
from in_turn
left join held on in_turn.lot_id = held.lot_id and in_turn.gate_id = held.gate_id

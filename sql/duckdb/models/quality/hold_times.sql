-- Every hold, when it ended and how long it lasted; open ones with their age.
--
-- grain: decision_id
-- columns:
--   decision_id  the HOLD
--   lot_id       the lot held
--   lot_code     its code
--   gate_number  gate it was held at; null: held as such
--   held_at      when
--   ended_at     when the next PASS or FAIL at that gate came; null: still open
--   ended_by     PASS or FAIL; null: still open
--   hours        from the hold to its end, or to the moment the record was copied; null: one of
--                the two is known by the day or month only
--   is_open      whether it is still open
--   held_until   where held_at is known by the day or month, its end
--   ended_until  so for ended_at
--
-- A HOLD repeated while one is open is part of the same hold and has no row of its own.

with

in_order as (
    select
        decision_id,
        lot_id,
        gate_id,
        decision,
        happened_at,
        happened_until,
        lag(decision) over at_gate as before
    from raw.qc_decisions
    window at_gate as (
        partition by lot_id, coalesce(gate_id, 0) order by happened_at, decision_id
    )
),

changes as (
    select
        decision_id,
        lot_id,
        gate_id,
        decision,
        happened_at,
        happened_until,
        lead(decision) over at_gate as ended_by,
        lead(happened_at) over at_gate as ended_at,
        lead(happened_until) over at_gate as ended_until
    from in_order
    where before is distinct from decision
    window at_gate as (
        partition by lot_id, coalesce(gate_id, 0) order by happened_at, decision_id
    )
)

select
    changes.decision_id,
    changes.lot_id,
    lots.lot_code,
    gates.gate_number,
    changes.happened_at as held_at,
    changes.ended_at,
    changes.ended_by,
    if(
        changes.happened_until is null and changes.ended_until is null,
        epoch(coalesce(changes.ended_at, about.record_as_of) - changes.happened_at) / 3600,
        null
    ) as hours,
    changes.ended_at is null as is_open,
    changes.happened_until as held_until,
    changes.ended_until
from changes
inner join raw.lots as lots on changes.lot_id = lots.lot_id
left join raw.qc_gates as gates on changes.gate_id = gates.gate_id
cross join edition.about as about
where changes.decision = 'HOLD'

-- name: lots_to_hold
-- These lots, whether they are rejected, and whether a decision about the lot as such holds them.
select
    lots.lot_id,
    lots.lot_code,
    coalesce(decided_lots.has_fail, false) as is_rejected,
    exists (
        select from latest_decisions
        where
            latest_decisions.lot_id = lots.lot_id
            and latest_decisions.gate_id is null
            and latest_decisions.decision = 'HOLD'
    ) as is_held_as_such
from lots
left join decided_lots on lots.lot_id = decided_lots.lot_id
where lots.lot_code = any(cast(:lot_codes as text []))
order by lots.lot_code;

-- name: write_holds
-- Hold each of these lots as such, never before what was decided about it as such already.
insert into facts.qc_decisions (lot_id, decision, notes, operator_id, happened_at)
select
    asked.lot_id,
    'HOLD',
    :notes,
    :operator_id,
    greatest(cast(:happened_at as timestamptz), latest_decisions.happened_at)
from unnest(cast(:lot_ids as bigint [])) as asked (lot_id)
left join latest_decisions
    on asked.lot_id = latest_decisions.lot_id and latest_decisions.gate_id is null
order by asked.lot_id
returning
    decision_id, lot_id, gate_id, decision, notes, temperature_c, digital_signature, operator_id,
    happened_at;

-- name: write_hold_signatures
insert into facts.decision_signatures (
    decision_id, user_id, signed_name, signed_role, meaning, method, signed_hash
)
select
    signed.decision_id,
    :user_id,
    :signed_name,
    :signed_role,
    :meaning,
    :method,
    signed.signed_hash
from unnest(cast(:decision_ids as bigint []), cast(:signed_hashes as bytea []))
    as signed (decision_id, signed_hash);

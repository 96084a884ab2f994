-- name: gate_to_decide_at
-- A gate, and whether a temperature is measured there at all: some limit of it, for whatever lots, is
-- one in °C.
select
    gate_id,
    gate_number,
    name_en,
    lot_types,
    gate_type,
    is_ccp,
    is_retired,
    checklist,
    exists (
        select from limits_now
        where limits_now.gate_id = qc_gates.gate_id and limits_now.unit = 'C'
    ) as has_temperature
from qc_gates
where gate_id = :gate_id;

-- name: plant_bounds
select lightest_kg, heaviest_kg, coldest_c, warmest_c from plant_bounds;

-- name: temperature_limits
-- The bounds in °C that a lot must keep at a gate, as they were in force at a moment; null: none.
select
    max(lower_bound) as coldest_c,
    min(upper_bound) as warmest_c
from limits_of(
    cast(:gate_id as bigint), :lot_type, cast(:product_id as bigint), cast(:moment as timestamptz),
    process_in_force()
)
where unit = 'C';

-- name: limits_of_lot_at_gate
-- What a lot must keep at a gate, as in force now: one bound, two, a word, or none at all.
select
    limits.characteristic,
    limits.unit,
    limits.lower_bound,
    limits.upper_bound,
    limits.word,
    cast(null as timestamptz) as in_force_until
from lots
cross join lateral limits_of(
    cast(:gate_id as bigint), lots.lot_type, lots.product_id, now(), process_in_force()
) as limits
where lots.lot_code = :lot_code
order by limits.characteristic, limits.unit;

-- name: gates_of_type
-- The gates that serve a lot's type, in order.
select
    trim_scale(gate_number) as gate_number,
    name_en
from qc_gates
where :lot_type = any(lot_types) and not is_retired
order by gate_number;

-- name: standing_decisions
-- What stands about a lot: the latest decision at each gate and about the lot as such, with its
-- reason and who decided; a FAIL first, then HOLDs.
select
    latest_decisions.decision_id,
    latest_decisions.gate_id,
    trim_scale(qc_gates.gate_number) as gate_number,
    qc_gates.name_en as gate_name,
    latest_decisions.decision,
    latest_decisions.happened_at,
    qc_decisions.happened_until,
    qc_decisions.notes,
    coalesce(users.full_name, qc_decisions.decided_by) as decided_by
from latest_decisions
inner join qc_decisions on latest_decisions.decision_id = qc_decisions.decision_id
left join qc_gates on latest_decisions.gate_id = qc_gates.gate_id
left join users on qc_decisions.operator_id = users.user_id
where latest_decisions.lot_id = :lot_id
order by
    array_position(array['FAIL', 'HOLD', 'PASS'], latest_decisions.decision),
    qc_gates.gate_number;

-- name: disposition_now
select lot_disposition(:lot_id);

-- name: decision_before
-- The decision about a lot that was written last, whatever the gate.
select
    qc_decisions.decision,
    qc_decisions.happened_at,
    qc_decisions.happened_until,
    qc_decisions.recorded_at,
    coalesce(users.full_name, qc_decisions.decided_by) as decided_by
from qc_decisions
left join users on qc_decisions.operator_id = users.user_id
where qc_decisions.lot_id = :lot_id
order by qc_decisions.decision_id desc
limit 1;

-- name: write_signature
insert into facts.decision_signatures (
    decision_id, withdrawal_id, assessment_id, movement_id, link_id, user_id, signed_name, signed_role,
    meaning, method, signed_hash
) values (
    :decision_id, :withdrawal_id, :assessment_id, :movement_id, :link_id, :user_id, :signed_name,
    :signed_role, :meaning, :method, :signed_hash
);

-- name: passed_blocking_gate
-- Whether a lot passed every blocking gate that it must pass, if there is any. A lot without a type
-- must pass every one: nobody can say that it needs none.
select not exists (
    select 1
    from lots
    inner join gates_to_pass
        on
            coalesce(lots.lot_type, '') = coalesce(gates_to_pass.lot_type, '')
            and made_within(lots.happened_at, gates_to_pass.made_from, null)
    inner join qc_gates on gates_to_pass.gate_id = qc_gates.gate_id
    where
        lots.lot_id = :lot_id
        and qc_gates.gate_type = 'BLOCKING'
        and not exists (
            select 1
            from latest_decisions
            where
                latest_decisions.lot_id = :lot_id
                and latest_decisions.gate_id = qc_gates.gate_id
                and latest_decisions.decision = 'PASS'
        )
);

-- name: write_decision
-- Append one decision; decisions are never changed or removed.
insert into facts.qc_decisions (
    lot_id, gate_id, decision, notes, temperature_c, digital_signature, checklist, operator_id,
    happened_at
) values (
    :lot_id, :gate_id, :decision, :notes, :temperature_c, :digital_signature,
    cast(:checklist as jsonb), :operator_id, :happened_at
)
returning
    decision_id, lot_id, gate_id, decision, notes, temperature_c, digital_signature, checklist,
    operator_id, happened_at;

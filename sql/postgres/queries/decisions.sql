-- name: gate_to_decide_at
select
    gate_id,
    gate_number,
    name_en,
    lot_types,
    gate_type,
    is_ccp,
    is_retired,
    checklist
from qc_gates
where gate_id = :gate_id;

-- name: plant_bounds
select lightest_kg, heaviest_kg, coldest_c, warmest_c from plant_bounds;

-- name: values_at_gate
-- What a lot must keep at a gate, by what was in force at a moment: one bound, two, a word, or none at
-- all; whether the process asks a PASS for a value of it; the lot's latest result there, and whether
-- that of them which was the latest at the moment keeps it. A decision's temperature is a result of
-- every limit in °C. Of results of one moment the one outside the limit counts: the worst probe; one
-- known by the day may have been the last of that day.
with limits as materialized (
    select
        bounds.characteristic,
        bounds.unit,
        bounds.lower_bound,
        bounds.upper_bound,
        bounds.word,
        num_nonnulls(bounds.lower_bound, bounds.upper_bound, bounds.word) > 0 as is_limited,
        exists (
            select from process_rules as rules
            where
                rules.rule = 'PASS_NEEDS_VALUES'
                and not rules.is_retired
                and coalesce(rules.in_force_from <= cast(:moment as timestamptz), true)
                and coalesce(rules.in_force_until > cast(:moment as timestamptz), true)
                and coalesce(rules.lot_type = lots.lot_type, rules.lot_type is null)
        ) as is_asked
    from lots
    cross join lateral limits_of(
        cast(:gate_id as bigint), lots.lot_type, lots.product_id, cast(:moment as timestamptz),
        process_in_force()
    ) as bounds
    where lots.lot_id = :lot_id
),

taken as (
    select
        characteristic, unit, happened_at, coalesce(happened_until, happened_at) as happened_by,
        reading_id as taken_id, sign, value, word
    from readings
    where lot_id = :lot_id and gate_id = cast(:gate_id as bigint)
    union all
    select
        null, 'C', happened_at, coalesce(happened_until, happened_at), 0, null, temperature_c, null
    from qc_decisions
    where
        lot_id = :lot_id
        and gate_id = cast(:gate_id as bigint)
        and temperature_c is not null
),

results as (
    select
        limits.characteristic,
        limits.unit,
        taken.happened_at,
        taken.happened_by,
        taken.taken_id,
        result_words(taken.sign, taken.value, taken.word) as result,
        result_within(
            taken.sign, taken.value, taken.word, limits.lower_bound, limits.upper_bound, limits.word
        ) as within
    from limits
    inner join taken
        on
            limits.unit = taken.unit
            and limits.characteristic = coalesce(taken.characteristic, limits.characteristic)
),

latest as (
    select distinct on (characteristic, unit) *
    from results
    order by characteristic, unit, happened_by desc, coalesce(within, true), taken_id desc
),

latest_by_then as (
    select distinct on (characteristic, unit) *
    from results
    where happened_at <= cast(:moment as timestamptz)
    order by characteristic, unit, happened_by desc, coalesce(within, true), taken_id desc
)

select
    limits.characteristic,
    limits.unit,
    limits.lower_bound,
    limits.upper_bound,
    limits.word,
    cast(null as timestamptz) as in_force_until,
    limits.is_limited,
    limits.is_asked,
    latest.result,
    latest.happened_at as measured_at,
    latest.within,
    coalesce(latest_by_then.within, false) as was_kept
from limits
left join latest
    on limits.characteristic = latest.characteristic and limits.unit = latest.unit
left join latest_by_then
    on
        limits.characteristic = latest_by_then.characteristic
        and limits.unit = latest_by_then.unit
order by limits.characteristic, limits.unit;

-- name: result_keeps
-- Whether a result keeps a limit; null: it can't be said, or the limit asks for nothing.
select
    result_within(
        cast(:sign as text), cast(:value as numeric), cast(:word as text),
        cast(:lower_bound as numeric), cast(:upper_bound as numeric), cast(:wanted as text)
    );

-- name: gates_of_type
-- The gates that serve a lot's type, in order.
select
    trim_scale(gate_number) as gate_number,
    name_en
from qc_gates
where :lot_type = any(lot_types) and not is_retired
order by gate_number;

-- name: lot_registered
-- A lot, and who registered it; null: an import did.
select lot_id, operator_id from lots where lot_code = :lot_code;

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
    decision_id, withdrawal_id, assessment_id, movement_id, link_id, lot_void_id, user_id, signed_name,
    signed_role, meaning, method, signed_hash
) values (
    :decision_id, :withdrawal_id, :assessment_id, :movement_id, :link_id, :lot_void_id, :user_id,
    :signed_name, :signed_role, :meaning, :method, :signed_hash
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

-- name: decisions_of_lot
-- Every decision about a lot, withdrawn ones too, with what was signed; as known at the moment
-- asked for. The view of decisions leaves withdrawn ones out, so the facts themselves are read.
select
    decisions.decision_id,
    decisions.happened_at,
    case when decisions.operator_id is not null then decisions.recorded_at end as entered_at,
    qc_gates.gate_number,
    qc_gates.name_en as gate_name,
    decisions.decision,
    decisions.temperature_c,
    decisions.checklist,
    decisions.notes,
    coalesce(users.full_name, decisions.decided_by) as decided_by,
    signatures.signed_name,
    signatures.signed_role,
    signatures.meaning,
    signatures.method,
    signatures.recorded_at as signed_at,
    encode(signatures.signed_hash, 'hex') as signed_hash,
    coalesce(withdrawals.happened_at, withdrawals.recorded_at) as withdrawn_at,
    case when withdrawals.operator_id is not null then withdrawals.recorded_at end
    as withdrawal_entered_at,
    withdrawers.full_name as withdrawn_by,
    withdrawals.reason as withdrawn_reason,
    encode(countersignatures.signed_hash, 'hex') as withdrawal_hash
from facts.qc_decisions as decisions
left join qc_gates on decisions.gate_id = qc_gates.gate_id
left join users on decisions.operator_id = users.user_id
left join facts.decision_signatures as signatures
    on decisions.decision_id = signatures.decision_id and signatures.recorded_at <= known_until()
left join facts.decision_withdrawals as withdrawals
    on decisions.decision_id = withdrawals.decision_id and withdrawals.recorded_at <= known_until()
left join users as withdrawers on withdrawals.operator_id = withdrawers.user_id
left join facts.decision_signatures as countersignatures
    on withdrawals.withdrawal_id = countersignatures.withdrawal_id
where decisions.lot_id = :lot_id and decisions.recorded_at <= known_until()
order by decisions.happened_at desc, decisions.decision_id desc;

-- name: readings_of_lot
-- Readings with the limit that held for the lot when they were taken; within is null without one. A
-- reading is answered where HOLD or FAIL stood against the lot then or since.
select
    readings.reading_id,
    readings.happened_at,
    case when readings.operator_id is not null then readings.recorded_at end as entered_at,
    qc_gates.gate_number,
    readings.characteristic,
    result_words(readings.sign, readings.value, readings.word) as result,
    readings.value,
    readings.unit,
    bounds.lower_bound,
    bounds.upper_bound,
    bounds.word as wanted_word,
    num_nonnulls(bounds.lower_bound, bounds.upper_bound, bounds.word) > 0 as is_limited,
    case
        when num_nonnulls(bounds.lower_bound, bounds.upper_bound, bounds.word) > 0
            then
                result_within(
                    readings.sign, readings.value, readings.word,
                    bounds.lower_bound, bounds.upper_bound, bounds.word
                )
    end as within,
    exists (
        select
        from qc_decisions as stops
        where
            stops.lot_id = readings.lot_id
            and stops.decision in ('HOLD', 'FAIL')
            and not exists (
                select
                from qc_decisions as later
                where
                    later.lot_id = stops.lot_id
                    and later.gate_id is not distinct from stops.gate_id
                    and (later.happened_at, later.decision_id) > (stops.happened_at, stops.decision_id)
                    and later.happened_at <= readings.happened_at
            )
    ) as is_answered,
    users.full_name as recorded_by
from readings
inner join lots on readings.lot_id = lots.lot_id
left join qc_gates on readings.gate_id = qc_gates.gate_id
left join users on readings.operator_id = users.user_id
left join lateral limits_of(
    readings.gate_id, lots.lot_type, lots.product_id, readings.happened_at, readings.version_id
) as bounds
    on bounds.characteristic = readings.characteristic and bounds.unit = readings.unit
where readings.lot_id = :lot_id
order by readings.happened_at desc, readings.reading_id desc;

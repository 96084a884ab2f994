-- name: decisions_of_lot
-- Every decision about a lot, withdrawn ones too, with what was signed; as known at the moment
-- asked for. The view of decisions leaves withdrawn ones out, so the facts themselves are read.
select
    decisions.decision_id,
    decisions.happened_at,
    decisions.happened_until,
    case
        when
            decisions.operator_id is not null
            and not exists (
                select from facts.lot_voids as renames
                where renames.renamed_id = decisions.lot_id and renames.row_xid = decisions.row_xid
            )
            then decisions.recorded_at
    end as entered_at,
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
-- Readings with the limit that held for the lot when they were taken, and what follows from it.
select
    readings.reading_id,
    readings.happened_at,
    readings.happened_until,
    case
        when
            readings.operator_id is not null
            and not exists (
                select from facts.lot_voids as renames
                where renames.renamed_id = readings.lot_id and renames.row_xid = readings.row_xid
            )
            then readings.recorded_at
    end as entered_at,
    qc_gates.gate_number,
    judged.characteristic,
    judged.result,
    readings.value,
    judged.unit,
    judged.lower_bound,
    judged.upper_bound,
    judged.wanted_word,
    judged.is_limited,
    judged.within,
    judged.deviates,
    judged.is_answered,
    users.full_name as recorded_by
from judged_readings as judged
inner join readings on judged.reading_id = readings.reading_id
left join qc_gates on judged.gate_id = qc_gates.gate_id
left join users on readings.operator_id = users.user_id
where judged.lot_id = :lot_id
order by readings.happened_at desc, readings.reading_id desc;

-- name: limits_asked_of_lot
-- What the gates of a lot's type ask to be measured of it now, the mildest bounds where they differ.
select
    asked.characteristic,
    asked.unit,
    asked.lower_bound,
    asked.upper_bound,
    asked.word,
    cast(null as timestamptz) as in_force_until
from lots
cross join lateral limits_at_no_gate(
    lots.lot_type, lots.product_id, least(known_until(), now()), process_in_force()
) as asked
where
    lots.lot_id = :lot_id
    and num_nonnulls(asked.lower_bound, asked.upper_bound, asked.word) > 0
order by asked.characteristic, asked.unit;

-- name: reading_is_limited
select is_limited from judged_readings where reading_id = :reading_id;

-- name: newest_reading
-- The number of the reading that was written last; 0: there is none.
select coalesce(max(reading_id), 0) from facts.readings;

-- name: deviations_since_reading
-- Readings written after one of that number which deviate while no HOLD or FAIL answers them; and
-- whether somebody decided about the lot since, or goods of it left. Oldest first.
select
    judged.reading_id,
    judged.lot_id,
    lots.lot_code,
    judged.characteristic,
    judged.result,
    judged.unit,
    judged.lower_bound,
    judged.upper_bound,
    judged.wanted_word as word,
    cast(null as timestamptz) as in_force_until,
    judged.is_limited,
    exists (
        select
        from qc_decisions as decisions
        where
            decisions.lot_id = judged.lot_id
            and coalesce(
                decisions.happened_until > judged.happened_at, decisions.happened_at >= judged.happened_at
            )
    ) as was_decided_since,
    exists (select from shipments where shipments.lot_id = judged.lot_id) as was_shipped
from judged_readings as judged
inner join lots on judged.lot_id = lots.lot_id
where judged.reading_id > :reading_id and judged.deviates and not judged.is_answered
order by judged.happened_at, judged.reading_id;

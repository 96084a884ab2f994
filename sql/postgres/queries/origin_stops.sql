-- name: is_stopped
-- Whether an ancestor of a lot stands on HOLD or FAIL and nobody assessed that; asked under the
-- write lock.
select exists (select from origin_stops(:lot_id) where assessment_id is null) as is_stopped;

-- name: origin_stops_of
-- Every HOLD and FAIL that stands against a lot by its origin, rejected ancestors first, with the
-- assessment that covers it.
select
    stops.lot_id,
    lots.lot_code,
    lots.lot_type,
    trim_scale(qc_gates.gate_number) as gate_number,
    stops.decision_id,
    stops.decision,
    stops.happened_at,
    qc_decisions.happened_until,
    qc_decisions.notes,
    coalesce(users.full_name, qc_decisions.decided_by) as decided_by,
    stops.assessment_id,
    assessments.reason,
    coalesce(assessments.happened_at, assessments.recorded_at) as assessed_at,
    case when assessments.operator_id is not null then assessments.recorded_at end
    as assessment_entered_at,
    assessors.full_name as assessed_by,
    signatures.signed_name,
    signatures.signed_role,
    signatures.meaning,
    signatures.method,
    signatures.recorded_at as signed_at,
    encode(signatures.signed_hash, 'hex') as signed_hash
from origin_stops(:lot_id) as stops
inner join lots on stops.lot_id = lots.lot_id
inner join qc_decisions on stops.decision_id = qc_decisions.decision_id
left join qc_gates on stops.gate_id = qc_gates.gate_id
left join users on qc_decisions.operator_id = users.user_id
left join origin_assessments as assessments on stops.assessment_id = assessments.assessment_id
left join users as assessors on assessments.operator_id = assessors.user_id
left join facts.decision_signatures as signatures
    on assessments.assessment_id = signatures.assessment_id
order by stops.decision, stops.happened_at, stops.decision_id;

-- name: stopping_lots
-- The ancestors that stop each of these lots: on HOLD or rejected, and nobody assessed that.
select
    asked.lot_id,
    string_agg(distinct lots.lot_code, ', ' order by lots.lot_code) as stopped_by
from unnest(cast(:lot_ids as bigint [])) as asked (lot_id)
cross join lateral origin_stops(asked.lot_id) as stops
inner join facts.lots as lots on stops.lot_id = lots.lot_id
where stops.assessment_id is null
group by asked.lot_id;

-- name: write_assessment
insert into facts.origin_assessments (lot_id, decision_ids, reason, operator_id, happened_at)
values (:lot_id, cast(:decision_ids as bigint []), :reason, :operator_id, :happened_at)
returning assessment_id;

-- name: settlements_of
-- The settlements of these breaches that stand, as known at the moment asked for.
select
    breach_id,
    kind,
    reason,
    settled_by,
    recorded_at
from standing_settlements
where breach_id = any(cast(:breach_ids as text []));

-- name: write_settlement
insert into facts.finding_settlements (breach_id, rule_name, breach, kind, reason, operator_id)
values (:breach_id, :rule_name, cast(:breach as jsonb), :kind, :reason, :operator_id)
returning settlement_id;

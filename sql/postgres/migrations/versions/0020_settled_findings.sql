-- What somebody said about a breach of a rule: that it is seen, or why it may stand. The breach is
-- named by its rule, its row and every value in it, so that a changed breach is open again.
create table facts.finding_settlements (
    settlement_id bigint generated always as identity primary key,
    breach_id text not null,
    rule_name text not null,
    breach jsonb not null,
    kind text not null,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint breach_id_is_sha256 check (breach_id ~ '^[0-9a-f]{64}$'),
    constraint settlement_kind_is_known check (kind in ('ACKNOWLEDGED', 'EXPLAINED', 'REOPENED')),
    constraint settlement_reason_is_said check (char_length(btrim(reason)) >= 10)
);
create index finding_settlements_by_breach on facts.finding_settlements (breach_id, settlement_id);

-- The settlements that stand: of each breach the last one said, unless it was opened again.
create view standing_settlements as
select
    latest.breach_id,
    latest.kind,
    latest.reason,
    users.full_name as settled_by,
    latest.recorded_at
from facts.finding_settlements as latest
left join users on latest.operator_id = users.user_id
where
    latest.kind <> 'REOPENED'
    and latest.recorded_at <= (select known_until())
    and not exists (
        select from facts.finding_settlements as newer
        where
            newer.breach_id = latest.breach_id
            and newer.settlement_id > latest.settlement_id
            and newer.recorded_at <= (select known_until())
    );

create trigger take_turn before insert on facts.finding_settlements
for each statement execute function facts.take_turn();
create trigger refuse_the_past after insert on facts.finding_settlements
for each statement execute function facts.refuse_the_past();
create trigger note_inserts after insert on facts.finding_settlements referencing new table as added
for each statement execute function audit.note_writes('settlement_id');
create trigger refuse_change before update or delete or truncate on facts.finding_settlements
for each statement execute function facts.refuse_change();

-- What was said about a finding changes no lot.
create or replace function audit.bears_on_lots(table_name text, action text) returns boolean
language sql immutable parallel safe
return table_name <> all (array[
    'users', 'sign_ins', 'sign_in_failures', 'run_requests', 'decision_signatures',
    'finding_settlements'
])
and (action <> 'insert' or table_name <> all (array['products', 'partners', 'production_runs']));

grant select on facts.finding_settlements, standing_settlements
to lotline_app, lotline_pipeline, lotline_auditor;
grant insert (breach_id, rule_name, breach, kind, reason, operator_id)
on facts.finding_settlements to lotline_app;

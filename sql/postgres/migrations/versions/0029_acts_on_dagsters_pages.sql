-- What somebody asked Dagster to do on its pages, written before it is asked: Dagster knows no people.
create table dagster_acts (
    act_id bigint generated always as identity primary key,
    acts text [] not null,
    asked text not null,
    acted_by bigint not null references users,
    asked_at timestamptz not null default clock_timestamp(),
    constraint something_is_done check (cardinality(acts) > 0)
);

create trigger note_inserts after insert on dagster_acts referencing new table as added
for each statement execute function audit.note_writes('act_id');
create trigger refuse_change before update or delete or truncate on dagster_acts
for each statement execute function facts.refuse_change();

create or replace function audit.bears_on_lots(table_name text, action text) returns boolean
language sql immutable parallel safe
return table_name <> all (array[
    'users', 'sign_ins', 'sign_in_failures', 'run_requests', 'dagster_acts', 'decision_signatures',
    'finding_settlements'
])
and (action <> 'insert' or table_name <> all (array['products', 'partners', 'production_runs']));

grant select on dagster_acts to lotline_app, lotline_auditor;
grant insert (acts, asked, acted_by) on dagster_acts to lotline_app;

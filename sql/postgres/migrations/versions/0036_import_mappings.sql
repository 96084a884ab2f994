-- Which columns of a source's files are which, under a name. Of one name the newest counts.
create table import_mappings (
    mapping_id bigint generated always as identity primary key,
    name text not null,
    mapping jsonb not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default clock_timestamp(),
    constraint mapping_has_a_name check (char_length(btrim(name)) between 1 and 100),
    constraint mapping_is_an_object check (jsonb_typeof(mapping) = 'object')
);
create index import_mappings_by_name on import_mappings (name, mapping_id);

create trigger note_inserts after insert on import_mappings referencing new table as added
for each statement execute function audit.note_writes('mapping_id');
create trigger refuse_change before update or delete or truncate on import_mappings
for each statement execute function facts.refuse_change();

-- How files are read changes no lot.
create or replace function audit.bears_on_lots(table_name text, action text) returns boolean
language sql immutable parallel safe
return table_name <> all (array[
    'users', 'sign_ins', 'sign_in_failures', 'run_requests', 'dagster_acts', 'import_mappings',
    'decision_signatures', 'finding_settlements'
])
and (action <> 'insert' or table_name <> all (array['products', 'partners', 'production_runs']));

grant select on import_mappings to lotline_app, lotline_auditor;
grant insert (name, mapping, operator_id) on import_mappings to lotline_app;

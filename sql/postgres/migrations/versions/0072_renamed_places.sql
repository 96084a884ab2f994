-- What is known of a place since: its name, its kind, and whether it is retired. Nothing goes to a
-- retired place any more; what is known of the past keeps it.
create table facts.place_revisions (
    revision_id bigint generated always as identity primary key,
    place_id bigint not null references facts.places,
    name text not null,
    kind text,
    is_retired boolean not null default false,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint revised_place_has_a_name check (char_length(btrim(name)) > 0),
    constraint place_revision_reason_is_said check (char_length(btrim(reason)) >= 10)
);
create index place_revisions_by_place on facts.place_revisions (place_id, revision_id);
create index place_revisions_by_xid on facts.place_revisions (row_xid);

create or replace view places as
select
    places.place_id,
    places.place_code,
    coalesce(latest.name, places.name) as name,
    case when latest.revision_id is null then places.kind else latest.kind end as kind,
    places.partner_id,
    places.operator_id,
    places.recorded_at,
    places.row_xid,
    places.place_code || ' ' || coalesce(latest.name, places.name) || coalesce(', ' || sites.name, '') as label,
    latest.revision_id,
    coalesce(latest.is_retired, false) as is_retired
from facts.places
left join facts.partners as sites on places.partner_id = sites.partner_id
left join lateral (
    select revisions.*
    from facts.place_revisions as revisions
    where
        revisions.place_id = places.place_id
        and revisions.recorded_at <= (select known_until())
    order by revisions.revision_id desc
    limit 1
) as latest on true
where places.recorded_at <= (select known_until());

create or replace function audit.bears_on_lots(table_name text, action text) returns boolean
language sql immutable parallel safe
return table_name <> all (array[
    'users', 'sign_ins', 'sign_in_failures', 'run_requests', 'dagster_acts', 'import_mappings',
    'decision_signatures', 'finding_settlements', 'productions', 'production_voids',
    'imports', 'places', 'place_revisions', 'moves', 'move_voids'
])
and (action <> 'insert' or table_name <> all (array['products', 'partners', 'production_runs']));

create trigger take_turn before insert on facts.place_revisions
for each statement execute function facts.take_turn();
create trigger refuse_the_past after insert on facts.place_revisions
for each statement execute function facts.refuse_the_past();
create trigger note_inserts after insert on facts.place_revisions referencing new table as added
for each statement execute function audit.note_writes('revision_id', 'place_id', 'facts.places');
create trigger refuse_change before update or delete or truncate on facts.place_revisions
for each statement execute function facts.refuse_change();

grant select on facts.place_revisions to lotline_app, lotline_pipeline, lotline_auditor;
grant insert (place_id, name, kind, is_retired, reason, operator_id) on facts.place_revisions to lotline_app;

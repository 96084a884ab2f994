-- Every import that saved something: of which files, and from when to when it wrote. Writers take
-- turns, so what was recorded meanwhile came by it (`came_by_import`), after a restore too.
create table facts.imports (
    import_id bigint generated always as identity primary key,
    files text not null,
    is_whole boolean not null,
    began_at timestamptz not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint import_ended_after_it_began check (began_at <= recorded_at)
);
create index imports_by_time on facts.imports (began_at);
create index imports_by_xid on facts.imports (row_xid);

-- Rows that the record could not take while the rest of their import came in: with their text and why.
-- Nothing follows from them; each is a finding until it ends.
create table facts.rows_set_aside (
    row_id bigint generated always as identity primary key,
    table_name text not null,
    file text not null,
    line integer,  -- null: no row of the file, but what is missing there
    said text not null,
    source_key text,
    lot_code text,
    other_lot_code text,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id()
);
create index rows_set_aside_by_table on facts.rows_set_aside (table_name);
create index rows_set_aside_by_xid on facts.rows_set_aside (row_xid);

create table facts.set_aside_ends (
    end_id bigint generated always as identity primary key,
    row_id bigint not null references facts.rows_set_aside,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint set_aside_row_ends_once unique (row_id),
    constraint set_aside_end_reason_is_said check (char_length(btrim(reason)) >= 10)
);
create index set_aside_ends_by_xid on facts.set_aside_ends (row_xid);

create view rows_set_aside as
select rows_set_aside.*
from facts.rows_set_aside
where
    rows_set_aside.recorded_at <= (select known_until())
    and not exists (
        select from facts.set_aside_ends as ends
        where
            ends.row_id = rows_set_aside.row_id
            and ends.recorded_at <= (select known_until())
    );

-- Whether what was recorded at a moment came by an import.
create function came_by_import(moment timestamptz) returns boolean
language sql stable parallel safe
return coalesce(
    (
        select imports.recorded_at >= moment
        from facts.imports
        where imports.began_at <= moment
        order by imports.began_at desc
        limit 1
    ),
    false
);

-- A lot has a key where it comes from, too: under another code it is the same lot, renamed.
alter table facts.lots add column source_key text;
create index lots_by_source_key on facts.lots (source_key) where source_key is not null;

create or replace view lots as
select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    case when latest.correction_id is null then lots.product_id else latest.product_id end as product_id,
    case when latest.restates_origin then latest.run_id else lots.run_id end as run_id,
    lots.phase_id,
    case when latest.restates_origin then latest.supplier_id else lots.supplier_id end as supplier_id,
    case
        when latest.restates_origin then latest.supplier_lot_code else lots.supplier_lot_code
    end as supplier_lot_code,
    case when latest.correction_id is null then lots.weight_kg else latest.weight_kg end as weight_kg,
    case
        when latest.correction_id is null then lots.temperature_c else latest.temperature_c
    end as temperature_c,
    case when latest.correction_id is null then lots.expires_on else latest.expires_on end as expires_on,
    lots.metadata,
    lots.operator_id,
    case when latest.correction_id is null then lots.happened_at else latest.happened_at end as happened_at,
    lots.recorded_at,
    lots.row_xid,
    lots.code_skeleton,
    latest.correction_id,
    case when latest.correction_id is null then lots.quantity else latest.quantity end as quantity,
    case when latest.correction_id is null then lots.unit else latest.unit end as unit,
    lots.beyond_reason,
    lots.source_key
from facts.lots
left join (
    select corrections.*
    from facts.lot_corrections as corrections
    where
        corrections.recorded_at <= (select known_until())
        and not exists (
            select from facts.lot_corrections as newer
            where
                newer.lot_id = corrections.lot_id
                and newer.correction_id > corrections.correction_id
                and newer.recorded_at <= (select known_until())
        )
) as latest on lots.lot_id = latest.lot_id
where
    lots.recorded_at <= (select known_until())
    and not exists (
        select from facts.lot_voids as voids
        where voids.lot_id = lots.lot_id and voids.recorded_at <= (select known_until())
    );

create trigger guard_source_key after insert on facts.lots
referencing new table as added for each statement execute function facts.guard_source_key();

-- That an import took place bears on no lot by itself.
create or replace function audit.bears_on_lots(table_name text, action text) returns boolean
language sql immutable parallel safe
return table_name <> all (array[
    'users', 'sign_ins', 'sign_in_failures', 'run_requests', 'dagster_acts', 'import_mappings',
    'decision_signatures', 'finding_settlements', 'productions', 'production_voids',
    'packings', 'packing_voids', 'imports'
])
and (action <> 'insert' or table_name <> all (array['products', 'partners', 'production_runs']));

do $$
declare
    named text;
    key_column text;
begin
    for named, key_column in
        values ('imports', 'import_id'), ('rows_set_aside', 'row_id'), ('set_aside_ends', 'end_id')
    loop
        execute format(
            'create trigger take_turn before insert on facts.%I
             for each statement execute function facts.take_turn()', named
        );
        execute format(
            'create trigger refuse_the_past after insert on facts.%I
             for each statement execute function facts.refuse_the_past()', named
        );
        execute format(
            'create trigger note_inserts after insert on facts.%I referencing new table as added
             for each statement execute function audit.note_writes(%L)', named, key_column
        );
        execute format(
            'create trigger refuse_change before update or delete or truncate on facts.%I
             for each statement execute function facts.refuse_change()', named
        );
    end loop;
end
$$;

grant select on facts.imports, facts.rows_set_aside, facts.set_aside_ends, rows_set_aside
to lotline_app, lotline_pipeline, lotline_auditor;
grant insert (files, is_whole, began_at, operator_id) on facts.imports to lotline_app;
grant insert (
    table_name, file, line, said, source_key, lot_code, other_lot_code, reason, operator_id
) on facts.rows_set_aside to lotline_app;
grant insert (row_id, reason, operator_id) on facts.set_aside_ends to lotline_app;
grant insert (source_key) on facts.lots to lotline_app;

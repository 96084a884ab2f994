-- A production is one event: lots that went in together, lots that came of it, and what was lost. The
-- links follow from it (`write_production_links`), so that a trace walks them like any other.

create table facts.productions (
    production_id bigint generated always as identity primary key,
    production_code text not null,
    run_id bigint references facts.production_runs,
    place text,
    waste_kg numeric(18, 6),
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    source_key text,
    constraint production_code_is_named check (production_code <> ''),
    constraint production_waste_is_0_kg_or_more check (waste_kg >= 0)
);
create index productions_by_code on facts.productions (production_code);
create index productions_by_xid on facts.productions (row_xid);
create index productions_by_source_key on facts.productions (source_key)
where source_key is not null;

create table facts.production_inputs (
    input_id bigint generated always as identity primary key,
    production_id bigint not null references facts.productions,
    lot_id bigint not null references facts.lots,
    quantity_kg numeric(18, 6),
    expiry_reason text,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint lot_goes_into_a_production_once unique (production_id, lot_id),
    constraint input_moves_more_than_0_kg check (quantity_kg > 0),
    constraint expired_input_reason_is_said check (char_length(btrim(expiry_reason)) >= 10)
);
create index production_inputs_by_lot on facts.production_inputs (lot_id);
create index production_inputs_by_xid on facts.production_inputs (row_xid);

create table facts.production_outputs (
    output_id bigint generated always as identity primary key,
    production_id bigint not null references facts.productions,
    lot_id bigint not null references facts.lots,
    quantity_kg numeric(18, 6),
    kind text not null default 'MAIN',
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint lot_comes_of_a_production_once unique (production_id, lot_id),
    constraint output_is_more_than_0_kg check (quantity_kg > 0),
    constraint output_kind_is_known check (kind in ('MAIN', 'CO_PRODUCT', 'BY_PRODUCT'))
);
create index production_outputs_by_lot on facts.production_outputs (lot_id);
create index production_outputs_by_xid on facts.production_outputs (row_xid);

create table facts.production_voids (
    void_id bigint generated always as identity primary key,
    production_id bigint not null references facts.productions,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    happened_at timestamptz,
    constraint production_is_voided_once unique (production_id),
    constraint production_void_reason_is_said check (char_length(btrim(reason)) >= 10)
) with (vacuum_truncate = off);
create index production_voids_by_xid on facts.production_voids (row_xid);

-- Null: somebody linked the two lots by hand.
alter table facts.lot_genealogy add column production_id bigint references facts.productions;
create index lot_genealogy_by_production on facts.lot_genealogy (production_id)
where production_id is not null;

create or replace view lot_genealogy as
select links.*
from facts.lot_genealogy as links
where
    links.recorded_at <= (select known_until())
    and not exists (
        select from facts.link_voids as voids
        where voids.link_id = links.link_id and voids.recorded_at <= (select known_until())
    );

create view productions as
select productions.*
from facts.productions
where
    productions.recorded_at <= (select known_until())
    and not exists (
        select from facts.production_voids as voids
        where
            voids.production_id = productions.production_id
            and voids.recorded_at <= (select known_until())
    );

create view production_inputs as
select inputs.*
from facts.production_inputs as inputs
where inputs.production_id in (select productions.production_id from productions);

create view production_outputs as
select outputs.*
from facts.production_outputs as outputs
where outputs.production_id in (select productions.production_id from productions);

create or replace function facts.keep_a_page() returns void
language plpgsql as $$
declare
    of_what text [];
begin
    foreach of_what slice 1 in array array[
        ['lot_corrections', 'correction_id', 'lot_id'],
        ['link_voids', 'void_id', 'link_id'],
        ['shipment_voids', 'void_id', 'shipment_id'],
        ['movement_voids', 'void_id', 'movement_id'],
        ['reading_voids', 'void_id', 'reading_id'],
        ['lot_voids', 'void_id', 'lot_id'],
        ['production_voids', 'void_id', 'production_id'],
        ['decision_withdrawals', 'withdrawal_id', 'decision_id']
    ] loop
        execute format('alter table facts.%I set (vacuum_truncate = off)', of_what[1]);
        begin
            execute format(
                'insert into facts.%I (%I, %I, happened_at, reason) overriding system value '
                'values (0, 0, now(), ''about nothing'')',
                of_what[1], of_what[2], of_what[3]
            );
            raise exception 'a row about nothing was taken into %', of_what[1];
        exception
            when foreign_key_violation then null;
        end;
    end loop;
end
$$;

select facts.keep_a_page();

-- A production bears on lots by its inputs, outputs and links, which are written with it; so does
-- its void, by the voids of its links.
create or replace function audit.bears_on_lots(table_name text, action text) returns boolean
language sql immutable parallel safe
return table_name <> all (array[
    'users', 'sign_ins', 'sign_in_failures', 'run_requests', 'dagster_acts', 'import_mappings',
    'decision_signatures', 'finding_settlements', 'productions', 'production_voids'
])
and (action <> 'insert' or table_name <> all (array['products', 'partners', 'production_runs']));

-- One production that stands has a code.
create function facts.guard_production_code() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    select added.production_code into wrong
    from added
    inner join productions on added.production_code = productions.production_code
    where added.production_id <> productions.production_id
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'production_code_names_one_production',
            message = format('code %s would name two productions', wrong), detail = wrong;
    end if;
    return null;
end
$$;

create trigger guard_production_code after insert on facts.productions
referencing new table as added for each statement execute function facts.guard_production_code();
create trigger guard_source_key after insert on facts.productions
referencing new table as added for each statement execute function facts.guard_source_key();

do $$
declare
    named text;
    key_column text;
begin
    for named, key_column in
        values
        ('productions', 'production_id'),
        ('production_inputs', 'input_id'),
        ('production_outputs', 'output_id'),
        ('production_voids', 'void_id')
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

revoke all on function facts.guard_production_code() from public;

grant select on
facts.productions, facts.production_inputs, facts.production_outputs, facts.production_voids,
productions, production_inputs, production_outputs
to lotline_app, lotline_pipeline, lotline_auditor;
grant insert (production_code, run_id, place, waste_kg, operator_id, happened_at, source_key)
on facts.productions to lotline_app;
grant insert (production_id, lot_id, quantity_kg, expiry_reason)
on facts.production_inputs to lotline_app;
grant insert (production_id, lot_id, quantity_kg, kind) on facts.production_outputs to lotline_app;
grant insert (production_id, reason, operator_id, happened_at)
on facts.production_voids to lotline_app;
grant insert (production_id) on facts.lot_genealogy to lotline_app;

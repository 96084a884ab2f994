-- Where goods stand: a location of the plant, or of a site that is a partner. Kinds are free words.
create table facts.places (
    place_id bigint generated always as identity primary key,
    place_code text not null,
    name text not null,
    kind text,
    partner_id bigint references facts.partners,  -- the site it belongs to; null: the plant itself
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint place_code_is_unique unique (place_code),
    constraint place_code_has_1_to_250_characters check (char_length(place_code) between 1 and 250),
    constraint place_has_a_name check (char_length(btrim(name)) > 0)
);
create index places_by_xid on facts.places (row_xid);

-- A lot, or so many kilograms of it, was moved to a place. Without kilograms it was all that stood where
-- it came from; without that place, all of the lot. Moving takes no kilograms from a lot.
create table facts.moves (
    move_id bigint generated always as identity primary key,
    lot_id bigint not null references facts.lots,
    place_id bigint not null references facts.places,
    from_place_id bigint references facts.places,
    quantity_kg numeric(18, 6),
    reason text,
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    source_key text,
    happened_until timestamptz,
    constraint move_moves_more_than_0_kg check (quantity_kg > 0),
    constraint move_goes_elsewhere check (from_place_id <> place_id),
    constraint move_time_ends_after_it_begins check (happened_until > happened_at)
);
create index moves_by_lot on facts.moves (lot_id);
create index moves_by_xid on facts.moves (row_xid);
create index moves_by_source_key on facts.moves (source_key) where source_key is not null;

create table facts.move_voids (
    void_id bigint generated always as identity primary key,
    move_id bigint not null references facts.moves,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    happened_at timestamptz,
    constraint move_is_voided_once unique (move_id),
    constraint move_void_reason_is_said check (char_length(btrim(reason)) >= 10)
) with (vacuum_truncate = off);
create index move_voids_by_xid on facts.move_voids (row_xid);

-- Places with what people read of them: the code, the name, and the site where it is not the plant.
create view places as
select
    places.*,
    places.place_code || ' ' || places.name || coalesce(', ' || sites.name, '') as label
from facts.places
left join facts.partners as sites on places.partner_id = sites.partner_id
where places.recorded_at <= (select known_until());

create view moves as
select moves.*
from facts.moves
where
    moves.recorded_at <= (select known_until())
    and not exists (
        select from facts.move_voids as voids
        where
            voids.move_id = moves.move_id
            and voids.recorded_at <= (select known_until())
    );

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
        ['packing_voids', 'void_id', 'packing_id'],
        ['move_voids', 'void_id', 'move_id'],
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

-- Where a lot stands changes nothing of what checks look at.
create or replace function audit.bears_on_lots(table_name text, action text) returns boolean
language sql immutable parallel safe
return table_name <> all (array[
    'users', 'sign_ins', 'sign_in_failures', 'run_requests', 'dagster_acts', 'import_mappings',
    'decision_signatures', 'finding_settlements', 'productions', 'production_voids',
    'imports', 'places', 'moves', 'move_voids'
])
and (action <> 'insert' or table_name <> all (array['products', 'partners', 'production_runs']));

create trigger guard_source_key after insert on facts.moves
referencing new table as added for each statement execute function facts.guard_source_key();

do $$
declare
    named text;
    key_column text;
begin
    for named, key_column in
        values ('places', 'place_id'), ('moves', 'move_id'), ('move_voids', 'void_id')
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

grant select on facts.places, facts.moves, facts.move_voids, places, moves
to lotline_app, lotline_pipeline, lotline_auditor;
grant insert (place_code, name, kind, partner_id, operator_id) on facts.places to lotline_app;
grant insert (
    lot_id, place_id, from_place_id, quantity_kg, reason, operator_id, happened_at, happened_until,
    source_key
)
on facts.moves to lotline_app;
grant insert (move_id, reason, operator_id, happened_at) on facts.move_voids to lotline_app;

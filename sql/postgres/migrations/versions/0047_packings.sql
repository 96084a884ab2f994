-- What was put into a logistic unit (a case, a pallet) or taken out of it: a lot, or a whole unit. The
-- unit is its SSCC; what is in it follows (`packed`). Packing takes no kilograms from a lot.
create table facts.packings (
    packing_id bigint generated always as identity primary key,
    sscc text not null,
    kind text not null,
    lot_id bigint references facts.lots,
    inner_sscc text,
    quantity_kg numeric(18, 6),
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    source_key text,
    constraint packing_kind_is_known check (kind in ('PACKED', 'UNPACKED')),
    constraint packing_is_of_a_lot_or_a_unit check (num_nonnulls(lot_id, inner_sscc) = 1),
    constraint packing_unit_has_18_digits check (sscc ~ '^[0-9]{18}$' and inner_sscc ~ '^[0-9]{18}$'),
    constraint unit_is_not_in_itself check (sscc <> inner_sscc),
    constraint packing_moves_more_than_0_kg check (quantity_kg > 0),
    constraint packed_units_are_not_weighed check (quantity_kg is null or inner_sscc is null)
);
create index packings_by_sscc on facts.packings (sscc);
create index packings_by_inner_sscc on facts.packings (inner_sscc) where inner_sscc is not null;
create index packings_by_lot on facts.packings (lot_id) where lot_id is not null;
create index packings_by_xid on facts.packings (row_xid);
create index packings_by_source_key on facts.packings (source_key) where source_key is not null;

create table facts.packing_voids (
    void_id bigint generated always as identity primary key,
    packing_id bigint not null references facts.packings,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    happened_at timestamptz,
    constraint packing_is_voided_once unique (packing_id),
    constraint packing_void_reason_is_said check (char_length(btrim(reason)) >= 10)
) with (vacuum_truncate = off);
create index packing_voids_by_xid on facts.packing_voids (row_xid);

create view packings as
select packings.*
from facts.packings
where
    packings.recorded_at <= (select known_until())
    and not exists (
        select from facts.packing_voids as voids
        where
            voids.packing_id = packings.packing_id
            and voids.recorded_at <= (select known_until())
    );

-- What is in a logistic unit: of each lot what was put in less what was taken out, null where nobody
-- weighed it; or a unit that stands in it. What was taken out without kilograms was all there was.
create view packed as
select
    packings.sscc,
    packings.lot_id,
    packings.inner_sscc,
    case
        when count(*) = count(packings.quantity_kg)
            then sum(case packings.kind when 'PACKED' then 1 else -1 end * packings.quantity_kg)
    end as quantity_kg,
    max(packings.happened_at) filter (where packings.kind = 'PACKED') as packed_at
from packings
where
    not exists (
        select from packings as emptied
        where
            emptied.sscc = packings.sscc
            and emptied.lot_id is not distinct from packings.lot_id
            and emptied.inner_sscc is not distinct from packings.inner_sscc
            and emptied.kind = 'UNPACKED'
            and emptied.quantity_kg is null
            and emptied.packing_id >= packings.packing_id
    )
group by packings.sscc, packings.lot_id, packings.inner_sscc
having
    count(*) > count(packings.quantity_kg)
    or sum(case packings.kind when 'PACKED' then 1 else -1 end * packings.quantity_kg) > 0;

-- The lots of a logistic unit and of the units that stand in it, each by the unit it lies in.
create function lots_of_unit(asked text)
returns table (sscc text, lot_id bigint, quantity_kg numeric)
language sql stable
begin atomic
    with recursive units as (
        select asked as sscc
        union
        select packed.inner_sscc
        from units
        inner join packed on units.sscc = packed.sscc
        where packed.inner_sscc is not null
    )

    select packed.sscc, packed.lot_id, packed.quantity_kg
    from units
    inner join packed on units.sscc = packed.sscc
    where packed.lot_id is not null;
end;

-- A logistic unit with those it stands on, the innermost first.
create function units_around(asked text)
returns table (sscc text)
language sql stable
begin atomic
    with recursive units as (
        select asked as sscc
        union
        select packed.sscc
        from units
        inner join packed on units.sscc = packed.inner_sscc
    )

    select units.sscc from units;
end;

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

-- Where a lot stands changes nothing of what checks look at; shipping it does, and has facts of its own.
create or replace function audit.bears_on_lots(table_name text, action text) returns boolean
language sql immutable parallel safe
return table_name <> all (array[
    'users', 'sign_ins', 'sign_in_failures', 'run_requests', 'dagster_acts', 'import_mappings',
    'decision_signatures', 'finding_settlements', 'productions', 'production_voids',
    'packings', 'packing_voids'
])
and (action <> 'insert' or table_name <> all (array['products', 'partners', 'production_runs']));

create trigger guard_source_key after insert on facts.packings
referencing new table as added for each statement execute function facts.guard_source_key();

do $$
declare
    named text;
    key_column text;
begin
    for named, key_column in
        values ('packings', 'packing_id'), ('packing_voids', 'void_id')
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

grant select on facts.packings, facts.packing_voids, packings, packed
to lotline_app, lotline_pipeline, lotline_auditor;
grant insert (sscc, kind, lot_id, inner_sscc, quantity_kg, operator_id, happened_at, source_key)
on facts.packings to lotline_app;
grant insert (packing_id, reason, operator_id, happened_at) on facts.packing_voids to lotline_app;

-- Master data changes: a phone becomes known, a product gets its GTIN, a run is closed. What was
-- written stays; a revision restates it, with its reason, person and time, and the views that carry
-- the old names give the latest that is known.

alter table products set schema facts;
alter table partners set schema facts;
alter table production_runs set schema facts;
alter table facts.products alter column recorded_at set default facts.time_of_recording();
alter table facts.partners alter column recorded_at set default facts.time_of_recording();
alter table facts.production_runs alter column recorded_at set default facts.time_of_recording();
alter table facts.products add column operator_id bigint references users;
alter table facts.partners add column operator_id bigint references users;
alter table facts.production_runs add column operator_id bigint references users;

-- A revision restates all of a product, partner or run that may change, so that "now unknown" can be
-- said too. The code stays: files, labels and facts name the row by it.
create table facts.product_revisions (
    revision_id bigint generated always as identity primary key,
    product_id bigint not null references facts.products,
    name text not null,
    gtin text,
    reason text,
    from_import boolean,  -- true where an import found it; what a person changed is not asked anew
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint product_revision_is_of_an_import_or_not check (from_import),
    constraint product_revision_reason_is_said check (char_length(btrim(reason)) >= 10)
);
create index product_revisions_by_product on facts.product_revisions (product_id, revision_id);
create index product_revisions_by_xid on facts.product_revisions (row_xid);

create table facts.partner_revisions (
    revision_id bigint generated always as identity primary key,
    partner_id bigint not null references facts.partners,
    name text not null,
    role text not null,
    gln text,
    address text,
    phone text,
    email text,
    reason text,
    from_import boolean,  -- true where an import found it; what a person changed is not asked anew
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint revised_partner_role_is_known check (
        role in (
            'SUPPLIER', 'CUSTOMER', 'SITE', 'SUPPLIER;CUSTOMER', 'SUPPLIER;SITE', 'CUSTOMER;SITE',
            'SUPPLIER;CUSTOMER;SITE'
        )
    ),
    constraint partner_revision_is_of_an_import_or_not check (from_import),
    constraint partner_revision_reason_is_said check (char_length(btrim(reason)) >= 10)
);
create index partner_revisions_by_partner on facts.partner_revisions (partner_id, revision_id);
create index partner_revisions_by_xid on facts.partner_revisions (row_xid);

create table facts.run_revisions (
    revision_id bigint generated always as identity primary key,
    run_id bigint not null references facts.production_runs,
    status text not null,
    daily_target_kg numeric(12, 3),
    started_at timestamptz,
    ended_at timestamptz,
    reason text,
    from_import boolean,  -- true where an import found it; what a person changed is not asked anew
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint revised_run_status_is_known check (status in ('ACTIVE', 'COMPLETED', 'CANCELLED')),
    constraint revised_run_ends_after_it_started check (ended_at >= started_at),
    constraint run_revision_is_of_an_import_or_not check (from_import),
    constraint run_revision_reason_is_said check (char_length(btrim(reason)) >= 10)
);
create index run_revisions_by_run on facts.run_revisions (run_id, revision_id);
create index run_revisions_by_xid on facts.run_revisions (row_xid);
create index revisions_with_damaged_gtin on facts.product_revisions (product_id)
where identifier_damage('gtin', gtin) is not null;
create index revisions_with_damaged_gln on facts.partner_revisions (partner_id)
where identifier_damage('gln', gln) is not null;

-- Products, partners and runs as their latest revision has them. There are few of each beside lots,
-- so the latest is looked up row by row.
create view products as
select
    products.product_id,
    products.product_code,
    case when latest.revision_id is null then products.name else latest.name end as name,
    case when latest.revision_id is null then products.gtin else latest.gtin end as gtin,
    products.recorded_at,
    products.row_xid,
    latest.revision_id
from facts.products
left join lateral (
    select revisions.*
    from facts.product_revisions as revisions
    where
        revisions.product_id = products.product_id
        and revisions.recorded_at <= (select known_until())
    order by revisions.revision_id desc
    limit 1
) as latest on true
where products.recorded_at <= (select known_until());

create view partners as
select
    partners.partner_id,
    partners.partner_code,
    case when latest.revision_id is null then partners.name else latest.name end as name,
    case when latest.revision_id is null then partners.role else latest.role end as role,
    case when latest.revision_id is null then partners.gln else latest.gln end as gln,
    case when latest.revision_id is null then partners.address else latest.address end as address,
    case when latest.revision_id is null then partners.phone else latest.phone end as phone,
    case when latest.revision_id is null then partners.email else latest.email end as email,
    partners.recorded_at,
    partners.row_xid,
    latest.revision_id
from facts.partners
left join lateral (
    select revisions.*
    from facts.partner_revisions as revisions
    where
        revisions.partner_id = partners.partner_id
        and revisions.recorded_at <= (select known_until())
    order by revisions.revision_id desc
    limit 1
) as latest on true
where partners.recorded_at <= (select known_until());

create view production_runs as
select
    runs.run_id,
    runs.run_code,
    case when latest.revision_id is null then runs.status else latest.status end as status,
    case
        when latest.revision_id is null then runs.daily_target_kg else latest.daily_target_kg
    end as daily_target_kg,
    case when latest.revision_id is null then runs.started_at else latest.started_at end as started_at,
    case when latest.revision_id is null then runs.ended_at else latest.ended_at end as ended_at,
    runs.recorded_at,
    runs.row_xid,
    latest.revision_id
from facts.production_runs as runs
left join lateral (
    select revisions.*
    from facts.run_revisions as revisions
    where revisions.run_id = runs.run_id and revisions.recorded_at <= (select known_until())
    order by revisions.revision_id desc
    limit 1
) as latest on true
where runs.recorded_at <= (select known_until());

-- Spoilt identifiers of what these lots are, come from and went to, whatever revision says them.
create or replace function damaged_masters_of(of_lot_ids bigint []) returns table (
    lot_id bigint, field text, kind text, written text
)
language plpgsql stable as $$
begin
    if not exists (
        select from facts.products
        where identifier_damage('code', product_code) is not null
        or identifier_damage('gtin', gtin) is not null
    ) and not exists (
        select from facts.product_revisions where identifier_damage('gtin', gtin) is not null
    ) and not exists (
        select from facts.partners
        where identifier_damage('code', partner_code) is not null
        or identifier_damage('gln', gln) is not null
    ) and not exists (
        select from facts.partner_revisions where identifier_damage('gln', gln) is not null
    ) and not exists (
        select from facts.production_runs where identifier_damage('code', run_code) is not null
    ) then
        return;
    end if;
    return query
    select lots.lot_id, named.field, named.kind, named.written
    from lots
    left join products on lots.product_id = products.product_id
    left join partners on lots.supplier_id = partners.partner_id
    left join production_runs on lots.run_id = production_runs.run_id
    cross join lateral (
        values
        ('product_code', 'code', products.product_code),
        ('gtin', 'gtin', products.gtin),
        ('supplier_code', 'code', partners.partner_code),
        ('supplier_gln', 'gln', partners.gln),
        ('run_code', 'code', production_runs.run_code)
    ) as named (field, kind, written)
    where lots.lot_id = any(of_lot_ids) and identifier_damage(named.kind, named.written) is not null
    union all
    select distinct shipments.lot_id, named.field, named.kind, named.written
    from shipments
    inner join partners on shipments.customer_id = partners.partner_id
    cross join lateral (
        values ('customer_code', 'code', partners.partner_code), ('customer_gln', 'gln', partners.gln)
    ) as named (field, kind, written)
    where
        shipments.lot_id = any(of_lot_ids)
        and identifier_damage(named.kind, named.written) is not null;
end
$$;

-- Enter each row that a statement wrote. It runs as the owner, so that no role needs a right to the
-- trail, and by names and a time zone of its own, whatever the writer's session has set. Of a row that
-- restates another (arguments: by which column, and the table of the first statements) the entry keeps
-- what was said before.
create or replace function audit.note_writes() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, audit, pg_temp set timezone = 'UTC' as $$
declare
    key_column text := tg_argv[0];
    head audit.entries;
    written record;
begin
    -- The one write lock; whoever wrote through a command holds it already.
    perform pg_advisory_xact_lock(7150002);
    select * into head from audit.entries order by entry_id desc limit 1;
    for written in execute case
        when tg_op = 'INSERT' and tg_nargs = 1 then format(
            'select null::jsonb as before, to_jsonb(added) as after from added order by %I', key_column
        )
        when tg_op = 'INSERT' then format(
            'select
                (
                    select jsonb_object_agg(said.name, said.value)
                    from jsonb_each(coalesce(
                        (
                            select to_jsonb(earlier)
                            from %2$I.%3$I as earlier
                            where earlier.%4$I = added.%4$I and earlier.%1$I < added.%1$I
                            order by earlier.%1$I desc limit 1
                        ),
                        (select to_jsonb(first) from %5$s as first where first.%4$I = added.%4$I)
                    )) as said (name, value)
                    where
                        to_jsonb(added) ? said.name
                        and said.name not in (%1$L, ''reason'', ''operator_id'', ''recorded_at'')
                ) as before,
                to_jsonb(added) as after
            from added order by %1$I',
            key_column, tg_table_schema, tg_table_name, tg_argv[1], tg_argv[2]
        )
        else format(
            'select to_jsonb(was) as before, to_jsonb(added) as after
             from was inner join added using (%1$I) order by %1$I', key_column
        )
    end
    loop
        head := audit.append(
            head, lower(tg_op), tg_table_name, key_column, written.before, written.after
        );
    end loop;
    return null;
end
$$;

drop trigger note_inserts on facts.lot_corrections;
drop trigger refuse_change on facts.lot_corrections;
do $$
declare
    named text;
    key_column text;
    about text;
    first_said text;
begin
    for named, key_column, about, first_said in
        values
        ('lot_corrections', 'correction_id', 'lot_id', 'facts.lots'),
        ('product_revisions', 'revision_id', 'product_id', 'facts.products'),
        ('partner_revisions', 'revision_id', 'partner_id', 'facts.partners'),
        ('run_revisions', 'revision_id', 'run_id', 'facts.production_runs')
    loop
        execute format(
            'create trigger note_inserts after insert on facts.%I referencing new table as added
             for each statement execute function audit.note_writes(%L, %L, %L)',
            named, key_column, about, first_said
        );
        execute format(
            'create trigger refuse_change before update or delete or truncate on facts.%I
             for each statement execute function facts.refuse_change()', named
        );
    end loop;
    foreach named in array array[
        'products', 'partners', 'production_runs', 'product_revisions', 'partner_revisions',
        'run_revisions'
    ]
    loop
        execute format(
            'create trigger take_turn before insert on facts.%I
             for each statement execute function facts.take_turn()', named
        );
        execute format(
            'create trigger refuse_the_past after insert on facts.%I
             for each statement execute function facts.refuse_the_past()', named
        );
    end loop;
end
$$;

grant select on
products, partners, production_runs, facts.product_revisions, facts.partner_revisions,
facts.run_revisions
to lotline_app, lotline_pipeline, lotline_auditor;
grant insert (operator_id) on facts.products to lotline_app;
grant insert (operator_id) on facts.partners to lotline_app;
grant insert (operator_id) on facts.production_runs to lotline_app;
grant insert (product_id, name, gtin, reason, from_import, operator_id) on facts.product_revisions to lotline_app;
grant insert (partner_id, name, role, gln, address, phone, email, reason, from_import, operator_id)
on facts.partner_revisions to lotline_app;
grant insert (run_id, status, daily_target_kg, started_at, ended_at, reason, from_import, operator_id)
on facts.run_revisions to lotline_app;

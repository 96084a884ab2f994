-- The record: what the plant wrote down.
--
-- Facts are appended, never changed: the app's role may insert and read them and nothing
-- else. Every fact has happened_at (on the floor) and recorded_at (here). row_xid lets a
-- copy ask, exactly, "what was committed since my last snapshot?" under concurrent writers.
-- Constraint names are sentences; commands turn the name into a refusal.

create table users (
    user_id bigint generated always as identity primary key,
    email text not null,
    full_name text not null,
    role text not null,
    password_hash text not null,
    is_active boolean not null default true,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint email_is_lower_case check (email = lower(email)),
    constraint email_is_unique unique (email),
    constraint role_is_known
    check (role in ('ADMIN', 'MANAGER', 'AUDITOR', 'OPERATOR', 'VIEWER'))
);

create table sign_ins (
    sign_in_id bigint generated always as identity primary key,
    user_id bigint not null references users,
    happened_at timestamptz not null default clock_timestamp()
);
create index sign_ins_by_user on sign_ins (user_id, happened_at);

create table sessions (
    session_id bigint generated always as identity primary key,
    token_hash bytea not null,
    user_id bigint not null references users,
    started_at timestamptz not null default clock_timestamp(),
    seen_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    constraint session_token_is_unique unique (token_hash)
);

create table products (
    product_id bigint generated always as identity primary key,
    product_code text not null,
    name text not null,
    gtin text,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint product_code_is_unique unique (product_code)
);

create table partners (
    partner_id bigint generated always as identity primary key,
    partner_code text not null,
    name text not null,
    role text not null,
    gln text,
    address text,
    phone text,
    email text,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint partner_code_is_unique unique (partner_code),
    constraint partner_role_is_known check (role in ('SUPPLIER', 'CUSTOMER', 'SITE'))
);

create table production_runs (
    run_id bigint generated always as identity primary key,
    run_code text not null,
    status text not null default 'ACTIVE',
    daily_target_kg numeric(12, 3),
    started_at timestamptz,
    ended_at timestamptz,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint run_code_is_unique unique (run_code),
    constraint run_status_is_known check (status in ('ACTIVE', 'COMPLETED', 'CANCELLED')),
    constraint run_ends_after_it_started check (ended_at >= started_at)
);

create table phases (
    phase_id bigint primary key,
    stream text,
    name_en text not null,
    name_hu text not null,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint stream_is_known check (stream in ('A', 'B', 'C'))
);

create table qc_gates (
    gate_id bigint generated always as identity primary key,
    gate_number numeric(4, 1) not null,
    phase_id bigint not null references phases,
    lot_type text,
    name_en text not null,
    name_hu text not null,
    gate_type text not null,
    is_ccp boolean not null,
    checklist jsonb not null default '[]',
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint gate_number_is_unique unique (gate_number),
    constraint gate_type_is_known check (gate_type in ('CHECKPOINT', 'BLOCKING', 'INFO')),
    constraint gate_lot_type_is_known
    check (lot_type in ('RAW', 'DEB', 'BULK', 'MIX', 'SKW', 'FRZ', 'FG'))
);

create table gate_limits (
    limit_id bigint generated always as identity primary key,
    gate_id bigint not null references qc_gates,
    characteristic text not null,
    unit text not null,
    lower_bound numeric(12, 3),
    upper_bound numeric(12, 3),
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint limit_bounds_something check (lower_bound <= upper_bound or num_nulls(lower_bound, upper_bound) = 1)
);

create table lots (
    lot_id bigint generated always as identity primary key,
    lot_code text not null,
    lot_type text,
    product_id bigint references products,
    run_id bigint references production_runs,
    phase_id bigint references phases,
    supplier_id bigint references partners,
    supplier_lot_code text,
    weight_kg numeric(12, 3),
    temperature_c numeric(6, 2),
    expires_on date,
    metadata jsonb not null default '{}',
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint lot_code_is_unique unique (lot_code),
    constraint lot_code_has_1_to_100_characters check (char_length(lot_code) between 1 and 100),
    constraint lot_type_is_known
    check (lot_type in ('RAW', 'DEB', 'BULK', 'MIX', 'SKW', 'FRZ', 'FG')),
    constraint lot_weighs_0_to_10000_kg check (weight_kg between 0 and 10000),
    constraint lot_temperature_is_plausible check (temperature_c between -50 and 100),
    constraint lot_metadata_is_an_object check (jsonb_typeof(metadata) = 'object')
);
create index lots_by_time on lots (happened_at desc, lot_id desc);
create index lots_by_type on lots (lot_type, happened_at desc);
create index lots_by_supplier_lot on lots (supplier_lot_code) where supplier_lot_code is not null;

create table lot_genealogy (
    link_id bigint generated always as identity primary key,
    parent_lot_id bigint not null references lots,
    child_lot_id bigint not null references lots,
    quantity_kg numeric(12, 3),
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint lot_is_not_its_own_parent check (parent_lot_id <> child_lot_id),
    constraint link_quantity_is_not_negative check (quantity_kg >= 0)
);
create index lot_genealogy_by_parent on lot_genealogy (parent_lot_id);
create index lot_genealogy_by_child on lot_genealogy (child_lot_id);

create table readings (
    reading_id bigint generated always as identity primary key,
    lot_id bigint not null references lots,
    gate_id bigint references qc_gates,
    characteristic text not null,
    value numeric(24, 12) not null,
    unit text not null,
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint characteristic_is_named check (characteristic <> '')
);
create index readings_by_lot on readings (lot_id);

create table qc_decisions (
    decision_id bigint generated always as identity primary key,
    lot_id bigint not null references lots,
    gate_id bigint references qc_gates,
    decision text not null,
    notes text,
    temperature_c numeric(6, 2),
    digital_signature text,
    operator_id bigint references users,
    decided_by text,  -- who decided, where an import names a person without an account
    happened_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint decision_is_known check (decision in ('PASS', 'HOLD', 'FAIL')),
    constraint decision_temperature_is_plausible check (temperature_c between -50 and 100),
    constraint notes_have_at_most_1000_characters check (char_length(notes) <= 1000)
);
create index qc_decisions_by_lot on qc_decisions (lot_id, gate_id);

create table shipments (
    shipment_id bigint generated always as identity primary key,
    shipment_code text not null,
    lot_id bigint not null references lots,
    customer_id bigint not null references partners,
    quantity_kg numeric(12, 3),
    document text,
    sscc text,
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint shipped_quantity_is_not_negative check (quantity_kg >= 0)
);
create index shipments_by_lot on shipments (lot_id);
create index shipments_by_code on shipments (shipment_code);

create table run_requests (
    request_id bigint generated always as identity primary key,
    requested_by bigint references users,
    requested_at timestamptz not null default clock_timestamp()
);

create index users_by_xid on users (row_xid);
create index products_by_xid on products (row_xid);
create index partners_by_xid on partners (row_xid);
create index production_runs_by_xid on production_runs (row_xid);
create index lots_by_xid on lots (row_xid);
create index lot_genealogy_by_xid on lot_genealogy (row_xid);
create index readings_by_xid on readings (row_xid);
create index qc_decisions_by_xid on qc_decisions (row_xid);
create index shipments_by_xid on shipments (row_xid);

-- The latest decision at each gate of a lot; decisions without a gate count as a gate of their own.
create view latest_decisions as
select distinct on (lot_id, coalesce(gate_id, 0))
    lot_id,
    gate_id,
    decision,
    happened_at,
    decision_id
from qc_decisions
order by lot_id, coalesce(gate_id, 0), happened_at desc, decision_id desc;

-- What the latest decisions make of a lot: one FAIL rejects, else one HOLD holds, else a PASS releases.
create function lot_disposition(of_lot_id bigint) returns text
language sql stable parallel safe
return (
    select
        case
            when bool_or(decision = 'FAIL') then 'rejected'
            when bool_or(decision = 'HOLD') then 'hold'
            when count(*) > 0 then 'released'
            else 'pending'
        end
    from latest_decisions
    where lot_id = of_lot_id
);

-- Kilograms that left a lot: into children and to customers, as far as they are known.
create function lot_given_out_kg(of_lot_id bigint) returns numeric
language sql stable parallel safe
return coalesce((select sum(quantity_kg) from lot_genealogy where parent_lot_id = of_lot_id), 0)
+ coalesce((select sum(quantity_kg) from shipments where lot_id = of_lot_id), 0);

do $$
begin
    if not exists (select from pg_roles where rolname = 'lotline_app') then
        create role lotline_app nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'lotline_pipeline') then
        create role lotline_pipeline nologin;
    end if;
    execute format('grant lotline_app, lotline_pipeline to %I', current_user);
end
$$;

revoke all on all tables in schema public from public;
grant usage on schema public to lotline_app, lotline_pipeline;

grant select on all tables in schema public to lotline_app;
grant insert on
users, sign_ins, sessions, products, partners, production_runs, lots, lot_genealogy, readings,
qc_decisions, shipments, run_requests
to lotline_app;
grant update (full_name, role, password_hash, is_active) on users to lotline_app;
grant update (seen_at, ended_at) on sessions to lotline_app;

grant select on
products, partners, production_runs, phases, qc_gates, gate_limits, lots, lot_genealogy, readings,
qc_decisions, shipments, run_requests, latest_decisions
to lotline_pipeline;
grant select (user_id, email, full_name, role, is_active, recorded_at, row_xid)
on users to lotline_pipeline;

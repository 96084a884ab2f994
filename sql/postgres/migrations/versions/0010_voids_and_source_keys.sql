-- Shipments, readings and lots can be voided as links can, and facts carry their source's own key.

-- What was recorded by mistake: the fact stays readable, and another says so and why.
create table facts.shipment_voids (
    void_id bigint generated always as identity primary key,
    shipment_id bigint not null references facts.shipments,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint shipment_is_voided_once unique (shipment_id),
    constraint shipment_void_reason_is_said check (char_length(btrim(reason)) >= 10)
);
create index shipment_voids_by_xid on facts.shipment_voids (row_xid);

create table facts.reading_voids (
    void_id bigint generated always as identity primary key,
    reading_id bigint not null references facts.readings,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint reading_is_voided_once unique (reading_id),
    constraint reading_void_reason_is_said check (char_length(btrim(reason)) >= 10)
);
create index reading_voids_by_xid on facts.reading_voids (row_xid);

create table facts.lot_voids (
    void_id bigint generated always as identity primary key,
    lot_id bigint not null references facts.lots,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint lot_is_voided_once unique (lot_id),
    constraint lot_void_reason_is_said check (char_length(btrim(reason)) >= 10)
);
create index lot_voids_by_xid on facts.lot_voids (row_xid);

-- The key of a fact in the system it was exported from: the same key with other content corrects
-- that fact and is never a second one.
alter table facts.lot_genealogy add column source_key text;
alter table facts.readings add column source_key text;
alter table facts.qc_decisions add column source_key text;
alter table facts.shipments add column source_key text;
create index lot_genealogy_by_source_key on facts.lot_genealogy (source_key)
where source_key is not null;
create index readings_by_source_key on facts.readings (source_key) where source_key is not null;
create index qc_decisions_by_source_key on facts.qc_decisions (source_key)
where source_key is not null;
create index shipments_by_source_key on facts.shipments (source_key) where source_key is not null;

create or replace view lots as
select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    case when latest.correction_id is null then lots.product_id else latest.product_id end as product_id,
    lots.run_id,
    lots.phase_id,
    lots.supplier_id,
    lots.supplier_lot_code,
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
    latest.correction_id
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

create or replace view lot_genealogy as
select links.*
from facts.lot_genealogy as links
where
    links.recorded_at <= (select known_until())
    and not exists (
        select from facts.link_voids as voids
        where voids.link_id = links.link_id and voids.recorded_at <= (select known_until())
    );

create or replace view readings as
select readings.*
from facts.readings
where
    readings.recorded_at <= (select known_until())
    and not exists (
        select from facts.reading_voids as voids
        where voids.reading_id = readings.reading_id and voids.recorded_at <= (select known_until())
    );

create or replace view qc_decisions as
select decisions.*
from facts.qc_decisions as decisions
where
    decisions.recorded_at <= (select known_until())
    and not exists (
        select from facts.decision_withdrawals as withdrawals
        where
            withdrawals.decision_id = decisions.decision_id
            and withdrawals.recorded_at <= (select known_until())
    );

create or replace view shipments as
select shipments.*
from facts.shipments
where
    shipments.recorded_at <= (select known_until())
    and not exists (
        select from facts.shipment_voids as voids
        where
            voids.shipment_id = shipments.shipment_id
            and voids.recorded_at <= (select known_until())
    );

-- A shipment goes to one customer.
create function facts.guard_customer() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    select added.shipment_code into wrong
    from added
    inner join shipments on added.shipment_code = shipments.shipment_code
    where added.customer_id <> shipments.customer_id
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'shipment_has_one_customer',
            message = format('shipment %s would have two customers', wrong), detail = wrong;
    end if;
    return null;
end
$$;

-- A source's key names one fact that stands.
create function facts.guard_source_key() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    if not exists (select from added where source_key is not null) then
        return null;
    end if;
    execute format(
        'select min(source_key) from %I where source_key in (select source_key from added)
         group by source_key having count(*) > 1 limit 1', tg_table_name
    ) into wrong;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'source_key_names_one_fact',
            message = format('source key %s would name two facts', wrong), detail = wrong;
    end if;
    return null;
end
$$;

-- A lot is voided after all that stands about it: its links, shipments, readings and decisions.
create function facts.guard_lot_void() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    select lots.lot_code into wrong
    from added
    inner join facts.lots on added.lot_id = lots.lot_id
    where
        exists (select from lot_genealogy where parent_lot_id = added.lot_id)
        or exists (select from lot_genealogy where child_lot_id = added.lot_id)
        or exists (select from shipments where shipments.lot_id = added.lot_id)
        or exists (select from readings where readings.lot_id = added.lot_id)
        or exists (select from qc_decisions where qc_decisions.lot_id = added.lot_id)
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'voided_lot_has_no_facts',
            message = format('lot %s still has facts that stand', wrong), detail = wrong;
    end if;
    return null;
end
$$;
revoke all on function facts.guard_customer(), facts.guard_source_key(), facts.guard_lot_void()
from public;

create trigger guard_customer after insert on facts.shipments
referencing new table as added for each statement execute function facts.guard_customer();
create trigger guard_lot_void after insert on facts.lot_voids
referencing new table as added for each statement execute function facts.guard_lot_void();

do $$
declare
    fact text;
begin
    foreach fact in array array['lot_genealogy', 'readings', 'qc_decisions', 'shipments']
    loop
        execute format(
            'create trigger guard_source_key after insert on facts.%I
             referencing new table as added
             for each statement execute function facts.guard_source_key()', fact
        );
    end loop;
    foreach fact in array array['shipment_voids', 'reading_voids', 'lot_voids']
    loop
        execute format(
            'create trigger take_turn before insert on facts.%I
             for each statement execute function facts.take_turn()', fact
        );
        execute format(
            'create trigger refuse_the_past after insert on facts.%I
             for each statement execute function facts.refuse_the_past()', fact
        );
        execute format(
            'create trigger note_inserts after insert on facts.%I referencing new table as added
             for each statement execute function audit.note_writes(%L)', fact, 'void_id'
        );
        execute format(
            'create trigger refuse_change before update or delete or truncate on facts.%I
             for each statement execute function facts.refuse_change()', fact
        );
        execute format(
            'grant select on facts.%I to lotline_app, lotline_pipeline, lotline_auditor', fact
        );
    end loop;
end
$$;

grant insert (source_key) on
facts.lot_genealogy, facts.readings, facts.qc_decisions, facts.shipments to lotline_app;
grant insert (shipment_id, reason, operator_id) on facts.shipment_voids to lotline_app;
grant insert (reading_id, reason, operator_id) on facts.reading_voids to lotline_app;
grant insert (lot_id, reason, operator_id) on facts.lot_voids to lotline_app;

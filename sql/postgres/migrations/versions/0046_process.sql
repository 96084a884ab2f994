-- A plant's process is data. What the record began with becomes version 1; every later version is
-- rows appended, each naming the version that brought it (sql/domain.md, The process).

create table facts.process_versions (
    version_id bigint generated always as identity primary key,
    name text not null,
    reason text not null,
    holds_from timestamptz,  -- lots made before are not held to what it adds; null: every lot is
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint process_is_named check (char_length(btrim(name)) between 1 and 100),
    constraint process_reason_is_said check (char_length(btrim(reason)) >= 10)
);

insert into facts.process_versions (name, reason, recorded_at)
select
    'kebab',
    'the process that the record began with',
    coalesce(min(recorded_at), clock_timestamp())
from phases;

-- The version in force, now or at the moment a transaction asks about. The first one holds from the
-- beginning, whenever the record came to know it.
create function process_in_force() returns bigint
language plpgsql stable parallel safe as $$
begin
    return (
        select max(version_id) from facts.process_versions
        where version_id = 1 or recorded_at <= known_until()
    );
end
$$;

-- The first statement of a part stands in its own table, every later one among its revisions.
create table facts.lot_types (
    lot_type_id bigint generated always as identity primary key,
    lot_type text not null,
    version_id bigint not null references facts.process_versions,
    name_en text not null,
    name_hu text not null,
    position integer not null,
    origin text not null,
    lightest_kg numeric(15, 6),
    heaviest_kg numeric(15, 6),
    coldest_c numeric(6, 2),
    warmest_c numeric(6, 2),
    yield_tolerance_ratio numeric(6, 4),  -- null: it loses or gains by its nature
    colour text,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint lot_type_is_named_once unique (lot_type),
    constraint lot_type_has_1_to_20_signs check (lot_type ~ '^[^[:space:][:cntrl:]]{1,20}$'),
    constraint lot_type_origin_is_known check (origin in ('RECEIVED', 'MADE', 'FINISHED')),
    constraint lot_type_bounds_are_in_order
    check (coalesce(lightest_kg <= heaviest_kg, true) and coalesce(coldest_c <= warmest_c, true)),
    constraint yield_tolerance_is_a_part check (yield_tolerance_ratio between 0 and 1)
);
create table facts.lot_type_revisions (
    revision_id bigint generated always as identity primary key,
    lot_type_id bigint not null references facts.lot_types,
    version_id bigint not null references facts.process_versions,
    name_en text not null,
    name_hu text not null,
    position integer not null,
    origin text not null,
    lightest_kg numeric(15, 6),
    heaviest_kg numeric(15, 6),
    coldest_c numeric(6, 2),
    warmest_c numeric(6, 2),
    yield_tolerance_ratio numeric(6, 4),
    colour text,
    is_retired boolean not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint lot_type_is_revised_once_a_version unique (lot_type_id, version_id),
    constraint revised_origin_is_known check (origin in ('RECEIVED', 'MADE', 'FINISHED')),
    constraint revised_bounds_are_in_order
    check (coalesce(lightest_kg <= heaviest_kg, true) and coalesce(coldest_c <= warmest_c, true)),
    constraint revised_yield_tolerance_is_a_part check (yield_tolerance_ratio between 0 and 1)
);

-- Phases and gates have been in the record before: null there means version 1.
drop view waiting_lots, all_lot_states, gates_by_type, gates_to_pass;
alter table phases set schema facts;
alter table facts.phases
add column version_id bigint references facts.process_versions,
drop constraint stream_is_known;
create table facts.phase_revisions (
    revision_id bigint generated always as identity primary key,
    phase_id bigint not null references facts.phases,
    version_id bigint not null references facts.process_versions,
    stream text,
    name_en text not null,
    name_hu text not null,
    is_retired boolean not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint phase_is_revised_once_a_version unique (phase_id, version_id)
);

alter table qc_gates set schema facts;
alter table facts.qc_gates
alter column phase_id drop not null,
add column version_id bigint references facts.process_versions,
add column lot_types text [],  -- null: the one in lot_type
drop constraint gate_lot_type_is_known;
create table facts.gate_revisions (
    revision_id bigint generated always as identity primary key,
    gate_id bigint not null references facts.qc_gates,
    version_id bigint not null references facts.process_versions,
    phase_id bigint references facts.phases,
    lot_types text [] not null,
    name_en text not null,
    name_hu text not null,
    gate_type text not null,
    is_ccp boolean not null,
    checklist jsonb not null,
    is_retired boolean not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint gate_is_revised_once_a_version unique (gate_id, version_id),
    constraint revised_gate_type_is_known check (gate_type in ('CHECKPOINT', 'BLOCKING', 'INFO'))
);

-- A limit is for all lots at its gate, or for those of a type, a product or a storage class. What
-- names it is all that it applies to, and the moment from which; a later row of the same name is
-- what it was corrected to.
alter table facts.products add column storage_class text;
alter table facts.products
add constraint storage_class_is_known
check (storage_class in ('CHILLED', 'FROZEN', 'AMBIENT', 'HOT'));
alter table facts.product_revisions add column storage_class text;
alter table facts.product_revisions
add constraint revised_storage_class_is_known
check (storage_class in ('CHILLED', 'FROZEN', 'AMBIENT', 'HOT'));
create or replace view products as
select
    products.product_id,
    products.product_code,
    case when latest.revision_id is null then products.name else latest.name end as name,
    case when latest.revision_id is null then products.gtin else latest.gtin end as gtin,
    products.recorded_at,
    products.row_xid,
    latest.revision_id,
    case when latest.revision_id is null then products.unit else latest.unit end as unit,
    case
        when latest.revision_id is null then products.kg_per_unit else latest.kg_per_unit
    end as kg_per_unit,
    case
        when latest.revision_id is null then products.storage_class else latest.storage_class
    end as storage_class
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
alter table gate_limits set schema facts;
alter table facts.gate_limits
add column version_id bigint references facts.process_versions,
add column lot_type text references facts.lot_types (lot_type),
add column product_id bigint references facts.products,
add column storage_class text,
add column in_force_from timestamptz,  -- null: since ever
add column in_force_until timestamptz,  -- null: until a later one
add column is_retired boolean,  -- null: it is not
add constraint limit_storage_class_is_known
check (storage_class in ('CHILLED', 'FROZEN', 'AMBIENT', 'HOT')),
add constraint limit_ends_after_it_began check (in_force_until > in_force_from);

-- What must hold across lots, for those of a type: the words are the rules that there are.
create table facts.process_rules (
    rule_id bigint generated always as identity primary key,
    version_id bigint not null references facts.process_versions,
    rule text not null,
    lot_type text references facts.lot_types (lot_type),  -- null: all
    input_lot_type text references facts.lot_types (lot_type),  -- null: any
    hours numeric(9, 2),
    is_retired boolean not null default false,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint process_rule_is_known check (
        rule in (
            'ONE_PRODUCT', 'ONE_SPECIES', 'SAME_DAY', 'LONGEST_WAIT',
            'PALLET_OF_ONE_PRODUCT', 'PALLET_OF_ONE_CUSTOMER'
        )
    ),
    constraint longest_wait_has_hours check ((rule = 'LONGEST_WAIT') = (hours is not null)),
    constraint hours_are_more_than_0 check (hours > 0)
);

-- Numbers that hold for the whole plant.
create table facts.process_settings (
    setting_id bigint generated always as identity primary key,
    version_id bigint not null references facts.process_versions,
    setting text not null,
    value numeric(15, 6),  -- null: nothing is said any more
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint setting_is_said_once_a_version unique (setting, version_id),
    constraint setting_is_known check (
        setting in ('lightest_kg', 'heaviest_kg', 'coldest_c', 'warmest_c')
    )
);

insert into facts.lot_types (
    lot_type, version_id, name_en, name_hu, position, origin, yield_tolerance_ratio
) values
('RAW', 1, 'received', 'átvett', 1, 'RECEIVED', null),
('DEB', 1, 'deboned', 'csontozott', 2, 'MADE', null),
('BULK', 1, 'buffer', 'puffer', 3, 'MADE', null),
('MIX', 1, 'mixed', 'kevert', 4, 'MADE', 0.05),
('SKW', 1, 'skewered', 'nyársalt', 5, 'MADE', 0.05),
('FRZ', 1, 'frozen', 'fagyasztott', 6, 'MADE', 0.05),
('FG', 1, 'finished', 'késztermék', 7, 'FINISHED', 0.05);

insert into facts.process_rules (version_id, rule, lot_type, input_lot_type) values
(1, 'ONE_PRODUCT', 'FRZ', 'SKW'),
(1, 'ONE_SPECIES', null, null);

insert into facts.process_settings (version_id, setting, value) values
(1, 'lightest_kg', 0),
(1, 'heaviest_kg', 10000),
(1, 'coldest_c', -50),
(1, 'warmest_c', 100);

-- What stands in a storage class has limits of its own at Receipt; spices may be as warm as the day.
alter table facts.gate_limits disable trigger user;
insert into facts.gate_limits
(gate_id, characteristic, unit, lower_bound, upper_bound, version_id, storage_class)
select gates.gate_id, 'surface_temperature', 'C', bounds.lower_bound, bounds.upper_bound, 1, bounds.storage_class
from (
    values
    ('AMBIENT', null::numeric, null::numeric),
    ('CHILLED', -2, 4),
    ('FROZEN', null, -18)
) as bounds (storage_class, lower_bound, upper_bound)
inner join facts.qc_gates as gates on gates.gate_number = 1
order by bounds.storage_class;
alter table facts.gate_limits enable trigger user;

-- What is possible is physics; what is plausible says the process.
alter table facts.lots
drop constraint lot_type_is_known,
drop constraint lot_weighs_0_to_10000_kg,
drop constraint lot_temperature_is_plausible,
add column beyond_reason text,  -- why its weight or temperature is beyond what is plausible
add constraint lot_type_is_known foreign key (lot_type) references facts.lot_types (lot_type),
add constraint lot_weight_is_possible check (weight_kg >= 0 and weight_kg < 1000000000),
add constraint lot_temperature_is_possible check (temperature_c >= -273.15),
add constraint beyond_reason_is_said check (char_length(btrim(beyond_reason)) >= 10);
alter table facts.lot_corrections
drop constraint corrected_lot_weighs_0_to_10000_kg,
drop constraint corrected_temperature_is_plausible,
add constraint corrected_weight_is_possible check (weight_kg >= 0 and weight_kg < 1000000000),
add constraint corrected_temperature_is_possible check (temperature_c >= -273.15);
alter table facts.qc_decisions
drop constraint decision_temperature_is_plausible,
add constraint decision_temperature_is_possible check (temperature_c >= -273.15);

-- A decision and a result keep the version they were judged under; null: the first.
alter table facts.qc_decisions add column version_id bigint references facts.process_versions;
alter table facts.qc_decisions alter column version_id set default process_in_force();
alter table facts.readings add column version_id bigint references facts.process_versions;
alter table facts.readings alter column version_id set default process_in_force();

-- What was written before enters the trail as found, as in migration 0003.
do $$
declare
    named text;
    key_column text;
    held jsonb;
    head audit.entries;
begin
    select * into head from audit.entries order by entry_id desc limit 1;
    for named, key_column in
        values
        ('process_versions', 'version_id'),
        ('lot_types', 'lot_type_id'),
        ('lot_type_revisions', 'revision_id'),
        ('phase_revisions', 'revision_id'),
        ('gate_revisions', 'revision_id'),
        ('process_rules', 'rule_id'),
        ('process_settings', 'setting_id')
    loop
        for held in execute format('select to_jsonb(held) from facts.%I as held order by %I', named, key_column)
        loop
            head := audit.append(head, 'found', named, key_column, null, held);
        end loop;
        execute format(
            'create trigger note_inserts after insert on facts.%I referencing new table as added
             for each statement execute function audit.note_writes(%L)', named, key_column
        );
        execute format(
            'create trigger refuse_change before update or delete or truncate on facts.%I
             for each statement execute function facts.refuse_change()', named
        );
    end loop;
    for held in
        select to_jsonb(limits) from facts.gate_limits as limits
        where limits.storage_class is not null order by limits.limit_id
    loop
        head := audit.append(head, 'found', 'gate_limits', 'limit_id', null, held);
    end loop;
    foreach named in array array[
        'process_versions', 'lot_types', 'lot_type_revisions', 'phases', 'phase_revisions',
        'qc_gates', 'gate_revisions', 'gate_limits', 'process_rules', 'process_settings'
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

-- The process in force, part by part. A part that is retired stays, so that what was decided there
-- keeps its name.
create view process_versions as
select * from facts.process_versions
where version_id <= (select process_in_force());

create view lot_types as
select distinct on (stated.lot_type_id) stated.*
from (
    select
        lot_type_id, lot_type, version_id, name_en, name_hu, position, origin, lightest_kg,
        heaviest_kg, coldest_c, warmest_c, yield_tolerance_ratio, colour, false as is_retired,
        recorded_at, row_xid
    from facts.lot_types
    union all
    select
        revisions.lot_type_id, types.lot_type, revisions.version_id, revisions.name_en,
        revisions.name_hu, revisions.position, revisions.origin, revisions.lightest_kg,
        revisions.heaviest_kg, revisions.coldest_c, revisions.warmest_c,
        revisions.yield_tolerance_ratio, revisions.colour, revisions.is_retired,
        revisions.recorded_at, revisions.row_xid
    from facts.lot_type_revisions as revisions
    inner join facts.lot_types as types on revisions.lot_type_id = types.lot_type_id
) as stated
where stated.version_id <= (select process_in_force())
order by stated.lot_type_id, stated.version_id desc;

create view phases as
select distinct on (stated.phase_id) stated.*
from (
    select
        phase_id, coalesce(version_id, 1) as version_id, stream, name_en, name_hu,
        false as is_retired, recorded_at, row_xid
    from facts.phases
    union all
    select phase_id, version_id, stream, name_en, name_hu, is_retired, recorded_at, row_xid
    from facts.phase_revisions
) as stated
where stated.version_id <= (select process_in_force())
order by stated.phase_id, stated.version_id desc;

-- Every statement of every gate, of whatever version known.
create view gates_stated as
select stated.*
from (
    select
        gate_id, gate_number, coalesce(version_id, 1) as version_id, phase_id,
        coalesce(lot_types, array_remove(array[lot_type], null)) as lot_types, name_en, name_hu,
        gate_type, is_ccp, checklist, false as is_retired, recorded_at, row_xid
    from facts.qc_gates
    union all
    select
        revisions.gate_id, gates.gate_number, revisions.version_id, revisions.phase_id,
        revisions.lot_types, revisions.name_en, revisions.name_hu, revisions.gate_type,
        revisions.is_ccp, revisions.checklist, revisions.is_retired, revisions.recorded_at,
        revisions.row_xid
    from facts.gate_revisions as revisions
    inner join facts.qc_gates as gates on revisions.gate_id = gates.gate_id
) as stated
where stated.version_id <= (select process_in_force());

create view qc_gates as
select distinct on (stated.gate_id) stated.*
from gates_stated as stated
order by stated.gate_id, stated.version_id desc;

-- Every statement of a limit, with the version in which a later one took its place.
create view gate_limits as
select
    limits.limit_id,
    limits.gate_id,
    limits.characteristic,
    limits.unit,
    limits.lower_bound,
    limits.upper_bound,
    limits.word,
    limits.lot_type,
    limits.product_id,
    limits.storage_class,
    limits.in_force_from,
    limits.in_force_until,
    coalesce(limits.is_retired, false) as is_retired,
    coalesce(limits.version_id, 1) as version_id,
    lead(coalesce(limits.version_id, 1)) over (
        partition by
            limits.gate_id, limits.characteristic, limits.unit, limits.lot_type, limits.product_id,
            limits.storage_class, limits.in_force_from
        order by limits.limit_id
    ) as replaced_in,
    limits.recorded_at,
    limits.row_xid
from facts.gate_limits as limits
where coalesce(limits.version_id, 1) <= (select process_in_force());

-- The limits in force now, or at the moment a transaction asks about.
create view limits_now as
select * from gate_limits
where
    not is_retired
    and replaced_in is null
    and coalesce(in_force_from <= least(known_until(), now()), true)
    and coalesce(in_force_until > least(known_until(), now()), true);

-- The limits that a lot must keep at a gate, by what was in force at a moment under a version of the
-- process: of each characteristic and unit the most specific one (of the product, else of the storage
-- class, else of the type, else of all), of those the one that began last.
create function limits_of(
    of_gate_id bigint, of_lot_type text, of_product_id bigint, at_moment timestamptz,
    under_version bigint
) returns table (
    limit_id bigint, characteristic text, unit text, lower_bound numeric, upper_bound numeric,
    word text
)
language sql stable parallel safe as $$
    select distinct on (gate_limits.characteristic, gate_limits.unit)
        gate_limits.limit_id,
        gate_limits.characteristic,
        gate_limits.unit,
        gate_limits.lower_bound,
        gate_limits.upper_bound,
        gate_limits.word
    from gate_limits
    left join products on products.product_id = of_product_id
    where
        gate_limits.gate_id = of_gate_id
        and not gate_limits.is_retired
        and gate_limits.version_id <= coalesce(under_version, 1)
        and coalesce(gate_limits.replaced_in > coalesce(under_version, 1), true)
        and coalesce(gate_limits.in_force_from <= at_moment, true)
        and coalesce(gate_limits.in_force_until > at_moment, true)
        and (gate_limits.lot_type is null or gate_limits.lot_type = of_lot_type)
        and (gate_limits.product_id is null or gate_limits.product_id = of_product_id)
        and (
            gate_limits.storage_class is null
            or gate_limits.storage_class = products.storage_class
        )
    order by
        gate_limits.characteristic,
        gate_limits.unit,
        gate_limits.product_id is null,
        gate_limits.storage_class is null,
        gate_limits.lot_type is null,
        gate_limits.in_force_from desc nulls last,
        gate_limits.limit_id desc
$$;

create view process_rules as
select distinct on (rules.rule, rules.lot_type, rules.input_lot_type) rules.*
from facts.process_rules as rules
where rules.version_id <= (select process_in_force())
order by rules.rule, rules.lot_type, rules.input_lot_type, rules.rule_id desc;

create view process_settings as
select distinct on (settings.setting) settings.*
from facts.process_settings as settings
where settings.version_id <= (select process_in_force())
order by settings.setting, settings.version_id desc;

-- What the plant takes to be plausible of any lot, in one row; null: nothing is said.
create view plant_bounds as
select
    max(value) filter (where setting = 'lightest_kg') as lightest_kg,
    max(value) filter (where setting = 'heaviest_kg') as heaviest_kg,
    max(value) filter (where setting = 'coldest_c') as coldest_c,
    max(value) filter (where setting = 'warmest_c') as warmest_c
from process_settings;

-- The gates that a lot must pass before it is released: all that serve its type, blocking ones
-- included. A lot without a type must pass every blocking one: nobody can say that it needs none. What
-- a version added is asked of lots made from made_from on; null: of every lot. So a new gate takes back
-- no release, and a gate that is retired, or serves the type no more, is asked of nobody.
create view gates_to_pass as
with asked as (
    select stated.gate_id, stated.version_id, served.lot_type
    from gates_stated as stated
    cross join lateral unnest(
        case when stated.gate_type = 'BLOCKING' then array_append(stated.lot_types, null)
            else stated.lot_types end
    ) as served (lot_type)
    where not stated.is_retired
)

select
    asked.lot_type,
    asked.gate_id,
    nullif(min(coalesce(versions.holds_from, '-infinity')), '-infinity') as made_from,
    min(versions.recorded_at) as recorded_at
from asked
inner join facts.process_versions as versions on asked.version_id = versions.version_id
where not exists (
    select from gates_stated as later
    where
        later.gate_id = asked.gate_id
        and later.version_id > asked.version_id
        and not exists (
            select from asked as still
            where
                still.gate_id = later.gate_id
                and still.version_id = later.version_id
                and still.lot_type is not distinct from asked.lot_type
        )
)
group by asked.lot_type, asked.gate_id;

-- The gates to pass by type, in one array each, for whole sets of lots; '': no type. A type has a row
-- for each stretch of time in which lots were made that must pass the same ones.
create view gates_by_type as
with stretches as (
    select distinct coalesce(lot_type, '') as lot_type, made_from from gates_to_pass
)

select
    stretches.lot_type,
    stretches.made_from,
    lead(stretches.made_from) over (
        partition by stretches.lot_type order by stretches.made_from nulls first
    ) as made_until,
    (
        select array_agg(gates_to_pass.gate_id)
        from gates_to_pass
        where
            coalesce(gates_to_pass.lot_type, '') = stretches.lot_type
            and coalesce(gates_to_pass.made_from <= stretches.made_from, gates_to_pass.made_from is null)
    ) as gate_ids
from stretches;

-- Whether a lot was made in a stretch of time; null: since ever, until ever.
create function made_within(
    happened_at timestamptz, made_from timestamptz, made_until timestamptz
) returns boolean
language sql immutable parallel safe
return coalesce(happened_at >= made_from, true) and coalesce(happened_at < made_until, true);

create or replace function lot_states(of_lot_ids bigint []) returns table (lot_id bigint, disposition text)
language sql stable as $$
    select
        lots.lot_id,
        disposition_of(
            decided.has_fail, decided.has_hold, decided.has_pass, decided.passed_gate_ids,
            gates_by_type.gate_ids, stopped.lot_id is not null,
            lots.expires_on < (select site_date())
        )
    from lots
    left join (
        select * from decided_lots
        where decided_lots.lot_id = any(of_lot_ids)
    ) as decided on lots.lot_id = decided.lot_id
    left join gates_by_type
        on
            coalesce(lots.lot_type, '') = gates_by_type.lot_type
            and made_within(lots.happened_at, gates_by_type.made_from, gates_by_type.made_until)
    left join lots_stopped(of_lot_ids) as stopped (lot_id) on lots.lot_id = stopped.lot_id
    where lots.lot_id = any(of_lot_ids)
$$;

create view all_lot_states as
select
    lots.lot_id,
    disposition_of(
        decided.has_fail, decided.has_hold, decided.has_pass, decided.passed_gate_ids,
        gates_by_type.gate_ids,
        lots.lot_id in (select stopped.lot_id from stopped_lots() as stopped (lot_id)),
        lots.expires_on < (select site_date())
    ) as disposition,
    decided.passed_gate_ids,
    lots.lot_type,
    lots.product_id,
    lots.happened_at
from lots
left join decided_lots as decided on lots.lot_id = decided.lot_id
left join gates_by_type
    on
        coalesce(lots.lot_type, '') = gates_by_type.lot_type
        and made_within(lots.happened_at, gates_by_type.made_from, gates_by_type.made_until);

create view waiting_lots as
select
    lots.lot_id,
    gates_to_pass.gate_id
from lots
inner join gates_to_pass
    on
        coalesce(lots.lot_type, '') = coalesce(gates_to_pass.lot_type, '')
        and made_within(lots.happened_at, gates_to_pass.made_from, null)
where
    not exists (
        select from qc_decisions
        where
            qc_decisions.lot_id = lots.lot_id and qc_decisions.gate_id = gates_to_pass.gate_id
    )
    and (lots.expires_on >= (select site_date()) or lots.expires_on is null)
    and lots.lot_id not in (select standing_stops.lot_id from standing_stops)
    and lots.lot_id not in (select stopped.lot_id from stopped_lots() as stopped (lot_id))
union all
select
    lots.lot_id,
    null as gate_id
from lots
where
    not exists (
        select from gates_by_type
        where
            gates_by_type.lot_type = coalesce(lots.lot_type, '')
            and made_within(lots.happened_at, gates_by_type.made_from, null)
    )
    and not exists (
        select from qc_decisions
        where qc_decisions.lot_id = lots.lot_id
    )
    and (lots.expires_on >= (select site_date()) or lots.expires_on is null)
    and lots.lot_id not in (select stopped.lot_id from stopped_lots() as stopped (lot_id));

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
    latest.correction_id,
    case when latest.correction_id is null then lots.quantity else latest.quantity end as quantity,
    case when latest.correction_id is null then lots.unit else latest.unit end as unit,
    lots.beyond_reason
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

create or replace view readings as
select readings.*
from facts.readings
where
    readings.recorded_at <= (select known_until())
    and not exists (
        select from facts.reading_voids as voids
        where voids.reading_id = readings.reading_id and voids.recorded_at <= (select known_until())
    );

-- Grants
grant select on
process_versions, lot_types, phases, gates_stated, qc_gates, gate_limits, limits_now,
process_rules, process_settings, plant_bounds, gates_to_pass, gates_by_type, all_lot_states, waiting_lots,
facts.process_versions, facts.lot_types, facts.lot_type_revisions, facts.phases,
facts.phase_revisions, facts.qc_gates, facts.gate_revisions, facts.gate_limits,
facts.process_rules, facts.process_settings
to lotline_app, lotline_pipeline, lotline_auditor;
grant insert (storage_class) on facts.products to lotline_app;
grant insert (storage_class) on facts.product_revisions to lotline_app;
grant insert (beyond_reason) on facts.lots to lotline_app;
grant insert (version_id) on facts.qc_decisions to lotline_app;
grant insert (version_id) on facts.readings to lotline_app;
grant insert (name, reason, holds_from, operator_id) on facts.process_versions to lotline_app;
grant insert (
    lot_type, version_id, name_en, name_hu, position, origin, lightest_kg, heaviest_kg, coldest_c,
    warmest_c, yield_tolerance_ratio, colour
) on facts.lot_types to lotline_app;
grant insert (
    lot_type_id, version_id, name_en, name_hu, position, origin, lightest_kg, heaviest_kg,
    coldest_c, warmest_c, yield_tolerance_ratio, colour, is_retired
) on facts.lot_type_revisions to lotline_app;
grant insert (phase_id, version_id, stream, name_en, name_hu) on facts.phases to lotline_app;
grant insert (phase_id, version_id, stream, name_en, name_hu, is_retired)
on facts.phase_revisions to lotline_app;
grant insert (
    gate_number, version_id, phase_id, lot_types, name_en, name_hu, gate_type, is_ccp, checklist
) on facts.qc_gates to lotline_app;
grant insert (
    gate_id, version_id, phase_id, lot_types, name_en, name_hu, gate_type, is_ccp, checklist,
    is_retired
) on facts.gate_revisions to lotline_app;
grant insert (
    gate_id, characteristic, unit, lower_bound, upper_bound, word, version_id, lot_type,
    product_id, storage_class, in_force_from, in_force_until, is_retired
) on facts.gate_limits to lotline_app;
grant insert (version_id, rule, lot_type, input_lot_type, hours, is_retired)
on facts.process_rules to lotline_app;
grant insert (version_id, setting, value) on facts.process_settings to lotline_app;

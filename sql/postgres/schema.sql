-- The record's present shape, read from top to bottom.
--
-- For reading. What runs in production are the migrations beside this file (`migrations/versions/`,
-- run by `sql/record/migrate.py`): they bring a database of any age here and keep what is in it. A
-- database made from this file is one that they don't count, so never make a plant's own with it.
-- `tests/sql/record/test_schema.py` makes both and compares them by PostgreSQL's catalogue: a
-- migration and this file are changed together.
--
-- The file is long because it is whole: every table, view, guard and grant stands in one place,
-- where the migrations tell it as it came about. Rows are not shape: the process that a plant
-- starts with stands in `migrations/versions/0002_standard_process.sql` and `0046_process.sql`.
--
--  1 Roles and schemas           7 Corrections, voids, withdrawals and signatures
--  2 People and sessions         8 The trail
--  3 Master data                 9 Views of what is known
--  4 Lots and links             10 Guards
--  5 Readings and decisions     11 Grants
--  6 Shipments
--
-- Constraint names are sentences: commands turn the name into a refusal. Every fact has happened_at
-- (on the floor) and recorded_at (here). row_xid lets a copy ask, exactly, "what was committed
-- since my last snapshot?" under concurrent writers; hence the indexes by it.


-- 1 Roles and schemas
--
-- Schema `facts` holds what was written: appended and never changed, by anybody. Schema `public`
-- holds people and the process, and the views that say what is known. Schema `audit` holds the
-- trail.

create schema facts;
create schema audit;

-- Roles belong to the whole server: another database on it may have made them already. Nobody signs
-- in as one of them; a connection takes one on.
do $$
declare
    named text;
begin
    foreach named in array array['lotline_app', 'lotline_pipeline', 'lotline_auditor']
    loop
        if not exists (select from pg_roles where rolname = named) then
            execute format('create role %I nologin', named);
        end if;
        execute format('grant %I to %I', named, current_user);
    end loop;
end
$$;


-- When a fact is recorded: now, and never before its turn began.
create function facts.time_of_recording() returns timestamptz
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    return greatest(
        clock_timestamp(),
        (
            select began_at from audit.turns
            where row_xid = pg_current_xact_id() and ended_at is null
        )
    );
end
$$;


-- 2 People and sessions

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
create index users_by_xid on users (row_xid);

create table sign_ins (
    sign_in_id bigint generated always as identity primary key,
    user_id bigint not null references users,
    happened_at timestamptz not null default clock_timestamp(),
    address text
);
create index sign_ins_by_user on sign_ins (user_id, happened_at);

create table sign_in_failures (
    failure_id bigint generated always as identity primary key,
    email_hash bytea not null,  -- of what was typed, which may be a password by mistake
    address text,
    happened_at timestamptz not null default clock_timestamp()
);
create index sign_in_failures_by_email on sign_in_failures (email_hash, happened_at);

-- A session is known by the hash of its token; the token itself is never kept.
create table sessions (
    session_id bigint generated always as identity primary key,
    token_hash bytea not null,
    user_id bigint not null references users,
    started_at timestamptz not null default clock_timestamp(),
    seen_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    constraint session_token_is_unique unique (token_hash)
);

-- Answers already given to a client's own key, so that asking again writes nothing.
create table given_answers (
    user_id bigint not null references users,
    key text not null,
    request_hash bytea not null,
    answer jsonb not null,
    recorded_at timestamptz not null default clock_timestamp(),
    constraint key_answers_one_request primary key (user_id, key),
    constraint key_has_1_to_200_characters check (char_length(key) between 1 and 200)
);
create index given_answers_by_time on given_answers (recorded_at);


-- 3 Master data

create table facts.products (
    product_id bigint generated always as identity primary key,
    product_code text not null,
    name text not null,
    gtin text,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    operator_id bigint references users,
    unit text,
    kg_per_unit numeric(18, 6),
    storage_class text,
    constraint product_code_is_unique unique (product_code),
    constraint product_weighs_more_than_0_kg_a_unit check (kg_per_unit is null or (kg_per_unit > 0 and unit is not null)),
    constraint storage_class_is_known
    check (storage_class in ('CHILLED', 'FROZEN', 'AMBIENT', 'HOT'))
);
create index products_by_xid on facts.products (row_xid);

-- Whom lots come from and go to; a SITE is the plant itself, or another place of its. The role says all
-- that a partner is, each once, in one order.
create table facts.partners (
    partner_id bigint generated always as identity primary key,
    partner_code text not null,
    name text not null,
    role text not null,
    gln text,
    address text,
    phone text,
    email text,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    operator_id bigint references users,
    constraint partner_code_is_unique unique (partner_code),
    constraint partner_role_is_known check (
        role in (
            'SUPPLIER', 'CUSTOMER', 'SITE', 'SUPPLIER;CUSTOMER', 'SUPPLIER;SITE', 'CUSTOMER;SITE',
            'SUPPLIER;CUSTOMER;SITE'
        )
    )
);
create index partners_by_xid on facts.partners (row_xid);

-- Whether a partner that has these roles delivers to the plant, or is another site of it.
create function delivers(roles text) returns boolean
language sql immutable parallel safe
return string_to_array(roles, ';') && array['SUPPLIER', 'SITE'];

-- Whether goods go to a partner that has these roles: a customer, or another site of the plant.
create function receives(roles text) returns boolean
language sql immutable parallel safe
return string_to_array(roles, ';') && array['CUSTOMER', 'SITE'];

create table facts.production_runs (
    run_id bigint generated always as identity primary key,
    run_code text not null,
    status text not null default 'ACTIVE',
    daily_target_kg numeric(18, 6),
    started_at timestamptz,
    ended_at timestamptz,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    operator_id bigint references users,
    constraint run_code_is_unique unique (run_code),
    constraint run_status_is_known check (status in ('ACTIVE', 'COMPLETED', 'CANCELLED')),
    constraint run_ends_after_it_started check (ended_at >= started_at)
);
create index production_runs_by_xid on facts.production_runs (row_xid);

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
    unit text,
    kg_per_unit numeric(18, 6),
    storage_class text,
    is_retired boolean,  -- true: forms offer it no more; what names it stands
    constraint revised_storage_class_is_known
    check (storage_class in ('CHILLED', 'FROZEN', 'AMBIENT', 'HOT')),
    constraint product_revision_is_of_an_import_or_not check (from_import),
    constraint product_revision_reason_is_said check (char_length(btrim(reason)) >= 10),
    constraint revised_product_weighs_more_than_0_kg_a_unit
    check (kg_per_unit is null or (kg_per_unit > 0 and unit is not null))
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
    is_retired boolean,  -- as of products
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
    daily_target_kg numeric(18, 6),
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

-- The plant's process: versions, each of rows appended that name it (sql/domain.md, The process).
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

-- The steps of the process. version_id, here and of gates and limits: null means version 1.
create table facts.phases (
    phase_id bigint primary key,
    stream text,
    name_en text not null,
    name_hu text not null,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    version_id bigint references facts.process_versions
);
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

-- Where a lot is looked at before it goes on.
create table facts.qc_gates (
    gate_id bigint generated always as identity primary key,
    gate_number numeric(4, 1) not null,
    phase_id bigint references facts.phases,
    lot_type text,
    name_en text not null,
    name_hu text not null,
    gate_type text not null,
    is_ccp boolean not null,
    checklist jsonb not null default '[]',
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    version_id bigint references facts.process_versions,
    lot_types text [],  -- null: the one in lot_type
    constraint gate_number_is_unique unique (gate_number),
    constraint gate_type_is_known check (gate_type in ('CHECKPOINT', 'BLOCKING', 'INFO'))
);
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

-- What a reading at a gate may be. A bound that is null is no bound. A limit is for all lots at its
-- gate, or for those of a type, a product or a storage class. What names it is all that it applies to,
-- and the moment from which; a later row of the same name is what it was corrected to.
create table facts.gate_limits (
    limit_id bigint generated always as identity primary key,
    gate_id bigint not null references facts.qc_gates,
    characteristic text not null,
    unit text not null,
    lower_bound numeric(12, 3),
    upper_bound numeric(12, 3),
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    word text,  -- what a result that is a word must be
    version_id bigint references facts.process_versions,
    lot_type text references facts.lot_types (lot_type),
    product_id bigint references facts.products,
    storage_class text,
    in_force_from timestamptz,  -- null: since ever
    in_force_until timestamptz,  -- null: until a later one
    is_retired boolean,  -- null: it is not
    constraint limit_bounds_something
    check (lower_bound <= upper_bound or num_nulls(lower_bound, upper_bound) = 1),
    constraint limit_is_bounds_or_a_word
    check (word is null or num_nonnulls(lower_bound, upper_bound) = 0),
    constraint limit_word_is_known check (word in ('detected', 'not detected', 'ok', 'not ok')),
    constraint limit_storage_class_is_known
    check (storage_class in ('CHILLED', 'FROZEN', 'AMBIENT', 'HOT')),
    constraint limit_ends_after_it_began check (in_force_until > in_force_from)
);

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
            'PALLET_OF_ONE_PRODUCT', 'PALLET_OF_ONE_CUSTOMER', 'PASS_NEEDS_VALUES'
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

-- What a plant calls its decisions beside PASS, HOLD and FAIL, and as which of the three each counts.
create table facts.decision_words (
    decision_word_id bigint generated always as identity primary key,
    version_id bigint not null references facts.process_versions,
    decision text not null,
    name_en text not null,
    name_hu text not null,
    counts_as text not null,
    is_retired boolean not null default false,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint decision_word_is_said_once_a_version unique (decision, version_id),
    constraint decision_word_is_one_of_its_own check (decision not in ('PASS', 'HOLD', 'FAIL')),
    constraint decision_word_has_1_to_20_characters check (char_length(decision) between 1 and 20),
    constraint decision_word_counts_as_a_decision check (counts_as in ('PASS', 'HOLD', 'FAIL'))
);

-- Somebody asked for a run of the pipeline.
create table run_requests (
    request_id bigint generated always as identity primary key,
    requested_by bigint references users,
    requested_at timestamptz not null default clock_timestamp()
);

-- What somebody asked Dagster to do on its pages, written before it is asked: Dagster knows no people.
create table dagster_acts (
    act_id bigint generated always as identity primary key,
    acts text [] not null,
    asked text not null,
    acted_by bigint not null references users,
    asked_at timestamptz not null default clock_timestamp(),
    constraint something_is_done check (cardinality(acts) > 0)
);

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


-- 4 Lots and links

-- What a lot code looks like: codes that a person may take for one another have one skeleton.
-- Case, white space, dash kinds, widths, invisible marks, and letters of other scripts that are
-- drawn like Latin ones (after Unicode's confusables, UTS 39). Zero and O, one and l stay apart:
-- plants use both.
create function lot_code_skeleton(lot_code text) returns text
language sql immutable strict parallel safe
return lower(
    case
        when lot_code ~ '^[\x20-\x7e]*$' then replace(lot_code, ' ', '')
        else translate(
            regexp_replace(
                regexp_replace(
                    normalize(lot_code, NFKC),
                    '[\s\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\u2800]',
                    '', 'g'
                ),
                '[\u2010-\u2015\u2043\u2212\u02d7\u06d4\u2796\u2cba\u30fc\u1806\u058a\u05be]',
                '-', 'g'
            ),
            'ƧϨꙄꝚƷȜЗӠⳌꝪꞫᏎƼбᏮⳒȢȣⳊꝮɑΑαАаᎪꓮƄΒВЬвᏏᏴꓐꞴСсᏟᴄⲤⲥꓚꮯԁᎠᏧꓒꓓΕЕеҽᎬꓰꬲϜքẝꓝ'
            || 'ꞘꞙꬵƍɡԌցᏀᏳᶃꓖΗНнһհᎻᏂⲎꓧıɩɪΙιІіӀӏᎥⲒꓲꙇꭵͿϳЈјᎫꓙꞲΚКкᏦⲔꓗƖǀᏞⳐꓡΜϺМмᎷⲘꓟΝ'
            || 'ոռⲚꓠΟοσОоՕօᴏᴑⲞⲟꓳꬽΡρРрᏢⲢⲣꓑԛգզƦгᎡᏒᴦⲅꓣꭇꭈꮁƽЅѕՏᏕᏚꓢꜱꮪΤТтᎢⲦꓔʋυՍսᴜꓴꞟ'
            || 'ꭎꭒνѴѵᏙᴠꓦꮩɯѡԜԝաᎳᏔᴡꓪꮃΧХхⲬꓫꞳɣʏΥγУуҮүᎩᎽᶌỿⲨꓬꭚΖᏃᴢꓜꮓ',
            '22223333333456668899aaaaaaabbbbbbbbbccccccccdddddeeeeeeeffff'
            || 'fffgggggggghhhhhhhhhiiiiiiiiiiiiiijjjjjjjkkkkkklllllmmmmmmmn'
            || 'nnnnoooooooooooooppppppppqqqrrrrrrrrrrsssssssssttttttuuuuuuu'
            || 'uuvvvvvvvwwwwwwwwwwxxxxxxyyyyyyyyyyyyyyyzzzzz'
        )
    end
);

-- What a search compares: the letters and digits of a code's skeleton, without accents. P-4471,
-- p 4471, P#4471 and (P)4471 have one key, TEJFÖL-12 and tejfol-12 another; 10 and 1O have two. What
-- has neither letter nor digit is compared as it is written. No extension: a plant's own server may
-- have none.
create function search_key(written text) returns text
language sql immutable strict parallel safe
return case
    when written ~ '^[\x20-\x7e]*$'
        then coalesce(
            nullif(lower(translate(written, ' !"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', '')), ''),
            lot_code_skeleton(written)
        )
    else coalesce(
        nullif(
            regexp_replace(
                lot_code_skeleton(
                    translate(
                        replace(replace(replace(replace(replace(replace(
                            regexp_replace(
                                normalize(written, NFKD),
                                '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]',
                                '', 'g'
                            ),
                            'ß', 'ss'), 'ẞ', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'),
                        'łŁđĐðÐøØħĦŧŦ', 'lLdDdDoOhHtT'
                    )
                ),
                '[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e\u00a1-\u00bf\u00d7\u00f7\u02b0-\u02ff\u2010-\u206f\u20a0-\u20cf\u2100-\u2bff\u2e00-\u2e7f\u3000-\u303f\U0001f000-\U0001faff]',
                '', 'g'
            ),
            ''
        ),
        lot_code_skeleton(written)
    )
end;

-- Where a code's separators part its signs: AT-RAW1 after two of them. Spaces are separators here.
create function code_borders(code text) returns bigint []
language sql immutable strict parallel safe
return array(
    select sum(length(part)) over (order by place)
    from regexp_split_to_table(
        trim(both '-' from translate(lot_code_skeleton(replace(code, ' ', '-')), '_./', '---')), '-+'
    ) with ordinality as parts (part, place)
);

-- Whether one code would be taken for the other: they look the same, or a space stands in one for a
-- separator of the other. AT-RAW1 and AT RAW1 are one. P1-11 and P11 1 part their signs otherwise, and
-- A-B and A_B are printed so: these are two.
create function codes_resemble(one text, other text) returns boolean
language sql immutable strict parallel safe
return lot_code_skeleton(one) = lot_code_skeleton(other)
or (
    concat(one, other) like '% %'
    and search_key(one) = search_key(other)
    and (code_borders(one) <@ code_borders(other) or code_borders(other) <@ code_borders(one))
);

-- The words of a name, each by its key, with one space between; a word ends at any sign that is
-- neither letter nor digit. Dear beside a comparison of keys: asked of names alone.
create function search_words(written text) returns text
language sql immutable strict parallel safe cost 1000
return coalesce(
    (
        select string_agg(search_key(word), ' ' order by place)
        from
            regexp_split_to_table(
                written,
                '[\s\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e\u00a0-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2000-\u200a\u2010-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u303f\U0001f000-\U0001faff]+'
            ) with ordinality as words (word, place)
        where word <> ''
    ),
    ''
);

-- Whether a number's GS1 check digit is right: from the right, digits weigh 1 (the check digit
-- itself), 3, 1, 3 ...; the sum is a multiple of 10.
create function has_right_check_digit(digits text) returns boolean
language sql immutable strict parallel safe
return (
    select sum(cast(substr(digits, at, 1) as integer) * (1 + (length(digits) - at) % 2 * 2)) % 10 = 0
    from generate_series(1, length(digits)) as at
);

-- What is wrong with an identifier; null: nothing that shows. A code may have become a number in
-- scientific notation, a date, or an error of a spreadsheet; a GTIN, GLN or SSCC may have another
-- length, letters, or a wrong check digit.
create function identifier_damage(kind text, written text) returns text
language sql immutable strict parallel safe
return case
    when kind = 'code'
        then
            case
                when written ~ '^[0-9]([.,][0-9]+)?[Ee][+][0-9]{2,3}$|^[0-9][.,][0-9]+[Ee]-[0-9]{2,3}$'
                    then 'scientific'
                when written ~ '^#+$|^#[A-ZÁÉÍÓÖŐÚÜŰ/0]+[?!]?$' then 'error'
                when written
                    ~ '^[0-9]{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(-[0-9]{2}([0-9]{2})?)?$'
                    or written
                    ~ '^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-[0-9]{2}([0-9]{2})?$'
                    or written
                    ~ '^[0-9]{1,2}[.]?[ -]?(jan|febr|márc|ápr|máj|jún|júl|aug|szept|okt|nov|dec)[.]?$'
                    then 'date'
            end
    when regexp_replace(written, '^\(00\)|[ ]', '', 'g') !~ case kind
        when 'gtin' then '^([0-9]{8}|[0-9]{12,14})$'
        when 'gln' then '^[0-9]{13}$'
        else '^[0-9]{18}$'
    end then 'length'
    when not has_right_check_digit(regexp_replace(written, '^\(00\)|[ ]', '', 'g')) then 'check_digit'
end;

-- Spoilt identifiers of master data: a trace asks for the few of them each time.
create index products_with_damaged_code on facts.products (product_id)
where identifier_damage('code', product_code) is not null or identifier_damage('gtin', gtin) is not null;
create index partners_with_damaged_code on facts.partners (partner_id)
where identifier_damage('code', partner_code) is not null or identifier_damage('gln', gln) is not null;
create index runs_with_damaged_code on facts.production_runs (run_id)
where identifier_damage('code', run_code) is not null;
create index revisions_with_damaged_gtin on facts.product_revisions (product_id)
where identifier_damage('gtin', gtin) is not null;
create index revisions_with_damaged_gln on facts.partner_revisions (partner_id)
where identifier_damage('gln', gln) is not null;

create table facts.lots (
    lot_id bigint generated always as identity primary key,
    lot_code text not null,
    lot_type text,
    product_id bigint references facts.products,
    run_id bigint references facts.production_runs,
    phase_id bigint references facts.phases,
    supplier_id bigint references facts.partners,
    supplier_lot_code text,
    weight_kg numeric(18, 6),
    temperature_c numeric(6, 2),
    expires_on date,
    metadata jsonb not null default '{}',
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    code_skeleton text generated always as (lot_code_skeleton(lot_code)) stored,
    quantity numeric(18, 6),  -- in its own unit, beside kilograms: 40 pcs
    unit text,  -- as `sql/units.py` keeps it: litres, never millilitres
    beyond_reason text,  -- why its weight or temperature is beyond what is plausible
    source_key text,  -- under another code it is the same lot, renamed
    happened_until timestamptz,  -- of a day or month, its end; null: known to the minute
    printed_code text,  -- what its label says, beside its own code; others may say the same
    constraint lot_code_is_unique unique (lot_code),
    constraint lot_code_resembles_no_other unique (code_skeleton),
    constraint lot_code_has_1_to_250_characters check (char_length(lot_code) between 1 and 250),
    constraint lot_code_is_printable check (
        lot_code !~ '[\x01-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]'
        and lot_code = btrim(lot_code)
    ),
    constraint lot_type_is_known foreign key (lot_type) references facts.lot_types (lot_type),
    constraint lot_weight_is_possible check (weight_kg >= 0 and weight_kg < 1000000000),
    constraint lot_temperature_is_possible check (temperature_c >= -273.15),
    constraint beyond_reason_is_said check (char_length(btrim(beyond_reason)) >= 10),
    constraint lot_metadata_is_an_object check (jsonb_typeof(metadata) = 'object'),
    constraint lot_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
    constraint lot_counts_0_or_more check (quantity >= 0),
    constraint lot_time_ends_after_it_begins check (happened_until > happened_at),
    constraint printed_code_has_1_to_250_characters check (char_length(printed_code) between 1 and 250)
);
create index lots_by_time on facts.lots (happened_at desc, lot_id desc);
create index lots_by_type on facts.lots (lot_type, happened_at desc);
create index lots_by_key on facts.lots (search_key(lot_code));
create index lots_by_supplier_lot_key on facts.lots (search_key(supplier_lot_code))
where supplier_lot_code is not null;
create index lots_by_printed_key on facts.lots (search_key(printed_code))
where printed_code is not null;
-- The next to expire are looked for first.
create index lots_by_expiry on facts.lots (expires_on, lot_id) where expires_on is not null;
create index lots_by_xid on facts.lots (row_xid);
create index lots_by_source_key on facts.lots (source_key) where source_key is not null;
-- The few of them are found at once among a million lots.
create index lots_with_damaged_code on facts.lots (lot_id)
where
identifier_damage('code', lot_code) is not null
or identifier_damage('code', supplier_lot_code) is not null;

-- Finding a lot by part of a code among a million takes an index of trigrams. Where the server has
-- no pg_trgm, or the owner may not make it, searches read every lot: slower, and as right.
do $$
begin
    create extension if not exists pg_trgm;
    create index lots_by_part_of_code on facts.lots using gin (search_key(lot_code) gin_trgm_ops);
    create index lots_by_part_of_supplier_lot
    on facts.lots using gin (search_key(supplier_lot_code) gin_trgm_ops)
    where supplier_lot_code is not null;
exception
    when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
        raise notice 'no trigram index: %', sqlerrm;
end
$$;

-- A production is one event: lots that went in together, lots that came of it, and what was lost. Its
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
    happened_until timestamptz,
    constraint production_code_is_named check (production_code <> ''),
    constraint production_waste_is_0_kg_or_more check (waste_kg >= 0),
    constraint production_time_ends_after_it_begins check (happened_until > happened_at)
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
    quantity numeric(18, 6),
    unit text,
    constraint lot_goes_into_a_production_once unique (production_id, lot_id),
    constraint input_moves_more_than_0_kg check (quantity_kg > 0),
    constraint expired_input_reason_is_said check (char_length(btrim(expiry_reason)) >= 10),
    constraint input_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
    constraint input_counts_more_than_0 check (quantity > 0)
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
    quantity numeric(18, 6),
    unit text,
    constraint lot_comes_of_a_production_once unique (production_id, lot_id),
    constraint output_is_more_than_0_kg check (quantity_kg > 0),
    constraint output_kind_is_known check (kind in ('MAIN', 'CO_PRODUCT', 'BY_PRODUCT')),
    constraint output_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
    constraint output_counts_more_than_0 check (quantity > 0)
);
create index production_outputs_by_lot on facts.production_outputs (lot_id);
create index production_outputs_by_xid on facts.production_outputs (row_xid);

-- A link: so much of the parent went into the child. source_key, here and of other facts, is its key
-- in the system it was exported from: the same key with other content corrects the fact.
create table facts.lot_genealogy (
    link_id bigint generated always as identity primary key,
    parent_lot_id bigint not null references facts.lots,
    child_lot_id bigint not null references facts.lots,
    quantity_kg numeric(18, 6),
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    source_key text,
    expiry_reason text,  -- why the parent was used although it had expired
    production_id bigint references facts.productions,  -- null: linked by hand
    quantity numeric(18, 6),
    unit text,
    rework_reason text,  -- why a stopped lot went into this one, which starts on HOLD
    happened_until timestamptz,
    constraint lot_is_not_its_own_parent check (parent_lot_id <> child_lot_id),
    constraint link_moves_more_than_0_kg check (quantity_kg > 0),
    constraint expired_use_reason_is_said check (char_length(btrim(expiry_reason)) >= 10),
    constraint link_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
    constraint link_counts_more_than_0 check (quantity > 0),
    constraint rework_reason_is_said check (char_length(btrim(rework_reason)) >= 10),
    constraint link_time_ends_after_it_begins check (happened_until > happened_at)
);
-- What a trace asks of a link lies in the index that finds it: a walk of a million links reads a
-- tenth of the pages.
create index lot_genealogy_into on facts.lot_genealogy (child_lot_id)
include (link_id, parent_lot_id, quantity_kg, happened_at, recorded_at);
create index lot_genealogy_out_of on facts.lot_genealogy (parent_lot_id)
include (link_id, child_lot_id, quantity_kg, recorded_at);
-- Few links have an amount in a unit where kilograms are a plant's habit: a trace asks this index for
-- them, and only where kilograms are unknown.
create index lot_genealogy_in_units on facts.lot_genealogy (child_lot_id)
include (link_id, parent_lot_id, quantity, unit) where quantity is not null;

create index lot_genealogy_by_xid on facts.lot_genealogy (row_xid);
create index lot_genealogy_by_source_key on facts.lot_genealogy (source_key)
where source_key is not null;
create index lot_genealogy_unallotted on facts.lot_genealogy (parent_lot_id)
where quantity_kg is null and production_id is not null;
create index lot_genealogy_by_production on facts.lot_genealogy (production_id)
where production_id is not null;
create index lot_genealogy_of_days on facts.lot_genealogy (link_id)
where happened_until is not null;


-- 5 Readings and decisions

create table facts.readings (
    reading_id bigint generated always as identity primary key,
    lot_id bigint not null references facts.lots,
    gate_id bigint references facts.qc_gates,
    characteristic text not null,
    value numeric(24, 12),  -- null: the result is a word
    unit text not null,
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    source_key text,
    sign text,  -- less or more than the value
    word text,
    -- What it was judged under; null: the first.
    version_id bigint references facts.process_versions default process_in_force(),
    happened_until timestamptz,
    constraint characteristic_is_named check (characteristic <> ''),
    constraint reading_is_a_number_or_a_word check (num_nonnulls(value, word) = 1),
    constraint reading_sign_is_known
    check (sign is null or value is not null and sign in ('<', '≤', '>', '≥')),
    constraint reading_word_is_known check (word in ('detected', 'not detected', 'ok', 'not ok')),
    constraint reading_time_ends_after_it_begins check (happened_until > happened_at)
);
create index readings_by_lot on facts.readings (lot_id);
create index readings_by_xid on facts.readings (row_xid);
create index readings_by_source_key on facts.readings (source_key) where source_key is not null;

create table facts.qc_decisions (
    decision_id bigint generated always as identity primary key,
    lot_id bigint not null references facts.lots,
    gate_id bigint references facts.qc_gates,
    decision text not null,
    notes text,
    temperature_c numeric(6, 2),
    digital_signature text,
    operator_id bigint references users,
    decided_by text,  -- who decided, where an import names a person without an account
    happened_at timestamptz not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    source_key text,
    checklist jsonb,  -- the points as they were worded, each ticked or not; null: nobody was asked
    -- What it was judged under; null: the first.
    version_id bigint references facts.process_versions default process_in_force(),
    happened_until timestamptz,
    constraint decision_checklist_is_a_list check (jsonb_typeof(checklist) = 'array'),
    constraint decision_is_known check (decision in ('PASS', 'HOLD', 'FAIL')),
    constraint decision_temperature_is_possible check (temperature_c >= -273.15),
    constraint notes_have_at_most_1000_characters check (char_length(notes) <= 1000),
    constraint decision_time_ends_after_it_begins check (happened_until > happened_at)
);
create index qc_decisions_by_lot on facts.qc_decisions (lot_id, gate_id);
-- Few decisions stop a lot; a walk asks each lot it reaches for them.
create index qc_decisions_that_stop on facts.qc_decisions (lot_id) where decision <> 'PASS';
create index qc_decisions_by_xid on facts.qc_decisions (row_xid);
create index qc_decisions_by_source_key on facts.qc_decisions (source_key)
where source_key is not null;
create index qc_decisions_of_days on facts.qc_decisions (lot_id) where happened_until is not null;


-- 6 Shipments

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

-- One lot in one shipment; a shipment of several lots has a row for each, of one code.
create table facts.shipments (
    shipment_id bigint generated always as identity primary key,
    shipment_code text not null,
    lot_id bigint not null references facts.lots,
    customer_id bigint not null references facts.partners,
    quantity_kg numeric(18, 6),
    document text,
    sscc text,
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    source_key text,
    expiry_reason text,  -- why it was shipped although the lot had expired
    quantity numeric(18, 6),
    unit text,
    happened_until timestamptz,
    from_place_id bigint references facts.places,  -- what stood there is less by it
    constraint shipment_moves_more_than_0_kg check (quantity_kg > 0),
    constraint expired_shipment_reason_is_said check (char_length(btrim(expiry_reason)) >= 10),
    constraint shipment_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
    constraint shipment_counts_more_than_0 check (quantity > 0),
    constraint shipment_time_ends_after_it_begins check (happened_until > happened_at)
);
create index shipments_by_lot on facts.shipments (lot_id);
create index shipments_by_code on facts.shipments (shipment_code);
create index shipments_by_code_key on facts.shipments (search_key(shipment_code));
create index shipments_by_sscc_key on facts.shipments (search_key(sscc)) where sscc is not null;
create index shipments_by_document_key on facts.shipments (search_key(document))
where document is not null;
do $$
begin
    create extension if not exists pg_trgm;
    create index shipments_by_part on facts.shipments using gin (
        search_key(shipment_code) gin_trgm_ops,
        search_key(document) gin_trgm_ops,
        search_key(sscc) gin_trgm_ops
    );
exception
    when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
        raise notice 'no trigram index: %', sqlerrm;
end
$$;
create index shipments_by_xid on facts.shipments (row_xid);
create index shipments_with_damaged_code on facts.shipments (lot_id)
where
identifier_damage('code', shipment_code) is not null
or identifier_damage('code', document) is not null
or identifier_damage('sscc', sscc) is not null;
create index shipments_by_source_key on facts.shipments (source_key) where source_key is not null;

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
    quantity numeric(18, 6),
    unit text,
    constraint packing_kind_is_known check (kind in ('PACKED', 'UNPACKED')),
    constraint packing_is_of_a_lot_or_a_unit check (num_nonnulls(lot_id, inner_sscc) = 1),
    constraint packing_unit_has_18_digits check (sscc ~ '^[0-9]{18}$' and inner_sscc ~ '^[0-9]{18}$'),
    constraint unit_is_not_in_itself check (sscc <> inner_sscc),
    constraint packing_moves_more_than_0_kg check (quantity_kg > 0),
    constraint packed_units_are_not_weighed check (quantity_kg is null or inner_sscc is null),
    constraint packing_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
    constraint packing_counts_more_than_0 check (quantity > 0),
    constraint counted_packing_is_weighed check (quantity is null or quantity_kg is not null)
);
create index packings_by_sscc on facts.packings (sscc);
create index packings_by_inner_sscc on facts.packings (inner_sscc) where inner_sscc is not null;
create index packings_by_lot on facts.packings (lot_id) where lot_id is not null;
create index packings_by_xid on facts.packings (row_xid);
create index packings_by_source_key on facts.packings (source_key) where source_key is not null;
create index packings_emptied on facts.packings (sscc) where kind = 'UNPACKED' and quantity_kg is null;

-- What else happens to a lot's kilograms. RETURNED adds to what is on hand, of a line that was shipped.
-- COUNTED says what was found: it takes the place of what the record made of it until then. DOWNGRADED
-- moves nothing: so much may no longer be shipped as this lot. The others take from it.
create table facts.movements (
    movement_id bigint generated always as identity primary key,
    lot_id bigint not null references facts.lots,
    kind text not null,
    quantity_kg numeric(18, 6),
    reason text,
    partner_id bigint references facts.partners,  -- who got it, SENT_BACK or DONATED
    shipment_id bigint references facts.shipments,  -- of which line it was RETURNED
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    source_key text,
    happened_until timestamptz,
    place_id bigint references facts.places,  -- where it left, or where what was RETURNED came to
    quantity numeric(18, 6),
    unit text,
    constraint movement_kind_is_known check (
        kind in (
            'WASTE', 'SAMPLE', 'DESTROYED', 'RETURNED', 'SENT_BACK', 'DOWNGRADED', 'DONATED', 'COUNTED'
        )
    ),
    constraint movement_moves_more_than_0_kg
    check (quantity_kg > 0 or quantity_kg = 0 and kind = 'COUNTED'),
    constraint count_says_what_was_found
    check (num_nonnulls(quantity_kg, quantity) > 0 or kind <> 'COUNTED'),
    constraint return_is_of_a_shipment check ((shipment_id is not null) = (kind = 'RETURNED')),
    constraint movement_partner_got_it
    check (partner_id is null or kind in ('SENT_BACK', 'DONATED')),
    constraint movement_time_ends_after_it_begins check (happened_until > happened_at),
    constraint count_has_its_time_of_day check (happened_until is null or kind <> 'COUNTED'),
    constraint movement_place_is_where_it_left_or_came
    check (place_id is null or kind not in ('COUNTED', 'DOWNGRADED')),
    constraint movement_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
    constraint movement_counts_more_than_0
    check (quantity > 0 or quantity = 0 and kind = 'COUNTED')
);
create index movements_by_lot on facts.movements (lot_id);
create index movements_by_shipment on facts.movements (shipment_id) where shipment_id is not null;
create index movements_by_xid on facts.movements (row_xid);
create index movements_by_source_key on facts.movements (source_key) where source_key is not null;

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
    quantity numeric(18, 6),
    unit text,
    constraint move_moves_more_than_0_kg check (quantity_kg > 0),
    constraint move_goes_elsewhere check (from_place_id <> place_id),
    constraint move_time_ends_after_it_begins check (happened_until > happened_at),
    constraint move_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
    constraint move_counts_more_than_0 check (quantity > 0)
);
create index moves_by_lot on facts.moves (lot_id);
create index moves_by_xid on facts.moves (row_xid);
create index moves_by_source_key on facts.moves (source_key) where source_key is not null;


-- 7 Corrections, voids, withdrawals and signatures
--
-- What was wrong is not changed: another fact says so, and why. When that was found is null where it was
-- recorded at once.

-- A correction restates every correctable value of a lot, so that "now unknown" can be said too.
-- Vacuum leaves this table, and those of what was taken back, a page: see facts.keep_a_page.
create table facts.lot_corrections (
    correction_id bigint generated always as identity primary key,
    lot_id bigint not null references facts.lots,
    product_id bigint references facts.products,
    weight_kg numeric(18, 6),
    temperature_c numeric(6, 2),
    expires_on date,
    happened_at timestamptz not null,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    quantity numeric(18, 6),
    unit text,
    supplier_id bigint references facts.partners,
    supplier_lot_code text,
    run_id bigint references facts.production_runs,
    restates_origin boolean,  -- null: it says nothing of supplier, supplier's code and run
    happened_until timestamptz,
    lot_type text,
    metadata jsonb,
    restates_kind boolean,  -- null: it says nothing of type and metadata
    printed_code text,
    constraint corrected_weight_is_possible check (weight_kg >= 0 and weight_kg < 1000000000),
    constraint corrected_temperature_is_possible check (temperature_c >= -273.15),
    constraint correction_reason_is_said check (char_length(btrim(reason)) >= 10),
    constraint corrected_lot_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
    constraint corrected_lot_counts_0_or_more check (quantity >= 0),
    constraint corrected_origin_is_restated_whole check (
        coalesce(restates_origin, false)
        or num_nonnulls(supplier_id, supplier_lot_code, run_id, printed_code) = 0
    ),
    constraint corrected_time_ends_after_it_begins check (happened_until > happened_at),
    constraint corrected_type_is_known foreign key (lot_type) references facts.lot_types (lot_type),
    constraint corrected_kind_is_restated_whole
    check (restates_kind and metadata is not null or num_nonnulls(restates_kind, lot_type, metadata) = 0),
    constraint corrected_printed_code_has_1_to_250_characters check (char_length(printed_code) between 1 and 250)
) with (vacuum_truncate = off);
create index lot_corrections_by_lot on facts.lot_corrections (lot_id, correction_id);
create index lot_corrections_by_xid on facts.lot_corrections (row_xid);
create index corrections_by_supplier_lot_key on facts.lot_corrections (search_key(supplier_lot_code))
where supplier_lot_code is not null;
create index corrections_by_printed_key on facts.lot_corrections (search_key(printed_code))
where printed_code is not null;
create index corrections_with_damaged_code on facts.lot_corrections (lot_id)
where identifier_damage('code', supplier_lot_code) is not null;

create table facts.link_voids (
    void_id bigint generated always as identity primary key,
    link_id bigint not null references facts.lot_genealogy,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    happened_at timestamptz,
    constraint link_is_voided_once unique (link_id),
    constraint void_reason_is_said check (char_length(btrim(reason)) >= 10)
) with (vacuum_truncate = off);
create index link_voids_by_xid on facts.link_voids (row_xid);

create table facts.shipment_voids (
    void_id bigint generated always as identity primary key,
    shipment_id bigint not null references facts.shipments,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    happened_at timestamptz,
    constraint shipment_is_voided_once unique (shipment_id),
    constraint shipment_void_reason_is_said check (char_length(btrim(reason)) >= 10)
) with (vacuum_truncate = off);
create index shipment_voids_by_xid on facts.shipment_voids (row_xid);

create table facts.movement_voids (
    void_id bigint generated always as identity primary key,
    movement_id bigint not null references facts.movements,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    happened_at timestamptz,
    constraint movement_is_voided_once unique (movement_id),
    constraint movement_void_reason_is_said check (char_length(btrim(reason)) >= 10)
) with (vacuum_truncate = off);
create index movement_voids_by_xid on facts.movement_voids (row_xid);

create table facts.reading_voids (
    void_id bigint generated always as identity primary key,
    reading_id bigint not null references facts.readings,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    happened_at timestamptz,
    constraint reading_is_voided_once unique (reading_id),
    constraint reading_void_reason_is_said check (char_length(btrim(reason)) >= 10)
) with (vacuum_truncate = off);
create index reading_voids_by_xid on facts.reading_voids (row_xid);

create table facts.lot_voids (
    void_id bigint generated always as identity primary key,
    lot_id bigint not null references facts.lots,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    happened_at timestamptz,
    renamed_id bigint references facts.lots,  -- what it was registered as again, under another code
    constraint lot_is_voided_once unique (lot_id),
    constraint lot_void_reason_is_said check (char_length(btrim(reason)) >= 10),
    constraint lot_is_not_renamed_to_itself check (renamed_id <> lot_id)
) with (vacuum_truncate = off);
create index lot_voids_by_xid on facts.lot_voids (row_xid);
create index lots_renamed_from on facts.lot_voids (lot_id) where renamed_id is not null;
create index lots_renamed_to on facts.lot_voids (renamed_id) where renamed_id is not null;

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

create table facts.decision_withdrawals (
    withdrawal_id bigint generated always as identity primary key,
    decision_id bigint not null references facts.qc_decisions,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    happened_at timestamptz,
    constraint decision_is_withdrawn_once unique (decision_id),
    constraint withdrawal_reason_is_said check (char_length(btrim(reason)) >= 10)
) with (vacuum_truncate = off);
create index decision_withdrawals_by_xid on facts.decision_withdrawals (row_xid);

-- A manager let a lot be used and shipped although its origin stops it: for these HOLDs and FAILs of
-- its ancestors, and for no other.
create table facts.origin_assessments (
    assessment_id bigint generated always as identity primary key,
    lot_id bigint not null references facts.lots,
    decision_ids bigint [] not null,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    happened_at timestamptz,
    constraint assessment_covers_a_stop check (cardinality(decision_ids) > 0),
    constraint assessment_reason_is_said check (char_length(btrim(reason)) >= 10)
);
create index origin_assessments_by_lot on facts.origin_assessments (lot_id);
create index origin_assessments_by_xid on facts.origin_assessments (row_xid);

-- Who stands for a decision: name and role as they were then, and the hash of what was signed.
create table facts.decision_signatures (
    signature_id bigint generated always as identity primary key,
    decision_id bigint references facts.qc_decisions,
    withdrawal_id bigint references facts.decision_withdrawals,
    user_id bigint not null references users,
    signed_name text not null,
    signed_role text not null,
    meaning text not null,
    method text not null,
    signed_hash bytea not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    assessment_id bigint references facts.origin_assessments,
    movement_id bigint references facts.movements,
    link_id bigint references facts.lot_genealogy,
    lot_void_id bigint references facts.lot_voids,  -- a rename
    constraint decision_is_signed_once unique (decision_id),
    constraint withdrawal_is_signed_once unique (withdrawal_id),
    constraint assessment_is_signed_once unique (assessment_id),
    constraint movement_is_signed_once unique (movement_id),
    constraint link_is_signed_once unique (link_id),
    constraint lot_void_is_signed_once unique (lot_void_id),
    constraint signature_is_under_one_thing
    check (
        num_nonnulls(decision_id, withdrawal_id, assessment_id, movement_id, link_id, lot_void_id) = 1
    ),
    constraint signature_meaning_is_known
    check (
        meaning in (
            'RELEASE', 'PASS', 'LIFT', 'REJECT', 'HOLD', 'WITHDRAW', 'ASSESS', 'DESTROY', 'REWORK',
            'RENAME'
        )
    ),
    constraint signature_method_is_known check (method in ('PASSWORD', 'TOKEN')),
    constraint signed_hash_is_sha256 check (octet_length(signed_hash) = 32)
);

-- What somebody said about a breach of a rule: that it is seen, or why it may stand. The breach is
-- named by its rule, its row and every value in it, so that a changed breach is open again.
create table facts.finding_settlements (
    settlement_id bigint generated always as identity primary key,
    breach_id text not null,
    rule_name text not null,
    breach jsonb not null,
    kind text not null,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint breach_id_is_sha256 check (breach_id ~ '^[0-9a-f]{64}$'),
    constraint settlement_kind_is_known check (kind in ('ACKNOWLEDGED', 'EXPLAINED', 'REOPENED')),
    constraint settlement_reason_is_said check (char_length(btrim(reason)) >= 10)
);
create index finding_settlements_by_breach on facts.finding_settlements (breach_id, settlement_id);

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


-- 8 The trail
--
-- One entry a row written, made by triggers in the writer's own transaction, chained by SHA-256.

create table audit.entries (
    entry_id bigint primary key,  -- its place in the chain: 1, 2, 3 ... without a gap
    recorded_at timestamptz not null,
    user_id bigint,
    database_role text not null,
    face text,
    address text,
    request_id text,
    action text not null,
    table_name text not null,
    row_id bigint not null,
    before jsonb,
    after jsonb,
    reason text,
    hash bytea not null
);
create index entries_by_row on audit.entries (table_name, row_id);
create index entries_by_time on audit.entries (recorded_at);
create index entries_by_user on audit.entries (user_id, entry_id);

-- What an entry's hash is taken of, after the hash of the entry before it: built-in functions
-- only, so that a verifier outside the database can ask for the same text.
create function audit.content(entry audit.entries) returns text
language sql immutable
return jsonb_build_array(
    (entry).entry_id, cast(extract(epoch from (entry).recorded_at) * 1000000 as bigint), (entry).user_id,
    (entry).database_role, (entry).face, (entry).address, (entry).request_id, (entry).action,
    (entry).table_name, (entry).row_id, (entry).before, (entry).after, (entry).reason
)::text;

-- A row as the trail keeps it: secrets only as their hash, so that a swap shows and nothing leaks.
create function audit.shown(row_written jsonb) returns jsonb
language sql immutable
return case
    when row_written ? 'password_hash'
        then jsonb_set(
            row_written - 'row_xid', '{password_hash}',
            to_jsonb(encode(sha256(convert_to(row_written ->> 'password_hash', 'UTF8')), 'hex'))
        )
    else row_written - 'row_xid' - 'code_skeleton'
end;

-- Append one entry after the head of the chain and give it, the next one's head.
create function audit.append(
    head audit.entries, action text, of_table text, key_column text, before jsonb, after jsonb
) returns audit.entries
language plpgsql as $$
declare
    entry audit.entries;
begin
    entry.entry_id := coalesce(head.entry_id, 0) + 1;
    entry.recorded_at := greatest(
        clock_timestamp(), head.recorded_at, cast(after ->> 'recorded_at' as timestamptz)
    );
    entry.user_id := cast(nullif(current_setting('lotline.user_id', true), '') as bigint);
    entry.database_role := coalesce(nullif(current_setting('role', true), 'none'), session_user);
    entry.face := nullif(current_setting('lotline.face', true), '');
    entry.address := nullif(current_setting('lotline.address', true), '');
    entry.request_id := nullif(current_setting('lotline.request_id', true), '');
    entry.action := action;
    entry.table_name := of_table;
    entry.row_id := cast(coalesce(after, before) ->> key_column as bigint);
    entry.before := audit.shown(before);
    entry.after := audit.shown(after);
    entry.reason := coalesce(after ->> 'reason', nullif(current_setting('lotline.reason', true), ''));
    entry.hash := sha256(
        coalesce(head.hash, sha256('lotline')) || convert_to(audit.content(entry), 'UTF8')
    );
    insert into audit.entries values (entry.*);
    return entry;
end
$$;

-- Enter each row that a statement wrote. It runs as the owner, so that no role needs a right to the
-- trail, and by names and a time zone of its own, whatever the writer's session has set. Of a row that
-- restates another (arguments: by which column, and the table of the first statements) the entry keeps
-- what was said before.
create function audit.note_writes() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, audit, pg_temp set timezone = 'UTC' as $$
declare
    key_column text := tg_argv[0];
    head audit.entries;
    written record;
    hash bytea;
    noted audit.entries [] := '{}';
begin
    -- The one write lock; whoever wrote through a command holds it already.
    perform pg_advisory_xact_lock(7150002);
    select * into head from audit.entries order by entry_id desc limit 1;
    if tg_op = 'INSERT' and tg_nargs = 1 and (select count(*) from added) > 50 then
        -- Many at once come from an import: what they have in common is asked once, and they are
        -- kept a thousand at a time. Each is what `audit.append` would have made of it.
        hash := coalesce(head.hash, sha256('lotline'));
        for written in execute format(
            'select said.entry, convert_to(audit.content(said.entry), ''UTF8'') as content
             from (
                 select
                     row(
                         $1 + row_number() over (order by added.%1$I),
                         greatest($2, added.recorded_at),
                         $3, $4, $5, $6, $7, ''insert'', $8, added.%1$I, null, shown.after,
                         coalesce(shown.after ->> ''reason'', $9), null
                     )::audit.entries as entry
                 from added
                 cross join lateral (select audit.shown(to_jsonb(added)) as after offset 0) as shown
             ) as said
             order by (said.entry).entry_id', key_column
        ) using
            coalesce(head.entry_id, 0),
            greatest(clock_timestamp(), head.recorded_at),
            cast(nullif(current_setting('lotline.user_id', true), '') as bigint),
            coalesce(nullif(current_setting('role', true), 'none'), session_user),
            nullif(current_setting('lotline.face', true), ''),
            nullif(current_setting('lotline.address', true), ''),
            nullif(current_setting('lotline.request_id', true), ''),
            tg_table_name,
            nullif(current_setting('lotline.reason', true), '')
        loop
            hash := sha256(hash || written.content);
            head := written.entry;
            head.hash := hash;
            noted := array_append(noted, head);
            if cardinality(noted) = 1000 then
                insert into audit.entries select * from unnest(noted);
                noted := '{}';
            end if;
        end loop;
        insert into audit.entries select * from unnest(noted);
        return null;
    end if;
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

-- When each transaction that wrote facts began to, and when it came to its commit.
--
-- Each row keeps the clock of its own writing, yet all that a transaction writes becomes visible at
-- its commit: as of a moment in the middle of an import, half of it seemed known. Writers of facts
-- take turns, so at any moment one of them at most is under way, and everything recorded since its
-- turn began is its own. A turn's beginning and end are all it takes to leave that out.
create table audit.turns (
    began_at timestamptz not null,
    ended_at timestamptz,
    row_xid xid8 not null default pg_current_xact_id(),
    constraint turn_ends_after_it_began check (ended_at >= began_at)
);
create index turns_by_time on audit.turns (began_at);
create unique index turns_under_way on audit.turns (row_xid) where ended_at is null;

-- Asked at the commit, behind all that the transaction wrote; the clock can't be asked any later.
create function audit.end_turn() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    -- Who asks about a moment waits for those that have ended and are not committed yet.
    perform pg_advisory_xact_lock(7150003);
    update audit.turns
    set ended_at = greatest(
        clock_timestamp(),
        began_at,
        (select recorded_at from audit.entries order by entry_id desc limit 1)
    )
    where row_xid = new.row_xid and ended_at is null;
    return null;
end
$$;
create constraint trigger end_turn after insert on audit.turns
deferrable initially deferred
for each row execute function audit.end_turn();


-- The short code on a lot's label: L, its id in 29 signs that nobody mixes up, and three more that
-- only this record gives to this id, so that another plant's label, or a misread one, names no lot.
-- The trail's first entry is what no two records share. Read back in
-- `sql/genealogy/label_codes.py`.
create function lot_label_code(of_lot_id bigint) returns text
language sql stable parallel safe
return (
    with signs (sign) as (
        values ('23456789ABCDEFGHJKMNPQRSTVWXY')
    ),

    checked (hash) as (
        select
            sha256(
                coalesce((select hash from audit.entries where entry_id = 1), sha256('lotline'))
                || convert_to(cast(of_lot_id as text), 'UTF8')
            )
    )

    select
        'L'
        || (
            select
                string_agg(
                    substr(sign, cast(div(of_lot_id, power(29::numeric, place)) % 29 as int) + 1, 1),
                    '' order by place desc
                )
            from generate_series(0, 12) as places (place)
            where place < 4 or power(29::numeric, place) <= of_lot_id
        )
        || (
            select
                string_agg(
                    substr(
                        sign, (256 * get_byte(hash, 2 * byte) + get_byte(hash, 2 * byte + 1)) % 29 + 1, 1
                    ),
                    '' order by byte
                )
            from generate_series(0, 2) as bytes (byte)
        )
    from signs
    cross join checked
);


-- 9 Views of what is known
--
-- What was voided and withdrawn decisions are left out, corrected lots show their latest values, all of
-- it as of the moment a transaction asks for. So one set of queries answers for today and for any
-- moment of the past.

-- Until when the facts recorded were committed by a moment: just before the turn under way then.
create function committed_until(moment timestamptz) returns timestamptz
language sql stable parallel safe
return coalesce(
    (
        select
            case
                when ended_at <= moment then moment
                else began_at - interval '1 microsecond'
            end
        from audit.turns
        where began_at <= moment
        order by began_at desc
        limit 1
    ),
    moment
);

-- Until when facts count in a transaction: those committed by the moment it asks about; infinity: all.
create function known_until() returns timestamptz
language sql stable parallel safe
return case
    when coalesce(current_setting('lotline.as_of', true), '') = '' then cast('infinity' as timestamptz)
    else committed_until(cast(current_setting('lotline.as_of', true) as timestamptz))
end;

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
    latest.revision_id,
    case when latest.revision_id is null then products.unit else latest.unit end as unit,
    case
        when latest.revision_id is null then products.kg_per_unit else latest.kg_per_unit
    end as kg_per_unit,
    case
        when latest.revision_id is null then products.storage_class else latest.storage_class
    end as storage_class,
    coalesce(latest.is_retired, false) as is_retired
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
    latest.revision_id,
    coalesce(latest.is_retired, false) as is_retired
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

create view lots as
select
    lots.lot_id,
    lots.lot_code,
    case when latest.restates_kind then latest.lot_type else lots.lot_type end as lot_type,
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
    case when latest.restates_kind then latest.metadata else lots.metadata end as metadata,
    lots.operator_id,
    case when latest.correction_id is null then lots.happened_at else latest.happened_at end as happened_at,
    lots.recorded_at,
    lots.row_xid,
    lots.code_skeleton,
    latest.correction_id,
    case when latest.correction_id is null then lots.quantity else latest.quantity end as quantity,
    case when latest.correction_id is null then lots.unit else latest.unit end as unit,
    lots.beyond_reason,
    lots.source_key,
    case
        when latest.correction_id is null then lots.happened_until else latest.happened_until
    end as happened_until,
    case when latest.restates_origin then latest.printed_code else lots.printed_code end as printed_code
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

-- What these lots were registered as since, over every rename of them; as known.
create function lots_renamed(of_lot_ids bigint [])
returns table (was_lot_id bigint, lot_id bigint)
language sql stable parallel safe
begin atomic
    with recursive went (was_lot_id, lot_id) as (
        select voids.lot_id, voids.renamed_id
        from facts.lot_voids as voids
        where
            voids.lot_id = any(of_lot_ids)
            and voids.renamed_id is not null
            and voids.recorded_at <= (select known_until())
        union all
        select went.was_lot_id, voids.renamed_id
        from went
        inner join facts.lot_voids as voids on went.lot_id = voids.lot_id
        where voids.renamed_id is not null and voids.recorded_at <= (select known_until())
    )

    select went.was_lot_id, went.lot_id from went;
end;

-- Renames as known: the code that a lot had, and what it was registered as again. That may have been
-- renamed since, too.
create view renamed_lots as
select
    voids.void_id,
    registered.lot_code as former_code,
    voids.lot_id as was_lot_id,
    voids.renamed_id,
    coalesce(voids.happened_at, voids.recorded_at) as renamed_at,
    voids.reason,
    voids.operator_id,
    voids.recorded_at,
    voids.row_xid
from facts.lot_voids as voids
inner join facts.lots as registered on voids.lot_id = registered.lot_id
where voids.renamed_id is not null and voids.recorded_at <= (select known_until());

-- The lots whose supplier's code is or was one of these keys, or like a part: found by index, whatever
-- was corrected since. Whoever asks holds against them what reads now.
create function lots_by_supplier_lot(keys text []) returns setof bigint
language sql stable parallel safe as $$
    select lot_id from facts.lots
    where supplier_lot_code is not null and search_key(supplier_lot_code) = any(keys)
    union
    select lot_id from facts.lot_corrections
    where supplier_lot_code is not null and search_key(supplier_lot_code) = any(keys)
$$;

create function lots_by_part_of_supplier_lot(part text) returns setof bigint
language sql stable parallel safe as $$
    select lot_id from facts.lots
    where supplier_lot_code is not null and search_key(supplier_lot_code) like part
    union
    select lot_id from facts.lot_corrections
    where supplier_lot_code is not null and search_key(supplier_lot_code) like part
$$;

-- Likewise by what is or was printed on their labels.
create function lots_by_printed_code(keys text []) returns setof bigint
language sql stable parallel safe as $$
    select lot_id from facts.lots
    where printed_code is not null and search_key(printed_code) = any(keys)
    union
    select lot_id from facts.lot_corrections
    where printed_code is not null and search_key(printed_code) = any(keys)
$$;

create function lots_by_part_of_printed_code(part text) returns setof bigint
language sql stable parallel safe as $$
    select lot_id from facts.lots
    where printed_code is not null and search_key(printed_code) like part
    union
    select lot_id from facts.lot_corrections
    where printed_code is not null and search_key(printed_code) like part
$$;

-- `unallotted_kg`: where an input of a production is known, but not how much of it went into which
-- output, all of it stands with the input's first link, and 0 with the others. So a sum of
-- coalesce(quantity_kg, unallotted_kg) over a parent's links is what went out of it. So does what was
-- said of the input in a unit: `unallotted_quantity`, in `unallotted_unit`.
create view lot_genealogy as
select
    links.link_id,
    links.parent_lot_id,
    links.child_lot_id,
    links.quantity_kg,
    links.operator_id,
    links.happened_at,
    links.recorded_at,
    links.row_xid,
    links.source_key,
    links.expiry_reason,
    links.production_id,
    links.quantity,
    links.unit,
    links.rework_reason,
    case
        when links.quantity_kg is null and links.production_id is not null
            then (
                select
                    inputs.quantity_kg * cast(
                        not exists (
                            select from facts.lot_genealogy as earlier
                            where
                                earlier.production_id = links.production_id
                                and earlier.parent_lot_id = links.parent_lot_id
                                and earlier.link_id < links.link_id
                        ) as integer
                    )
                from facts.production_inputs as inputs
                where
                    inputs.production_id = links.production_id
                    and inputs.lot_id = links.parent_lot_id
            )
    end as unallotted_kg,
    links.happened_until,
    case
        when links.quantity is null and links.production_id is not null
            then (
                select
                    inputs.quantity * cast(
                        not exists (
                            select from facts.lot_genealogy as earlier
                            where
                                earlier.production_id = links.production_id
                                and earlier.parent_lot_id = links.parent_lot_id
                                and earlier.link_id < links.link_id
                        ) as integer
                    )
                from facts.production_inputs as inputs
                where
                    inputs.production_id = links.production_id
                    and inputs.lot_id = links.parent_lot_id
            )
    end as unallotted_quantity,
    case
        when links.quantity is null and links.production_id is not null
            then (
                select
                    inputs.unit
                from facts.production_inputs as inputs
                where
                    inputs.production_id = links.production_id
                    and inputs.lot_id = links.parent_lot_id
            )
    end as unallotted_unit
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

-- Places with what people read of them: the code, the name, and the site where it is not the plant.
create view places as
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

-- What is in a logistic unit: of each lot what was put in less what was taken out, null where nobody
-- weighed it, and its pieces where all of them were counted in one unit; or a unit that stands in it.
-- What was taken out without kilograms was all there was.
create view packed as
select
    packings.sscc,
    packings.lot_id,
    packings.inner_sscc,
    case
        when count(*) = count(packings.quantity_kg)
            then sum(case packings.kind when 'PACKED' then 1 else -1 end * packings.quantity_kg)
    end as quantity_kg,
    max(packings.happened_at) filter (where packings.kind = 'PACKED') as packed_at,
    case
        when count(*) = count(packings.quantity) and count(distinct packings.unit) = 1
            then sum(case packings.kind when 'PACKED' then 1 else -1 end * packings.quantity)
    end as quantity,
    case
        when count(*) = count(packings.quantity) and count(distinct packings.unit) = 1
            then min(packings.unit)
    end as unit
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

-- The lots of a logistic unit and of the units that stand in it, each by the unit it lies in. The
-- offsets keep each step at its unit's rows: else all that was ever packed is summed for it.
create function lots_of_unit(asked text)
returns table (sscc text, lot_id bigint, quantity_kg numeric, quantity numeric, unit text)
language sql stable
begin atomic
    with recursive units as (
        select asked as sscc
        union
        select inside.inner_sscc
        from units
        cross join lateral (
            select packed.inner_sscc from packed
            where packed.sscc = units.sscc and packed.inner_sscc is not null
            offset 0
        ) as inside
    )

    select inside.sscc, inside.lot_id, inside.quantity_kg, inside.quantity, inside.unit
    from units
    cross join lateral (
        select packed.sscc, packed.lot_id, packed.quantity_kg, packed.quantity, packed.unit
        from packed
        where packed.sscc = units.sscc and packed.lot_id is not null
        offset 0
    ) as inside;
end;

-- A logistic unit with those it stands on, the innermost first.
create function units_around(asked text)
returns table (sscc text)
language sql stable
begin atomic
    with recursive units as (
        select asked as sscc
        union
        select stands.sscc
        from units
        cross join lateral (
            select packed.sscc from packed where packed.inner_sscc = units.sscc offset 0
        ) as stands
    )

    select units.sscc from units;
end;

create view readings as
select readings.*
from facts.readings
where
    readings.recorded_at <= (select known_until())
    and not exists (
        select from facts.reading_voids as voids
        where voids.reading_id = readings.reading_id and voids.recorded_at <= (select known_until())
    );

-- A result as people write it: a word, or a number behind its sign.
create function result_words(sign text, value numeric, word text) returns text
language sql immutable parallel safe
return coalesce(word, coalesce(sign, '') || trim_scale(value));

-- Whether a result keeps its limit; null: there is none, or it can't be said. A sign stands for all
-- numbers on that side: <10 keeps an upper bound of 10 or more, breaks a lower bound of 10, and says
-- nothing about an upper bound of 5.
create function result_within(
    sign text, value numeric, word text, lower_bound numeric, upper_bound numeric, wanted text
) returns boolean
language sql immutable parallel safe
return case
    when num_nonnulls(word, wanted) > 0 then word = wanted
    when num_nonnulls(lower_bound, upper_bound) = 0 then null
    when sign is null
        then value >= coalesce(lower_bound, '-infinity') and value <= coalesce(upper_bound, 'infinity')
    when sign in ('<', '≤')
        then
            case
                when value < lower_bound or value = lower_bound and sign = '<' then false
                when lower_bound is null and value <= upper_bound then true
            end
    else
        case
            when value > upper_bound or value = upper_bound and sign = '>' then false
            when upper_bound is null and value >= lower_bound then true
        end
end;

create view qc_decisions as
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

-- Every HOLD and FAIL that is the latest decision at its gate, or without one. It is the rule of
-- `latest_decisions` asked so that few lots can be looked up by index; a test holds them equal.
create view standing_stops as
select
    stops.lot_id,
    stops.gate_id,
    stops.decision,
    stops.happened_at,
    stops.decision_id
from qc_decisions as stops
where
    stops.decision <> 'PASS'
    and not exists (
        select from qc_decisions as newer
        where
            newer.lot_id = stops.lot_id
            and coalesce(newer.gate_id, 0) = coalesce(stops.gate_id, 0)
            and (newer.happened_at, newer.decision_id) > (stops.happened_at, stops.decision_id)
    );

-- What the latest decisions about a lot come to. A lot without a row: nobody decided about it, or
-- all decisions were withdrawn. Where a query names lot ids, the planner looks up the decisions of
-- those lots only.
create view decided_lots as
select
    lot_id,
    bool_or(decision = 'FAIL') as has_fail,
    bool_or(decision = 'HOLD') as has_hold,
    bool_or(decision = 'PASS') as has_pass,
    array_agg(gate_id) filter (where decision = 'PASS') as passed_gate_ids
from latest_decisions
group by lot_id;

create view origin_assessments as
select * from facts.origin_assessments
where recorded_at <= (select known_until());

-- The day a clock at the site shows at a moment; the site's zone is the session's setting.
create function site_day(moment timestamptz) returns date
language sql stable parallel safe
return cast(
    moment at time zone coalesce(nullif(current_setting('lotline.site_zone', true), ''), 'UTC') as date
);

-- The day it is at the site, now or at the moment asked about.
create function site_date() returns date
language sql stable parallel safe
return site_day(least(known_until(), now()));

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

-- The limits that a result taken at no gate must keep: those of the gates that serve the lot's type by
-- name. Where they differ, what none of them allows is outside: the mildest bound of each side counts.
create function limits_at_no_gate(
    of_lot_type text, of_product_id bigint, at_moment timestamptz, under_version bigint
) returns table (
    characteristic text, unit text, lower_bound numeric, upper_bound numeric, word text
)
language sql stable parallel safe as $$
    select
        limits.characteristic,
        limits.unit,
        case when count(*) = count(limits.lower_bound) then min(limits.lower_bound) end,
        case when count(*) = count(limits.upper_bound) then max(limits.upper_bound) end,
        case
            when count(*) = count(limits.word) and min(limits.word) = max(limits.word)
                then min(limits.word)
        end
    from (
        select distinct on (gates_stated.gate_id) gates_stated.*
        from gates_stated
        where gates_stated.version_id <= coalesce(under_version, 1)
        order by gates_stated.gate_id, gates_stated.version_id desc
    ) as gates
    cross join lateral limits_of(
        gates.gate_id, of_lot_type, of_product_id, at_moment, under_version
    ) as limits
    where of_lot_type = any(gates.lot_types) and not gates.is_retired
    group by limits.characteristic, limits.unit
$$;

-- Every statement of a rule, with the time in which it held: from when its version held until a later one
-- said otherwise. What happened is judged by what held then. A statement that never held is left out.
create view process_rules as
select stated.*
from (
    select
        rules.*,
        versions.holds_from as in_force_from,  -- null: since ever
        min(coalesce(versions.holds_from, '-infinity')) over (
            partition by rules.rule, rules.lot_type, rules.input_lot_type
            order by rules.rule_id
            rows between 1 following and unbounded following
        ) as in_force_until  -- null: it holds
    from facts.process_rules as rules
    inner join facts.process_versions as versions on rules.version_id = versions.version_id
    where rules.version_id <= (select process_in_force())
) as stated
where coalesce(stated.in_force_until > coalesce(stated.in_force_from, '-infinity'), true);

create view process_settings as
select distinct on (settings.setting) settings.*
from facts.process_settings as settings
where settings.version_id <= (select process_in_force())
order by settings.setting, settings.version_id desc;

-- Each word as the process in force says it; one that was retired is left out.
create view decision_words as
select stated.*
from (
    select distinct on (words.decision) words.*
    from facts.decision_words as words
    where words.version_id <= (select process_in_force())
    order by words.decision, words.version_id desc
) as stated
where not stated.is_retired;

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

-- Readings with the limit that held for the lot when they were taken. `within` is null without one, or
-- where a sign leaves it open. A reading deviates where it is not within; where no limit says what is
-- wanted, `detected` and `not ok` deviate all the same. It is answered where HOLD or FAIL stood against
-- the lot then or since.
create view judged_readings as
select
    readings.reading_id,
    readings.lot_id,
    readings.gate_id,
    readings.happened_at,
    readings.characteristic,
    result_words(readings.sign, readings.value, readings.word) as result,
    readings.unit,
    bounds.lower_bound,
    bounds.upper_bound,
    bounds.word as wanted_word,
    judged.is_limited,
    judged.within,
    coalesce(
        case
            when judged.is_limited then not judged.within
            else readings.word in ('detected', 'not ok')
        end,
        false
    ) as deviates,
    exists (
        select
        from qc_decisions as stops
        where
            stops.lot_id = readings.lot_id
            and stops.decision in ('HOLD', 'FAIL')
            and not exists (
                select
                from qc_decisions as later
                where
                    later.lot_id = stops.lot_id
                    and later.gate_id is not distinct from stops.gate_id
                    and (later.happened_at, later.decision_id) > (stops.happened_at, stops.decision_id)
                    and coalesce(later.happened_until, later.happened_at) <= readings.happened_at
            )
    ) as is_answered,
    readings.happened_until
from readings
inner join lots on readings.lot_id = lots.lot_id
left join lateral (
    select
        at_gate.characteristic, at_gate.unit, at_gate.lower_bound, at_gate.upper_bound, at_gate.word
    from limits_of(
        readings.gate_id, lots.lot_type, lots.product_id, readings.happened_at, readings.version_id
    ) as at_gate
    where readings.gate_id is not null
    union all
    select at_none.*
    from limits_at_no_gate(
        lots.lot_type, lots.product_id, readings.happened_at, readings.version_id
    ) as at_none
    where readings.gate_id is null
) as bounds
    on bounds.characteristic = readings.characteristic and bounds.unit = readings.unit
cross join lateral (
    select
        num_nonnulls(bounds.lower_bound, bounds.upper_bound, bounds.word) > 0 as is_limited,
        case
            when num_nonnulls(bounds.lower_bound, bounds.upper_bound, bounds.word) > 0
                then
                    result_within(
                        readings.sign, readings.value, readings.word,
                        bounds.lower_bound, bounds.upper_bound, bounds.word
                    )
        end as within
) as judged;

create view shipments as
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

create view movements as
select movements.*
from facts.movements
where
    movements.recorded_at <= (select known_until())
    and not exists (
        select from facts.movement_voids as voids
        where
            voids.movement_id = movements.movement_id
            and voids.recorded_at <= (select known_until())
    );

-- What came back of a lot and nobody has decided about since: so many kilograms of what is on hand are
-- neither used nor shipped. Of a return of unknown quantity, what is left of its line.
create view undecided_returns as
select
    returns.lot_id,
    sum(
        coalesce(
            returns.quantity_kg,
            shipments.quantity_kg - coalesce(
                (
                    select sum(others.quantity_kg) from movements as others
                    where others.shipment_id = returns.shipment_id
                ), 0
            ),
            0
        )
    ) as at_most_kg,
    count(*) - count(returns.quantity_kg) as unknown_count
from movements as returns
left join shipments on returns.shipment_id = shipments.shipment_id
where
    returns.kind = 'RETURNED'
    and not exists (
        select from qc_decisions as decisions
        where
            decisions.lot_id = returns.lot_id
            and (decisions.happened_at, decisions.recorded_at) > (returns.happened_at, returns.recorded_at)
    )
group by returns.lot_id;

-- Spoilt identifiers of what these lots are, come from and went to: of products, suppliers, customers
-- and runs. Nearly always there are none in the whole record, and no lot is looked at.
create function damaged_masters_of(of_lot_ids bigint []) returns table (
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

-- These lots, one a row. PostgreSQL counts on ten of an array that it doesn't know, and joins the lots
-- of a trace one by one where sets would take half as long; here it counts on as many as a trace has.
create function each_lot(of_lot_ids bigint []) returns setof bigint
language plpgsql immutable strict parallel safe rows 60 as $$
begin
    return query select unnest(of_lot_ids);
end
$$;

-- What movements say of these lots' kilograms; a lot without one has no row. Of a lot that was counted,
-- since_kg is what came and went after its last count: what happened in the same minute is after it
-- where it was recorded later.
--
-- Of a return of unknown quantity as much may have come back as was shipped of its line, and what is
-- known to have come back of a line of unknown quantity left with it before.
create function movement_sums(of_lot_ids bigint []) returns table (
    lot_id bigint,
    moved_out_kg numeric,
    unknown_moved_out_count bigint,
    returned_kg numeric,
    returned_at_most_kg numeric,
    unknown_returns_count bigint,
    counted_kg numeric,
    since_kg numeric,
    since_at_most_kg numeric,
    unknown_since_count bigint
)
language plpgsql stable parallel safe as $$
#variable_conflict use_column
begin
    if not exists (select from movements where movements.lot_id = any(of_lot_ids)) then
        return;
    end if;
    return query
    with moved as (
        select
            movements.*,
            movements.kind in ('WASTE', 'SAMPLE', 'DESTROYED', 'SENT_BACK', 'DONATED') as is_out,
            movements.kind = 'RETURNED' as is_back
        from movements
        where movements.lot_id = any(of_lot_ids)
    ),

    counts as (
        select distinct on (moved.lot_id)
            moved.lot_id, moved.quantity_kg, moved.happened_at, moved.recorded_at
        from moved
        where moved.kind = 'COUNTED'
        order by moved.lot_id, moved.happened_at desc, moved.recorded_at desc
    ),

    placed as (
        select
            moved.*,
            counts.lot_id is null
            or (moved.happened_at, moved.recorded_at) > (counts.happened_at, counts.recorded_at)
                as is_since
        from moved
        left join counts on moved.lot_id = counts.lot_id
    ),

    sums as (
        select
            placed.lot_id,
            coalesce(sum(quantity_kg) filter (where is_out), 0) as out_kg,
            count(*) filter (where is_out and quantity_kg is null) as unknown_out_count,
            coalesce(sum(quantity_kg) filter (where is_back), 0) as back_kg,
            count(*) filter (where is_back and quantity_kg is null) as unknown_back_count,
            coalesce(sum(quantity_kg) filter (where is_out and is_since), 0) as out_since_kg,
            coalesce(sum(quantity_kg) filter (where is_back and is_since), 0) as back_since_kg,
            count(*) filter (where (is_out or is_back) and is_since and quantity_kg is null)
                as unknown_since_count
        from placed
        group by placed.lot_id
    ),

    lines as (
        select
            placed.lot_id,
            shipments.quantity_kg as line_kg,
            counts.lot_id is null
            or (shipments.happened_at, shipments.recorded_at) > (counts.happened_at, counts.recorded_at)
                as is_since,
            coalesce(sum(placed.quantity_kg) filter (where placed.is_since), 0) as since_kg,
            coalesce(sum(placed.quantity_kg) filter (where not placed.is_since), 0) as before_kg,
            bool_or(placed.quantity_kg is null and placed.is_since) as is_unknown
        from placed
        left join shipments on placed.shipment_id = shipments.shipment_id
        left join counts on placed.lot_id = counts.lot_id
        where placed.is_back
        group by placed.lot_id, placed.shipment_id, shipments.shipment_id, shipments.quantity_kg,
            shipments.happened_at, shipments.recorded_at, counts.lot_id, counts.happened_at,
            counts.recorded_at
    ),

    came_back as (
        select
            bounds.lot_id,
            case when count(*) = count(bounds.kg) then sum(bounds.kg) end as at_most_kg
        from (
            select
                lines.lot_id,
                case
                    when line_kg is not null and is_unknown then line_kg - before_kg
                    when line_kg is null and is_since then 0
                    when not is_unknown then since_kg
                end as kg
            from lines
        ) as bounds
        group by bounds.lot_id
    ),

    taken as (
        select
            counts.lot_id,
            coalesce(sum(given.quantity_kg), 0) as kg,
            count(given.lot_id) - count(given.quantity_kg) as unknown_count
        from counts
        left join lateral (
            select
                links.parent_lot_id as lot_id,
                coalesce(links.quantity_kg, links.unallotted_kg) as quantity_kg
            from lot_genealogy as links
            where
                links.parent_lot_id = counts.lot_id
                and (links.happened_at, links.recorded_at) > (counts.happened_at, counts.recorded_at)
            union all
            select shipments.lot_id, shipments.quantity_kg
            from shipments
            where
                shipments.lot_id = counts.lot_id
                and (shipments.happened_at, shipments.recorded_at)
                > (counts.happened_at, counts.recorded_at)
        ) as given on true
        group by counts.lot_id
    )

    select
        sums.lot_id,
        sums.out_kg,
        sums.unknown_out_count,
        sums.back_kg,
        case when counts.lot_id is null then coalesce(came_back.at_most_kg, 0) end,
        sums.unknown_back_count,
        counts.quantity_kg,
        sums.back_since_kg - sums.out_since_kg - taken.kg,
        case when came_back.lot_id is null then 0 else came_back.at_most_kg end
        - sums.out_since_kg - taken.kg,
        sums.unknown_since_count + taken.unknown_count
    from sums
    left join counts on sums.lot_id = counts.lot_id
    left join came_back on sums.lot_id = came_back.lot_id
    left join taken on sums.lot_id = taken.lot_id;
end
$$;

-- What is known of a lot's kilograms, of its weight and what left it and came back, known and of unknown
-- quantity (`movement_sums`; all null of a lot that nothing was moved of).
--
-- A column of kilograms is filled only where they are known exactly. Where they aren't, one beside it
-- says the bound that is known: at least so many left, so at most so many are here. A lot that gave
-- out more than it weighed has no stock to tell, only by how much it is overdrawn. A count takes the
-- place of all that was known before it; what is on hand is accounted for only where it was counted.
-- A lot that was counted is one with an unknown_since_count; counted in a unit alone, nobody knows what
-- is on hand of it in kilograms.
-- Lists, lot pages, guards and traces read it here; `genealogy.mass_balance` says the same of an
-- edition.
create function balance_of(
    weight_kg numeric,
    known_into_children_kg numeric,
    unknown_links_count bigint,
    known_shipped_kg numeric,
    unknown_shipments_count bigint,
    known_moved_out_kg numeric,
    unknown_moved_out_count bigint,
    known_returned_kg numeric,
    returned_at_most_kg numeric,
    unknown_returns_count bigint,
    counted_kg numeric,
    since_kg numeric,
    since_at_most_kg numeric,
    unknown_since_count bigint
) returns table (
    into_children_kg numeric,
    into_children_at_least_kg numeric,
    shipped_kg numeric,
    shipped_at_least_kg numeric,
    moved_out_kg numeric,
    moved_out_at_least_kg numeric,
    returned_kg numeric,
    returned_at_least_kg numeric,
    away_kg numeric,
    away_at_least_kg numeric,
    given_out_kg numeric,
    given_out_at_least_kg numeric,
    on_hand_kg numeric,
    on_hand_at_most_kg numeric,
    overdrawn_kg numeric,
    overdrawn_at_least_kg numeric,
    is_counted boolean,
    counted_difference_kg numeric,
    accounted_ratio double precision
)
language sql immutable parallel safe as $$
    select
        case when unknown_links_count = 0 then known_into_children_kg end,
        case when unknown_links_count > 0 then known_into_children_kg end,
        case when unknown_shipments_count = 0 then known_shipped_kg end,
        case when unknown_shipments_count > 0 then known_shipped_kg end,
        case when unknown_out_count = 0 then out_kg end,
        case when unknown_out_count > 0 then out_kg end,
        case when unknown_back_count = 0 then back_kg end,
        case when unknown_back_count > 0 then back_kg end,
        case when is_away_known then known_shipped_kg - back_kg end,
        case when not is_away_known then known_away_kg end,
        case when is_all_known then gone_kg end,
        case when not is_all_known then known_into_children_kg + out_kg + known_away_kg end,
        case when is_known and left_kg >= 0 then left_kg end,
        case when not is_known and left_at_most_kg >= 0 then left_at_most_kg end,
        case when is_known and left_kg < 0 then -left_kg end,
        case when not is_known and left_at_most_kg < 0 then -left_at_most_kg end,
        unknown_since_count is not null,
        case
            when unknown_since_count is not null and is_known and is_all_known
                then left_kg - (weight_kg - gone_kg)
        end,
        case
            when is_all_known and is_known
                then cast(
                    (gone_kg + case when unknown_since_count is null then 0 else left_kg end)
                    / nullif(weight_kg, 0) as double precision
                )
        end
    from (
        select
            coalesce(known_moved_out_kg, 0) as out_kg,
            coalesce(unknown_moved_out_count, 0) as unknown_out_count,
            coalesce(known_returned_kg, 0) as back_kg,
            coalesce(unknown_returns_count, 0) as unknown_back_count
    ) as moved
    cross join lateral (
        select
            known_into_children_kg + known_shipped_kg + out_kg - back_kg as gone_kg,
            unknown_links_count + unknown_shipments_count + unknown_out_count + unknown_back_count = 0
                as is_all_known,
            unknown_shipments_count + unknown_back_count = 0 as is_away_known,
            case when unknown_back_count > 0 then 0 else greatest(known_shipped_kg - back_kg, 0) end
                as known_away_kg
    ) as given_out
    cross join lateral (
        select
            case
                when unknown_since_count is null then weight_kg - gone_kg
                else counted_kg + since_kg
            end as left_kg,
            case
                when unknown_since_count is null
                    then weight_kg - gone_kg - back_kg + coalesce(returned_at_most_kg, 0)
                else counted_kg + since_at_most_kg
            end as left_at_most_kg,
            case
                when unknown_since_count is null then is_all_known
                else unknown_since_count = 0 and counted_kg is not null
            end as is_known
    ) as rest
$$;

-- The same of one lot, where a page shows few; its weight is given, for whoever asks has it.
create function lot_balance(of_lot_id bigint, of_weight_kg numeric) returns table (
    into_children_kg numeric,
    into_children_at_least_kg numeric,
    shipped_kg numeric,
    shipped_at_least_kg numeric,
    moved_out_kg numeric,
    moved_out_at_least_kg numeric,
    returned_kg numeric,
    returned_at_least_kg numeric,
    away_kg numeric,
    away_at_least_kg numeric,
    given_out_kg numeric,
    given_out_at_least_kg numeric,
    on_hand_kg numeric,
    on_hand_at_most_kg numeric,
    overdrawn_kg numeric,
    overdrawn_at_least_kg numeric,
    is_counted boolean,
    counted_difference_kg numeric,
    accounted_ratio double precision
)
language sql stable parallel safe as $$
    select balance.*
    from (
        select
            coalesce(sum(coalesce(quantity_kg, unallotted_kg)), 0) as kg,
            count(*) - count(coalesce(quantity_kg, unallotted_kg)) as unknown_count
        from lot_genealogy
        where parent_lot_id = of_lot_id
    ) as used
    cross join (
        select coalesce(sum(quantity_kg), 0) as kg, count(*) - count(quantity_kg) as unknown_count
        from shipments
        where lot_id = of_lot_id
    ) as shipped
    left join movement_sums(array[of_lot_id]) as moved on true
    cross join lateral balance_of(
        of_weight_kg, used.kg, used.unknown_count, shipped.kg, shipped.unknown_count,
        moved.moved_out_kg, moved.unknown_moved_out_count, moved.returned_kg,
        moved.returned_at_most_kg, moved.unknown_returns_count, moved.counted_kg, moved.since_kg,
        moved.since_at_most_kg, moved.unknown_since_count
    ) as balance
$$;

-- What a lot had left between the counts around a moment: at most so much, and whether that is known
-- exactly; negative: more left it than was there; null: nobody knows. What happened before a count is
-- measured by what was there before it, not by what was found. Of a time, what was recorded by then is
-- before it.
create function lot_left(
    of_lot_id bigint, of_weight_kg numeric, at timestamptz, recorded timestamptz
) returns table (at_most_kg numeric, is_known boolean)
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
declare
    counted record;
    ending record;
begin
    select quantity_kg, happened_at, recorded_at into ending
    from movements
    where
        lot_id = of_lot_id and kind = 'COUNTED' and (happened_at, recorded_at) > (at, recorded)
    order by happened_at, recorded_at limit 1;
    if not found then
        return query
        select
            coalesce(on_hand_kg, on_hand_at_most_kg, -overdrawn_kg, -overdrawn_at_least_kg),
            num_nonnulls(on_hand_kg, overdrawn_kg) > 0
        from lot_balance(of_lot_id, of_weight_kg);
        return;
    end if;
    select quantity_kg, happened_at, recorded_at into counted
    from movements
    where
        lot_id = of_lot_id and kind = 'COUNTED' and (happened_at, recorded_at) <= (at, recorded)
    order by happened_at desc, recorded_at desc limit 1;
    return query
    select
        case when counted.happened_at is null then of_weight_kg else counted.quantity_kg end
        + case
            when bool_or(flows.sign = 1 and flows.quantity_kg is null) then null
            else coalesce(sum(flows.sign * flows.quantity_kg), 0)
        end,
        count(*) = count(flows.quantity_kg)
    from (
        select
            -1 as sign, coalesce(quantity_kg, unallotted_kg) as quantity_kg, happened_at, recorded_at
        from lot_genealogy
        where parent_lot_id = of_lot_id
        union all
        select -1, quantity_kg, happened_at, recorded_at
        from shipments
        where lot_id = of_lot_id
        union all
        select case kind when 'RETURNED' then 1 else -1 end, quantity_kg, happened_at, recorded_at
        from movements
        where lot_id = of_lot_id and kind not in ('COUNTED', 'DOWNGRADED')
    ) as flows
    where
        (flows.happened_at, flows.recorded_at) < (ending.happened_at, ending.recorded_at)
        and (
            counted.happened_at is null
            or (flows.happened_at, flows.recorded_at) > (counted.happened_at, counted.recorded_at)
        );
end
$$;

-- What is known of a lot's amount in its own unit: what it gave out, and what is on hand. Amounts of
-- another unit, and kilograms alone, are unknown in this one: of what came back in kilograms, or was
-- counted so, nobody knows how many it is. A count in the unit takes the place of all that was known
-- before it. A lot without such an amount has no row.
create function unit_balance(of_lot_id bigint, of_quantity numeric, of_unit text) returns table (
    given_out_quantity numeric,
    given_out_at_least_quantity numeric,
    on_hand_quantity numeric,
    on_hand_at_most_quantity numeric,
    overdrawn_quantity numeric
)
language sql stable parallel safe as $$
    select
        case when is_known then used + shipped - returned end,
        case
            when not is_known
                then used + case when is_back_known then greatest(shipped - returned, 0) else 0 end
        end,
        case when is_left_known and left_quantity >= 0 then left_quantity end,
        case when not is_left_known and is_only_less and left_quantity >= 0 then left_quantity end,
        case when is_only_less and left_quantity < 0 then -left_quantity end
    from (
        select
            coalesce(sum(gone.quantity) filter (where way = 'used' and gone.unit = of_unit), 0) as used,
            coalesce(sum(gone.quantity) filter (where way = 'shipped' and gone.unit = of_unit), 0)
                as shipped,
            coalesce(sum(gone.quantity) filter (where way = 'returned' and gone.unit = of_unit), 0)
                as returned,
            coalesce(
                bool_and(gone.unit is not distinct from of_unit) filter (where way is not null), true
            ) as is_known,
            coalesce(
                bool_and(gone.unit is not distinct from of_unit) filter (where way = 'returned'), true
            ) as is_back_known,
            coalesce(bool_and(gone.unit is not distinct from of_unit) filter (where is_since), true)
                as is_left_known,
            coalesce(
                bool_and(gone.unit is not distinct from of_unit)
                filter (where is_since and way = 'returned'),
                true
            ) as is_only_less,
            min(start.quantity) + coalesce(
                sum(case way when 'returned' then gone.quantity else -gone.quantity end)
                filter (where is_since and gone.unit = of_unit),
                0
            ) as left_quantity
        from (select 1) as one
        left join lateral (
            select movements.quantity, movements.unit, movements.happened_at, movements.recorded_at
            from movements
            where movements.lot_id = of_lot_id and movements.kind = 'COUNTED'
            order by movements.happened_at desc, movements.recorded_at desc
            limit 1
        ) as counted on true
        cross join lateral (
            select
                case
                    when counted.happened_at is null then of_quantity
                    when counted.unit = of_unit then counted.quantity
                end as quantity
        ) as start
        left join lateral (
            select
                flows.*,
                counted.happened_at is null
                or (flows.happened_at, flows.recorded_at) > (counted.happened_at, counted.recorded_at)
                    as is_since
            from (
                select
                    'used' as way,
                    coalesce(quantity, unallotted_quantity) as quantity,
                    coalesce(unit, unallotted_unit) as unit,
                    happened_at,
                    recorded_at
                from lot_genealogy
                where parent_lot_id = of_lot_id
                union all
                select 'shipped', quantity, unit, happened_at, recorded_at
                from shipments
                where lot_id = of_lot_id
                union all
                select
                    case kind when 'RETURNED' then 'returned' else 'used' end,
                    quantity, unit, happened_at, recorded_at
                from movements
                where lot_id = of_lot_id and kind not in ('COUNTED', 'DOWNGRADED')
            ) as flows
        ) as gone on true
    ) as added
    where of_quantity is not null
$$;

-- What a lot had left in its own unit between the counts around a moment, as `lot_left` tells it in
-- kilograms: at most so many; negative: more left it than were there; null: nobody knows.
create function units_left(
    of_lot_id bigint, of_quantity numeric, of_unit text, at timestamptz, recorded timestamptz
) returns table (at_most_quantity numeric, is_known boolean)
language sql stable parallel safe as $$
    select
        case
            when coalesce(
                bool_and(flows.unit is not distinct from of_unit) filter (where flows.sign = 1), true
            )
                then min(start.quantity)
                + coalesce(sum(flows.sign * flows.quantity) filter (where flows.unit = of_unit), 0)
        end,
        coalesce(
            bool_and(flows.unit is not distinct from of_unit) filter (where flows.sign is not null), true
        )
    from (select 1) as one
    left join lateral (
        select quantity, unit, happened_at, recorded_at
        from movements
        where lot_id = of_lot_id and kind = 'COUNTED' and (happened_at, recorded_at) <= (at, recorded)
        order by happened_at desc, recorded_at desc
        limit 1
    ) as counted on true
    left join lateral (
        select happened_at, recorded_at
        from movements
        where lot_id = of_lot_id and kind = 'COUNTED' and (happened_at, recorded_at) > (at, recorded)
        order by happened_at, recorded_at
        limit 1
    ) as ending on true
    cross join lateral (
        select
            case
                when counted.happened_at is null then of_quantity
                when counted.unit = of_unit then counted.quantity
            end as quantity
    ) as start
    left join lateral (
        select gone.*
        from (
            select
                -1 as sign,
                coalesce(quantity, unallotted_quantity) as quantity,
                coalesce(unit, unallotted_unit) as unit,
                happened_at,
                recorded_at
            from lot_genealogy
            where parent_lot_id = of_lot_id
            union all
            select -1, quantity, unit, happened_at, recorded_at
            from shipments
            where lot_id = of_lot_id
            union all
            select
                case kind when 'RETURNED' then 1 else -1 end,
                quantity, unit, happened_at, recorded_at
            from movements
            where lot_id = of_lot_id and kind not in ('COUNTED', 'DOWNGRADED')
        ) as gone
        where
            (
                counted.happened_at is null
                or (gone.happened_at, gone.recorded_at) > (counted.happened_at, counted.recorded_at)
            )
            and (
                ending.happened_at is null
                or (gone.happened_at, gone.recorded_at) < (ending.happened_at, ending.recorded_at)
            )
    ) as flows on true
    where of_quantity is not null
$$;

-- Every lot made from a lot, directly or not, itself left out unless the record holds a cycle. A set
-- walk: it ends on any data.
create function lots_after(of_lot_id bigint) returns setof bigint
language sql stable as $$
    with recursive reached (lot_id) as (
        select child_lot_id
        from lot_genealogy
        where parent_lot_id = of_lot_id
        union
        select lot_genealogy.child_lot_id
        from reached
        inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
    )
    select lot_id from reached
$$;

-- Every lot that went into a lot, directly or not.
create function lots_before(of_lot_id bigint) returns setof bigint
language sql stable as $$
    with recursive reached (lot_id) as (
        select parent_lot_id
        from lot_genealogy
        where child_lot_id = of_lot_id
        union
        select lot_genealogy.parent_lot_id
        from reached
        inner join lot_genealogy on reached.lot_id = lot_genealogy.child_lot_id
    )
    select lot_id from reached
$$;

-- The stops that stand against a lot by its origin: every HOLD and FAIL of an ancestor, each with the
-- assessment that covers it; none: the lot may be neither used nor shipped for it. An assessment
-- covers the very decisions it names: one that came later is another, and so is one that a link
-- brought.
create function origin_stops(of_lot_id bigint) returns table (
    lot_id bigint, gate_id bigint, decision text, happened_at timestamptz, decision_id bigint,
    assessment_id bigint
)
language sql stable as $$
    select
        stops.lot_id,
        stops.gate_id,
        stops.decision,
        stops.happened_at,
        stops.decision_id,
        (
            select max(assessments.assessment_id)
            from origin_assessments as assessments
            where
                assessments.lot_id = of_lot_id
                and stops.decision_id = any(assessments.decision_ids)
        )
    from standing_stops as stops
    where stops.lot_id = any(array(select before.lot_id from lots_before(of_lot_id) as before (lot_id)))
$$;

-- Whether some stop of a lot's origin was not assessed.
create function is_stopped(of_lot_id bigint) returns boolean
language sql stable
return exists (select from origin_stops(of_lot_id) where assessment_id is null);

-- Which of these lots are stopped by origin: back to every ancestor of any, then from those that
-- stand on HOLD or FAIL down to the lots asked about. Few lots were ever assessed; they alone are
-- asked stop by stop. How many are asked about is hidden from the planner (`select among`): it then
-- follows links by their index, where a guess of many would have it read every link at every step.
create function lots_stopped(among bigint []) returns setof bigint
language sql stable as $$
    with recursive asked as (
        select unnest((select among)) as lot_id
    ),

    behind (lot_id) as (
        select lot_id from asked
        union
        select lot_genealogy.parent_lot_id
        from behind
        inner join lot_genealogy on behind.lot_id = lot_genealogy.child_lot_id
    ),

    stops as materialized (
        select distinct standing_stops.lot_id
        from standing_stops
        where standing_stops.lot_id = any(array(select behind.lot_id from behind))
    ),

    reached (lot_id) as (
        select lot_genealogy.child_lot_id
        from stops
        inner join lot_genealogy on stops.lot_id = lot_genealogy.parent_lot_id
        where lot_genealogy.child_lot_id in (select lot_id from behind)
        union
        select lot_genealogy.child_lot_id
        from reached
        inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
        where lot_genealogy.child_lot_id in (select lot_id from behind)
    )

    select lot_id
    from reached
    where
        lot_id in (select lot_id from asked)
        and (
            not exists (
                select from origin_assessments
                where origin_assessments.lot_id = reached.lot_id
            )
            or is_stopped(lot_id)
        )
$$;

-- Every lot that is stopped by origin: down from all stops.
create function stopped_lots() returns setof bigint
language sql stable set enable_hashjoin = off set enable_mergejoin = off as $$
    with recursive reached (lot_id) as (
        select lot_genealogy.child_lot_id
        from standing_stops
        inner join lot_genealogy on standing_stops.lot_id = lot_genealogy.parent_lot_id
        union
        select lot_genealogy.child_lot_id
        from reached
        inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
    )

    select lot_id
    from reached
    where
        not exists (
            select from origin_assessments
            where origin_assessments.lot_id = reached.lot_id
        )
        or is_stopped(lot_id)
$$;

-- What a lot is, in one word: the first that holds. Released is said last and only where every gate
-- to pass was passed.
create function disposition_of(
    has_fail boolean, has_hold boolean, has_pass boolean, passed_gate_ids bigint [],
    gate_ids bigint [], is_stopped boolean, is_expired boolean
) returns text
language sql immutable parallel safe
return case
    when has_fail then 'rejected'
    when has_hold then 'hold'
    when is_stopped then 'stopped'
    when is_expired then 'expired'
    when has_pass and coalesce(gate_ids, '{}') <@ coalesce(passed_gate_ids, '{}') then 'released'
    else 'pending'
end;

-- The gates to pass by type, in one array each, for whole sets of lots; '': no type. A type has a row
-- for each stretch of time in which lots were made that must pass the same ones.
create view gates_by_type as
with passes as materialized (
    select
        coalesce(gates_to_pass.lot_type, '') as lot_type,
        gates_to_pass.made_from,
        gates_to_pass.gate_id
    from gates_to_pass
),

stretches as (
    select
        began.lot_type,
        began.made_from,
        lead(began.made_from) over (
            partition by began.lot_type order by began.made_from nulls first
        ) as made_until
    from (select distinct lot_type, made_from from passes) as began
)

select
    stretches.lot_type,
    stretches.made_from,
    stretches.made_until,
    array_agg(passes.gate_id) as gate_ids
from stretches
inner join passes
    on
        stretches.lot_type = passes.lot_type
        and coalesce(passes.made_from <= stretches.made_from, passes.made_from is null)
group by stretches.lot_type, stretches.made_from, stretches.made_until;

-- Whether a lot was made in a stretch of time; null: since ever, until ever.
create function made_within(
    happened_at timestamptz, made_from timestamptz, made_until timestamptz
) returns boolean
language sql immutable parallel safe
return coalesce(happened_at >= made_from, true) and coalesce(happened_at < made_until, true);

-- What each of these lots is: the one rule that lists, searches, traces and pages read.
create function lot_states(of_lot_ids bigint []) returns table (lot_id bigint, disposition text)
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

-- The same of every lot, beside what lists sort and narrow by.
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

-- The same of one lot, where a page shows few.
create function lot_disposition(of_lot_id bigint) returns text
language sql stable
return (select disposition from lot_states(array[of_lot_id]));

-- The lots that wait, each with every gate that it waits for; null: its type has no gate, and it
-- waits for any decision. They are those that `lot_states` calls pending, asked gate by gate, since a
-- queue needs no word about every other lot; a test holds the two equal. With no stop on it, a lot
-- has passed each gate where somebody decided about it.
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

-- Whether a row was committed by a transaction that the snapshot in lotline.copied_until did not see:
-- exactly what a copy made in that snapshot lacks. One expression, so that PostgreSQL inlines it and
-- finds the few new rows by their index on row_xid.
create function written_since_copy(row_xid xid8) returns boolean
language sql stable parallel safe
return row_xid >= pg_snapshot_xmin(cast(current_setting('lotline.copied_until') as pg_snapshot))
and not pg_visible_in_snapshot(row_xid, cast(current_setting('lotline.copied_until') as pg_snapshot));

-- What was taken back is looked for beside every fact that a view gives. While nothing was, its table
-- has no page, and PostgreSQL takes reading it for free: it then asks the system for the table's end
-- once a row, which was half of what a list of 250,000 lots cost. So each keeps one page, as a row that
-- was refused leaves it; vacuum is told to let it be, and a restore, which empties tables, asks again.
create function facts.keep_a_page() returns void
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
revoke all on function facts.keep_a_page() from public;

-- The settlements that stand: of each breach the last one said, unless it was opened again.
create view standing_settlements as
select
    latest.breach_id,
    latest.kind,
    latest.reason,
    users.full_name as settled_by,
    latest.recorded_at
from facts.finding_settlements as latest
left join users on latest.operator_id = users.user_id
where
    latest.kind <> 'REOPENED'
    and latest.recorded_at <= (select known_until())
    and not exists (
        select from facts.finding_settlements as newer
        where
            newer.breach_id = latest.breach_id
            and newer.settlement_id > latest.settlement_id
            and newer.recorded_at <= (select known_until())
    );

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

-- Whether an entry of the trail may bear on lots: not who signed in, and no partner, product or run
-- that is new, for nothing hangs on these until a fact says so. A production bears on lots by its
-- inputs, outputs and links, which are written with it; so does its void, by the voids of its links.
-- A place bears on them by what went there or left it; what it is called, no rule reads.
create function audit.bears_on_lots(table_name text, action text) returns boolean
language sql immutable parallel safe
return table_name <> all (array[
    'users', 'sign_ins', 'sign_in_failures', 'run_requests', 'dagster_acts', 'import_mappings',
    'decision_signatures', 'finding_settlements', 'productions', 'production_voids',
    'imports', 'places', 'place_revisions'
])
and (action <> 'insert' or table_name <> all (array['products', 'partners', 'production_runs']));

-- How many facts came after those that checks looked at, which saw the trail up to an entry; null:
-- it was another trail.
create function facts_not_looked_at(looked_until bigint, head text) returns bigint
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
return case
    when looked_until = 0 or exists (
        select from audit.entries where entry_id = looked_until and hash = decode(head, 'hex')
    )
        then (
            select count(*) from audit.entries
            where entry_id > looked_until and audit.bears_on_lots(table_name, action)
        )
end;

-- Of these lots, those about which checks that saw the trail up to an entry have nothing to say:
-- facts bear on them that came later, or that an answer as of an earlier moment doesn't know. A
-- fact bears on the lots it is about, on lots of the same shipment or pallet (a unit with all that ever
-- stood in it or around it; a correction too, for it may change the product), and on all that lie before and behind these: a rule may name any of them.
-- Where the trail is another, much was written, or
-- something that any lot may hang on, it is all of them. It runs as the owner: the app reads the
-- trail only through this.
create function lots_not_looked_at(looked_until bigint, head text, of_lot_ids bigint [])
returns setof bigint
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
    facts_followed constant integer := 200;
    lots_followed constant integer := 5000;
    named bigint [];
    reached bigint [];
    is_any boolean;
begin
    if looked_until > 0 and not exists (
        select from audit.entries where entry_id = looked_until and hash = decode(head, 'hex')
    ) then
        return query select unnest(of_lot_ids);
        return;
    end if;
    with recursive unseen as materialized (
        (
            select table_name, action, after from audit.entries
            where entry_id > looked_until and recorded_at <= known_until()
            order by entry_id limit facts_followed + 1
        )
        union all
        (
            select table_name, action, after from audit.entries
            where entry_id <= looked_until and recorded_at > known_until()
            order by recorded_at limit facts_followed + 1
        )
    ),

    bearing as materialized (
        select * from unseen
        where audit.bears_on_lots(table_name, action)
    ),

    keys as (
        select
            cast(after ->> 'lot_id' as bigint) as lot_id,
            cast(after ->> 'parent_lot_id' as bigint) as parent_lot_id,
            cast(after ->> 'child_lot_id' as bigint) as child_lot_id,
            cast(after ->> 'link_id' as bigint) as link_id,
            cast(after ->> 'decision_id' as bigint) as decision_id,
            cast(after ->> 'reading_id' as bigint) as reading_id,
            cast(after ->> 'shipment_id' as bigint) as shipment_id,
            cast(after ->> 'movement_id' as bigint) as movement_id,
            cast(after ->> 'packing_id' as bigint) as packing_id,
            cast(after ->> 'move_id' as bigint) as move_id,
            after ? 'correction_id' as is_correction
        from bearing
    ),

    units (sscc) as (
        select packings.sscc
        from keys inner join facts.packings as packings on keys.packing_id = packings.packing_id
        union
        select search_key(shipments.sscc)
        from keys inner join facts.shipments as shipments on keys.shipment_id = shipments.shipment_id
        where shipments.sscc is not null
        union
        select packings.sscc
        from keys inner join facts.packings as packings on keys.lot_id = packings.lot_id
        where keys.is_correction
        union
        select search_key(shipments.sscc)
        from keys inner join facts.shipments as shipments on keys.lot_id = shipments.lot_id
        where keys.is_correction and shipments.sscc is not null
        union
        select beside.sscc
        from units
        cross join lateral (
            select packings.inner_sscc as sscc from facts.packings as packings
            where packings.sscc = units.sscc and packings.inner_sscc is not null
            union all
            select packings.sscc from facts.packings as packings
            where packings.inner_sscc = units.sscc
        ) as beside
    ),

    units_followed as materialized (
        select sscc from units limit lots_followed
    ),

    lots_named as (
        select unnest(array[lot_id, parent_lot_id, child_lot_id]) as lot_id from keys
        union
        select unnest(array[links.parent_lot_id, links.child_lot_id])
        from keys inner join facts.lot_genealogy as links on keys.link_id = links.link_id
        union
        select decisions.lot_id
        from keys inner join facts.qc_decisions as decisions on keys.decision_id = decisions.decision_id
        union
        select readings.lot_id
        from keys inner join facts.readings as readings on keys.reading_id = readings.reading_id
        union
        select movements.lot_id
        from keys inner join facts.movements as movements on keys.movement_id = movements.movement_id
        union
        select moves.lot_id
        from keys inner join facts.moves as moves on keys.move_id = moves.move_id
        union
        select others.lot_id
        from keys
        inner join facts.shipments as shipments on keys.shipment_id = shipments.shipment_id
        inner join facts.shipments as others on shipments.shipment_code = others.shipment_code
        union
        select packings.lot_id
        from units_followed inner join facts.packings as packings on units_followed.sscc = packings.sscc
        union
        select shipments.lot_id
        from units_followed
        inner join facts.shipments as shipments on units_followed.sscc = search_key(shipments.sscc)
    )

    select
        (select array_agg(lot_id) from lots_named where lot_id is not null),
        (select count(*) > facts_followed from unseen)
        or (select count(*) >= lots_followed from units_followed)
        or exists (
            select from bearing
            where not coalesce(after ?| array[
                'lot_id', 'parent_lot_id', 'link_id', 'decision_id', 'reading_id', 'shipment_id',
                'movement_id', 'packing_id', 'move_id'
            ], false)
        )
    into named, is_any;
    if not is_any and named is not null then
        select array_agg(lot_id) into reached
        from (
            select lot_id
            from (
                with recursive before_it (lot_id) as (
                    select unnest(named)
                    union
                    select links.parent_lot_id
                    from before_it inner join lot_genealogy as links on before_it.lot_id = links.child_lot_id
                )
                select lot_id from before_it limit lots_followed
            ) as walked_back
            union all
            select lot_id
            from (
                with recursive behind_it (lot_id) as (
                    select unnest(named)
                    union
                    select links.child_lot_id
                    from behind_it inner join lot_genealogy as links on behind_it.lot_id = links.parent_lot_id
                )
                select lot_id from behind_it limit lots_followed
            ) as walked_on
        ) as walked;
        is_any := cardinality(reached) >= lots_followed;
    end if;
    if is_any then
        return query select unnest(of_lot_ids);
    else
        return query select unnest(of_lot_ids) intersect select unnest(reached);
    end if;
end
$$;


-- 10 Guards
--
-- The second line behind the commands: what may not be, whoever writes it. They measure the whole
-- record as it is now, whatever the writer's session has set or made: a table made in a session
-- would stand before ours of the same name (hence their own search_path), and a transaction that
-- looks at the past sees too little of what was given out.
--
-- Connections that write have that path too, and what guards measure is planned for whatever lot comes:
-- a plan made anew at every write takes longer than the write.

-- No lot gives out more than it has: more than it weighs, or than was found of it.
create function facts.guard_kilograms() returns trigger
language plpgsql set plan_cache_mode = force_generic_plan
set search_path = pg_catalog, public, pg_temp as $$
declare
    lot_ids bigint [];
    happened timestamptz [];
    recorded timestamptz [];
    wrong text;
begin
    -- An import takes history as it was; too much given out becomes a finding.
    if current_setting('lotline.history', true) = 'on' then
        return null;
    end if;
    execute format(
        'select array_agg(lot_id), array_agg(happened), array_agg(recorded)
         from (select distinct %I as lot_id, %s as happened, %s as recorded from added where %s) as a',
        tg_argv[0], tg_argv[2], tg_argv[3], tg_argv[1]
    ) into lot_ids, happened, recorded;
    select string_agg(distinct lots.lot_code, e'\n') into wrong
    from unnest(lot_ids, happened, recorded) as asked (lot_id, happened_at, recorded_at)
    inner join lots on asked.lot_id = lots.lot_id
    cross join lateral lot_left(
        lots.lot_id, lots.weight_kg, asked.happened_at, asked.recorded_at
    ) as rest
    where rest.at_most_kg < 0;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'lot_gives_out_at_most_what_it_weighs',
            message = 'a lot would give out more than it has', detail = wrong;
    end if;
    return null;
end
$$;

-- No lot gives out more than it counts, in its own unit.
create function facts.guard_units() returns trigger
language plpgsql set plan_cache_mode = force_generic_plan
set search_path = pg_catalog, public, pg_temp as $$
declare
    lot_ids bigint [];
    wrong text;
begin
    if current_setting('lotline.history', true) = 'on' then
        return null;
    end if;
    execute format(
        'select array_agg(distinct %I) from added where %s', tg_argv[0], tg_argv[1]
    ) into lot_ids;
    if lot_ids is null then
        return null;
    end if;
    select string_agg(distinct lots.lot_code, e'\n') into wrong
    from unnest(lot_ids) as asked (lot_id)
    inner join lots on asked.lot_id = lots.lot_id
    cross join lateral unit_balance(lots.lot_id, lots.quantity, lots.unit) as rest
    where rest.overdrawn_quantity > 0;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'lot_gives_out_at_most_what_it_counts',
            message = 'a lot would give out more than it has', detail = wrong;
    end if;
    return null;
end
$$;

-- No lot is its own ancestor. Many links at once come from an import, which has drawn its whole
-- graph before it writes. The walk follows indexes whatever the planner guesses of a table that
-- grows: its answer is nearly always small, and a scan of every link would be paid under the write
-- lock.
create function facts.guard_cycles() returns trigger
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    if (select count(*) from added) > 50 then
        return null;
    end if;
    with recursive reached (link_id, target, lot_id) as (
        select link_id, parent_lot_id, child_lot_id from added
        union
        select reached.link_id, reached.target, lot_genealogy.child_lot_id
        from reached
        inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
    )
    select lots.lot_code into wrong
    from reached
    inner join lots on reached.lot_id = lots.lot_id
    where reached.lot_id = reached.target
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'lot_is_not_its_own_ancestor',
            message = format('lot %s would be its own ancestor', wrong), detail = wrong;
    end if;
    return null;
end
$$;

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

-- Of what is known by the day or month, the order is not always. Whoever wrote it down before the other
-- happened knew it to come first; else the time of day must be said where the order counts: of unlike
-- decisions at a gate, the latest holds; what left a lot before it was counted is in the count.
create function facts.guard_order_of_decisions() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    if not exists (select from facts.qc_decisions where happened_until is not null) then
        return null;
    end if;
    select lots.lot_code into wrong
    from (
        select
            by_day.lot_id, by_day.happened_at, by_day.happened_until, by_day.recorded_at,
            other.happened_at as other_at, other.happened_until as other_until
        from added as by_day
        inner join qc_decisions as other
            on
                by_day.lot_id = other.lot_id
                and by_day.gate_id is not distinct from other.gate_id
                and by_day.decision <> other.decision
        where by_day.happened_until is not null
        union all
        select
            by_day.lot_id, by_day.happened_at, by_day.happened_until, by_day.recorded_at,
            other.happened_at as other_at, other.happened_until as other_until
        from added as other
        inner join qc_decisions as by_day
            on
                other.lot_id = by_day.lot_id
                and other.gate_id is not distinct from by_day.gate_id
                and other.decision <> by_day.decision
        where by_day.happened_until is not null
    ) as unlike
    inner join facts.lots on unlike.lot_id = lots.lot_id
    where
        unlike.recorded_at > unlike.other_at
        and unlike.other_at < unlike.happened_until
        and (unlike.other_at >= unlike.happened_at or unlike.other_until > unlike.happened_at)
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'order_of_decisions_is_known',
            message = format('which decision about lot %s came last is not known', wrong),
            detail = wrong;
    end if;
    return null;
end
$$;

create function facts.guard_order_of_counts() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    -- What is known to the minute stands before or after a count.
    if tg_table_name <> 'movements' and not exists (
        select from added where happened_until is not null
    ) then
        return null;
    end if;
    execute format(
        'select lots.lot_code
         from added
         inner join movements as counts on added.%1$I = counts.lot_id and counts.kind = ''COUNTED''
         inner join facts.lots on counts.lot_id = lots.lot_id
         where
             added.happened_until > counts.happened_at
             and added.happened_at <= counts.happened_at
             and added.recorded_at > counts.happened_at
         limit 1', tg_argv[0]
    ) into wrong;
    if wrong is null and tg_table_name = 'movements' then
        execute '
            select lots.lot_code
            from added
            cross join lateral (
                select happened_at, happened_until, recorded_at
                from lot_genealogy where parent_lot_id = added.lot_id
                union all
                select happened_at, happened_until, recorded_at
                from shipments where shipments.lot_id = added.lot_id
                union all
                select happened_at, happened_until, recorded_at
                from movements where movements.lot_id = added.lot_id
            ) as left_it
            inner join facts.lots on added.lot_id = lots.lot_id
            where
                added.kind = ''COUNTED''
                and left_it.happened_until > added.happened_at
                and left_it.happened_at <= added.happened_at
                and left_it.recorded_at > added.happened_at
            limit 1' into wrong;
    end if;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'order_of_counts_is_known',
            message = format('whether it left lot %s before the count is not known', wrong),
            detail = wrong;
    end if;
    return null;
end
$$;
revoke all on function facts.guard_order_of_decisions(), facts.guard_order_of_counts() from public;

-- Look anew at how much every table of facts holds: after much came at once, plans made by what was
-- there before walk a hundred thousand links as if they were ten. Only a table's owner may look.
create function facts.look_anew() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    fact name;
begin
    for fact in
        select relname from pg_class
        where relkind = 'r' and relnamespace = 'facts'::regnamespace
        order by relname
    loop
        execute format('analyze facts.%I', fact);
    end loop;
end
$$;

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

-- A lot is voided after all that stands about it: its links, shipments, movements, readings and
-- decisions.
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
        or exists (select from movements where movements.lot_id = added.lot_id)
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

-- What comes back is of a line that was shipped of the lot, and no more of it than left.
create function facts.guard_returns() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    select lots.lot_code into wrong
    from added
    inner join facts.lots on added.lot_id = lots.lot_id
    left join shipments on added.shipment_id = shipments.shipment_id
    where added.kind = 'RETURNED' and shipments.lot_id is distinct from added.lot_id
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'return_is_of_its_lots_shipment',
            message = format('what came back of lot %s was not shipped of it', wrong), detail = wrong;
    end if;
    -- An import takes history as it was; too much that came back becomes a finding.
    if current_setting('lotline.history', true) = 'on' then
        return null;
    end if;
    select shipments.shipment_code into wrong
    from (select distinct shipment_id from added where kind = 'RETURNED') as lines
    inner join shipments on lines.shipment_id = shipments.shipment_id
    where
        shipments.quantity_kg < (
            select sum(movements.quantity_kg) from movements
            where movements.shipment_id = lines.shipment_id
        )
        or shipments.quantity < (
            select sum(movements.quantity) from movements
            where
                movements.shipment_id = lines.shipment_id
                and movements.unit = shipments.unit
        )
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'return_is_at_most_what_was_shipped',
            message = format('more of shipment %s would come back than left', wrong), detail = wrong;
    end if;
    return null;
end
$$;

-- A shipment line is voided after what came back of it.
create function facts.guard_shipment_void() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    select shipments.shipment_code into wrong
    from added
    inner join facts.shipments on added.shipment_id = shipments.shipment_id
    where exists (select from movements where movements.shipment_id = added.shipment_id)
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'voided_shipment_has_no_returns',
            message = format('what came back of shipment %s still stands', wrong), detail = wrong;
    end if;
    return null;
end
$$;

-- What came back, or was found, is not taken back once it left again.
create function facts.guard_movement_void() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    if current_setting('lotline.history', true) = 'on' then
        return null;
    end if;
    select lots.lot_code into wrong
    from added
    inner join facts.movements as voided on added.movement_id = voided.movement_id
    inner join lots on voided.lot_id = lots.lot_id
    cross join lateral
        lot_left(lots.lot_id, lots.weight_kg, voided.happened_at, voided.recorded_at) as rest
    left join lateral
        units_left(lots.lot_id, lots.quantity, lots.unit, voided.happened_at, voided.recorded_at)
            as counted on true
    where
        voided.kind in ('RETURNED', 'COUNTED')
        and (rest.at_most_kg < 0 or counted.at_most_quantity < 0)
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'lot_gives_out_at_most_what_it_weighs',
            message = 'a lot would have given out more than it had', detail = wrong;
    end if;
    return null;
end
$$;
-- Writers take turns, also one that comes without a command: what the guards measure afterwards is
-- then all there is. Under a snapshot older than the lock they could not see it, so none may write.
create function facts.take_turn() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception using
            errcode = 'invalid_transaction_state', constraint = 'facts_are_written_at_read_committed',
            message = 'facts are written at read committed: an older snapshot hides what others took';
    end if;
    perform pg_advisory_xact_lock(7150002);
    if not exists (
        select from audit.turns where row_xid = pg_current_xact_id() and ended_at is null
    ) then
        -- Not before what is recorded already: the clock may have been set back.
        insert into audit.turns (began_at)
        select
            greatest(
                clock_timestamp(),
                (select ended_at from audit.turns order by began_at desc limit 1)
                + interval '1 microsecond',
                (select recorded_at from audit.entries order by entry_id desc limit 1)
                + interval '1 microsecond'
            );
    end if;
    return null;
end
$$;

create function facts.refuse_the_past() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if known_until() <> 'infinity' then
        raise exception using
            errcode = 'check_violation', constraint = 'facts_are_written_now',
            message = 'a transaction that looks at the past writes nothing';
    end if;
    return null;
end
$$;

create function facts.refuse_change() returns trigger
language plpgsql as $$
begin
    raise exception using
        errcode = 'restrict_violation', constraint = 'facts_are_never_changed',
        message = format('%s.%s is append-only: write a correction instead', tg_table_schema, tg_table_name);
end
$$;

-- Whoever writes a fact takes a turn, before the row is given its time.
create trigger take_turn before insert on facts.products
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.partners
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.production_runs
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.product_revisions
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.partner_revisions
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.run_revisions
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.place_revisions
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.lots
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.lot_genealogy
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.shipments
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.lot_corrections
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.qc_decisions
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.movements
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.movement_voids
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.shipment_voids
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.reading_voids
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.lot_voids
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.decision_withdrawals
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.finding_settlements
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.origin_assessments
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.readings
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.link_voids
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.decision_signatures
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.productions
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.production_inputs
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.production_outputs
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.production_voids
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.packings
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.packing_voids
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.places
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.moves
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.move_voids
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.imports
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.rows_set_aside
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.set_aside_ends
for each statement execute function facts.take_turn();

create trigger take_turn before insert on facts.process_versions
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.lot_types
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.lot_type_revisions
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.phases
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.phase_revisions
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.qc_gates
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.gate_revisions
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.gate_limits
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.process_rules
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.process_settings
for each statement execute function facts.take_turn();
create trigger take_turn before insert on facts.decision_words
for each statement execute function facts.take_turn();

create trigger guard_kilograms after insert on facts.lot_genealogy
referencing new table as added
for each statement execute function facts.guard_kilograms(
    'parent_lot_id',
    'quantity_kg > 0 or exists (
        select from facts.production_inputs as inputs
        where
            inputs.production_id = added.production_id
            and inputs.lot_id = added.parent_lot_id
            and inputs.quantity_kg > 0
    )',
    'happened_at', 'recorded_at'
);
create trigger guard_kilograms after insert on facts.shipments
referencing new table as added
for each statement execute function facts.guard_kilograms(
    'lot_id', 'quantity_kg > 0', 'happened_at', 'recorded_at'
);
create trigger guard_kilograms after insert on facts.movements
referencing new table as added
for each statement execute function facts.guard_kilograms(
    'lot_id', 'kind not in (''RETURNED'', ''DOWNGRADED'') and quantity_kg is not null', 'happened_at',
    'recorded_at'
);
-- A corrected weight is what there was until the lot was counted first.
create trigger guard_kilograms after insert on facts.lot_corrections
referencing new table as added
for each statement execute function facts.guard_kilograms(
    'lot_id', 'true', 'timestamptz ''-infinity''', 'timestamptz ''-infinity'''
);
create trigger guard_units after insert on facts.lot_genealogy
referencing new table as added
for each statement execute function facts.guard_units('parent_lot_id', 'quantity is not null');
create trigger guard_units after insert on facts.shipments
referencing new table as added
for each statement execute function facts.guard_units('lot_id', 'quantity is not null');
create trigger guard_units after insert on facts.lot_corrections
referencing new table as added
for each statement execute function facts.guard_units('lot_id', 'quantity is not null');
create trigger guard_units after insert on facts.movements
referencing new table as added
for each statement execute function facts.guard_units('lot_id', 'quantity is not null');
create trigger guard_cycles after insert on facts.lot_genealogy
referencing new table as added
for each statement execute function facts.guard_cycles();
create trigger guard_customer after insert on facts.shipments
referencing new table as added for each statement execute function facts.guard_customer();
create trigger guard_lot_void after insert on facts.lot_voids
referencing new table as added for each statement execute function facts.guard_lot_void();
create trigger guard_source_key after insert on facts.lot_genealogy
referencing new table as added for each statement execute function facts.guard_source_key();
create trigger guard_source_key after insert on facts.readings
referencing new table as added for each statement execute function facts.guard_source_key();
create trigger guard_source_key after insert on facts.qc_decisions
referencing new table as added for each statement execute function facts.guard_source_key();
create trigger guard_source_key after insert on facts.shipments
referencing new table as added for each statement execute function facts.guard_source_key();
create trigger guard_returns after insert on facts.movements
referencing new table as added for each statement execute function facts.guard_returns();
create trigger guard_shipment_void after insert on facts.shipment_voids
referencing new table as added for each statement execute function facts.guard_shipment_void();
create trigger guard_movement_void after insert on facts.movement_voids
referencing new table as added for each statement execute function facts.guard_movement_void();
create trigger guard_source_key after insert on facts.movements
referencing new table as added for each statement execute function facts.guard_source_key();
create trigger guard_source_key after insert on facts.productions
referencing new table as added for each statement execute function facts.guard_source_key();
create trigger guard_source_key after insert on facts.lots
referencing new table as added for each statement execute function facts.guard_source_key();
create trigger guard_source_key after insert on facts.packings
referencing new table as added for each statement execute function facts.guard_source_key();
create trigger guard_source_key after insert on facts.moves
referencing new table as added for each statement execute function facts.guard_source_key();
create trigger guard_order after insert on facts.qc_decisions
referencing new table as added
for each statement execute function facts.guard_order_of_decisions();
create trigger guard_order after insert on facts.lot_genealogy
referencing new table as added
for each statement execute function facts.guard_order_of_counts('parent_lot_id');
create trigger guard_order after insert on facts.shipments
referencing new table as added for each statement execute function facts.guard_order_of_counts('lot_id');
create trigger guard_order after insert on facts.movements
referencing new table as added for each statement execute function facts.guard_order_of_counts('lot_id');
create trigger guard_production_code after insert on facts.productions
referencing new table as added for each statement execute function facts.guard_production_code();

-- Every fact is written now: asked after each statement, so that nothing the statement itself sets
-- can hide it.
do $$
declare
    fact text;
begin
    foreach fact in array array[
        'lots', 'lot_genealogy', 'readings', 'qc_decisions', 'shipments', 'movements', 'link_voids',
        'shipment_voids', 'movement_voids', 'reading_voids', 'lot_voids', 'lot_corrections',
        'decision_withdrawals', 'origin_assessments', 'decision_signatures', 'finding_settlements',
        'products', 'partners', 'production_runs', 'product_revisions', 'partner_revisions',
        'run_revisions', 'productions', 'production_inputs', 'production_outputs',
        'production_voids', 'packings', 'packing_voids', 'places', 'place_revisions',
        'moves', 'move_voids', 'imports', 'rows_set_aside', 'set_aside_ends',
        'process_versions', 'lot_types', 'lot_type_revisions', 'phases', 'phase_revisions',
        'qc_gates', 'gate_revisions', 'gate_limits', 'process_rules', 'process_settings',
        'decision_words'
    ]
    loop
        execute format(
            'create trigger refuse_the_past after insert on facts.%I
             for each statement execute function facts.refuse_the_past()', fact
        );
    end loop;
end
$$;

-- Every table whose rows enter the trail, by the column that names a row. None of them is changed
-- afterwards, but for people: names, roles, passwords and accounts change, and the trail says how.
do $$
declare
    place text;
    named text;
    key_column text;
begin
    for place, named, key_column in
        values
        ('public', 'users', 'user_id'),
        ('facts', 'products', 'product_id'),
        ('facts', 'partners', 'partner_id'),
        ('facts', 'production_runs', 'run_id'),
        ('facts', 'process_versions', 'version_id'),
        ('facts', 'lot_types', 'lot_type_id'),
        ('facts', 'lot_type_revisions', 'revision_id'),
        ('facts', 'phases', 'phase_id'),
        ('facts', 'phase_revisions', 'revision_id'),
        ('facts', 'qc_gates', 'gate_id'),
        ('facts', 'gate_revisions', 'revision_id'),
        ('facts', 'gate_limits', 'limit_id'),
        ('facts', 'process_rules', 'rule_id'),
        ('facts', 'process_settings', 'setting_id'),
        ('facts', 'decision_words', 'decision_word_id'),
        ('public', 'sign_ins', 'sign_in_id'),
        ('public', 'sign_in_failures', 'failure_id'),
        ('public', 'run_requests', 'request_id'),
        ('public', 'dagster_acts', 'act_id'),
        ('public', 'import_mappings', 'mapping_id'),
        ('facts', 'lots', 'lot_id'),
        ('facts', 'lot_genealogy', 'link_id'),
        ('facts', 'link_voids', 'void_id'),
        ('facts', 'shipment_voids', 'void_id'),
        ('facts', 'reading_voids', 'void_id'),
        ('facts', 'lot_voids', 'void_id'),
        ('facts', 'readings', 'reading_id'),
        ('facts', 'qc_decisions', 'decision_id'),
        ('facts', 'decision_withdrawals', 'withdrawal_id'),
        ('facts', 'origin_assessments', 'assessment_id'),
        ('facts', 'decision_signatures', 'signature_id'),
        ('facts', 'finding_settlements', 'settlement_id'),
        ('facts', 'shipments', 'shipment_id'),
        ('facts', 'movements', 'movement_id'),
        ('facts', 'movement_voids', 'void_id'),
        ('facts', 'productions', 'production_id'),
        ('facts', 'production_inputs', 'input_id'),
        ('facts', 'production_outputs', 'output_id'),
        ('facts', 'production_voids', 'void_id'),
        ('facts', 'packings', 'packing_id'),
        ('facts', 'packing_voids', 'void_id'),
        ('facts', 'places', 'place_id'),
        ('facts', 'moves', 'move_id'),
        ('facts', 'move_voids', 'void_id'),
        ('facts', 'imports', 'import_id'),
        ('facts', 'rows_set_aside', 'row_id'),
        ('facts', 'set_aside_ends', 'end_id')
    loop
        execute format(
            'create trigger note_inserts after insert on %I.%I referencing new table as added
             for each statement execute function audit.note_writes(%L)', place, named, key_column
        );
        if named = 'users' then
            execute format(
                'create trigger note_updates after update on %I.%I
                 referencing old table as was new table as added
                 for each statement execute function audit.note_writes(%L)', place, named, key_column
            );
        end if;
        execute format(
            'create trigger refuse_change before %s on %I.%I
             for each statement execute function facts.refuse_change()',
            case named when 'users' then 'delete or truncate' else 'update or delete or truncate' end,
            place, named
        );
    end loop;
end
$$;

-- What restates another row: the trail says with it what was said before.
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
        ('run_revisions', 'revision_id', 'run_id', 'facts.production_runs'),
        ('place_revisions', 'revision_id', 'place_id', 'facts.places')
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
end
$$;

create trigger refuse_change before update or delete or truncate on audit.entries
for each statement execute function facts.refuse_change();
create trigger refuse_change before delete or truncate on audit.turns
for each statement execute function facts.refuse_change();


-- 11 Grants
--
-- The app appends named columns: never an id, a time of recording, or a trail. The pipeline and the
-- auditor read, and never the hash of a password. Only the app reads who is signed in.

revoke create on schema public from public;
revoke all on all functions in schema facts, audit from public;
revoke all on function facts_not_looked_at, lots_not_looked_at from public;

grant usage on schema public, facts, audit to lotline_app, lotline_pipeline, lotline_auditor;

-- The app
grant execute on function facts.time_of_recording to lotline_app;
grant execute on function facts.look_anew to lotline_app;
grant select on all tables in schema public, facts to lotline_app;
grant select (entry_id, hash) on audit.entries to lotline_app;
grant select (began_at, ended_at) on audit.turns to lotline_app;
grant insert (email, full_name, role, password_hash) on users to lotline_app;
grant update (full_name, role, password_hash, is_active) on users to lotline_app;
grant insert (user_id, address) on sign_ins to lotline_app;
grant insert (email_hash, address) on sign_in_failures to lotline_app;
grant insert (token_hash, user_id) on sessions to lotline_app;
grant update (seen_at, ended_at) on sessions to lotline_app;
grant insert (user_id, key, request_hash, answer), delete on given_answers to lotline_app;
grant insert (product_code, name, gtin, operator_id, storage_class) on facts.products to lotline_app;
grant insert (partner_code, name, role, gln, address, phone, email, operator_id) on facts.partners
to lotline_app;
grant insert (run_code, status, daily_target_kg, started_at, ended_at, operator_id)
on facts.production_runs to lotline_app;
grant insert (product_id, name, gtin, reason, from_import, operator_id, storage_class)
on facts.product_revisions to lotline_app;
grant insert (partner_id, name, role, gln, address, phone, email, reason, from_import, operator_id)
on facts.partner_revisions to lotline_app;
grant insert (run_id, status, daily_target_kg, started_at, ended_at, reason, from_import, operator_id)
on facts.run_revisions to lotline_app;
grant insert (requested_by) on run_requests to lotline_app;
grant insert (acts, asked, acted_by) on dagster_acts to lotline_app;
grant insert (name, mapping, operator_id) on import_mappings to lotline_app;
grant insert (
    lot_code, lot_type, product_id, run_id, phase_id, supplier_id, supplier_lot_code, weight_kg,
    temperature_c, expires_on, metadata, operator_id, happened_at, beyond_reason, source_key
) on facts.lots to lotline_app;
grant insert (
    parent_lot_id, child_lot_id, quantity_kg, operator_id, happened_at, source_key, expiry_reason,
    production_id, rework_reason
)
on facts.lot_genealogy to lotline_app;
grant insert (production_code, run_id, place, waste_kg, operator_id, happened_at, source_key)
on facts.productions to lotline_app;
grant insert (production_id, lot_id, quantity_kg, expiry_reason)
on facts.production_inputs to lotline_app;
grant insert (production_id, lot_id, quantity_kg, kind) on facts.production_outputs to lotline_app;
grant insert (production_id, reason, operator_id, happened_at)
on facts.production_voids to lotline_app;
grant insert (
    sscc, kind, lot_id, inner_sscc, quantity_kg, quantity, unit, operator_id, happened_at, source_key
) on facts.packings to lotline_app;
grant insert (packing_id, reason, operator_id, happened_at) on facts.packing_voids to lotline_app;
grant insert (place_code, name, kind, partner_id, operator_id) on facts.places to lotline_app;
grant insert (place_id, name, kind, is_retired, reason, operator_id)
on facts.place_revisions to lotline_app;
grant insert (
    lot_id, place_id, from_place_id, quantity_kg, reason, operator_id, happened_at, happened_until,
    source_key, quantity, unit
)
on facts.moves to lotline_app;
grant insert (move_id, reason, operator_id, happened_at) on facts.move_voids to lotline_app;
grant insert (files, is_whole, began_at, operator_id) on facts.imports to lotline_app;
grant insert (
    table_name, file, line, said, source_key, lot_code, other_lot_code, reason, operator_id
) on facts.rows_set_aside to lotline_app;
grant insert (row_id, reason, operator_id) on facts.set_aside_ends to lotline_app;
grant insert (
    lot_id, gate_id, characteristic, value, unit, operator_id, happened_at, source_key, sign, word,
    version_id
)
on facts.readings to lotline_app;
grant insert (
    lot_id, gate_id, decision, notes, temperature_c, digital_signature, checklist, operator_id,
    decided_by, happened_at, source_key, version_id
) on facts.qc_decisions to lotline_app;
grant insert (
    shipment_code, lot_id, customer_id, quantity_kg, document, sscc, operator_id, happened_at,
    source_key, expiry_reason, from_place_id
) on facts.shipments to lotline_app;
grant insert (link_id, reason, operator_id, happened_at) on facts.link_voids to lotline_app;
grant insert (shipment_id, reason, operator_id, happened_at) on facts.shipment_voids to lotline_app;
grant insert (
    lot_id, kind, quantity_kg, reason, partner_id, shipment_id, operator_id, happened_at, source_key,
    place_id
) on facts.movements to lotline_app;
grant insert (movement_id, reason, operator_id, happened_at) on facts.movement_voids to lotline_app;
grant insert (reading_id, reason, operator_id, happened_at) on facts.reading_voids to lotline_app;
grant insert (lot_id, reason, operator_id, happened_at, renamed_id) on facts.lot_voids to lotline_app;
grant insert (
    lot_id, product_id, weight_kg, temperature_c, expires_on, happened_at, reason, operator_id
) on facts.lot_corrections to lotline_app;
grant insert (decision_id, reason, operator_id, happened_at) on facts.decision_withdrawals to lotline_app;
grant insert (happened_until) on
facts.lots, facts.productions, facts.lot_genealogy, facts.readings, facts.qc_decisions,
facts.shipments, facts.movements, facts.lot_corrections to lotline_app;
grant insert (lot_id, decision_ids, reason, operator_id, happened_at) on facts.origin_assessments
to lotline_app;
grant insert (breach_id, rule_name, breach, kind, reason, operator_id)
on facts.finding_settlements to lotline_app;
grant insert (
    decision_id, withdrawal_id, assessment_id, movement_id, link_id, lot_void_id, user_id, signed_name,
    signed_role, meaning, method, signed_hash
)
on facts.decision_signatures to lotline_app;
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
grant insert (version_id, decision, name_en, name_hu, counts_as, is_retired)
on facts.decision_words to lotline_app;

-- Amounts in a unit of their own
grant insert (unit, kg_per_unit) on facts.products to lotline_app;
grant insert (unit, kg_per_unit) on facts.product_revisions to lotline_app;
grant insert (quantity, unit) on facts.lots to lotline_app;
grant insert (quantity, unit) on facts.lot_corrections to lotline_app;
grant insert (supplier_id, supplier_lot_code, run_id, restates_origin)
on facts.lot_corrections to lotline_app;
grant insert (lot_type, metadata, restates_kind) on facts.lot_corrections to lotline_app;
grant insert (is_retired) on facts.product_revisions, facts.partner_revisions to lotline_app;
grant insert (printed_code) on facts.lots, facts.lot_corrections to lotline_app;
grant insert (quantity, unit) on facts.lot_genealogy to lotline_app;
grant insert (quantity, unit) on facts.shipments to lotline_app;
grant insert (quantity, unit) on facts.movements to lotline_app;
grant insert (quantity, unit) on facts.production_inputs to lotline_app;
grant insert (quantity, unit) on facts.production_outputs to lotline_app;

-- The app and the auditor
grant execute on function facts_not_looked_at, lots_not_looked_at to lotline_app, lotline_auditor;

-- The pipeline
grant select on
products, partners, production_runs, process_versions, lot_types, phases, qc_gates, gate_limits,
gates_stated, limits_now, process_rules, process_settings, decision_words, plant_bounds, run_requests,
lots, lot_genealogy, productions, production_inputs, production_outputs, readings, judged_readings,
qc_decisions,
shipments, movements, packings, packed, places, moves, renamed_lots, rows_set_aside, undecided_returns, latest_decisions, decided_lots,
origin_assessments, gates_to_pass, gates_by_type, standing_stops, all_lot_states, waiting_lots,
standing_settlements
to lotline_pipeline;
grant select on all tables in schema facts to lotline_pipeline;
grant select (user_id, email, full_name, role, is_active, recorded_at, row_xid)
on users to lotline_pipeline;
grant select (entry_id, hash, table_name) on audit.entries to lotline_pipeline;
grant select (began_at, ended_at) on audit.turns to lotline_pipeline;

-- The auditor
grant select on
products, partners, production_runs, process_versions, lot_types, phases, qc_gates, gate_limits,
gates_stated, limits_now, process_rules, process_settings, decision_words, plant_bounds, run_requests,
lots, lot_genealogy, productions, production_inputs, production_outputs, readings, judged_readings,
qc_decisions,
shipments, movements, packings, packed, places, moves, renamed_lots, rows_set_aside, undecided_returns, latest_decisions, decided_lots,
origin_assessments, gates_to_pass, gates_by_type, standing_stops, all_lot_states, waiting_lots,
standing_settlements, sign_ins, sign_in_failures, dagster_acts,
import_mappings
to lotline_auditor;
grant select on all tables in schema facts, audit to lotline_auditor;
grant select (user_id, email, full_name, role, is_active, recorded_at, row_xid)
on users to lotline_auditor;

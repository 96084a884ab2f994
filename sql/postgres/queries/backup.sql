-- name: record_revision
select version_num from alembic_version;

-- name: columns_of_table
-- A table's columns as a backup keeps them: none that is computed, none of the old server's.
select column_name
from information_schema.columns
where
    table_schema || '.' || table_name = :table
    and is_generated = 'NEVER'
    and column_name <> 'row_xid'
order by ordinal_position;

-- name: set_identities
-- Have every identity go on after the newest row.
do $$
declare
    identity record;
begin
    for identity in
        select format('%I.%I', table_schema, table_name) as place, column_name
        from information_schema.columns
        where is_identity = 'YES' and table_schema in ('public', 'facts')
    loop
        execute format(
            'select setval(pg_get_serial_sequence(%L, %L), greatest(coalesce(max(%I), 0), 1),
             max(%I) is not null) from %s',
            identity.place, identity.column_name, identity.column_name, identity.column_name, identity.place
        );
    end loop;
end
$$;

-- name: lock_for_restore
-- Let nobody write from here to the end of the restore.
do $$
declare
    named regclass;
begin
    for named in
        select oid::regclass from pg_class
        where
            relkind = 'r'
            and relnamespace in ('public'::regnamespace, 'facts'::regnamespace, 'audit'::regnamespace)
            and relname <> 'alembic_version'
    loop
        execute format('lock table %s in access exclusive mode', named);
    end loop;
end
$$;

-- name: open_for_restore
-- Empty every table and switch our own guards off; only the owner can, inside a restore. Rules that
-- came when a record had rows already may be broken by a row of the backup: they are set aside.
do $$
declare
    named regclass;
begin
    create temporary table rules_set_aside on commit drop as
    select
        conrelid::regclass as named,
        conname,
        pg_get_constraintdef(oid) as rule
    from pg_constraint
    where conname in ('link_moves_more_than_0_kg', 'shipment_moves_more_than_0_kg');
    for named in
        select oid::regclass from pg_class
        where
            relkind = 'r'
            and relnamespace in ('public'::regnamespace, 'facts'::regnamespace, 'audit'::regnamespace)
            and relname <> 'alembic_version'
    loop
        execute format('alter table %s disable trigger user', named);
    end loop;
    execute (
        select string_agg(format('alter table %s drop constraint %I', rules_set_aside.named, conname), ';')
        from rules_set_aside
    );
    truncate
    users, sign_ins, sign_in_failures, sessions, given_answers, facts.products, facts.partners,
    facts.production_runs, facts.product_revisions, facts.partner_revisions, facts.run_revisions,
    facts.process_versions, facts.lot_types, facts.lot_type_revisions, facts.phases,
    facts.phase_revisions, facts.qc_gates, facts.gate_revisions, facts.gate_limits,
    facts.process_rules, facts.process_settings, facts.decision_words, run_requests, dagster_acts, import_mappings,
    facts.lots, facts.lot_corrections, facts.lot_voids, facts.productions, facts.production_inputs,
    facts.production_outputs, facts.production_voids, facts.lot_genealogy, facts.link_voids,
    facts.readings, facts.reading_voids,
    facts.qc_decisions, facts.decision_withdrawals, facts.origin_assessments,
    facts.decision_signatures, facts.shipments, facts.shipment_voids, facts.movements,
    facts.movement_voids, facts.packings, facts.packing_voids, facts.places, facts.place_revisions, facts.moves,
    facts.move_voids, facts.finding_settlements,
    facts.imports, facts.rows_set_aside, facts.set_aside_ends,
    audit.entries, audit.turns;
end
$$;

-- name: close_after_restore
-- Switch the guards on again, and the rules set aside: for the rows that are there where they keep
-- them, for those to come anyhow.
do $$
declare
    named regclass;
    kept record;
begin
    for kept in select * from rules_set_aside
    loop
        execute format(
            'alter table %s add constraint %I %s not valid',
            kept.named, kept.conname, replace(kept.rule, ' NOT VALID', '')
        );
        begin
            execute format('alter table %s validate constraint %I', kept.named, kept.conname);
        exception
            when check_violation then null;
        end;
    end loop;
    for named in
        select oid::regclass from pg_class
        where
            relkind = 'r'
            and relnamespace in ('public'::regnamespace, 'facts'::regnamespace, 'audit'::regnamespace)
    loop
        execute format('alter table %s enable trigger user', named);
    end loop;
    perform facts.keep_a_page();
end
$$;

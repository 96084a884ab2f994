-- name: audit_head
-- How long the chain is and its newest hash; no row: nothing was written yet.
select
    entry_id as length,
    encode(hash, 'hex') as head
from audit.entries
order by entry_id desc
limit 1;

-- name: audit_chain
-- A stretch of the chain in order, with the text that each hash was taken of. Built-in functions
-- only: whoever altered the trail may have altered its own functions too.
select
    entry_id,
    table_name,
    row_id,
    hash,
    jsonb_build_array(
        entry_id, cast(extract(epoch from recorded_at) * 1000000 as bigint), user_id,
        database_role, face, address, request_id, action, table_name, row_id, before, after, reason
    )::text as content
from audit.entries
where entry_id > :after
order by entry_id
limit :page_size;

-- name: facts_against_trail
-- Every row that is not what its newest entry says: changed, removed, or put in behind the trail.
-- A column that came later is empty in rows from before it, and their entries don't speak of it.
-- Password hashes are compared by `passwords_against_trail`, for who may read them.
with facts_found as (
    select
        'users' as table_name,
        user_id as row_id,
        jsonb_build_object(
            'user_id', user_id, 'email', email, 'full_name', full_name, 'role', role,
            'is_active', is_active, 'recorded_at', recorded_at
        ) as found
    from users
    union all
    select 'products', product_id, to_jsonb(products) - 'row_xid' from facts.products
    union all
    select 'partners', partner_id, to_jsonb(partners) - 'row_xid' from facts.partners
    union all
    select 'production_runs', run_id, to_jsonb(production_runs) - 'row_xid' from facts.production_runs
    union all
    select 'product_revisions', revision_id, to_jsonb(product_revisions) - 'row_xid' from facts.product_revisions
    union all
    select 'partner_revisions', revision_id, to_jsonb(partner_revisions) - 'row_xid' from facts.partner_revisions
    union all
    select 'run_revisions', revision_id, to_jsonb(run_revisions) - 'row_xid' from facts.run_revisions
    union all
    select 'process_versions', version_id, to_jsonb(process_versions) - 'row_xid' from facts.process_versions
    union all
    select 'lot_types', lot_type_id, to_jsonb(lot_types) - 'row_xid' from facts.lot_types
    union all
    select 'lot_type_revisions', revision_id, to_jsonb(lot_type_revisions) - 'row_xid' from facts.lot_type_revisions
    union all
    select 'phases', phase_id, to_jsonb(phases) - 'row_xid' from facts.phases
    union all
    select 'phase_revisions', revision_id, to_jsonb(phase_revisions) - 'row_xid' from facts.phase_revisions
    union all
    select 'qc_gates', gate_id, to_jsonb(qc_gates) - 'row_xid' from facts.qc_gates
    union all
    select 'gate_revisions', revision_id, to_jsonb(gate_revisions) - 'row_xid' from facts.gate_revisions
    union all
    select 'gate_limits', limit_id, to_jsonb(gate_limits) - 'row_xid' from facts.gate_limits
    union all
    select 'process_rules', rule_id, to_jsonb(process_rules) - 'row_xid' from facts.process_rules
    union all
    select 'process_settings', setting_id, to_jsonb(process_settings) - 'row_xid' from facts.process_settings
    union all
    select 'decision_words', decision_word_id, to_jsonb(decision_words) - 'row_xid' from facts.decision_words
    union all
    select 'sign_ins', sign_in_id, to_jsonb(sign_ins) - 'row_xid' from sign_ins
    union all
    select 'sign_in_failures', failure_id, to_jsonb(sign_in_failures) - 'row_xid' from sign_in_failures
    union all
    select 'run_requests', request_id, to_jsonb(run_requests) - 'row_xid' from run_requests
    union all
    select 'dagster_acts', act_id, to_jsonb(dagster_acts) from dagster_acts
    union all
    select 'import_mappings', mapping_id, to_jsonb(import_mappings) from import_mappings
    union all
    select 'lots', lot_id, to_jsonb(lots) - 'row_xid' - 'code_skeleton' from facts.lots
    union all
    select 'lot_corrections', correction_id, to_jsonb(lot_corrections) - 'row_xid' from facts.lot_corrections
    union all
    select 'productions', production_id, to_jsonb(productions) - 'row_xid' from facts.productions
    union all
    select 'production_inputs', input_id, to_jsonb(production_inputs) - 'row_xid' from facts.production_inputs
    union all
    select 'production_outputs', output_id, to_jsonb(production_outputs) - 'row_xid' from facts.production_outputs
    union all
    select 'production_voids', void_id, to_jsonb(production_voids) - 'row_xid' from facts.production_voids
    union all
    select 'packings', packing_id, to_jsonb(packings) - 'row_xid' from facts.packings
    union all
    select 'imports', import_id, to_jsonb(imports) - 'row_xid' from facts.imports
    union all
    select 'rows_set_aside', row_id, to_jsonb(rows_set_aside) - 'row_xid' from facts.rows_set_aside
    union all
    select 'set_aside_ends', end_id, to_jsonb(set_aside_ends) - 'row_xid' from facts.set_aside_ends
    union all
    select 'packing_voids', void_id, to_jsonb(packing_voids) - 'row_xid' from facts.packing_voids
    union all
    select 'places', place_id, to_jsonb(places) - 'row_xid' from facts.places
    union all
    select 'place_revisions', revision_id, to_jsonb(place_revisions) - 'row_xid' from facts.place_revisions
    union all
    select 'moves', move_id, to_jsonb(moves) - 'row_xid' from facts.moves
    union all
    select 'move_voids', void_id, to_jsonb(move_voids) - 'row_xid' from facts.move_voids
    union all
    select 'lot_genealogy', link_id, to_jsonb(lot_genealogy) - 'row_xid' from facts.lot_genealogy
    union all
    select 'link_voids', void_id, to_jsonb(link_voids) - 'row_xid' from facts.link_voids
    union all
    select 'shipment_voids', void_id, to_jsonb(shipment_voids) - 'row_xid' from facts.shipment_voids
    union all
    select 'movements', movement_id, to_jsonb(movements) - 'row_xid' from facts.movements
    union all
    select 'movement_voids', void_id, to_jsonb(movement_voids) - 'row_xid' from facts.movement_voids
    union all
    select 'reading_voids', void_id, to_jsonb(reading_voids) - 'row_xid' from facts.reading_voids
    union all
    select 'lot_voids', void_id, to_jsonb(lot_voids) - 'row_xid' from facts.lot_voids
    union all
    select 'readings', reading_id, to_jsonb(readings) - 'row_xid' from facts.readings
    union all
    select 'qc_decisions', decision_id, to_jsonb(qc_decisions) - 'row_xid' from facts.qc_decisions
    union all
    select 'decision_withdrawals', withdrawal_id, to_jsonb(decision_withdrawals) - 'row_xid' from facts.decision_withdrawals
    union all
    select 'origin_assessments', assessment_id, to_jsonb(origin_assessments) - 'row_xid' from facts.origin_assessments
    union all
    select 'decision_signatures', signature_id, to_jsonb(decision_signatures) - 'row_xid' from facts.decision_signatures
    union all
    select 'finding_settlements', settlement_id, to_jsonb(finding_settlements) - 'row_xid' from facts.finding_settlements
    union all
    select 'shipments', shipment_id, to_jsonb(shipments) - 'row_xid' from facts.shipments
),

facts_written as (
    select distinct on (table_name, row_id)
        table_name,
        row_id,
        entry_id,
        after - 'password_hash' as written
    from audit.entries
    order by table_name, row_id, entry_id desc
)

select
    table_name,
    row_id,
    facts_written.entry_id,
    facts_found.found,
    facts_written.written
from facts_found
full join facts_written using (table_name, row_id)
where
    facts_found.found is distinct from facts_written.written
    and (
        facts_found.found is null
        or facts_written.written is null
        or facts_found.found <> (
            select jsonb_object_agg(name, null) || facts_written.written
            from jsonb_object_keys(facts_found.found) as name
        )
    )
order by table_name, row_id;

-- name: passwords_against_trail
-- Accounts whose password hash is not the one that the trail says was set.
select
    users.user_id as row_id,
    users.email,
    newest.entry_id
from users
inner join lateral (
    select
        entry_id,
        after ->> 'password_hash' as written
    from audit.entries
    where table_name = 'users' and row_id = users.user_id
    order by entry_id desc
    limit 1
) as newest on true
where newest.written <> encode(sha256(convert_to(users.password_hash, 'UTF8')), 'hex')
order by users.user_id;

-- name: guards
-- Triggers of the record, and whether they are switched on.
select
    classes.relname as table_name,
    triggers.tgname as trigger_name,
    triggers.tgenabled = 'O' as is_on
from pg_trigger as triggers
inner join pg_class as classes on triggers.tgrelid = classes.oid
inner join pg_namespace as namespaces on classes.relnamespace = namespaces.oid
where
    not triggers.tgisinternal
    and namespaces.nspname in ('public', 'facts', 'audit')
order by classes.relname, triggers.tgname;

-- name: record_identity
-- Which database this is, of which server: what an anchor was taken of.
select
    (select system_identifier from pg_control_system())::text as cluster,
    current_database()::text as database;

-- name: audit_page
-- One page of the trail, newest first, with how many entries were found in all.
select
    entries.entry_id,
    entries.recorded_at,
    coalesce(users.full_name, case when entries.user_id is null then entries.database_role end)
        as written_by,
    entries.face,
    entries.address,
    entries.action,
    entries.table_name,
    entries.row_id,
    coalesce(entries.after ->> 'lot_code', lots.lot_code) as lot_code,
    entries.reason,
    entries.before,
    entries.after,
    encode(entries.hash, 'hex') as hash,
    count(*) over () as found_count
from audit.entries as entries
left join users on entries.user_id = users.user_id
left join facts.lots
    on cast(coalesce(entries.after ->> 'lot_id', entries.after ->> 'child_lot_id') as bigint) = lots.lot_id
where
    (cast(:table_name as text) is null or entries.table_name = :table_name)
    and (cast(:user_id as bigint) is null or entries.user_id = :user_id)
    and (cast(:earliest as timestamptz) is null or entries.recorded_at >= :earliest)
    and (cast(:latest as timestamptz) is null or entries.recorded_at < :latest)
    and (
        cast(:search as text) is null
        or position(lower(:search) in lower(entries.after::text)) > 0
        or position(lower(:search) in lower(entries.before::text)) > 0
        or position(lower(:search) in lower(entries.reason)) > 0
        or position(lower(:search) in lower(lots.lot_code)) > 0
    )
order by entries.entry_id desc
limit :page_size offset :skipped;

-- name: audit_people
-- Whoever wrote anything.
select
    user_id,
    full_name
from users
where user_id in (select user_id from audit.entries)
order by full_name;

-- name: audited_tables
-- Which tables the trail speaks of.
select distinct table_name from audit.entries order by table_name;

-- name: note_import
-- That this transaction imported, and from when on it wrote.
insert into facts.imports (files, is_whole, began_at, operator_id)
select :files, :is_whole, began_at, :operator_id
from audit.turns
where ended_at is null
order by began_at desc
limit 1;

-- name: all_lot_ids
select lot_id from facts.lots;

-- name: imported_lots
-- Lots that stand and came by an import, or are known by a source's key.
select
    lot_id,
    lot_code,
    source_key,
    metadata ? 'untracked' as is_untracked
from lots
where source_key is not null or came_by_import(recorded_at) or row_xid = pg_current_xact_id()
order by lot_id;

-- name: imported_products
-- Products that are offered and came by an import, but for those that a person took back since one
-- had them no more; so of partners, and of runs that go on.
select product_id as id, product_code
from products
where
    not is_retired
    and came_by_import(recorded_at)
    and not exists (
        select from facts.product_revisions as latest
        where
            latest.revision_id = products.revision_id
            and latest.from_import is null
            and exists (
                select from facts.product_revisions as earlier
                where earlier.product_id = latest.product_id and earlier.reason like 'no longer in %'
            )
    )
order by product_id;

-- name: imported_partners
select partner_id as id, partner_code
from partners
where
    not is_retired
    and came_by_import(recorded_at)
    and not exists (
        select from facts.partner_revisions as latest
        where
            latest.revision_id = partners.revision_id
            and latest.from_import is null
            and exists (
                select from facts.partner_revisions as earlier
                where earlier.partner_id = latest.partner_id and earlier.reason like 'no longer in %'
            )
    )
order by partner_id;

-- name: imported_production_runs
select run_id as id, run_code
from production_runs
where
    status = 'ACTIVE'
    and came_by_import(recorded_at)
    and not exists (
        select from facts.run_revisions as latest
        where
            latest.revision_id = production_runs.revision_id
            and latest.from_import is null
            and exists (
                select from facts.run_revisions as earlier
                where earlier.run_id = latest.run_id and earlier.reason like 'no longer in %'
            )
    )
order by run_id;

-- name: runs_with_lots
-- Of these runs those that a lot names, but for lots that go, or a production.
select lots.run_id
from lots
where lots.run_id = any(:run_ids) and not lots.lot_id = any(cast(:lot_ids as bigint []))
union
select productions.run_id from productions where productions.run_id = any(:run_ids);

-- name: units_packed
-- Every logistic unit that something was ever put into.
select distinct sscc from packings;

-- name: imported_productions
-- Productions that stand and came by an import, or are known by a source's key.
select
    production_id,
    production_code,
    source_key
from productions
where source_key is not null or came_by_import(recorded_at) or row_xid = pg_current_xact_id()
order by production_id;

-- name: facts_about_lots
-- What stands about these lots and keeps one from being voided, and whether it came by an import; a
-- decision that did goes with its lot.
select lots.lot_id, facts.kind, facts.fact_id, facts.is_imported
from unnest(cast(:lot_ids as bigint [])) as lots (lot_id)
cross join lateral (
    select
        'genealogy' as kind,
        link_id as fact_id,
        source_key is not null or came_by_import(recorded_at) or row_xid = pg_current_xact_id() as is_imported
    from lot_genealogy
    where parent_lot_id = lots.lot_id or child_lot_id = lots.lot_id
    union all
    select
        'shipments',
        shipment_id,
        source_key is not null
        or came_by_import(recorded_at)
        or row_xid = pg_current_xact_id()
    from shipments
    where shipments.lot_id = lots.lot_id
    union all
    select
        'movements',
        movement_id,
        source_key is not null
        or came_by_import(recorded_at)
        or row_xid = pg_current_xact_id()
    from movements
    where movements.lot_id = lots.lot_id
    union all
    select
        'packings',
        packing_id,
        source_key is not null
        or came_by_import(recorded_at)
        or row_xid = pg_current_xact_id()
    from packings
    where
        packings.lot_id = lots.lot_id
        and exists (select from packed where packed.lot_id = lots.lot_id)
    union all
    select 'qc_decisions', decision_id, false
    from qc_decisions
    where
        qc_decisions.lot_id = lots.lot_id
        and not (source_key is not null or came_by_import(recorded_at) or row_xid = pg_current_xact_id())
) as facts;

-- name: withdraw_decisions_of_lots
insert into facts.decision_withdrawals (decision_id, reason, operator_id, happened_at)
select decision_id, :reason, :operator_id, :happened_at
from qc_decisions
where lot_id = any(:lot_ids);

-- name: void_moves_of_lots
insert into facts.move_voids (move_id, reason, operator_id, happened_at)
select move_id, :reason, :operator_id, :happened_at
from moves
where lot_id = any(:lot_ids);

-- name: void_readings_of_lots
insert into facts.reading_voids (reading_id, reason, operator_id, happened_at)
select reading_id, :reason, :operator_id, :happened_at
from readings
where lot_id = any(:lot_ids);

-- name: links_of_productions
select link_id, production_id from lot_genealogy where production_id = any(:production_ids);

-- name: returns_of_lines
-- What came back of these lines and stands.
select shipment_id, movement_id from movements where shipment_id = any(:shipment_ids);

-- name: standing_set_aside
-- The rows of these tables that stand aside.
select row_id, table_name, file, line, said, source_key, lot_code, other_lot_code, reason
from rows_set_aside
where table_name = any(:tables);

-- name: lots_by_keys
select lot_id, lot_code, source_key from lots where source_key = any(:keys);

-- name: imported_links
-- Links that stand and came by an import's own rows, not by a production.
select
    links.link_id as fact_id,
    links.source_key,
    parents.lot_code as parent_lot_code,
    children.lot_code as child_lot_code
from lot_genealogy as links
inner join facts.lots as parents on links.parent_lot_id = parents.lot_id
inner join facts.lots as children on links.child_lot_id = children.lot_id
where
    links.production_id is null
    and (
        links.source_key is not null
        or came_by_import(links.recorded_at)
        or links.row_xid = pg_current_xact_id()
    );

-- name: untracked_inputs_of
-- The lots that stand for inputs without a code, called after what they went into.
select lot_id, lot_code
from lots
where lot_code = :code or starts_with(lot_code, :code || :before_key);

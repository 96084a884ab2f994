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

-- name: bound_to_lot
-- What binds a lot to its code, so that an import can't rename it: what people signed or decided, what
-- was packed, what came back.
select
    (
        select count(*) from qc_decisions
        where
            lot_id = :lot_id
            and (
                not (source_key is not null or came_by_import(recorded_at) or row_xid = pg_current_xact_id())
                or exists (
                    select from facts.decision_signatures as signatures
                    where signatures.decision_id = qc_decisions.decision_id
                )
            )
    )
    + (select count(*) from origin_assessments where lot_id = :lot_id)
    + (
        select count(*)
        from lot_genealogy as links
        inner join facts.decision_signatures as signatures on links.link_id = signatures.link_id
        where links.parent_lot_id = :lot_id or links.child_lot_id = :lot_id
    ) as decisions_count,
    (select count(*) from packings where lot_id = :lot_id) as packings_count,
    (
        select count(*)
        from movements
        left join facts.decision_signatures as signatures
            on movements.movement_id = signatures.movement_id
        where
            movements.lot_id = :lot_id
            and (movements.shipment_id is not null or signatures.signature_id is not null)
    ) as returns_count;

-- name: register_renamed
-- The lot again, as it reads now, under its new code; as it was it is voided, when all about it is.
with old as (
    select * from lots where lot_id = :lot_id
),

voided as (
    insert into facts.lot_voids (lot_id, reason, operator_id, happened_at)
    select lot_id, :reason, :operator_id, :happened_at from old
)

insert into facts.lots (
    lot_code, lot_type, product_id, run_id, phase_id, supplier_id, supplier_lot_code, weight_kg,
    quantity, unit, temperature_c, expires_on, metadata, operator_id, happened_at, happened_until,
    beyond_reason, source_key, printed_code
)
select
    :lot_code, lot_type, product_id, run_id, phase_id, supplier_id, supplier_lot_code, weight_kg,
    quantity, unit, temperature_c, expires_on, metadata, :operator_id, happened_at, happened_until,
    beyond_reason, source_key, printed_code
from old
returning lot_id;

-- name: productions_of_lot
-- The productions that stand and took or gave a lot.
select production_id
from productions
where
    exists (
        select from facts.production_inputs as inputs
        where inputs.production_id = productions.production_id and inputs.lot_id = :lot_id
    )
    or exists (
        select from facts.production_outputs as outputs
        where outputs.production_id = productions.production_id and outputs.lot_id = :lot_id
    )
order by production_id;

-- name: copy_production
-- A production that was voided, written again.
insert into facts.productions (
    production_code, run_id, place, waste_kg, operator_id, happened_at, happened_until, source_key
)
select
    production_code, run_id, place, waste_kg, :operator_id, happened_at, happened_until, source_key
from facts.productions
where production_id = :production_id
returning production_id;

-- name: copy_production_parts
-- Its parts, with one lot in the place of another.
with inputs as (
    insert into facts.production_inputs (
        production_id, lot_id, quantity_kg, quantity, unit, expiry_reason
    )
    select
        cast(:copy_id as bigint),
        case inputs.lot_id when :lot_id then :renamed_id else inputs.lot_id end,
        inputs.quantity_kg,
        coalesce(inputs.quantity, linked.quantity),
        coalesce(inputs.unit, linked.unit),
        inputs.expiry_reason
    from facts.production_inputs as inputs
    left join (
        select parent_lot_id, sum(quantity) as quantity, min(unit) as unit
        from facts.lot_genealogy
        where production_id = :production_id and quantity is not null
        group by parent_lot_id
        having min(unit) = max(unit)
    ) as linked on inputs.lot_id = linked.parent_lot_id
    where inputs.production_id = :production_id
    order by inputs.input_id
)

insert into facts.production_outputs (production_id, lot_id, quantity_kg, quantity, unit, kind)
select
    cast(:copy_id as bigint),
    case lot_id when :lot_id then :renamed_id else lot_id end,
    quantity_kg,
    quantity,
    unit,
    kind
from facts.production_outputs
where production_id = :production_id
order by output_id;

-- name: void_links_of_renamed
insert into facts.link_voids (link_id, reason, operator_id, happened_at)
select link_id, :reason, :operator_id, :happened_at
from lot_genealogy
where (parent_lot_id = :lot_id or child_lot_id = :lot_id) and production_id is null;

-- name: copy_links_to_renamed
insert into facts.lot_genealogy (
    parent_lot_id, child_lot_id, quantity_kg, quantity, unit, happened_at, happened_until, source_key,
    expiry_reason, rework_reason, operator_id
)
select
    case was.parent_lot_id when :lot_id then :renamed_id else was.parent_lot_id end,
    case was.child_lot_id when :lot_id then :renamed_id else was.child_lot_id end,
    was.quantity_kg,
    was.quantity,
    was.unit,
    was.happened_at,
    was.happened_until,
    was.source_key,
    was.expiry_reason,
    was.rework_reason,
    was.operator_id
from facts.lot_genealogy as was
inner join facts.link_voids as voids on was.link_id = voids.link_id
where
    (was.parent_lot_id = :lot_id or was.child_lot_id = :lot_id)
    and was.production_id is null
    and voids.reason = :reason
    and voids.row_xid = pg_current_xact_id()
order by was.link_id;

-- name: void_shipments_of_renamed
insert into facts.shipment_voids (shipment_id, reason, operator_id, happened_at)
select shipment_id, :reason, :operator_id, :happened_at
from shipments
where lot_id = :lot_id;

-- name: copy_shipments_to_renamed
insert into facts.shipments (
    lot_id, shipment_code, customer_id, quantity_kg, quantity, unit, happened_at, happened_until, document,
    sscc, source_key, expiry_reason, operator_id, from_place_id
)
select
    cast(:renamed_id as bigint),
    was.shipment_code,
    was.customer_id,
    was.quantity_kg,
    was.quantity,
    was.unit,
    was.happened_at,
    was.happened_until,
    was.document,
    was.sscc,
    was.source_key,
    was.expiry_reason,
    was.operator_id,
    was.from_place_id
from facts.shipments as was
inner join facts.shipment_voids as voids on was.shipment_id = voids.shipment_id
where
    was.lot_id = :lot_id
    and voids.reason = :reason
    and voids.row_xid = pg_current_xact_id()
order by was.shipment_id;

-- name: void_movements_of_renamed
insert into facts.movement_voids (movement_id, reason, operator_id, happened_at)
select movement_id, :reason, :operator_id, :happened_at
from movements
where lot_id = :lot_id;

-- name: copy_movements_to_renamed
insert into facts.movements (
    lot_id, kind, quantity_kg, quantity, unit, reason, partner_id, happened_at, happened_until, source_key,
    operator_id, place_id
)
select
    cast(:renamed_id as bigint),
    was.kind,
    was.quantity_kg,
    was.quantity,
    was.unit,
    was.reason,
    was.partner_id,
    was.happened_at,
    was.happened_until,
    was.source_key,
    was.operator_id,
    was.place_id
from facts.movements as was
inner join facts.movement_voids as voids on was.movement_id = voids.movement_id
where
    was.lot_id = :lot_id
    and voids.reason = :reason
    and voids.row_xid = pg_current_xact_id()
order by was.movement_id;

-- name: void_moves_of_renamed
insert into facts.move_voids (move_id, reason, operator_id, happened_at)
select move_id, :reason, :operator_id, :happened_at
from moves
where lot_id = :lot_id;

-- name: copy_moves_to_renamed
insert into facts.moves (
    lot_id, place_id, from_place_id, quantity_kg, reason, happened_at, happened_until, source_key,
    operator_id
)
select
    cast(:renamed_id as bigint),
    was.place_id,
    was.from_place_id,
    was.quantity_kg,
    was.reason,
    was.happened_at,
    was.happened_until,
    was.source_key,
    was.operator_id
from facts.moves as was
inner join facts.move_voids as voids on was.move_id = voids.move_id
where
    was.lot_id = :lot_id
    and voids.reason = :reason
    and voids.row_xid = pg_current_xact_id()
order by was.move_id;

-- name: void_readings_of_renamed
insert into facts.reading_voids (reading_id, reason, operator_id, happened_at)
select reading_id, :reason, :operator_id, :happened_at
from readings
where lot_id = :lot_id;

-- name: copy_readings_to_renamed
insert into facts.readings (
    lot_id, gate_id, characteristic, sign, value, word, unit, happened_at, happened_until, source_key,
    version_id, operator_id
)
select
    cast(:renamed_id as bigint),
    was.gate_id,
    was.characteristic,
    was.sign,
    was.value,
    was.word,
    was.unit,
    was.happened_at,
    was.happened_until,
    was.source_key,
    was.version_id,
    was.operator_id
from facts.readings as was
inner join facts.reading_voids as voids on was.reading_id = voids.reading_id
where
    was.lot_id = :lot_id
    and voids.reason = :reason
    and voids.row_xid = pg_current_xact_id()
order by was.reading_id;

-- name: void_decisions_of_renamed
insert into facts.decision_withdrawals (decision_id, reason, operator_id, happened_at)
select decision_id, :reason, :operator_id, :happened_at
from qc_decisions
where lot_id = :lot_id;

-- name: copy_decisions_to_renamed
insert into facts.qc_decisions (
    lot_id, gate_id, decision, notes, temperature_c, checklist, decided_by, happened_at, happened_until,
    source_key, version_id, operator_id
)
select
    cast(:renamed_id as bigint),
    was.gate_id,
    was.decision,
    was.notes,
    was.temperature_c,
    was.checklist,
    was.decided_by,
    was.happened_at,
    was.happened_until,
    was.source_key,
    was.version_id,
    was.operator_id
from facts.qc_decisions as was
inner join facts.decision_withdrawals as voids on was.decision_id = voids.decision_id
where
    was.lot_id = :lot_id
    and voids.reason = :reason
    and voids.row_xid = pg_current_xact_id()
order by was.decision_id;

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

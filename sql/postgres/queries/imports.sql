-- name: known_products
-- Each of these three as it reads now, and as it was registered where a person changed it since: the
-- file that it came from stays good. What an import changed is no longer what files say.
select
    products.product_id as id,
    products.product_code,
    products.name,
    products.gtin,
    products.unit,
    products.kg_per_unit,
    products.storage_class,
    products.revision_id,
    products.is_retired,
    case
        when products.is_retired
            then (
                select min(revisions.recorded_at)
                from facts.product_revisions as revisions
                where
                    revisions.product_id = products.product_id
                    and revisions.revision_id > coalesce(
                        (
                            select max(in_use.revision_id)
                            from facts.product_revisions as in_use
                            where in_use.product_id = products.product_id and not in_use.is_retired
                        ), 0
                    )
            )
    end as retired_at,
    coalesce(latest.from_import and latest.reason like 'no longer in %', false) as is_gone,
    case when latest.from_import is null then registered.name end as registered_name,
    case when latest.from_import is null then registered.gtin end as registered_gtin,
    case when latest.from_import is null then registered.unit end as registered_unit,
    case when latest.from_import is null then registered.kg_per_unit end as registered_kg_per_unit,
    case when latest.from_import is null then registered.storage_class end as registered_storage_class
from products
inner join facts.products as registered on products.product_id = registered.product_id
left join facts.product_revisions as latest on products.revision_id = latest.revision_id
where products.product_code = any(:codes);

-- name: known_places
select
    places.place_id as id,
    places.place_code,
    places.name,
    places.kind,
    partners.partner_code as site_code,
    places.is_retired,
    registered.name as registered_name,
    registered.kind as registered_kind,
    false as registered_is_retired
from places
inner join facts.places as registered on places.place_id = registered.place_id
left join partners on places.partner_id = partners.partner_id
where places.place_code = any(:codes);

-- name: known_partners
select
    partners.partner_id as id,
    partners.partner_code,
    partners.name,
    partners.role,
    partners.gln,
    partners.address,
    partners.phone,
    partners.email,
    partners.revision_id,
    partners.is_retired,
    case
        when partners.is_retired
            then (
                select min(revisions.recorded_at)
                from facts.partner_revisions as revisions
                where
                    revisions.partner_id = partners.partner_id
                    and revisions.revision_id > coalesce(
                        (
                            select max(in_use.revision_id)
                            from facts.partner_revisions as in_use
                            where in_use.partner_id = partners.partner_id and not in_use.is_retired
                        ), 0
                    )
            )
    end as retired_at,
    coalesce(latest.from_import and latest.reason like 'no longer in %', false) as is_gone,
    case when latest.from_import is null then registered.name end as registered_name,
    case when latest.from_import is null then registered.role end as registered_role,
    case when latest.from_import is null then registered.gln end as registered_gln,
    case when latest.from_import is null then registered.address end as registered_address,
    case when latest.from_import is null then registered.phone end as registered_phone,
    case when latest.from_import is null then registered.email end as registered_email
from partners
inner join facts.partners as registered on partners.partner_id = registered.partner_id
left join facts.partner_revisions as latest on partners.revision_id = latest.revision_id
where partners.partner_code = any(:codes);

-- name: known_production_runs
select
    production_runs.run_id as id,
    production_runs.run_code,
    production_runs.status,
    production_runs.daily_target_kg,
    production_runs.started_at,
    production_runs.ended_at,
    production_runs.revision_id,
    coalesce(latest.from_import and latest.reason like 'no longer in %', false) as is_gone,
    case when latest.from_import is null then registered.status end as registered_status,
    case
        when latest.from_import is null then registered.daily_target_kg
    end as registered_daily_target_kg,
    case when latest.from_import is null then registered.started_at end as registered_started_at,
    case when latest.from_import is null then registered.ended_at end as registered_ended_at
from production_runs
inner join facts.production_runs as registered on production_runs.run_id = registered.run_id
left join facts.run_revisions as latest on production_runs.revision_id = latest.revision_id
where production_runs.run_code = any(:codes);

-- name: known_qc_gates
select
    gate_id as id,
    gate_number
from qc_gates
where
    gate_number = any(cast(:codes as numeric []))
    and (
        not is_retired
        or exists (select from facts.qc_decisions where qc_decisions.gate_id = qc_gates.gate_id)
    );

-- name: known_lots
-- As they read now, and as they were registered where a correction may have changed that; of one
-- that was voided, as it was registered.
select
    registered.lot_id as id,
    registered.lot_code,
    case when lots.lot_id is null then registered.lot_type else lots.lot_type end as lot_type,
    registered.lot_type as registered_lot_type,
    products.product_code,
    case when lots.lot_id is null then registered.weight_kg else lots.weight_kg end as weight_kg,
    case when lots.lot_id is null then registered.quantity else lots.quantity end as quantity,
    case when lots.lot_id is null then registered.unit else lots.unit end as unit,
    coalesce(lots.happened_at, registered.happened_at) as happened_at,
    case
        when lots.lot_id is null then registered.happened_until else lots.happened_until
    end as happened_until,
    partners.partner_code as supplier_code,
    case
        when lots.lot_id is null then registered.supplier_lot_code else lots.supplier_lot_code
    end as supplier_lot_code,
    case when lots.lot_id is null then registered.printed_code else lots.printed_code end as printed_code,
    registered.printed_code as registered_printed_code,
    production_runs.run_code,
    first_partners.partner_code as registered_supplier_code,
    registered.supplier_lot_code as registered_supplier_lot_code,
    first_runs.run_code as registered_run_code,
    case
        when lots.lot_id is null then registered.temperature_c else lots.temperature_c
    end as temperature_c,
    case when lots.lot_id is null then registered.expires_on else lots.expires_on end as expires_on,
    cast(case when lots.lot_id is null then registered.metadata else lots.metadata end as text) as metadata,
    cast(registered.metadata as text) as registered_metadata,
    first_products.product_code as registered_product_code,
    registered.weight_kg as registered_weight_kg,
    registered.quantity as registered_quantity,
    registered.unit as registered_unit,
    registered.happened_at as registered_happened_at,
    registered.happened_until as registered_happened_until,
    registered.source_key,
    registered.source_key as registered_source_key,
    registered.temperature_c as registered_temperature_c,
    registered.expires_on as registered_expires_on,
    coalesce(latest.reason, '') like 'corrected by an import%' as is_corrected_by_import,
    lots.lot_id is null as is_voided,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    voids.reason as void_reason,
    case
        when voids.renamed_id is not null
            then (
                select called.lot_code
                from lots_renamed(array[registered.lot_id]) as went
                inner join lots as called on went.lot_id = called.lot_id
            )
    end as renamed_to,
    receipts.move_id as receipt_id,
    receipts.place_code,
    first_receipts.place_code as registered_place_code
from facts.lots as registered
left join lots on registered.lot_id = lots.lot_id
left join facts.lot_corrections as latest on lots.correction_id = latest.correction_id
left join facts.lot_voids as voids on registered.lot_id = voids.lot_id
left join products
    on case when lots.lot_id is null then registered.product_id else lots.product_id end
    = products.product_id
left join products as first_products on registered.product_id = first_products.product_id
left join partners
    on case when lots.lot_id is null then registered.supplier_id else lots.supplier_id end
    = partners.partner_id
left join production_runs
    on case when lots.lot_id is null then registered.run_id else lots.run_id end
    = production_runs.run_id
left join partners as first_partners on registered.supplier_id = first_partners.partner_id
left join production_runs as first_runs on registered.run_id = first_runs.run_id
left join lateral (
    select
        moves.move_id,
        places.place_code
    from moves
    inner join facts.places on moves.place_id = places.place_id
    where
        moves.lot_id = registered.lot_id
        and moves.from_place_id is null
        and moves.quantity_kg is null
        and moves.quantity is null
        and moves.happened_at <= greatest(lots.happened_at, registered.happened_at)
    order by moves.happened_at, moves.move_id
    limit 1
) as receipts on true
left join lateral (
    select places.place_code
    from facts.moves
    inner join facts.places on moves.place_id = places.place_id
    left join facts.move_voids as ended on moves.move_id = ended.move_id
    where
        moves.lot_id = registered.lot_id
        and moves.from_place_id is null
        and moves.quantity_kg is null
        and moves.quantity is null
        and moves.happened_at <= greatest(lots.happened_at, registered.happened_at)
        and coalesce(ended.reason, '') not like 'corrected by an import%'
    order by moves.happened_at, moves.move_id
    limit 1
) as first_receipts on true
where registered.lot_code = any(:codes);

-- name: lots_of_labels
-- The lots, voided ones too, that carry one of these codes or show one on their label.
select
    coalesce(lots.lot_code, registered.lot_code) as lot_code,
    products.product_code,
    lots.printed_code
from facts.lots as registered
left join lots on registered.lot_id = lots.lot_id
left join products on lots.product_id = products.product_id
where registered.lot_code = any(cast(:codes as text []))
union
select
    lots.lot_code,
    products.product_code,
    lots.printed_code
from lots
left join products on lots.product_id = products.product_id
where
    lots.printed_code = any(cast(:codes as text []))
    and lots.lot_id in (
        select lots_by_printed_code(
            array(select search_key(code) from unnest(cast(:codes as text [])) as codes (code))
        )
    );

-- name: receive_lots
-- All of each lot to where it was received, at its own time, unless that stands already.
insert into facts.moves (lot_id, place_id, operator_id, happened_at, happened_until)
select
    lots.lot_id,
    places.place_id,
    :operator_id,
    lots.happened_at,
    lots.happened_until
from unnest(cast(:codes as text []), cast(:places as text [])) as received (lot_code, place_code)
inner join lots on received.lot_code = lots.lot_code
inner join facts.places on received.place_code = places.place_code
where
    not exists (
        select from moves
        where
            moves.lot_id = lots.lot_id
            and moves.place_id = places.place_id
            and moves.from_place_id is null
            and moves.quantity_kg is null
            and moves.quantity is null
            and moves.happened_at <= lots.happened_at
    );

-- name: look_alikes
-- Codes that resemble another of the same list, or one the record knows; each with one it resembles.
-- What resembles is for `codes_resemble` to say; only codes of one key can.
with asked as materialized (
    select
        code,
        lot_code_skeleton(code) as skeleton,
        coalesce(nullif(search_key(code), ''), lot_code_skeleton(code)) as key
    from unnest(cast(:codes as text [])) as code
),

alike as (
    select code, key from asked
    union
    select lot_code, search_key(lot_code)
    from facts.lots
    where search_key(lot_code) = any(array(select key from asked))
    union
    select lot_code, code_skeleton
    from facts.lots
    where search_key(lot_code) = '' and code_skeleton in (select skeleton from asked)
)

select
    asked.code,
    min(alike.code) as known
from asked
inner join alike on asked.key = alike.key and asked.code <> alike.code
where codes_resemble(asked.code, alike.code)
group by asked.code;

-- name: known_users
select
    user_id as id,
    email
from users
where email = any(:codes);

-- name: links_below
-- Every link reached downwards from the given lots. A set walk: it ends on any data.
with recursive reached (lot_id) as (
    select unnest(cast(:lot_ids as bigint []))
    union
    select lot_genealogy.child_lot_id
    from reached
    inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
)

select
    lot_genealogy.link_id,
    lot_genealogy.source_key,
    lot_genealogy.production_id,
    parents.lot_code as parent_lot_code,
    children.lot_code as child_lot_code
from reached
inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
inner join lots as parents on lot_genealogy.parent_lot_id = parents.lot_id
inner join lots as children on lot_genealogy.child_lot_id = children.lot_id;

-- name: held_genealogy
-- What was ever written about the given lots or under the given keys, column for column as an import
-- file has it, what stands first, then in the order of writing: what was voided or withdrawn since
-- must not come back with the next copy of the file.
select
    links.link_id as fact_id,
    voids.void_id is null as stands,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    voids.reason as void_reason,
    coalesce(
        links.source_key is not null
        or links.row_xid = pg_current_xact_id()
        or (
            select imports.recorded_at >= links.recorded_at
            from facts.imports
            where imports.began_at <= links.recorded_at
            order by imports.began_at desc
            limit 1
        ),
        false
    ) as is_imported,
    coalesce(voids.reason, '') like 'no longer in %' and came_by_import(voids.recorded_at) as is_gone,
    links.source_key,
    links.parent_lot_id,
    links.child_lot_id,
    links.quantity_kg,
    links.quantity,
    links.unit,
    links.happened_at,
    links.happened_until,
    links.expiry_reason,
    links.production_id,
    parents.lot_code as parent_lot_code,
    children.lot_code as child_lot_code
from facts.lot_genealogy as links
inner join facts.lots as parents on links.parent_lot_id = parents.lot_id
inner join facts.lots as children on links.child_lot_id = children.lot_id
left join facts.link_voids as voids on links.link_id = voids.link_id
where links.child_lot_id = any(:lot_ids) or links.source_key = any(:keys)
order by stands desc, links.link_id;

-- name: held_readings
select
    readings.reading_id as fact_id,
    voids.void_id is null as stands,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    voids.reason as void_reason,
    coalesce(
        readings.source_key is not null
        or readings.row_xid = pg_current_xact_id()
        or (
            select imports.recorded_at >= readings.recorded_at
            from facts.imports
            where imports.began_at <= readings.recorded_at
            order by imports.began_at desc
            limit 1
        ),
        false
    ) as is_imported,
    coalesce(voids.reason, '') like 'no longer in %' and came_by_import(voids.recorded_at) as is_gone,
    readings.source_key,
    readings.lot_id,
    readings.characteristic,
    readings.sign,
    readings.value,
    readings.word,
    readings.unit,
    readings.happened_at,
    readings.happened_until,
    readings.gate_id,
    lots.lot_code
from facts.readings
inner join facts.lots on readings.lot_id = lots.lot_id
left join facts.reading_voids as voids on readings.reading_id = voids.reading_id
where readings.lot_id = any(:lot_ids) or readings.source_key = any(:keys)
order by stands desc, readings.reading_id;

-- name: held_qc_decisions
select
    decisions.decision_id as fact_id,
    withdrawals.withdrawal_id is null as stands,
    coalesce(withdrawals.happened_at, withdrawals.recorded_at) as voided_at,
    withdrawals.reason as void_reason,
    coalesce(
        decisions.source_key is not null
        or decisions.row_xid = pg_current_xact_id()
        or (
            select imports.recorded_at >= decisions.recorded_at
            from facts.imports
            where imports.began_at <= decisions.recorded_at
            order by imports.began_at desc
            limit 1
        ),
        false
    ) as is_imported,
    coalesce(withdrawals.reason, '') like 'no longer in %' and came_by_import(withdrawals.recorded_at) as is_gone,
    decisions.source_key,
    decisions.lot_id,
    decisions.decision,
    decisions.happened_at,
    decisions.happened_until,
    decisions.gate_id,
    decisions.notes,
    decisions.temperature_c,
    coalesce(decisions.decided_by, users.email) as decided_by,
    lots.lot_code
from facts.qc_decisions as decisions
inner join facts.lots on decisions.lot_id = lots.lot_id
left join users on decisions.operator_id = users.user_id
left join facts.decision_withdrawals as withdrawals
    on decisions.decision_id = withdrawals.decision_id
where decisions.lot_id = any(:lot_ids) or decisions.source_key = any(:keys)
order by stands desc, decisions.decision_id;

-- name: held_shipments
select
    shipments.shipment_id as fact_id,
    voids.void_id is null as stands,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    voids.reason as void_reason,
    coalesce(
        shipments.source_key is not null
        or shipments.row_xid = pg_current_xact_id()
        or (
            select imports.recorded_at >= shipments.recorded_at
            from facts.imports
            where imports.began_at <= shipments.recorded_at
            order by imports.began_at desc
            limit 1
        ),
        false
    ) as is_imported,
    coalesce(voids.reason, '') like 'no longer in %' and came_by_import(voids.recorded_at) as is_gone,
    shipments.source_key,
    shipments.shipment_code,
    shipments.lot_id,
    shipments.customer_id,
    shipments.quantity_kg,
    shipments.quantity,
    shipments.unit,
    shipments.happened_at,
    shipments.happened_until,
    shipments.document,
    shipments.sscc,
    shipments.expiry_reason,
    shipments.from_place_id,
    lots.lot_code,
    partners.partner_code as customer_code
from facts.shipments
inner join facts.lots on shipments.lot_id = lots.lot_id
inner join partners on shipments.customer_id = partners.partner_id
left join facts.shipment_voids as voids on shipments.shipment_id = voids.shipment_id
where shipments.lot_id = any(:lot_ids) or shipments.source_key = any(:keys)
order by stands desc, shipments.shipment_id;

-- name: customers_of_shipments
select
    shipments.shipment_id,
    shipments.shipment_code,
    partners.partner_code as customer_code
from shipments
inner join partners on shipments.customer_id = partners.partner_id
where shipments.shipment_code = any(:codes);

-- name: identifiers_damaged
-- Which of these identifiers of a kind a spreadsheet or a misreading spoilt, and how.
select written, identifier_damage(:kind, written) as damage
from unnest(cast(:texts as text [])) as written
where identifier_damage(:kind, written) is not null;

-- name: look_anew
select facts.look_anew();

-- name: held_moves
select
    moves.move_id as fact_id,
    voids.void_id is null as stands,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    voids.reason as void_reason,
    coalesce(
        moves.source_key is not null
        or moves.row_xid = pg_current_xact_id()
        or (
            select imports.recorded_at >= moves.recorded_at
            from facts.imports
            where imports.began_at <= moves.recorded_at
            order by imports.began_at desc
            limit 1
        ),
        false
    ) as is_imported,
    coalesce(voids.reason, '') like 'no longer in %' and came_by_import(voids.recorded_at) as is_gone,
    moves.source_key,
    moves.lot_id,
    moves.place_id,
    moves.from_place_id,
    moves.quantity_kg,
    moves.quantity,
    moves.unit,
    moves.happened_at,
    moves.happened_until,
    moves.reason,
    places.place_code,
    lots.lot_code
from facts.moves
inner join facts.lots on moves.lot_id = lots.lot_id
inner join facts.places on moves.place_id = places.place_id
left join facts.move_voids as voids on moves.move_id = voids.move_id
where moves.lot_id = any(:lot_ids) or moves.source_key = any(:keys)
order by stands desc, moves.move_id;

-- name: held_movements
select
    movements.movement_id as fact_id,
    voids.void_id is null as stands,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    voids.reason as void_reason,
    coalesce(
        movements.source_key is not null
        or movements.row_xid = pg_current_xact_id()
        or (
            select imports.recorded_at >= movements.recorded_at
            from facts.imports
            where imports.began_at <= movements.recorded_at
            order by imports.began_at desc
            limit 1
        ),
        false
    ) as is_imported,
    coalesce(voids.reason, '') like 'no longer in %' and came_by_import(voids.recorded_at) as is_gone,
    movements.source_key,
    movements.lot_id,
    movements.kind,
    movements.quantity_kg,
    movements.quantity,
    movements.unit,
    movements.happened_at,
    movements.happened_until,
    movements.reason,
    movements.partner_id,
    movements.place_id,
    shipments.shipment_code,
    lots.lot_code
from facts.movements
inner join facts.lots on movements.lot_id = lots.lot_id
left join facts.shipments on movements.shipment_id = shipments.shipment_id
left join facts.movement_voids as voids on movements.movement_id = voids.movement_id
where movements.lot_id = any(:lot_ids) or movements.source_key = any(:keys)
order by stands desc, movements.movement_id;

-- name: lines_of_shipments
-- The lines of these shipments, each with what came back of it.
select
    shipments.shipment_id,
    shipments.shipment_code,
    shipments.lot_id,
    lots.lot_code,
    shipments.quantity_kg,
    coalesce(sum(movements.quantity_kg), 0) as returned_kg
from shipments
inner join lots on shipments.lot_id = lots.lot_id
left join movements on shipments.shipment_id = movements.shipment_id
where shipments.shipment_code = any(:codes)
group by shipments.shipment_id, shipments.shipment_code, shipments.lot_id, lots.lot_code,
    shipments.quantity_kg
order by shipments.shipment_id;

-- name: lines_with_returns
-- Of these lines, those of which something came back.
select distinct shipment_id
from movements
where shipment_id = any(cast(:shipment_ids as bigint []));

-- name: held_packings
select
    packings.packing_id as fact_id,
    voids.void_id is null as stands,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    voids.reason as void_reason,
    packings.source_key is not null
    or came_by_import(packings.recorded_at)
    or packings.row_xid = pg_current_xact_id() as is_imported,
    coalesce(voids.reason, '') like 'no longer in %' and came_by_import(voids.recorded_at) as is_gone,
    packings.source_key,
    packings.sscc,
    packings.kind,
    packings.lot_id,
    packings.inner_sscc,
    packings.quantity_kg,
    packings.quantity,
    packings.unit,
    packings.happened_at,
    lots.lot_code
from facts.packings
left join facts.lots on packings.lot_id = lots.lot_id
left join facts.packing_voids as voids on packings.packing_id = voids.packing_id
where packings.sscc = any(:ssccs) or packings.source_key = any(:keys)
order by stands desc, packings.packing_id;

-- name: steps_around_units
-- What was put into these units, those in them and those they stand on, and taken out, in its order.
with recursive units as (
    select unnest(cast(:ssccs as text [])) as sscc
    union
    select beside.sscc
    from units
    cross join lateral (
        select packings.inner_sscc as sscc
        from packings
        where packings.sscc = units.sscc and packings.inner_sscc is not null
        union all
        select packings.sscc from packings where packings.inner_sscc = units.sscc
        offset 0
    ) as beside
)

select
    steps.packing_id,
    steps.sscc,
    steps.kind,
    lots.lot_code,
    steps.inner_sscc,
    steps.quantity_kg
from units
cross join lateral (
    select packings.* from packings where packings.sscc = units.sscc offset 0
) as steps
left join facts.lots on steps.lot_id = lots.lot_id
order by steps.packing_id;

-- name: units_that_left
-- Of these units those that left, themselves or on what they stand on, with what shipment and when.
select distinct on (asked.sscc)
    asked.sscc,
    shipments.shipment_code,
    shipments.happened_at as left_at,
    shipments.happened_until as left_until
from unnest(cast(:ssccs as text [])) as asked (sscc)
cross join lateral units_around(asked.sscc) as around
inner join shipments on around.sscc = search_key(shipments.sscc)
order by asked.sscc, shipments.shipment_id;

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
-- The lot again, as it reads now, under its new code; as it was it is voided, when all about it is. Who
-- registered it did: what a second person must release stays so.
with old as (
    select * from lots where lot_id = :lot_id
),

renamed as (
    insert into facts.lots (
        lot_code, lot_type, product_id, run_id, phase_id, supplier_id, supplier_lot_code, weight_kg,
        quantity, unit, temperature_c, expires_on, metadata, operator_id, happened_at, happened_until,
        beyond_reason, source_key, printed_code
    )
    select
        :lot_code, lot_type, product_id, run_id, phase_id, supplier_id, supplier_lot_code, weight_kg,
        quantity, unit, temperature_c, expires_on, metadata, operator_id, happened_at, happened_until,
        beyond_reason, source_key, printed_code
    from old
    returning lot_id
)

insert into facts.lot_voids (lot_id, renamed_id, reason, operator_id, happened_at)
select
    old.lot_id,
    renamed.lot_id,
    :reason,
    cast(:operator_id as bigint),
    cast(:happened_at as timestamptz)
from old
cross join renamed
returning void_id, renamed_id;

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
    production_code, run_id, place, waste_kg, operator_id, happened_at, happened_until, source_key
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
    lot_id, kind, quantity_kg, quantity, unit, reason, partner_id, shipment_id, happened_at,
    happened_until, source_key, operator_id, place_id
)
select
    cast(:renamed_id as bigint),
    was.kind,
    was.quantity_kg,
    was.quantity,
    was.unit,
    was.reason,
    was.partner_id,
    (
        select lines.shipment_id
        from (
            select shipment_id, row_number() over (order by shipment_id) as place
            from shipments
            where lot_id = :renamed_id
        ) as lines
        where
            lines.place = (
                select count(*)
                from facts.shipments as earlier
                inner join facts.shipment_voids as ended on earlier.shipment_id = ended.shipment_id
                where
                    earlier.lot_id = :lot_id
                    and earlier.shipment_id <= was.shipment_id
                    and ended.reason = :reason
                    and ended.row_xid = pg_current_xact_id()
            )
            and was.shipment_id is not null
    ),
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
    lot_id, place_id, from_place_id, quantity_kg, quantity, unit, reason, happened_at, happened_until,
    source_key, operator_id
)
select
    cast(:renamed_id as bigint),
    was.place_id,
    was.from_place_id,
    was.quantity_kg,
    was.quantity,
    was.unit,
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
    lot_id, gate_id, decision, notes, temperature_c, digital_signature, checklist, decided_by,
    happened_at, happened_until, source_key, version_id, operator_id
)
select
    cast(:renamed_id as bigint),
    was.gate_id,
    was.decision,
    was.notes,
    was.temperature_c,
    was.digital_signature,
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

-- name: void_packings_of_renamed
insert into facts.packing_voids (packing_id, reason, operator_id, happened_at)
select packing_id, :reason, :operator_id, :happened_at
from packings
where lot_id = :lot_id;

-- name: copy_packings_to_renamed
insert into facts.packings (
    sscc, kind, lot_id, quantity_kg, quantity, unit, operator_id, happened_at, source_key
)
select
    was.sscc,
    was.kind,
    cast(:renamed_id as bigint),
    was.quantity_kg,
    was.quantity,
    was.unit,
    was.operator_id,
    was.happened_at,
    was.source_key
from facts.packings as was
inner join facts.packing_voids as voids on was.packing_id = voids.packing_id
where
    was.lot_id = :lot_id
    and voids.reason = :reason
    and voids.row_xid = pg_current_xact_id()
order by was.packing_id;

-- name: copy_assessments_to_renamed
-- What managers assessed of the lot's origins, and of others' origins in it: for the same HOLDs and
-- FAILs, as they are written again.
with was as (
    select
        decisions.decision_id,
        row_number() over (order by decisions.decision_id) as place
    from facts.qc_decisions as decisions
    inner join facts.decision_withdrawals as ended on decisions.decision_id = ended.decision_id
    where
        decisions.lot_id = :lot_id
        and ended.reason = :reason
        and ended.row_xid = pg_current_xact_id()
),

again as (
    select decision_id, row_number() over (order by decision_id) as place
    from facts.qc_decisions
    where lot_id = :renamed_id
)

insert into facts.origin_assessments (lot_id, decision_ids, reason, operator_id, happened_at)
select
    case assessments.lot_id when :lot_id then :renamed_id else assessments.lot_id end,
    array(
        select coalesce(again.decision_id, covered.decision_id)
        from unnest(assessments.decision_ids) as covered (decision_id)
        left join was on covered.decision_id = was.decision_id
        left join again on was.place = again.place
    ),
    assessments.reason,
    assessments.operator_id,
    assessments.happened_at
from origin_assessments as assessments
where
    assessments.lot_id = :lot_id
    or assessments.decision_ids && array(select decision_id from was)
order by assessments.assessment_id;

-- name: signed_before_rename
-- What was signed under the lot's old code, as it is written again: which signature it bore.
with ended as (
    select 'decision' as thing, decision_id as fact_id from facts.decision_withdrawals
    where reason = :reason and row_xid = pg_current_xact_id()
    union all
    select 'movement', movement_id from facts.movement_voids
    where reason = :reason and row_xid = pg_current_xact_id()
    union all
    select 'link', link_id from facts.link_voids
    where reason = :reason and row_xid = pg_current_xact_id()
),

was as (
    select
        about.thing,
        about.fact_id,
        row_number() over (partition by about.thing order by about.fact_id) as place
    from ended
    inner join (
        select 'decision' as thing, decision_id as fact_id
        from facts.qc_decisions
        where lot_id = :lot_id
        union all
        select 'movement', movement_id
        from facts.movements
        where lot_id = :lot_id
        union all
        select 'link', link_id
        from facts.lot_genealogy
        where (parent_lot_id = :lot_id or child_lot_id = :lot_id) and production_id is null
    ) as about using (thing, fact_id)
),

again as (
    select
        thing,
        fact_id,
        row_number() over (partition by thing order by fact_id) as place
    from (
        select 'decision' as thing, decision_id as fact_id
        from facts.qc_decisions
        where lot_id = :renamed_id
        union all
        select 'movement', movement_id
        from facts.movements
        where lot_id = :renamed_id
        union all
        select 'link', link_id
        from facts.lot_genealogy
        where (parent_lot_id = :renamed_id or child_lot_id = :renamed_id) and production_id is null
    ) as written
)

select again.thing, again.fact_id, signatures.signature_id
from was
inner join again on was.thing = again.thing and was.place = again.place
inner join facts.decision_signatures as signatures
    on
        case was.thing
            when 'decision' then signatures.decision_id
            when 'movement' then signatures.movement_id
            else signatures.link_id
        end = was.fact_id
union all
select 'assessment', assessments.assessment_id, null
from facts.origin_assessments as assessments
where assessments.row_xid = pg_current_xact_id()
order by thing, fact_id;

-- name: former_codes_of_lot
-- The codes that the lot had before: until when, who renamed it and why; as known, the first on top.
with recursive earlier (void_id, lot_id) as (
    select void_id, lot_id
    from facts.lot_voids
    where renamed_id = :lot_id and recorded_at <= (select known_until())
    union all
    select voids.void_id, voids.lot_id
    from earlier
    inner join facts.lot_voids as voids on earlier.lot_id = voids.renamed_id
    where voids.recorded_at <= (select known_until())
)

select
    lots.lot_code as former_code,
    coalesce(voids.happened_at, voids.recorded_at) as renamed_at,
    coalesce(users.full_name, 'an import') as renamed_by,
    voids.reason,
    signatures.signed_name
from earlier
inner join facts.lot_voids as voids on earlier.void_id = voids.void_id
inner join facts.lots on earlier.lot_id = lots.lot_id
left join users on voids.operator_id = users.user_id
left join facts.decision_signatures as signatures on voids.void_id = signatures.lot_void_id
order by voids.void_id;

-- name: once_called
-- What these codes were of, and what those lots are called now.
select
    registered.lot_code as former_code,
    lots.lot_id,
    lots.lot_code
from facts.lots as registered
cross join lateral lots_renamed(array[registered.lot_id]) as went
inner join lots on went.lot_id = lots.lot_id
where registered.lot_code = any(cast(:codes as text []));

-- name: renamed_to
-- What the lot that had this code or number is called since; none: it was not renamed.
select lots.lot_code
from facts.lots as registered
cross join lateral lots_renamed(array[registered.lot_id]) as went
inner join lots on went.lot_id = lots.lot_id
where registered.lot_code = cast(:lot_code as text) or registered.lot_id = cast(:lot_id as bigint);

-- name: links_first_written
-- Of these links those that a rename of one of their lots wrote again: when each was written first.
with recursive written (asked_id, link_id, row_xid, parent_lot_id, child_lot_id, recorded_at) as (
    select link_id, link_id, row_xid, parent_lot_id, child_lot_id, recorded_at
    from facts.lot_genealogy
    where link_id = any(cast(:link_ids as bigint []))
    union
    select
        written.asked_id,
        was.link_id,
        was.row_xid,
        was.parent_lot_id,
        was.child_lot_id,
        was.recorded_at
    from written
    inner join facts.lot_voids as renames
        on
            renames.renamed_id in (written.parent_lot_id, written.child_lot_id)
            and written.row_xid = renames.row_xid
    inner join facts.lot_genealogy as again on written.link_id = again.link_id
    inner join facts.link_voids as voids on written.row_xid = voids.row_xid
    inner join facts.lot_genealogy as was
        on
            voids.link_id = was.link_id
            and again.happened_at = was.happened_at
            and again.quantity_kg is not distinct from was.quantity_kg
            and (
                was.parent_lot_id = again.parent_lot_id
                or (was.parent_lot_id = renames.lot_id and again.parent_lot_id = renames.renamed_id)
            )
            and (
                was.child_lot_id = again.child_lot_id
                or (was.child_lot_id = renames.lot_id and again.child_lot_id = renames.renamed_id)
            )
)

select
    asked_id as link_id,
    min(recorded_at) as recorded_at
from written
group by asked_id
having count(*) > 1;

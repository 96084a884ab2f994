-- name: link_to_void
-- Each of these six: what is to be voided, how a person calls it, and who voided it already.
select
    links.link_id as fact_id,
    'The link ' || parents.lot_code || ' → ' || children.lot_code as named,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    users.full_name as voided_by,
    productions.production_code
from facts.lot_genealogy as links
inner join facts.lots as parents on links.parent_lot_id = parents.lot_id
inner join facts.lots as children on links.child_lot_id = children.lot_id
left join facts.productions on links.production_id = productions.production_id
left join facts.link_voids as voids on links.link_id = voids.link_id
left join users on voids.operator_id = users.user_id
where links.link_id = :fact_id;

-- name: shipment_to_void
select
    shipments.shipment_id as fact_id,
    'Shipment ' || shipments.shipment_code || ' of lot ' || lots.lot_code as named,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    users.full_name as voided_by
from facts.shipments
inner join facts.lots on shipments.lot_id = lots.lot_id
left join facts.shipment_voids as voids on shipments.shipment_id = voids.shipment_id
left join users on voids.operator_id = users.user_id
where shipments.shipment_id = :fact_id;

-- name: reading_to_void
select
    readings.reading_id as fact_id,
    'The reading ' || readings.characteristic || ' of lot ' || lots.lot_code as named,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    users.full_name as voided_by
from facts.readings
inner join facts.lots on readings.lot_id = lots.lot_id
left join facts.reading_voids as voids on readings.reading_id = voids.reading_id
left join users on voids.operator_id = users.user_id
where readings.reading_id = :fact_id;

-- name: lot_to_void
select
    lots.lot_id as fact_id,
    'Lot ' || lots.lot_code as named,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    users.full_name as voided_by
from facts.lots
left join facts.lot_voids as voids on lots.lot_id = voids.lot_id
left join users on voids.operator_id = users.user_id
where lots.lot_id = :fact_id;

-- name: production_to_void
select
    productions.production_id as fact_id,
    'Production ' || productions.production_code as named,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    users.full_name as voided_by
from facts.productions
left join facts.production_voids as voids on productions.production_id = voids.production_id
left join users on voids.operator_id = users.user_id
where productions.production_id = :fact_id;

-- name: packing_to_void
select
    packings.packing_id as fact_id,
    case packings.kind when 'PACKED' then 'That ' else 'That from ' || packings.sscc || ' ' end
    || coalesce('lot ' || lots.lot_code, 'unit ' || packings.inner_sscc)
    || case packings.kind
        when 'PACKED' then ' was put into ' || packings.sscc else ' was taken out'
    end as named,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    users.full_name as voided_by,
    packings.kind,
    packings.sscc,
    packings.lot_id,
    packings.inner_sscc
from facts.packings
left join facts.lots on packings.lot_id = lots.lot_id
left join facts.packing_voids as voids on packings.packing_id = voids.packing_id
left join users on voids.operator_id = users.user_id
where packings.packing_id = :fact_id;

-- name: write_link_void
insert into facts.link_voids (link_id, reason, operator_id, happened_at)
values (:fact_id, :reason, :operator_id, :happened_at)
returning void_id;

-- name: write_shipment_void
insert into facts.shipment_voids (shipment_id, reason, operator_id, happened_at)
values (:fact_id, :reason, :operator_id, :happened_at)
returning void_id;

-- name: write_reading_void
insert into facts.reading_voids (reading_id, reason, operator_id, happened_at)
values (:fact_id, :reason, :operator_id, :happened_at)
returning void_id;

-- name: write_lot_void
insert into facts.lot_voids (lot_id, reason, operator_id, happened_at)
values (:fact_id, :reason, :operator_id, :happened_at)
returning void_id;

-- name: write_packing_void
insert into facts.packing_voids (packing_id, reason, operator_id, happened_at)
values (:fact_id, :reason, :operator_id, :happened_at)
returning void_id;

-- name: move_to_void
select
    moves.move_id as fact_id,
    'The move of lot ' || lots.lot_code || ' to ' || places.place_code as named,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    users.full_name as voided_by,
    moves.lot_id
from facts.moves
inner join facts.lots on moves.lot_id = lots.lot_id
inner join facts.places on moves.place_id = places.place_id
left join facts.move_voids as voids on moves.move_id = voids.move_id
left join users on voids.operator_id = users.user_id
where moves.move_id = :fact_id;

-- name: write_move_void
insert into facts.move_voids (move_id, reason, operator_id, happened_at)
values (:fact_id, :reason, :operator_id, :happened_at)
returning void_id;

-- name: write_production_void
insert into facts.production_voids (production_id, reason, operator_id, happened_at)
values (:fact_id, :reason, :operator_id, :happened_at)
returning void_id;

-- name: void_readings_of_lot
insert into facts.reading_voids (reading_id, reason, operator_id, happened_at)
select reading_id, :reason, :operator_id, :happened_at
from readings
where lot_id = :lot_id;

-- name: void_moves_of_lot
insert into facts.move_voids (move_id, reason, operator_id, happened_at)
select move_id, :reason, :operator_id, :happened_at
from moves
where lot_id = :lot_id;

-- name: facts_that_stand
-- How many facts about a lot stand in the way of voiding it.
select
    (
        select count(*) from lot_genealogy
        where parent_lot_id = :lot_id or child_lot_id = :lot_id
    ) as links_count,
    (select count(*) from shipments where lot_id = :lot_id) as shipments_count,
    (select count(*) from movements where lot_id = :lot_id) as movements_count,
    (select count(*) from packed where lot_id = :lot_id) as packings_count,
    (select count(*) from qc_decisions where lot_id = :lot_id) as decisions_count;

-- name: lot_voided
-- Who voided the lot of a code, when and why, and what it is called since where it was renamed; none:
-- it stands, or there never was one.
select
    lots.lot_code,
    (
        select called.lot_code
        from lots_renamed(array[voids.lot_id]) as went
        inner join lots as called on went.lot_id = called.lot_id
    ) as renamed_to,
    voids.reason,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    users.full_name as voided_by
from facts.lot_voids as voids
inner join facts.lots on voids.lot_id = lots.lot_id
left join users on voids.operator_id = users.user_id
where lots.lot_code = :lot_code and voids.recorded_at <= known_until();

-- name: origin_of_lot
-- Where a lot came from, as it reads now.
select
    supplier_id,
    supplier_lot_code,
    run_id,
    printed_code
from lots
where lot_id = :lot_id;

-- name: write_lot_correction
-- What the lot is, its type and metadata, stays as it reads.
insert into facts.lot_corrections (
    lot_id, product_id, weight_kg, temperature_c, expires_on, happened_at, reason, operator_id,
    quantity, unit, supplier_id, supplier_lot_code, run_id, restates_origin, happened_until,
    lot_type, metadata, restates_kind, printed_code
)
select
    lots.lot_id, :product_id, :weight_kg, :temperature_c, :expires_on, :happened_at, :reason,
    :operator_id, :quantity, :unit, :supplier_id, :supplier_lot_code, :run_id, true,
    :happened_until, :lot_type, lots.metadata, true, :printed_code
from lots
where lots.lot_id = :lot_id
returning correction_id;

-- name: left_of_quantity
-- By how much less than has gone a lot would be, were it this amount of a unit, until it was counted
-- first; 0 or null: it isn't.
select greatest(-rest.at_most_quantity, 0) as overdrawn_quantity
from units_left(
    :lot_id, cast(:quantity as numeric), cast(:unit as text), '-infinity', '-infinity'
) as rest;

-- name: decision_to_withdraw
select
    decisions.decision_id,
    decisions.decision,
    decisions.happened_at,
    lots.lot_code,
    coalesce(withdrawals.happened_at, withdrawals.recorded_at) as withdrawn_at,
    users.full_name as withdrawn_by
from facts.qc_decisions as decisions
inner join facts.lots on decisions.lot_id = lots.lot_id
left join facts.decision_withdrawals as withdrawals
    on decisions.decision_id = withdrawals.decision_id
left join users on withdrawals.operator_id = users.user_id
where decisions.decision_id = :decision_id;

-- name: write_withdrawal
insert into facts.decision_withdrawals (decision_id, reason, operator_id, happened_at)
values (:decision_id, :reason, :operator_id, :happened_at)
returning withdrawal_id;

-- name: corrections_of_lot
-- Every reading of a lot's correctable values, the first as registered, oldest first, under its earlier
-- codes too; as known at the moment asked for.
with recursive these (lot_id) as (
    select cast(:lot_id as bigint)
    union all
    select voids.lot_id
    from these
    inner join facts.lot_voids as voids on these.lot_id = voids.renamed_id
    where voids.recorded_at <= known_until()
),

-- Each registration but the first is a rename: by whom and why, its void says.
registered as (
    select
        lots.*,
        renames.void_id,
        renames.operator_id as renamed_by,
        renames.reason as renamed_because
    from these
    inner join facts.lots on these.lot_id = lots.lot_id
    left join facts.lot_voids as renames on lots.lot_id = renames.renamed_id
)

select
    versions.recorded_at,
    users.full_name as written_by,
    versions.reason,
    versions.lot_type,
    cast(versions.metadata as text) as metadata,
    products.product_code,
    versions.weight_kg,
    versions.quantity,
    versions.unit,
    versions.temperature_c,
    versions.expires_on,
    versions.happened_at,
    versions.happened_until,
    partners.partner_code as supplier_code,
    versions.supplier_lot_code,
    versions.printed_code,
    production_runs.run_code
from (
    select
        0 as version, recorded_at,
        case when void_id is null then operator_id else renamed_by end as operator_id,
        renamed_because as reason, product_id, weight_kg, quantity, unit, temperature_c, expires_on,
        happened_at, happened_until, supplier_id, supplier_lot_code, run_id, lot_type, metadata,
        printed_code
    from registered
    union all
    select
        corrections.correction_id, corrections.recorded_at, corrections.operator_id,
        corrections.reason, corrections.product_id, corrections.weight_kg, corrections.quantity,
        corrections.unit, corrections.temperature_c, corrections.expires_on, corrections.happened_at,
        corrections.happened_until,
        case when restates_origin then corrections.supplier_id else lots.supplier_id end,
        case when restates_origin then corrections.supplier_lot_code else lots.supplier_lot_code end,
        case when restates_origin then corrections.run_id else lots.run_id end,
        case when restates_kind then corrections.lot_type else lots.lot_type end,
        case when restates_kind then corrections.metadata else lots.metadata end,
        case when restates_origin then corrections.printed_code else lots.printed_code end
    from facts.lot_corrections as corrections
    inner join facts.lots on corrections.lot_id = lots.lot_id
    where
        corrections.lot_id in (select lot_id from these)
        and corrections.recorded_at <= known_until()
) as versions
left join products on versions.product_id = products.product_id
left join partners on versions.supplier_id = partners.partner_id
left join production_runs on versions.run_id = production_runs.run_id
left join users on versions.operator_id = users.user_id
order by versions.recorded_at, versions.version;

-- name: voided_facts_of_lot
-- The links, shipments, movements and readings of a lot that were voided, with why, by whom and when.
select
    voided.fact,
    voided.quantity_kg,
    voided.happened_at,
    voided.happened_until,
    voided.reason,
    users.full_name as voided_by,
    coalesce(voided.voided_at, voided.recorded_at) as voided_at,
    case when voided.operator_id is not null then voided.recorded_at end as void_entered_at
from (
    select
        'link ' || parents.lot_code || ' → ' || children.lot_code as fact,
        links.quantity_kg, links.happened_at, links.happened_until, voids.reason, voids.operator_id,
        voids.happened_at as voided_at, voids.recorded_at
    from facts.lot_genealogy as links
    inner join facts.link_voids as voids on links.link_id = voids.link_id
    inner join facts.lots as parents on links.parent_lot_id = parents.lot_id
    inner join facts.lots as children on links.child_lot_id = children.lot_id
    where links.parent_lot_id = :lot_id or links.child_lot_id = :lot_id
    union all
    select
        'shipment ' || shipments.shipment_code || ' to ' || partners.name,
        shipments.quantity_kg, shipments.happened_at, shipments.happened_until, voids.reason,
        voids.operator_id, voids.happened_at, voids.recorded_at
    from facts.shipments
    inner join facts.shipment_voids as voids on shipments.shipment_id = voids.shipment_id
    inner join partners on shipments.customer_id = partners.partner_id
    where shipments.lot_id = :lot_id
    union all
    select
        'movement ' || movements.kind, movements.quantity_kg, movements.happened_at,
        movements.happened_until, voids.reason, voids.operator_id, voids.happened_at, voids.recorded_at
    from facts.movements
    inner join facts.movement_voids as voids on movements.movement_id = voids.movement_id
    where movements.lot_id = :lot_id
    union all
    select
        'reading ' || readings.characteristic || ' '
        || result_words(readings.sign, readings.value, readings.word) || ' ' || readings.unit,
        null, readings.happened_at, readings.happened_until, voids.reason, voids.operator_id,
        voids.happened_at, voids.recorded_at
    from facts.readings
    inner join facts.reading_voids as voids on readings.reading_id = voids.reading_id
    where readings.lot_id = :lot_id
) as voided
left join users on voided.operator_id = users.user_id
where voided.recorded_at <= known_until()
order by coalesce(voided.voided_at, voided.recorded_at) desc;

-- name: decided_at_gates_without
-- The gates at which decisions about a lot stand and that serve other types than this one.
select distinct
    trim_scale(qc_gates.gate_number) as gate_number,
    qc_gates.name_en
from qc_decisions
inner join qc_gates on qc_decisions.gate_id = qc_gates.gate_id
where
    qc_decisions.lot_id = :lot_id
    and qc_gates.lot_types <> '{}'
    and not (:lot_type = any(qc_gates.lot_types))
order by gate_number;

-- name: rules_broken_as
-- The rules of the process that a lot would break if it were of another type, by what went into it and
-- what it went into while each rule held; what the lot breaks as it reads is not its new type's.
with types as (
    select 'was' as said, lot_type from lots where lot_id = :lot_id
    union all
    select 'as', cast(:lot_type as text)
),

used as (
    select
        types.said,
        links.link_id,
        links.parent_lot_id,
        links.child_lot_id,
        parents.lot_code as parent_lot_code,
        children.lot_code as child_lot_code,
        parents.product_id,
        parents.metadata ->> 'species' as parent_species,
        children.metadata ->> 'species' as child_species,
        case when parents.lot_id = :lot_id then types.lot_type else parents.lot_type end as parent_type,
        case when children.lot_id = :lot_id then types.lot_type else children.lot_type end as child_type,
        coalesce(parents.happened_until - interval '1 microsecond', parents.happened_at) as made_at,
        coalesce(parents.happened_until, parents.happened_at) as made_by,
        links.happened_at,
        links.happened_until
    from types
    cross join lot_genealogy as links
    inner join lots as parents on links.parent_lot_id = parents.lot_id
    inner join lots as children on links.child_lot_id = children.lot_id
    where
        links.link_id in (
            select link_id from lot_genealogy where parent_lot_id = :lot_id
            union
            select link_id from lot_genealogy where child_lot_id = :lot_id
            union
            select beside.link_id
            from lot_genealogy as beside
            where
                beside.child_lot_id in (
                    select child_lot_id from lot_genealogy where parent_lot_id = :lot_id
                )
        )
),

judged as (
    select
        used.*,
        rules.rule,
        rules.lot_type as rule_type,
        rules.input_lot_type,
        rules.hours
    from process_rules as rules
    inner join used
        on
            coalesce(rules.in_force_from <= used.happened_at, true)
            and coalesce(
                rules.in_force_until >= used.happened_until, rules.in_force_until > used.happened_at, true
            )
    where not rules.is_retired
),

broken as (
    select
        said,
        rule,
        child_lot_code,
        string_agg(distinct parent_lot_code, ', ' order by parent_lot_code) as parent_lot_codes,
        cast(null as numeric) as hours
    from judged
    where
        rule = 'ONE_PRODUCT'
        and coalesce(rule_type = child_type, rule_type is null)
        and coalesce(input_lot_type = parent_type, input_lot_type is null)
        and product_id is not null
    group by said, rule, rule_type, input_lot_type, child_lot_id, child_lot_code
    having min(product_id) <> max(product_id)
    union
    select
        said,
        rule,
        child_lot_code,
        parent_lot_code,
        cast(null as numeric)
    from judged
    where
        rule = 'ONE_SPECIES'
        and coalesce(rule_type = child_type, rule_type is null)
        and coalesce(input_lot_type = parent_type, input_lot_type is null)
        and parent_species <> child_species
    union
    select
        said,
        rule,
        child_lot_code,
        parent_lot_code,
        trim_scale(hours)
    from judged
    where
        rule in ('SAME_DAY', 'LONGEST_WAIT')
        and coalesce(
            coalesce(input_lot_type, rule_type) = parent_type, coalesce(input_lot_type, rule_type) is null
        )
        and (input_lot_type is null or coalesce(rule_type = child_type, rule_type is null))
        and case rule
            when 'SAME_DAY'
                then happened_at > made_at and site_day(happened_at) > site_day(made_at)
            else happened_at - made_by > hours * interval '1 hour'
        end
)

select rule, child_lot_code, parent_lot_codes, hours
from broken
where
    said = 'as'
    and not exists (
        select from broken as before
        where
            before.said = 'was'
            and before.rule = broken.rule
            and before.child_lot_code = broken.child_lot_code
            and before.parent_lot_codes = broken.parent_lot_codes
    )
order by rule, child_lot_code, parent_lot_codes;

-- name: pallet_rules_broken_as
-- The rules of the process about pallets that would be broken if a lot on them were of another type: on
-- which, and which lots are there. Of rules for that type alone, where nothing else there is of it:
-- others are broken already.
with pallets as (
    select around.sscc
    from packed
    cross join lateral units_around(packed.sscc) as around
    where
        packed.lot_id = :lot_id
        and not exists (select from packed as below where below.inner_sscc = around.sscc)
    union
    select search_key(sscc)
    from shipments
    where lot_id = :lot_id and search_key(sscc) ~ '^[0-9]{18}$'
),

there as (
    select
        pallets.sscc,
        lots.lot_id,
        lots.lot_code,
        lots.lot_type,
        lots.product_id,
        cast(null as bigint) as customer_id,
        packed.packed_at as happened_at,
        cast(null as timestamptz) as happened_until
    from pallets
    cross join lateral lots_of_unit(pallets.sscc) as inside
    inner join packed on inside.sscc = packed.sscc and inside.lot_id = packed.lot_id
    inner join lots on inside.lot_id = lots.lot_id
    union all
    select
        pallets.sscc,
        lots.lot_id,
        lots.lot_code,
        lots.lot_type,
        lots.product_id,
        shipments.customer_id,
        shipments.happened_at,
        shipments.happened_until
    from pallets
    inner join shipments on pallets.sscc = search_key(shipments.sscc)
    inner join lots on shipments.lot_id = lots.lot_id
),

met as (
    select
        sscc,
        happened_at,
        happened_until,
        min(product_id) over so_far <> max(product_id) over so_far as is_mixed,
        min(customer_id) over so_far <> max(customer_id) over so_far as is_shared
    from there
    window so_far as (partition by sscc order by happened_at, lot_id)
)

select distinct
    rules.rule,
    met.sscc as child_lot_code,
    (
        select string_agg(distinct there.lot_code, ', ' order by there.lot_code)
        from there
        where there.sscc = met.sscc
    ) as parent_lot_codes,
    cast(null as numeric) as hours
from process_rules as rules
inner join met
    on
        coalesce(rules.in_force_from <= met.happened_at, true)
        and coalesce(
            rules.in_force_until >= met.happened_until, rules.in_force_until > met.happened_at, true
        )
        and case rules.rule
            when 'PALLET_OF_ONE_PRODUCT' then met.is_mixed
            when 'PALLET_OF_ONE_CUSTOMER' then met.is_shared
        end
where
    not rules.is_retired
    and rules.lot_type = :lot_type
    and not exists (
        select from there
        where
            there.sscc = met.sscc
            and there.lot_id <> :lot_id
            and there.lot_type = rules.lot_type
    )
order by rule, child_lot_code;

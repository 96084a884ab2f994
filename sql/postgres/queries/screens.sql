-- name: lots_page
-- One page of the lots found, newest first, with how many were found in all. What costs per
-- lot (disposition, kilograms left) is asked for the page's rows only.
with page as (
    select
        lots.lot_id,
        count(*) over () as found_count
    from lots
    where
        (
            cast(:search as text) is null
            or position(lower(:search) in lower(lots.lot_code)) > 0
            or position(lower(:search) in lower(lots.supplier_lot_code)) > 0
        )
        and (cast(:lot_type as text) is null or lots.lot_type = :lot_type)
        and (
            cast(:product_code as text) is null
            or lots.product_id = (select product_id from products where product_code = :product_code)
        )
        and (
            cast(:disposition as text) is null
            or lots.lot_id in (select lot_id from decided_lots where disposition = :disposition)
            or (
                :disposition = 'pending'
                and lots.lot_id not in (select lot_id from decided_lots)
            )
        )
    order by lots.happened_at desc, lots.lot_id desc
    limit :page_size offset :skipped
)

select
    lots.lot_code,
    lots.lot_type,
    lot_disposition(lots.lot_id) as disposition,
    products.product_code,
    lots.weight_kg,
    lots.weight_kg - lot_given_out_kg(lots.lot_id) as left_kg,
    partners.name as supplier_name,
    lots.supplier_lot_code,
    lots.happened_at,
    page.found_count
from page
inner join lots on page.lot_id = lots.lot_id
left join products on lots.product_id = products.product_id
left join partners on lots.supplier_id = partners.partner_id
order by lots.happened_at desc, lots.lot_id desc;

-- name: lot_shown
-- A lot as its screen shows it; gate_id is the gate where its type is decided about.
select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    lot_disposition(lots.lot_id) as disposition,
    products.product_code,
    products.name as product_name,
    production_runs.run_code,
    phases.name_en as phase_name,
    partners.partner_code as supplier_code,
    partners.name as supplier_name,
    lots.supplier_lot_code,
    lots.weight_kg,
    lot_given_out_kg(lots.lot_id) as given_out_kg,
    lots.weight_kg - lot_given_out_kg(lots.lot_id) as left_kg,
    lots.temperature_c,
    lots.expires_on,
    lots.metadata,
    lots.happened_at,
    lots.recorded_at,
    users.full_name as registered_by,
    lots.correction_id,
    (
        select min(qc_gates.gate_id) from qc_gates where qc_gates.lot_type = lots.lot_type
    ) as gate_id
from lots
left join products on lots.product_id = products.product_id
left join production_runs on lots.run_id = production_runs.run_id
left join phases on lots.phase_id = phases.phase_id
left join partners on lots.supplier_id = partners.partner_id
left join users on lots.operator_id = users.user_id
where lots.lot_code = :lot_code;

-- name: decisions_of_lot
-- Every decision about a lot, withdrawn ones too, with what was signed; as known at the moment
-- asked for. The view of decisions leaves withdrawn ones out, so the facts themselves are read.
select
    decisions.decision_id,
    decisions.happened_at,
    qc_gates.gate_number,
    qc_gates.name_en as gate_name,
    decisions.decision,
    decisions.temperature_c,
    decisions.notes,
    coalesce(users.full_name, decisions.decided_by) as decided_by,
    signatures.signed_name,
    signatures.signed_role,
    signatures.meaning,
    signatures.method,
    signatures.recorded_at as signed_at,
    encode(signatures.signed_hash, 'hex') as signed_hash,
    withdrawals.recorded_at as withdrawn_at,
    withdrawers.full_name as withdrawn_by,
    withdrawals.reason as withdrawn_reason,
    encode(countersignatures.signed_hash, 'hex') as withdrawal_hash
from facts.qc_decisions as decisions
left join qc_gates on decisions.gate_id = qc_gates.gate_id
left join users on decisions.operator_id = users.user_id
left join facts.decision_signatures as signatures
    on decisions.decision_id = signatures.decision_id and signatures.recorded_at <= known_until()
left join facts.decision_withdrawals as withdrawals
    on decisions.decision_id = withdrawals.decision_id and withdrawals.recorded_at <= known_until()
left join users as withdrawers on withdrawals.operator_id = withdrawers.user_id
left join facts.decision_signatures as countersignatures
    on withdrawals.withdrawal_id = countersignatures.withdrawal_id
where decisions.lot_id = :lot_id and decisions.recorded_at <= known_until()
order by decisions.happened_at desc, decisions.decision_id desc;

-- name: readings_of_lot
-- Readings with the newest limit of their gate and characteristic; within is null without one.
select
    readings.happened_at,
    qc_gates.gate_number,
    readings.characteristic,
    readings.value,
    readings.unit,
    bounds.lower_bound,
    bounds.upper_bound,
    readings.value >= coalesce(bounds.lower_bound, '-infinity')
    and readings.value <= coalesce(bounds.upper_bound, 'infinity') as within,
    users.full_name as recorded_by
from readings
left join qc_gates on readings.gate_id = qc_gates.gate_id
left join users on readings.operator_id = users.user_id
left join lateral (
    select
        gate_limits.lower_bound,
        gate_limits.upper_bound
    from gate_limits
    where
        gate_limits.gate_id = readings.gate_id
        and gate_limits.characteristic = readings.characteristic
        and gate_limits.unit = readings.unit
    order by gate_limits.limit_id desc
    limit 1
) as bounds on true
where readings.lot_id = :lot_id
order by readings.happened_at desc, readings.reading_id desc;

-- name: parents_of_lot
select
    lot_genealogy.link_id,
    lots.lot_code,
    lots.lot_type,
    lot_disposition(lots.lot_id) as disposition,
    products.product_code,
    lot_genealogy.quantity_kg,
    lot_genealogy.happened_at
from lot_genealogy
inner join lots on lot_genealogy.parent_lot_id = lots.lot_id
left join products on lots.product_id = products.product_id
where lot_genealogy.child_lot_id = :lot_id
order by lots.lot_code, lot_genealogy.link_id;

-- name: children_of_lot
select
    lot_genealogy.link_id,
    lots.lot_code,
    lots.lot_type,
    lot_disposition(lots.lot_id) as disposition,
    products.product_code,
    lot_genealogy.quantity_kg,
    lot_genealogy.happened_at
from lot_genealogy
inner join lots on lot_genealogy.child_lot_id = lots.lot_id
left join products on lots.product_id = products.product_id
where lot_genealogy.parent_lot_id = :lot_id
order by lots.lot_code, lot_genealogy.link_id;

-- name: shipments_of_lot
select
    shipments.happened_at,
    shipments.shipment_code,
    partners.name as customer_name,
    shipments.quantity_kg,
    shipments.document,
    shipments.sscc
from shipments
inner join partners on shipments.customer_id = partners.partner_id
where shipments.lot_id = :lot_id
order by shipments.happened_at desc, shipments.shipment_id desc;

-- name: lots_to_take_from
-- The newest lots that may go into another, with what each still has; null: weight unknown.
with candidates as (
    select lot_id
    from lots
    where
        cast(:search as text) is null
        or position(lower(:search) in lower(lot_code)) > 0
    order by happened_at desc, lot_id desc
    limit 200
),

measured as (
    select
        lots.lot_code,
        lots.lot_type,
        products.product_code,
        lots.happened_at,
        lots.weight_kg - lot_given_out_kg(lots.lot_id) as left_kg,
        lot_disposition(lots.lot_id) as disposition
    from candidates
    inner join lots on candidates.lot_id = lots.lot_id
    left join products on lots.product_id = products.product_id
)

select
    lot_code,
    lot_type,
    product_code,
    left_kg,
    disposition
from measured
where disposition in ('pending', 'released') and (left_kg > 0 or left_kg is null)
order by happened_at desc, lot_code
limit 50;

-- name: products_known
select product_code, name from products order by product_code;

-- name: suppliers_known
select partner_code, name from partners where role = 'SUPPLIER' order by name;

-- name: customers_known
select partner_code, name from partners where role = 'CUSTOMER' order by name;

-- name: gates_with_queues
-- Every gate with how many lots of its type nobody decided about there; a rejected lot is over.
with rejected as (
    select lot_id from latest_decisions where decision = 'FAIL'
),

waiting as (
    select
        qc_gates.gate_id,
        count(*) as waiting_count
    from qc_gates
    inner join lots on qc_gates.lot_type = lots.lot_type
    where
        not exists (
            select 1
            from qc_decisions
            where
                qc_decisions.lot_id = lots.lot_id
                and qc_decisions.gate_id = qc_gates.gate_id
        )
        and not exists (select 1 from rejected where rejected.lot_id = lots.lot_id)
    group by qc_gates.gate_id
),

held as (
    select
        gate_id,
        count(*) as held_count
    from latest_decisions
    where decision = 'HOLD'
    group by gate_id
)

select
    qc_gates.gate_id,
    trim_scale(qc_gates.gate_number) as gate_number,
    qc_gates.name_en,
    qc_gates.lot_type,
    qc_gates.gate_type,
    qc_gates.is_ccp,
    qc_gates.checklist,
    coalesce(waiting.waiting_count, 0) as waiting_count,
    coalesce(held.held_count, 0) as held_count,
    (
        select string_agg(
            replace(gate_limits.characteristic, '_', ' ')
            || coalesce(' ≥ ' || trim_scale(gate_limits.lower_bound), '')
            || coalesce(' ≤ ' || trim_scale(gate_limits.upper_bound), '')
            || ' ' || replace(gate_limits.unit, 'C', '°C'),
            ' · ' order by gate_limits.limit_id
        )
        from gate_limits
        where gate_limits.gate_id = qc_gates.gate_id
    ) as limits
from qc_gates
left join waiting on qc_gates.gate_id = waiting.gate_id
left join held on qc_gates.gate_id = held.gate_id
order by qc_gates.gate_number;

-- name: lots_waiting_at_gate
-- Lots of the gate's type that nobody decided about there, oldest first.
select
    lots.lot_code,
    products.product_code,
    lots.weight_kg,
    lots.temperature_c,
    lots.happened_at,
    round(extract(epoch from now() - lots.happened_at) / 3600, 1) as age_hours
from qc_gates
inner join lots on qc_gates.lot_type = lots.lot_type
left join products on lots.product_id = products.product_id
where
    qc_gates.gate_id = :gate_id
    and not exists (
        select 1
        from qc_decisions
        where
            qc_decisions.lot_id = lots.lot_id
            and qc_decisions.gate_id = qc_gates.gate_id
    )
    and not exists (
        select 1
        from latest_decisions
        where latest_decisions.lot_id = lots.lot_id and latest_decisions.decision = 'FAIL'
    )
order by lots.happened_at, lots.lot_id
limit :page_size;

-- name: lots_held_at_gate
-- Lots whose latest decision at the gate is HOLD, longest held first.
select
    lots.lot_code,
    products.product_code,
    lots.weight_kg,
    latest_decisions.happened_at,
    round(extract(epoch from now() - latest_decisions.happened_at) / 3600, 1) as age_hours,
    qc_decisions.notes,
    coalesce(users.full_name, qc_decisions.decided_by) as decided_by,
    signatures.signed_name,
    signatures.signed_role,
    signatures.meaning,
    signatures.method,
    signatures.recorded_at as signed_at,
    encode(signatures.signed_hash, 'hex') as signed_hash
from latest_decisions
inner join lots on latest_decisions.lot_id = lots.lot_id
inner join qc_decisions on latest_decisions.decision_id = qc_decisions.decision_id
left join products on lots.product_id = products.product_id
left join users on qc_decisions.operator_id = users.user_id
left join facts.decision_signatures as signatures
    on qc_decisions.decision_id = signatures.decision_id
where latest_decisions.gate_id = :gate_id and latest_decisions.decision = 'HOLD'
order by latest_decisions.happened_at, lots.lot_id
limit :page_size;

-- name: decisions_newest
select
    qc_decisions.happened_at,
    lots.lot_code,
    qc_gates.gate_number,
    qc_gates.name_en as gate_name,
    qc_decisions.decision,
    qc_decisions.temperature_c,
    qc_decisions.notes,
    coalesce(users.full_name, qc_decisions.decided_by) as decided_by,
    signatures.signed_name,
    signatures.meaning,
    signatures.method,
    signatures.recorded_at as signed_at,
    encode(signatures.signed_hash, 'hex') as signed_hash
from qc_decisions
inner join facts.lots on qc_decisions.lot_id = lots.lot_id
left join qc_gates on qc_decisions.gate_id = qc_gates.gate_id
left join users on qc_decisions.operator_id = users.user_id
left join facts.decision_signatures as signatures
    on qc_decisions.decision_id = signatures.decision_id
order by qc_decisions.decision_id desc
limit :page_size;

-- name: latest_at_gate
-- The latest decision about a lot at a gate.
select latest_decisions.decision
from latest_decisions
inner join facts.lots on latest_decisions.lot_id = lots.lot_id
where lots.lot_code = :lot_code and latest_decisions.gate_id = :gate_id;

-- name: gate_names
select
    gate_id,
    trim_scale(gate_number) as gate_number,
    name_en
from qc_gates
order by gate_number;

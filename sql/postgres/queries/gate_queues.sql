-- name: gates_with_queues
-- Every gate with how many lots wait for it, how many are on HOLD there, and whether anything is
-- measured at it. Beside it, how many lots
-- wait in all, each counted once, and of them those at no gate, for none serves their type. Last,
-- where a HOLD or FAIL stands about a lot as such, a row of gate 0: no gate at all.
with all_waiting as materialized (
    select lot_id, gate_id from waiting_lots
),

waiting as (
    select
        gate_id,
        count(*) as waiting_count
    from all_waiting
    group by gate_id
),

held as (
    select
        coalesce(gate_id, 0) as gate_id,
        count(*) filter (where decision = 'HOLD') as held_count
    from standing_stops
    group by coalesce(gate_id, 0)
),

places as (
    select
        qc_gates.gate_id, gate_number, name_en, lot_types, gate_type, is_ccp, checklist
    from qc_gates
    left join held on qc_gates.gate_id = held.gate_id
    where not is_retired or held.held_count > 0
    union all
    select gate_id, null, 'No gate', null, null, false, '[]' from held
    where gate_id = 0
)

select
    places.gate_id,
    trim_scale(places.gate_number) as gate_number,
    places.name_en,
    array_to_string(places.lot_types, ', ') as lot_type,
    places.gate_type,
    places.is_ccp,
    exists (
        select from limits_now where limits_now.gate_id = places.gate_id
    ) as is_measured,
    places.checklist,
    coalesce(waiting.waiting_count, 0) as waiting_count,
    coalesce(held.held_count, 0) as held_count,
    (select count(distinct lot_id) from all_waiting) as waiting_in_all_count,
    (select count(*) from all_waiting where gate_id is null) as nowhere_count
from places
left join waiting on places.gate_id = waiting.gate_id
left join held on places.gate_id = held.gate_id
order by places.gate_number;

-- name: lots_stopped_by_origin
-- Lots that their origin stops, the newest first, with the ancestors that nobody assessed; and how
-- many there are.
with page as (
    select
        lots.lot_id,
        count(*) over () as found_count
    from stopped_lots() as stopped (lot_id)
    inner join lots on stopped.lot_id = lots.lot_id
    where lots.lot_id not in (select standing_stops.lot_id from standing_stops)
    order by lots.happened_at desc, lots.lot_id desc
    limit :page_size
)

select
    lots.lot_code,
    lots.lot_type,
    products.product_code,
    lots.weight_kg,
    (
        select string_agg(distinct ancestors.lot_code, ', ' order by ancestors.lot_code)
        from origin_stops(page.lot_id) as stops
        inner join facts.lots as ancestors on stops.lot_id = ancestors.lot_id
        where stops.assessment_id is null
    ) as stopped_by,
    lots.happened_at,
    lots.happened_until,
    page.found_count
from page
inner join lots on page.lot_id = lots.lot_id
left join products on lots.product_id = products.product_id
order by lots.happened_at desc, lots.lot_id desc;

-- name: lots_come_back
-- Lots of which something came back from a customer and nobody has decided since, the longest back
-- first, with how much and how many came back unweighed; and how many lots there are.
select
    lots.lot_code,
    lots.lot_type,
    products.product_code,
    case when undecided.unknown_count = 0 then undecided.at_most_kg end as returned_kg,
    back.happened_at,
    round(extract(epoch from now() - back.happened_at) / 3600, 1) as age_hours,
    count(*) over () as found_count
from undecided_returns as undecided
inner join lots on undecided.lot_id = lots.lot_id
left join products on lots.product_id = products.product_id
cross join lateral (
    select min(movements.happened_at) as happened_at
    from movements
    where movements.lot_id = undecided.lot_id and movements.kind = 'RETURNED'
) as back
order by back.happened_at, lots.lot_id
limit :page_size;

-- name: lots_waiting_at_gate
-- Lots that wait for the gate, oldest first.
select
    lots.lot_code,
    products.product_code,
    lots.weight_kg,
    lots.temperature_c,
    lots.happened_at,
    lots.happened_until,
    round(extract(epoch from now() - lots.happened_at) / 3600, 1) as age_hours
from waiting_lots
inner join lots on waiting_lots.lot_id = lots.lot_id
left join products on lots.product_id = products.product_id
where waiting_lots.gate_id = :gate_id
order by lots.happened_at, lots.lot_id
limit :page_size;

-- name: lots_held_at_gate
-- Lots whose latest decision at the gate is HOLD, longest held first; gate 0: about the lot as such.
select
    lots.lot_code,
    products.product_code,
    lots.weight_kg,
    latest_decisions.happened_at,
    qc_decisions.happened_until,
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
where coalesce(latest_decisions.gate_id, 0) = :gate_id and latest_decisions.decision = 'HOLD'
order by latest_decisions.happened_at, lots.lot_id
limit :page_size;

-- name: decisions_newest
select
    qc_decisions.happened_at,
    qc_decisions.happened_until,
    case
        when
            qc_decisions.operator_id is not null
            and not exists (
                select from facts.lot_voids as renames
                where renames.renamed_id = qc_decisions.lot_id and renames.row_xid = qc_decisions.row_xid
            )
            then qc_decisions.recorded_at
    end as entered_at,
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

-- name: gates_of_lot
-- The gates where a lot may be decided about, in their order, with the latest decision about it
-- there, and whether it must pass the gate to be released. A gate of no type serves every lot, and a
-- lot without a type may be decided about anywhere. A gate where a HOLD or FAIL stands is among them,
-- whatever it serves, and so is gate 0, no gate, where one stands about the lot as such.
select
    qc_gates.gate_id,
    trim_scale(qc_gates.gate_number) as gate_number,
    qc_gates.name_en,
    latest_decisions.decision,
    exists (
        select from gates_to_pass
        where
            gates_to_pass.gate_id = qc_gates.gate_id
            and coalesce(gates_to_pass.lot_type, '') = coalesce(lots.lot_type, '')
            and made_within(lots.happened_at, gates_to_pass.made_from, null)
    ) as is_needed
from lots
inner join qc_gates
    on
        not qc_gates.is_retired
        and (
            lots.lot_type = any(qc_gates.lot_types)
            or qc_gates.lot_types = '{}'
            or lots.lot_type is null
        )
        or qc_gates.gate_id in (
            select standing_stops.gate_id from standing_stops
            where standing_stops.lot_id = :lot_id and standing_stops.gate_id is not null
        )
left join latest_decisions
    on lots.lot_id = latest_decisions.lot_id and qc_gates.gate_id = latest_decisions.gate_id
where lots.lot_id = :lot_id
union all
select
    0,
    null,
    'No gate',
    standing_stops.decision,
    false
from standing_stops
where standing_stops.lot_id = :lot_id and standing_stops.gate_id is null
order by gate_number;

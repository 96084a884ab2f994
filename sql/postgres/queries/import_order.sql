-- name: counts_of_lots
-- When lots were counted, as it stands.
select
    movements.movement_id as fact_id,
    lots.lot_code,
    movements.happened_at
from lots
inner join movements on lots.lot_id = movements.lot_id
where lots.lot_code = any(cast(:codes as text [])) and movements.kind = 'COUNTED'
order by movements.happened_at;

-- name: left_by_day
-- What left lots and is known by its day or month only, as it stands.
select
    'genealogy' as stem,
    links.link_id as fact_id,
    lots.lot_code,
    links.happened_at,
    links.happened_until,
    links.recorded_at
from lots
inner join lot_genealogy as links on lots.lot_id = links.parent_lot_id
where lots.lot_code = any(cast(:codes as text [])) and links.happened_until is not null
union all
select
    'shipments',
    shipments.shipment_id,
    lots.lot_code,
    shipments.happened_at,
    shipments.happened_until,
    shipments.recorded_at
from lots
inner join shipments on lots.lot_id = shipments.lot_id
where lots.lot_code = any(cast(:codes as text [])) and shipments.happened_until is not null
union all
select
    'movements',
    movements.movement_id,
    lots.lot_code,
    movements.happened_at,
    movements.happened_until,
    movements.recorded_at
from lots
inner join movements on lots.lot_id = movements.lot_id
where lots.lot_code = any(cast(:codes as text [])) and movements.happened_until is not null;

-- name: decisions_beside
-- What was decided about lots, as it stands: what is known by its day only, and all about lots of which
-- another such decision is to come.
select
    decisions.decision_id as fact_id,
    lots.lot_code,
    qc_gates.gate_number,
    decisions.decision,
    decisions.happened_at,
    decisions.happened_until,
    decisions.recorded_at
from lots
inner join qc_decisions as decisions on lots.lot_id = decisions.lot_id
left join qc_gates on decisions.gate_id = qc_gates.gate_id
where
    lots.lot_code = any(cast(:codes as text []))
    and (decisions.happened_until is not null or lots.lot_code = any(cast(:by_day as text [])));

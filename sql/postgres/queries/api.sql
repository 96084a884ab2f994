-- name: lot_as_registered
-- A lot as the API shows it.
select
    lot_id,
    lot_code,
    lot_type,
    run_id,
    phase_id,
    operator_id,
    weight_kg,
    temperature_c,
    metadata,
    recorded_at
from lots
where lot_code = :lot_code;

-- name: parents_as_registered
-- Each lot that went straight into a lot, once.
select
    lot_id,
    lot_code,
    lot_type,
    run_id,
    phase_id,
    operator_id,
    weight_kg,
    temperature_c,
    metadata,
    recorded_at
from lots
where lot_id in (select parent_lot_id from lot_genealogy where child_lot_id = :lot_id)
order by lot_id;

-- name: children_as_registered
-- Each lot that a lot went straight into, once.
select
    lot_id,
    lot_code,
    lot_type,
    run_id,
    phase_id,
    operator_id,
    weight_kg,
    temperature_c,
    metadata,
    recorded_at
from lots
where lot_id in (select child_lot_id from lot_genealogy where parent_lot_id = :lot_id)
order by lot_id;

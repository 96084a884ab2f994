-- name: balances_off
-- Lots that gave out more than the band allows, or whose yield is off.
select
    lot_code,
    lot_type,
    weight_kg,
    inputs_kg,
    inputs_at_least_kg,
    into_children_kg,
    into_children_at_least_kg,
    shipped_kg,
    shipped_at_least_kg,
    on_hand_kg,
    on_hand_at_most_kg,
    overdrawn_kg,
    overdrawn_at_least_kg,
    accounted_ratio,
    yield_ratio,
    unknown_quantities_count,
    coalesce(overdrawn_kg, overdrawn_at_least_kg) is not null as gives_out_too_much,
    count(*) over () as found_count
from genealogy.mass_balance
where coalesce(overdrawn_kg, overdrawn_at_least_kg) is not null or yield_is_off
order by gives_out_too_much desc, coalesce(accounted_ratio, 0) desc, lot_code
limit 500;

-- name: yields_by_type
-- The spread of yields a lot type: the middle half, and nine in ten.
select
    balances.lot_type,
    any_value(types.position) as type_position,
    any_value(types.colour) as type_colour,
    count(*) as lots_count,
    quantile_cont(balances.yield_ratio, 0.05) as low,
    quantile_cont(balances.yield_ratio, 0.25) as lower_quarter,
    quantile_cont(balances.yield_ratio, 0.5) as middle,
    quantile_cont(balances.yield_ratio, 0.75) as upper_quarter,
    quantile_cont(balances.yield_ratio, 0.95) as high
from genealogy.mass_balance as balances
left join raw.lot_types as types on balances.lot_type = types.lot_type
where balances.yield_ratio is not null
group by balances.lot_type
order by type_position, balances.lot_type;

-- name: yield_tolerances
-- By how much a lot's weight may differ from what went in, by type, in the plant's order.
select
    lot_type,
    yield_tolerance_ratio
from raw.lot_types
where yield_tolerance_ratio is not null and not is_retired
order by position, lot_type;

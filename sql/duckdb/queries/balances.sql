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
    lot_type,
    count(*) as lots_count,
    quantile_cont(yield_ratio, 0.05) as low,
    quantile_cont(yield_ratio, 0.25) as lower_quarter,
    quantile_cont(yield_ratio, 0.5) as middle,
    quantile_cont(yield_ratio, 0.75) as upper_quarter,
    quantile_cont(yield_ratio, 0.95) as high
from genealogy.mass_balance
where yield_ratio is not null
group by lot_type
order by lot_type;

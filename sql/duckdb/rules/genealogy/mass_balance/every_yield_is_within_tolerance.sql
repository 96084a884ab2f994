-- A mix, rod or pack that weighs far more or less than what went in: weighed wrong, or material missing.
-- severity: warning

select
    lot_code,
    lot_type,
    inputs_kg,
    weight_kg,
    yield_ratio
from genealogy.mass_balance
where yield_is_off
order by abs(yield_ratio - 1) desc

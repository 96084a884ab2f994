-- More drawn from a lot than was ever there points at a mistyped lot code or weight.
-- severity: error

select
    lot_code,
    weight_kg,
    coalesce(into_children_kg, into_children_at_least_kg) as into_children_at_least_kg,
    coalesce(shipped_kg, shipped_at_least_kg) as shipped_at_least_kg,
    coalesce(overdrawn_kg, overdrawn_at_least_kg) as overdrawn_at_least_kg
from genealogy.mass_balance
where coalesce(overdrawn_kg, overdrawn_at_least_kg) > 0
order by overdrawn_at_least_kg desc

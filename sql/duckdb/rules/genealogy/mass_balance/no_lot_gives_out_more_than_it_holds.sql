-- More drawn from a lot than was ever there points at a mistyped lot code or weight.
-- severity: error

select
    lot_code,
    weight_kg,
    into_children_kg,
    shipped_kg,
    -on_hand_kg as too_much_kg
from genealogy.mass_balance
where on_hand_kg < 0
order by too_much_kg desc

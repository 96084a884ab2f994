-- A lot was counted and more or less of it is accounted for than the plant allows: kilograms went somewhere
-- that nobody wrote down, or came from nowhere. A rest that nobody counted is no breach yet.
-- severity: error

select
    lot_code,
    weight_kg,
    into_children_kg,
    shipped_kg,
    returned_kg,
    moved_out_kg,
    on_hand_kg,
    counted_difference_kg,
    accounted_ratio
from genealogy.mass_balance
where quantity_check = 'failed' and coalesce(overdrawn_kg, overdrawn_at_least_kg) is null
order by abs(accounted_ratio - 1) desc, lot_code

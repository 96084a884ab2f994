-- More of a lot is accounted for than it weighed, within what the plant allows: its weight or a count is
-- a little off.
-- severity: warning
-- bears on: lots

select
    lot_code,
    weight_kg,
    counted_difference_kg,
    accounted_ratio
from genealogy.mass_balance
where
    accounted_ratio > 1
    and quantity_check <> 'failed'
    and coalesce(overdrawn_kg, overdrawn_at_least_kg) is null
order by accounted_ratio desc, lot_code

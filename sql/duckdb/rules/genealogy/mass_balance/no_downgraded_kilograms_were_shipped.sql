-- More of a lot is with customers than was left in its grade: some of what they have was downgraded.
-- severity: error
-- bears on: lots

select
    balance.lot_code,
    balance.weight_kg,
    moved.downgraded_kg,
    coalesce(balance.away_kg, balance.away_at_least_kg) as with_customers_at_least_kg
from genealogy.mass_balance as balance
inner join genealogy.movement_sums as moved on balance.lot_id = moved.lot_id
where
    moved.downgraded_kg > 0
    and with_customers_at_least_kg
    > balance.weight_kg + coalesce(balance.counted_difference_kg, 0) - moved.downgraded_kg
order by balance.lot_code

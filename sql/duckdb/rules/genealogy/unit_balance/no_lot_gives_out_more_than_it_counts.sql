-- More pieces, litres or cases drawn from a lot than were ever there: a mistyped lot code, number or unit.
-- severity: error

select
    lot_code,
    quantity,
    unit,
    coalesce(given_out_quantity, given_out_at_least_quantity) as given_out_at_least_quantity,
    overdrawn_quantity
from genealogy.unit_balance
where overdrawn_quantity > 0
order by overdrawn_quantity desc
